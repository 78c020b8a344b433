"use strict";
// Wait for the next change of the site, and show the page again; where the server is gone, try now and then.
const shown = document.currentScript.dataset.state;
const wait = async () => {
  try {
    const answer = await fetch("/_changes?after=" + shown);
    if ((await answer.text()) === shown) wait();
    else location.reload();
  } catch {
    setTimeout(wait, 2000);
  }
};
addEventListener("load", wait);
