"use strict";
/* Small things that no attribute can say. Pages work without them, but for what only a script can do. */

/* A choice that is sent as soon as it is made. */
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});

/* What cannot be taken back is asked about; a form that is on its way says so, and is not sent twice. */
document.addEventListener("submit", (event) => {
  const form = event.target;
  const asks = (event.submitter && event.submitter.dataset.asks) || form.dataset.asks;
  if (form.getAttribute("aria-busy") === "true" || (asks && !window.confirm(asks))) { event.preventDefault(); event.stopImmediatePropagation(); return; }
  if (event.defaultPrevented || event.submitter && event.submitter.hasAttribute("hx-post") || form.hasAttribute("hx-post") || form.method === "get") return;
  form.setAttribute("aria-busy", "true");
  const told = form.querySelector("[data-busy]");
  if (told) told.textContent = told.dataset.busy;
}, true);
window.addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach((form) => {
  form.removeAttribute("aria-busy");
  const told = form.querySelector("[data-busy]");
  if (told) told.textContent = "";
}));

/* Back to a form as it was filled in. */
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-back]") || window.history.length < 2) return;
  event.preventDefault();
  window.history.back();
});

function tell(words) {
  const line = document.createElement("p");
  line.className = "message";
  line.textContent = words;
  document.getElementById("message").replaceChildren(line);
  document.getElementById("message").scrollIntoView({ block: "nearest" });
}

/* Server-sent events: <div data-events="/address"> gets parts of the page by their id; an event's name is the id, its data the part's new content. */
function listen(element) {
  /* A browser keeps few connections to one server: a page that nobody looks at gives its own back. */
  let source = null;
  const turn = () => {
    if (document.hidden && source) { source.close(); source = null; }
    else if (!document.hidden && !source) source = begun(element);
  };
  document.addEventListener("visibilitychange", turn);
  window.addEventListener("pagehide", () => { if (source) source.close(); source = null; });
  turn();
}

function begun(element) {
  const source = new EventSource(element.dataset.events);
  for (const id of element.dataset.parts.split(" ")) {
    source.addEventListener(id, (event) => {
      const part = document.getElementById(id);
      if (part && part.innerHTML !== event.data) {
        const held = part.contains(document.activeElement);
        part.innerHTML = event.data;
        if (held) { const next = part.querySelector("button:not([disabled]), a[href], select, input:not([type=hidden])"); if (next) next.focus(); }
        if (window.htmx) window.htmx.process(part);
      }
    });
  }
  source.addEventListener("over", () => { source.close(); window.location.reload(); });
  return source;
}
document.querySelectorAll("[data-events]").forEach(listen);

/* A field that takes dropped files: <label data-drop><input type="file"></label>. */
document.querySelectorAll("[data-drop]").forEach((zone) => {
  const input = zone.querySelector("input[type=file]");
  const refuse = (words) => { input.value = ""; tell(words); };
  for (const kind of ["dragenter", "dragover"]) zone.addEventListener(kind, (event) => { event.preventDefault(); zone.classList.add("over"); });
  for (const kind of ["dragleave", "drop"]) zone.addEventListener(kind, () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    if (event.dataTransfer.files.length > 1) { refuse(zone.dataset.several); return; }
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
  input.addEventListener("change", (event) => {
    document.getElementById("message").replaceChildren();
    if (!input.files.length || input.files[0].size <= Number(zone.dataset.most)) return;
    event.stopPropagation(); /* it would be refused in the middle, with no page to say why */
    refuse(zone.dataset.large);
  });
  for (const kind of ["dragover", "drop"]) document.addEventListener(kind, (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
});
