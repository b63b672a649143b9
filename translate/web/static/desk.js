"use strict";
/* Small things that no attribute can say. Pages work without them, but for what only a script can do. */

/* A choice that is sent as soon as it is made. */
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

/* Server-sent events: <div data-events="/address"> gets parts of the page by their id; an event's name is the id, its data the part's new content. */
function listen(element) {
  const source = new EventSource(element.dataset.events);
  for (const id of element.dataset.parts.split(" ")) {
    source.addEventListener(id, (event) => {
      const part = document.getElementById(id);
      if (part && part.innerHTML !== event.data) {
        const held = part.contains(document.activeElement);
        part.innerHTML = event.data;
        if (held) { const next = part.querySelector("button, a, input, select"); if (next) next.focus(); }
        if (window.htmx) window.htmx.process(part);
      }
    });
  }
  source.addEventListener("over", () => { source.close(); window.location.reload(); });
  window.addEventListener("pagehide", () => source.close());
}
document.querySelectorAll("[data-events]").forEach(listen);

/* A field that takes dropped files: <label data-drop><input type="file"></label>. */
document.querySelectorAll("[data-drop]").forEach((zone) => {
  const input = zone.querySelector("input[type=file]");
  const name = zone.querySelector("[data-chosen]");
  const show = () => { if (name && input.files.length) name.textContent = Array.from(input.files, (file) => file.name).join(", "); };
  for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", show);
});
