// What axe-core does not tell: skip link, text-size controls, blocked zoom, captcha with its alternative. Touches nothing.
(() => {
  const MENU = %MENU%;
  const path = (element) => {
    const steps = [];
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
      steps.unshift(at === document.body ? "body"
        : `${at.localName}:nth-child(${[...at.parentElement.children].indexOf(at) + 1})`);
    }
    return ["html", ...steps].join(" > ");
  };
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const words = (element) => (element.innerText || element.textContent || "").replace(/\s+/g, " ").trim();
  const marks = (element) => [element.id, element.getAttribute("class"), element.getAttribute("name"),
    element.getAttribute("src"), element.getAttribute("alt"), element.getAttribute("title"),
    element.getAttribute("aria-label")].filter(Boolean).join(" ").slice(0, 200);

  // In-page links among the first of the page: which of them is a skip link, its words decide.
  const focusable = [...document.querySelectorAll("a[href], button, input, select, textarea, [tabindex]")];
  const jumps = focusable.slice(0, 10).filter((link) => /^#./.test(link.getAttribute("href") || "")).map((link) => {
    let name = link.getAttribute("href").slice(1);
    try { name = decodeURIComponent(name); } catch { /* not encoded */ }
    const target = document.getElementById(name) || document.getElementsByName(name)[0] || null;
    return { text: words(link).slice(0, 80), selector: path(link), target: name.slice(0, 80),
      exists: !!target && target.checkVisibility({ visibilityProperty: true }) };
  });

  const small = [...document.querySelectorAll("button, a, [role=button], [onclick], input[type=button], img[onclick]")]
    .filter((element) => seen(element) && words(element).length <= 30).slice(0, 400);
  const controls = small.map((element) => ({
    text: (words(element) || element.value || "").slice(0, 30), marks: marks(element), selector: path(element),
    plain: !element.closest("button[type=submit], input[type=submit]") && !(element.localName === "button"
      && element.type === "submit" && element.form)
      && /^(#|javascript:|$)/i.test((element.closest("a[href]") || element).getAttribute("href") || ""),
  }));

  const menu = (%REACH%)(MENU, path, words, seen, () => true);

  const meta = document.querySelector("meta[name=viewport i]");
  const content = meta ? meta.content : "";
  const scale = /maximum-scale\s*=\s*([\d.]+)/i.exec(content);
  const zoom = { content: content.slice(0, 200),
    blocked: /user-scalable\s*=\s*(no|0)\b/i.test(content) || (!!scale && parseFloat(scale[1]) < 2) };

  const CAPTCHA = /captcha|turnstile|security.?(code|image)|کد امنیتی|تصویر امنیتی|کپچا/i;
  const AUDIO = /audio|sound|listen|speak|voice|صوتی|صدا|گوش/i;
  const caught = [...document.querySelectorAll("img, iframe, canvas, svg, input:not([type=hidden])")]
    .filter((element) => CAPTCHA.test(marks(element)) && seen(element));
  const group = (element) => {
    for (let at = element, i = 0; at && i < 5 && at !== document.body; at = at.parentElement, i += 1) {
      if (at.localName === "form") return at;
      if (at.parentElement && at.parentElement.querySelectorAll("input, select, textarea").length > 3) return at;
    }
    return element.form || element.closest("form") || element.parentElement;
  };
  let captcha = null;
  if (caught.length) {
    const box = group(caught[0]);
    const frame = [...document.querySelectorAll("iframe")].find((one) => /recaptcha|hcaptcha|turnstile/i.test(one.src));
    const picture = caught.some((one) => one.localName !== "input")
      || [...box.querySelectorAll("img, canvas, svg")].some((one) => seen(one) && one.getBoundingClientRect().width >= 50);
    const sound = box.querySelector("audio, [class*=audio i], [id*=audio i]")
      || [...box.querySelectorAll("a, button, input[type=button], img, [role=button]")]
        .find((one) => AUDIO.test(`${marks(one)} ${words(one)}`));
    captcha = { selector: path(caught[0]), kind: frame ? "service" : picture ? "image" : "question",
      alternative: frame ? "service" : sound ? "audio" : picture ? null : "question" };
  }
  return { jumps, controls, zoom, captcha, stuck: menu.stuck, elements: document.getElementsByTagName("*").length,
    links: focusable.filter((one) => seen(one) && one.tabIndex >= 0).length };
})()
