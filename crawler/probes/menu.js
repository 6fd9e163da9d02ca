// Which entries of a menu ([caption, address] each) are in reach, what may open the part that hides others, and which
// hidden ones have nothing to press: they open below a pointer only. Entries that the page does not hold are left out.
(MENU, path, words, seen, inReach) => {
  const captions = new Map();
  for (const link of document.querySelectorAll("a, button, [role=menuitem], [onclick], area")) {
    for (const one of new Set([words(link), link.href || ""])) if (one) captions.set(one, [...(captions.get(one) || []), link]);
  }
  const openerOf = (link) => {
    let part = link.parentElement;
    while (part && part !== document.body && !seen(part)) part = part.parentElement;
    if (!part || part === document.body || part.querySelector("main, [role=main]")) return null;
    return [...part.querySelectorAll("button, summary, [aria-expanded], [onclick], label[for], [role=button],"
      + " a[href^='#'], a[href^='javascript'], a:not([href]), [data-toggle], [data-bs-toggle]")]
      .find((one) => seen(one) && !one.contains(link) && !(one.type === "submit" && one.form)
        && (one.localName !== "a" || /^(#|javascript|$)/i.test(one.getAttribute("href") || "")));
  };
  const reached = [], openers = {}, stuck = {};
  MENU.forEach(([caption, url], index) => {
    const found = [...(captions.get(caption) || []), ...(url && captions.get(url) || [])];
    if (found.some((link) => seen(link) && inReach(link))) {
      reached.push(index);
      return;
    }
    const opener = found.map(openerOf).find(Boolean);
    if (opener) (openers[path(opener)] ||= []).push(index);
    else if (found.length) stuck[index] = found.map(path);
  });
  return { reached, openers, stuck };
}
