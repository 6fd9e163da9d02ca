// Measures a page on a narrow screen: what runs over its edge, what can be tapped, which menu entries and fields are in reach.
(() => {
  const MENU = %MENU%, FORM = %FORM%, NAMES = %NAMES%, SCREEN = %SCREEN%;
  const root = document.documentElement, body = document.body || root;
  const path = (element) => {
    const steps = [];
    for (let at = element; at && at !== root; at = at.parentElement) {
      steps.unshift(at === document.body ? "body"
        : `${at.localName}:nth-child(${[...at.parentElement.children].indexOf(at) + 1})`);
    }
    return ["html", ...steps].join(" > ");
  };
  const words = (element) => (element.innerText || element.textContent || "").replace(/\s+/g, " ").trim();
  const seen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 1 && box.height > 1 && !off(box)
      && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const width = root.clientWidth || innerWidth;
  const scroller = document.scrollingElement || root;
  const pageWidth = Math.max(scroller.scrollWidth, root.scrollWidth);
  // A page that runs over is zoomed out, and its first screen may then lie in the middle of the coordinates.
  const frame = root.getBoundingClientRect();
  const left = Math.abs(frame.width - width) < 5 ? frame.left : 0, right = left + width;
  const inside = (box) => box.left >= left - 2 && box.right <= right + 2;
  const off = (box) => box.bottom + scrollY <= 0
    || (getComputedStyle(root).direction === "rtl" || getComputedStyle(body).direction === "rtl" ? box.left >= right : box.right <= left);
  // A carousel or a table that scrolls within its own box, and drawers that lie beside the page, are no overflow.
  const contained = (element) => {
    for (let at = element; at && at !== body && at !== root; at = at.parentElement) {
      const style = getComputedStyle(at);
      if (style.position === "fixed") return true;
      if (at !== element && style.overflowX !== "visible") return true;
    }
    return false;
  };

  let widest = null;
  const all = [...body.getElementsByTagName("*")].slice(0, 12000);
  for (const element of all) {
    const box = element.getBoundingClientRect();
    if (inside(box) || box.width <= 1 || box.height <= 1) continue;
    if (!widest || box.width > widest.width + 1) {
      if (!seen(element) || contained(element)) continue;
      widest = { selector: path(element), tag: element.localName, width: Math.round(box.width), text: words(element).slice(0, 80) };
    }
  }

  const TEXTS = "p, li, td, th, dd, dt, h1, h2, h3, h4, label, blockquote, span, div, font, a";
  let texts = 0, wide = 0, characters = 0, tiny = 0;
  for (const element of all) {
    if (!element.matches(TEXTS)) continue;
    const own = [...element.childNodes].filter((node) => node.nodeType === 3).map((node) => node.data).join(" ")
      .replace(/\s+/g, " ").trim();
    if (own.length < 15 || !seen(element) || contained(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(element);
    texts += 1;
    if (!inside(range.getBoundingClientRect())) wide += 1;
    characters += own.length;
    if (parseFloat(getComputedStyle(element).fontSize) * (SCREEN / Math.max(width, SCREEN)) < 9) tiny += own.length;
  }

  const targets = [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, [role=button]")]
    .filter(seen).slice(0, 1500);
  let tapped = 0, small = 0;
  for (const target of targets) {
    // A link inside a sentence is as high as its line: WCAG 2.5.8 leaves it out.
    const around = target.parentElement ? words(target.parentElement).length - words(target).length : 0;
    if (target.localName === "a" && getComputedStyle(target).display === "inline" && around >= 20) continue;
    const box = target.getBoundingClientRect();
    tapped += 1;
    if (Math.min(box.width, box.height) < 24) small += 1;
  }

  const menu = (%REACH%)(MENU, path, words, seen, (link) => {
    const box = link.getBoundingClientRect();
    const middle = (box.left + box.right) / 2;
    return middle >= left && middle <= right;
  });

  const NAME = /menu|nav|burger|toggle|drawer|offcanvas|sandwich|sidebar|\bbars?\b/i;
  const buttons = [...document.querySelectorAll("button, a, summary, label, [role=button], [onclick], [aria-expanded], div[class], span[class]")]
    .filter((element) => seen(element) && words(element).length <= 25 && element.querySelectorAll("a").length === 0)
    .map((element) => {
      const box = element.getBoundingClientRect();
      const marks = [element.id, element.getAttribute("class"), element.getAttribute("aria-controls"), element.title,
        element.getAttribute("data-target"), element.getAttribute("data-bs-target"), element.getAttribute("for"),
        element.getAttribute("onclick"),
        element.getAttribute("href") && /^(#|javascript)/i.test(element.getAttribute("href")) ? element.getAttribute("href") : ""]
        .filter(Boolean).join(" ").slice(0, 200);
      const leads = element.localName === "a" && !/^(#|javascript:|$)/i.test(element.getAttribute("href") || "");
      const sends = (element.localName === "button" && element.type === "submit" && !!element.form)
        || element.matches("input[type=submit], input[type=image]");
      return { selector: path(element), text: words(element).slice(0, 25), label: element.getAttribute("aria-label") || "",
        marks, named: NAME.test(marks), control: element.matches("button, summary, [role=button], [aria-expanded], [onclick], label[for], a"),
        leads, sends, top: box.top + scrollY, fits: box.right > left && box.left < right, area: box.width * box.height };
    })
    .filter((one) => one.fits && !one.leads && !one.sends && one.area < 20000).slice(0, 80);

  let form = null;
  if (FORM || NAMES.length) {
    const TYPED = "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image]):not([type=reset]), select, textarea";
    let at = null;
    try { at = FORM && document.querySelector(FORM); } catch { /* not a selector of this document */ }
    let fields = NAMES.length ? [...document.querySelectorAll(TYPED)].filter((field) => NAMES.includes(field.name)) : [];
    if (!fields.length && at) fields = [...at.querySelectorAll(TYPED)];
    if (!at && fields.length) at = fields[0].form || fields[0].closest("div, table");
    if (fields.length) {
      const shown = fields.filter(seen);
      // A tick box or radio button is as small as it is everywhere; its label is what is tapped.
      const bad = shown.filter((field) => !inside(field.getBoundingClientRect())
        || (!/^(checkbox|radio)$/.test(field.type) && field.getBoundingClientRect().width < 40));
      const box = at && at.contains(fields[0]) ? at : fields[0].form || body;
      const sending = [...box.querySelectorAll("button, input[type=submit], input[type=button], input[type=image], [role=button], a[onclick], a[href^='javascript:']")]
        .filter(seen);
      const reach = sending.filter((one) => inside(one.getBoundingClientRect()));
      form = { fields: fields.length, shown: shown.length, inside: shown.length - bad.length,
        first_outside: bad.length ? path(bad[0]) : null, submits: sending.length, submits_inside: reach.length };
    }
  }
  const meta = document.querySelector("meta[name=viewport i]");
  return {
    viewport: meta ? meta.content.slice(0, 200) : null, layout_width: Math.round(width), page_width: Math.round(pageWidth),
    overflow_px: Math.max(0, Math.round(pageWidth - SCREEN)), widest, texts, texts_outside: wide,
    small_text_share: characters ? Math.round((tiny / characters) * 100) / 100 : 0,
    tap_targets: tapped, tap_targets_small: small, menu, buttons, form,
    text: body.innerText.replace(/\s+/g, " ").slice(0, 20000), frames: document.querySelectorAll("frame").length,
  };
})()
