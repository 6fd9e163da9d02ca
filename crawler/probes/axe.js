// Runs axe-core on the page as it stands and counts nodes per rule. The source of axe-core is put before this.
(async () => {
  // axe-core 4.12 takes joined letters for icon fonts, and so would not measure the contrast of any Persian text: letters
  // of such a script are given even widths. The change holds in this world only, not in the page's own.
  const own = CanvasRenderingContext2D.prototype, measure = own.measureText;
  own.measureText = function (text) {
    return /[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefc]/.test(text) ? { width: 20 * text.length } : measure.call(this, text);
  };
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"];
  const found = await axe.run(document, { runOnly: { type: "tag", values: tags }, iframes: false, preload: false });
  own.measureText = measure;
  const rules = {};
  for (const kind of ["passes", "violations", "incomplete"]) {
    for (const rule of found[kind]) {
      const entry = rules[rule.id] ||= { impact: null, passes: 0, violations: 0, incomplete: 0, selectors: [], quotes: [] };
      entry[kind] = rule.nodes.length;
      if (kind === "violations") {
        entry.impact = rule.impact;
        const first = rule.nodes.slice(0, 3);
        entry.selectors = first.map((node) => node.target.flat().join(" ").slice(0, 300));
        entry.quotes = first.map((node) => node.html.replace(/\s+/g, " ").slice(0, 200));
      }
    }
  }
  return { version: axe.version, rules };
})()
