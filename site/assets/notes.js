/* What a source has, told in place: a mark opens the note on it that stands on the page, with the figure beside the mark and how
   the document prints it. Without this script, or with a key held, a mark leads to the page of sources, as any link. */
(() => {
  "use strict";

  const fill = (note, { figure, printed }) => {
    const line = note.querySelector(".source-note__figure"), print = line.querySelector(".source-note__printed");
    line.hidden = !figure;
    print.hidden = !printed;
    print.querySelector("q").textContent = printed ?? "";
    line.querySelector(".source-note__ours").textContent = figure ?? "";
  };

  for (const mark of document.querySelectorAll(".figure__source[data-note]")) {
    const note = document.getElementById(`note-${mark.dataset.note}`);
    if (!note?.showPopover) continue;
    mark.setAttribute("aria-haspopup", "dialog");
    mark.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      fill(note, mark.dataset);
      note.showPopover({ source: mark });
      note.focus(); // Escape closes it, and brings the keyboard back to the mark
    });
  }
})();
