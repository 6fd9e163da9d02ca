// Remembers which elements take the focus from now on, at most 200 of them, by their path.
(() => {
  const path = (element) => {
    const steps = [];
    for (let at = element; at && at !== document.documentElement; at = at.parentElement) {
      steps.unshift(at === document.body ? "body"
        : `${at.localName}:nth-child(${[...at.parentElement.children].indexOf(at) + 1})`);
    }
    return ["html", ...steps].join(" > ");
  };
  const stops = globalThis.didbanStops = [];
  document.addEventListener("focusin", (event) => {
    if (event.target instanceof Element && stops.length < 200) stops.push(path(event.target));
  }, true);
})()
