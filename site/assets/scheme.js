/* Light or dark: as the system asks, or as a reader chose, which stays in their browser. */
(() => {
  "use strict";
  const KEY = "scheme", root = document.documentElement;
  const kept = () => { try { return localStorage.getItem(KEY) ?? ""; } catch { return ""; } };
  const keep = (scheme) => { try { localStorage.setItem(KEY, scheme); } catch { /* it holds on this page */ } };
  const show = (scheme) => {
    if (scheme) root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    for (const one of document.querySelectorAll(".scheme__choice")) one.setAttribute("aria-pressed", one.value === scheme);
  };

  const box = document.querySelector(".scheme");
  box?.addEventListener("click", ({ target }) => {
    if (!target.matches(".scheme__choice")) return;
    keep(target.value);
    show(target.value);
  });
  show(kept());
  if (box) box.hidden = false;
})();
