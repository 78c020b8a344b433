/* Tells the page that embeds this one how high it is, now and whenever that changes; its frame can then fit.
   Any site may embed, so any may hear it: it is a number, and says nothing about the reader. */
(() => {
  "use strict";
  const page = document.documentElement;
  const tell = () => parent.postMessage({ vierdePijlerHeight: Math.ceil(page.getBoundingClientRect().height) }, "*");
  if (parent !== window) new ResizeObserver(tell).observe(page);
})();
