"use strict";
// The keyboard of the evidence card. Keys are physical (event.code), so they work on Persian and Latin layouts alike.
(function () {
  const typing = (element) => element.matches("textarea, select, input:not([type=radio]):not([type=checkbox])");

  function act(target) {
    if (target.matches("textarea, input:not([type=radio])")) {
      target.focus();
    } else if (target.matches("input[type=radio]")) {
      target.checked = true;
      const next = document.getElementById(target.dataset.then);
      (next || target).focus();
    } else {
      target.click();
    }
  }

  document.addEventListener("keydown", (event) => {
    const at = event.target instanceof Element ? event.target : document.body;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && at.closest("form")) {
      event.preventDefault();
      at.closest("form").requestSubmit();
      return;
    }
    if (event.key === "Escape" && typing(at)) {
      at.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(at)) return;
    const target = document.querySelector(`[data-key="${CSS.escape(event.code)}"]`);
    if (target) {
      event.preventDefault();
      act(target);
    }
  });

  document.addEventListener("click", (event) => {
    const button = event.target instanceof Element && event.target.closest("[data-zoom-in], [data-zoom-out]");
    if (!button) return;
    const frame = button.closest(".piece").querySelector(".zoom");
    const step = button.hasAttribute("data-zoom-in") ? 1 : -1;
    frame.dataset.zoom = String(Math.min(4, Math.max(1, Number(frame.dataset.zoom) + step)));
  });

  // An archived page is fetched only when someone opens it.
  document.addEventListener("toggle", (event) => {
    const frame = event.target instanceof Element && event.target.open && event.target.querySelector("iframe[data-src]");
    if (frame) {
      frame.src = frame.dataset.src;
      frame.removeAttribute("data-src");
    }
  }, true);

  // After a decision the next card stands in the same page: reading begins at its title.
  document.addEventListener("htmx:after:swap", () => {
    const title = document.getElementById("card-title") || document.getElementById("main");
    if (title && document.activeElement === document.body) {
      title.focus({ preventScroll: true });
      window.scrollTo(0, 0);
    }
  });
})();
