// Finds the topmost layer that covers the page, and the control that closes it.
// Returns null or {layer, text, button, caption}; layer and button are structural paths in the live document.
(() => {
  const tried = new Set(%TRIED%);
  const root = document.documentElement, body = document.body;
  if (!body) return null;
  const path = (element) => {
    const steps = [];
    for (let at = element; at && at !== root; at = at.parentElement) {
      const name = at === body ? "body" : `${at.localName}:nth-child(${[...at.parentElement.children].indexOf(at) + 1})`;
      steps.unshift(CSS.supports(`selector(${name})`) || at === body ? name : `:nth-child(1)`);
    }
    return ["html", ...steps].join(" > ");
  };
  const shown = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true })
      && box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight;
  };
  const fold = (text) => (text || "").replace(/[\u200c\u200f\u200e\u00a0]/g, " ").replace(/ي/g, "ی").replace(/ك/g, "ک")
    .replace(/\s+/g, " ").trim().toLowerCase();
  const COOKIE = /cookie|consent|gdpr|کوکی|حریم خصوصی|رضایت/;
  const WELCOME = /welcome|خوش آمدید|خوش آمدی|اطلاعیه|پیام مهم|توجه|نظرسنجی|survey|subscribe|newsletter|خبرنامه|notification|اعلان/;
  const NEEDED = /^(reject( all)?|decline|deny|refuse|only (necessary|essential)|(necessary|essential)( cookies)? only|accept (necessary|essential)( cookies)?( only)?|use necessary cookies only|continue without accepting|no,? thanks|رد( کردن)?( همه)?|نمی پذیرم|فقط (کوکی های )?(ضروری|لازم)|مخالفم|نه،? ?ممنون|بعدا)$/;
  const CLOSE = /^(close|dismiss|skip|×|x|✕|✖|✗|⨯|╳|hide|بستن|ببند|بستن پنجره|رد شدن|انصراف|خروج از پیام|رد کردن)$/;
  const UNDERSTOOD = /^(ok|okay|got it|i understand|understood|i agree|agree|accept( all)?( cookies)?|allow( all)?|continue|متوجه شدم|فهمیدم|باشه|تایید|تأیید|قبول( دارم| می کنم)?|می پذیرم|پذیرفتن|پذیرش|موافقم|ادامه|ورود به سایت|مشاهده سایت)$/;
  const CLOSER = /(^|[-_ ])(close|closebtn|btn-close|dismiss|modal-close|popup-close)([-_ ]|$)/i;

  const layers = [];
  for (const element of body.querySelectorAll("*")) {
    if (/^(SCRIPT|STYLE|NOSCRIPT|OPTION|BR)$/.test(element.tagName)) continue;
    const dialog = element.matches("dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]");
    const style = getComputedStyle(element);
    const floats = style.position === "fixed" || (style.position === "absolute" && Number(style.zIndex) >= 100);
    if (!dialog && !floats) continue;
    if (!shown(element) || style.pointerEvents === "none") continue;
    const box = element.getBoundingClientRect();
    const width = Math.min(box.right, innerWidth) - Math.max(box.left, 0);
    const height = Math.min(box.bottom, innerHeight) - Math.max(box.top, 0);
    const share = Math.max(0, width) * Math.max(0, height) / (innerWidth * innerHeight);
    const text = fold(element.innerText);
    const words = COOKIE.test(text) || COOKIE.test(fold(`${element.id} ${element.getAttribute("class") || ""}`));
    const centred = box.top > 1 && Math.abs(box.left + box.right - innerWidth) < innerWidth * 0.2;
    const bar = element.matches("nav, header, footer") || element.querySelector("nav");
    const covers = share >= 0.4 && text.length > 0;
    const modal = dialog && share >= 0.04;
    const notice = words && share >= 0.02 && text.length < 3000;
    const welcome = WELCOME.test(text) && share >= 0.1 && centred && text.length < 3000;
    if (bar && !dialog) continue;
    if (element.querySelectorAll("a[href]").length > 25 && !dialog && !words) continue;
    if (!(covers || modal || notice || welcome)) continue;
    layers.push(element);
  }
  const outer = layers.filter((element) => !layers.some((other) => other !== element && other.contains(element)));
  const order = (element) => Number(getComputedStyle(element).zIndex) || 0;
  outer.sort((a, b) => order(b) - order(a));

  const leadsAway = (element) => {
    const link = element.closest("a[href]");
    if (!link) return false;
    const href = link.getAttribute("href").trim();
    if (href === "" || href.startsWith("#")) return false;
    return !/^javascript:\s*(void|;|$|return false|close|hide|\$)/i.test(href);
  };
  const sends = (element) => {
    const control = element.closest("button, input");
    if (!control || !control.form) return false;
    return control.type === "submit" || control.type === "image" || control.type === "reset";
  };
  const rank = (element) => {
    const caption = fold(element.innerText || element.value || "").replace(/[\s!.،,؛:]+$/, "");
    const named = fold(`${element.getAttribute("aria-label") || ""}`) || fold(element.title);
    const marks = `${element.id} ${element.getAttribute("class") || ""}`;
    if (NEEDED.test(caption)) return 0;
    if (element.matches("[data-dismiss], [data-bs-dismiss], [data-fancybox-close]")) return 1;
    if (CLOSE.test(caption) || CLOSE.test(named) || /^(close|بستن)/.test(named)) return 1;
    if (caption.length < 3 && CLOSER.test(marks)) return 1;
    if (UNDERSTOOD.test(caption)) return 3;
    return 9;
  };
  for (const layer of outer) {
    const layerPath = path(layer);
    if (tried.has(layerPath)) continue;
    const controls = [...layer.querySelectorAll("button, a, [role=button], input[type=button], input[type=submit], span, i, div, img")]
      .filter((element) => shown(element) && !leadsAway(element) && !sends(element)).map((element) => [rank(element), element])
      .filter(([place]) => place < 9).sort((a, b) => a[0] - b[0]);
    const text = (layer.innerText || "").replace(/\s+/g, " ").trim().slice(0, 160);
    if (!controls.length && !text) continue;
    const button = controls.length ? controls[0][1] : null;
    return { layer: layerPath, text, button: button && path(button),
      caption: button && (button.innerText || button.value || button.getAttribute("aria-label") || "").trim().slice(0, 60) };
  }
  return null;
})()
