// What lies in a closed tab, accordion, drop-down menu or window is one click away: found with the control that opens it.
// Needs `styleOf` and `root` from layout.js; `opener(element)` gives that control, null where a person has no way there.
const TAB = /(^|[-_ ])(tab|tabs|tabpanel|pane|panel)([-_ ]|s?$)/i;
const FOLD = /accord|toggle|collaps|expand|faq|question|spoiler/i;
const marksOf = (element) => `${element.id} ${element.getAttribute("class") || ""}`;
const standsOpen = (element) => {
  const box = element.getBoundingClientRect();
  return box.width > 1 && box.height > 1 && box.x + scrollX + box.width > 0 && box.y + scrollY + box.height > 0
    && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
};
const closedHere = (element) => {
  const style = styleOf(element);
  if (style.display === "none" || Number(style.opacity) < 0.05) return true;
  if (element.localName === "details" && !element.open) return true;
  if (style.visibility !== "visible") {
    return !element.parentElement || styleOf(element.parentElement).visibility === "visible";
  }
  const flat = element.clientHeight <= 1 || element.clientWidth <= 1;
  return flat && style.display !== "inline" && /hidden|clip/.test(style.overflowX + style.overflowY)
    && element.childElementCount > 0;
};
const pressable = (element) => element && element !== document.body && !(element.form && element.type === "submit")
  && standsOpen(element) ? element : null;
const byName = (closed) => {
  const id = closed.id && CSS.escape(closed.id);
  if (id) {
    const found = document.querySelectorAll(`a[href="#${id}"], a[href$="#${id}"], [data-bs-target="#${id}"], [data-target="#${id}"],`
      + ` [data-toggle="${id}"], [data-tab="${id}"], [data-tab="#${id}"], [aria-controls~="${id}"], label[for="${id}"]`);
    for (const element of found) if (!closed.contains(element) && pressable(element)) return element;
  }
  const label = closed.getAttribute("aria-labelledby");
  return label ? pressable(document.getElementById(label.split(" ")[0])) : null;
};
const ofMenu = (closed) => {
  const item = closed.closest("li, .dropdown, [class*=dropdown i], [class*=submenu i], [class*=has-child i]");
  const holder = item === closed ? closed.parentElement && closed.parentElement.closest("li, [class*=dropdown i]") : item;
  if (!holder || !standsOpen(holder)) return null;
  return [...holder.querySelectorAll("a, button, span, [role=button]")].find((element) => !closed.contains(element)
    && element.textContent.trim() && pressable(element)) || null;
};
const ofFold = (closed) => {
  const before = closed.previousElementSibling;
  if (!before || !before.textContent.trim() || !pressable(before)) return null;
  const control = before.matches("button, summary, a[href^='#'], a[href^='javascript:'], [aria-expanded], [role=button], [onclick]")
    ? before : before.querySelector("button, a[href^='#'], a[href^='javascript:'], [aria-expanded], [role=button], [onclick]");
  if (control && pressable(control)) return control;
  if (before.closest("a[href]")) return null; // A link that leads elsewhere opens nothing here.
  return styleOf(before).cursor === "pointer" || FOLD.test(marksOf(before)) ? before : null;
};
const ofTabs = (closed) => {
  if (!TAB.test(marksOf(closed)) && closed.getAttribute("role") !== "tabpanel") return null;
  const holder = closed.parentElement;
  const shown = holder && [...holder.children].some((other) => other !== closed && other.localName === closed.localName
    && standsOpen(other));
  if (!shown) return null;
  for (let at = holder, steps = 0; at && steps < 3; at = at.parentElement, steps += 1) {
    const list = [...at.querySelectorAll("[role=tablist], ul, nav, [class*=tab i]")].find((element) => !closed.contains(element)
      && !element.contains(closed) && (TAB.test(marksOf(element)) || element.getAttribute("role") === "tablist")
      && element.children.length > 1 && element !== holder && standsOpen(element));
    if (list) return list;
  }
  return null;
};
const openers = new Map();
const openerOf = (closed) => {
  if (!openers.has(closed)) {
    const summary = closed.localName === "details" ? pressable(closed.querySelector("summary")) : null;
    openers.set(closed, summary || byName(closed) || ofMenu(closed) || ofTabs(closed) || ofFold(closed));
  }
  return openers.get(closed);
};
const opener = (element) => {
  let found = null;
  for (let at = element; at && at !== root; at = at.parentElement) {
    if (!closedHere(at)) continue;
    const control = nested(at) ? at : openerOf(at);
    if (!control) return null;
    if (control !== at) found = control;
  }
  return found && standsOpen(found) ? found : null;
};
// A closed part within a closed part cannot be tried; what opens it must at least be there.
const nested = (closed) => {
  for (let at = closed.parentElement; at && at !== root; at = at.parentElement) {
    if (closedHere(at)) return closed.localName === "ul" || closed.localName === "details" || !!byMention(closed);
  }
  return false;
};
const byMention = (closed) => closed.id && document.querySelector(
  `a[href="#${CSS.escape(closed.id)}"], [data-bs-target="#${CSS.escape(closed.id)}"], [aria-controls~="${CSS.escape(closed.id)}"]`);
