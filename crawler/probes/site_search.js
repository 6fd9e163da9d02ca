// Finds the search box of a page without touching it: by the name or place that is given, else by what such boxes are called.
(() => {
  const SELECTOR = %SELECTOR%, NAME = %NAME%;
  const TYPED = "input:not([type=hidden]):not([type=submit]):not([type=button]):not([type=image]):not([type=reset])"
    + ":not([type=checkbox]):not([type=radio]):not([type=password]):not([type=email]):not([type=tel]):not([type=file])";
  const CALLED = /جستجو|جست\s?و\s?جو|جست‌وجو|جست‌و‌جو|search|buscar/i;
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
  const said = (element) => [element.name, element.id, element.placeholder, element.getAttribute("aria-label"), element.title,
    element.labels && element.labels[0] && element.labels[0].textContent].filter(Boolean).join(" ");
  const fields = [...document.querySelectorAll(TYPED)].filter((field) => !field.disabled && !field.readOnly);
  const called = (field) => field.type === "search" || field.getAttribute("role") === "searchbox"
    || !!field.closest("[role=search], search") || CALLED.test(said(field)) || /^(q|s)$/i.test(field.name)
    || (!!field.form && CALLED.test(`${field.form.id} ${field.form.getAttribute("class")} ${field.form.getAttribute("action")}`));
  let at = null;
  try { at = SELECTOR && document.querySelector(SELECTOR); } catch { /* not a selector of this document */ }
  const field = (at && at.matches(TYPED) && at)
    || (NAME && fields.find((one) => one.name === NAME)) || fields.find((one) => called(one) && seen(one))
    || fields.find(called) || null;
  if (!field) return null;

  const form = field.form;
  const box = field.closest("[role=search], search") || form || field.parentElement.parentElement || field.parentElement;
  const SENDS = "button, input[type=submit], input[type=image], input[type=button], [role=button], a[onclick], a[href^='javascript:']";
  const near = (control) => {
    let steps = 0;
    for (let up = field; up; up = up.parentElement, steps += 1) if (up.contains(control)) return steps;
    return 99;
  };
  const controls = [...box.querySelectorAll(SENDS)].filter((one) => seen(one) && !/reset|clear|close|voice|mic/i
    .test(`${one.type} ${one.id} ${one.getAttribute("class")}`)).sort((one, other) => near(one) - near(other));
  const direct = form ? [...form.elements] : [];
  let address = "";
  if (form && (form.getAttribute("method") || "get").toLowerCase() === "get" && field.name) {
    const url = new URL(form.getAttribute("action") || location.href, document.baseURI);
    const params = new URLSearchParams();
    for (const one of direct) {
      if (!one.name || one === field || one.disabled || /submit|button|image|reset|file|password/.test(one.type || "")) continue;
      if (/checkbox|radio/.test(one.type) && !one.checked) continue;
      params.append(one.name, one.value);
    }
    params.append(field.name, "%QUERY%");
    url.search = params.toString();
    url.hash = "";
    address = url.href;
  }
  // A closed box: the control that opens it, by reference or by its name.
  let opener = null;
  if (!seen(field)) {
    for (let up = field; up && up !== document.body && !opener; up = up.parentElement) {
      if (!up.id) continue;
      const id = CSS.escape(up.id);
      opener = [...document.querySelectorAll(`[aria-controls="${id}"], [data-bs-target="#${id}"], [data-target="#${id}"], a[href="#${id}"],`
        + ` label[for="${id}"]`)].find(seen) || null;
    }
    opener ||= [...document.querySelectorAll("button, [role=button], a, label, [onclick]")].find((one) => seen(one)
      && /search|جستجو|jost/i.test(`${one.id} ${one.getAttribute("class")} ${one.getAttribute("aria-label")} ${one.title} ${one.innerHTML.slice(0, 300)}`)
      && (one.localName !== "a" || /^(#|javascript:|$)/i.test(one.getAttribute("href") || "")) && !(one.type === "submit" && one.form)) || null;
  }
  return { selector: path(field), shown: seen(field), opener: opener && path(opener), label: said(field).slice(0, 120),
    submit: controls.length ? path(controls[0]) : null, wide: direct.filter((one) => /^(submit|image)$/.test(one.type)).length > 1,
    method: form ? (form.getAttribute("method") || "get").toLowerCase() : null,
    action: form ? new URL(form.getAttribute("action") || location.href, document.baseURI).href : null, address };
})()
