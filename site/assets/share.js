/* Buttons that copy what stands in the tools beside charts and tables. Without this script one click selects a text. */
(() => {
  "use strict";

  // A prose text is broken over lines where the page is, and must not be where it is pasted.
  const textOf = (box) => (box.matches("pre") ? box.textContent : box.textContent.replace(/\s+/g, " ")).trim();

  // Browsers give the clipboard only to pages of a safe address; elsewhere the old way, with a selection, works.
  const copyBySelection = (text) => {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "visually-hidden";
    document.body.append(field);
    field.select();
    const isCopied = document.execCommand("copy");
    field.remove();
    return isCopied;
  };

  const copy = async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelection(text);
    }
  };

  const buttonFor = (tools, item, status) => {
    const { copy: word, copied, failed } = tools.dataset;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tools__copy";
    const name = item.querySelector("dt").textContent;
    button.textContent = word;
    button.setAttribute("aria-label", `${word}: ${name}`);
    button.addEventListener("click", async () => {
      const isCopied = await copy(textOf(item.querySelector(".copyable")));
      button.focus(); // the old way took the focus along
      status.textContent = isCopied ? `${copied}: ${name}` : failed;
    });
    return button;
  };

  for (const tools of document.querySelectorAll(".tools")) {
    const status = document.createElement("p");
    status.className = "tools__status";
    status.setAttribute("role", "status"); // there before it speaks, or else it is not heard
    tools.append(status);
    for (const item of tools.querySelectorAll(".tools__item")) {
      if (item.querySelector(".copyable")) item.querySelector("dd").append(buttonFor(tools, item, status));
    }
  }
})();
