// Looks at one form without touching it. Returns null where it is not on the page, else what a person would find there.
(() => {
  const SELECTOR = %SELECTOR%, NAMES = %NAMES%;
  const TYPED = "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image]):not([type=reset])"
    + ":not([type=checkbox]):not([type=radio]), select, textarea";
  const SUBMIT = "input[type=submit], input[type=image], button:not([type=button]):not([type=reset]), input[type=button], button,"
    + " [role=button], a[href^='javascript:']";
  const named = (root) => NAMES.flatMap((name) => [...root.querySelectorAll(TYPED)].filter((field) => field.name === name));
  const find = () => {
    let at = null;
    try { at = document.querySelector(SELECTOR); } catch { /* not a selector of this document */ }
    if (at && (NAMES.length ? named(at).length : at.querySelector(TYPED))) return at;
    // Scripts have moved it: a group around the field of that name that has a control to send it.
    const field = named(document)[0];
    for (at = field && field.parentElement; at && at !== document.body; at = at.parentElement) {
      if (at.querySelector(SUBMIT)) return at;
    }
    return null;
  };
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
    return box.width > 1 && box.height > 1 && box.bottom + scrollY > 0
      && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const label = (field) => ((field.labels && field.labels[0] && field.labels[0].innerText)
    || field.getAttribute("aria-label") || field.placeholder || field.title || "").replace(/\s+/g, " ").trim().slice(0, 120);
  const caption = (control) => (control.innerText || control.value || control.title || control.getAttribute("aria-label")
    || control.alt || "").replace(/\s+/g, " ").trim().slice(0, 80);

  const form = find();
  if (!form) return null;
  const fields = [...form.querySelectorAll(TYPED)].map((field) => ({
    name: field.name || field.id, kind: field.type || field.localName, label: label(field), path: path(field),
    shown: seen(field), editable: !field.disabled && !field.readOnly,
  }));
  const controls = [...form.querySelectorAll(SUBMIT)].filter(seen);
  const sending = controls.find((control) => control.matches("input[type=submit], input[type=image]")
    || (control.localName === "button" && control.type === "submit")) || controls[0] || null;
  const marks = (element) => `${element.id} ${element.name || ""} ${element.getAttribute("class") || ""} `
    + `${element.getAttribute("src") || ""} ${element.getAttribute("alt") || ""}`;
  const CAPTCHA = /captcha|recaptcha|hcaptcha|turnstile|کد امنیتی|تصویر امنیتی|کپچا/i;
  const captcha = [...form.querySelectorAll("img, iframe, canvas, input, div")]
    .some((element) => CAPTCHA.test(marks(element)) || CAPTCHA.test(element.localName === "input" ? label(element) : ""));
  // Where the form lies in a closed tab or part, the control that opens it.
  let opener = null;
  if (!fields.some((field) => field.shown)) {
    for (let at = form; at && at !== document.body && !opener; at = at.parentElement) {
      if (at.localName === "details" && !at.open) opener = at.querySelector("summary");
      if (!at.id || seen(at)) continue;
      const id = CSS.escape(at.id);
      const found = [...document.querySelectorAll(`a[href="#${id}"], [data-bs-target="#${id}"], [data-target="#${id}"],`
        + ` [data-toggle="${id}"], [aria-controls="${id}"]`)].find((element) => seen(element)
        && !(element.form && element.type === "submit"));
      opener = found || null;
    }
  }
  return {
    path: path(form), fields, captcha, opener: opener && path(opener), submit: sending ? caption(sending) : "",
    submit_path: sending && path(sending), enabled: !!sending && !sending.disabled,
    text: document.body.innerText.replace(/\s+/g, " ").slice(0, 20000),
  };
})()
