"use strict";
/* The review's editor and keys. A wording is a row of pieces: texts, and [kind, number] for a handle (a piece of formatting, a note, a picture). */

const phrases = document.getElementById("phrases").dataset;
const PAUSE = 350; /* milliseconds without a key after which what was typed is sent; never later than LATEST */
const LATEST = 600; /* well below the second after which nothing is lost, whatever the way to the disk takes */
const AGAIN = 3000; /* milliseconds until what could not be sent is sent again */
const TOGETHER = 700;

/* --- pieces in and out of the field */

function handleOf(table, kind, number) {
  return table.find((one) => one[0] === kind && one[1] === number);
}

function drawHandle(kind, number, label) {
  const element = document.createElement("span");
  element.className = "handle " + kind;
  element.contentEditable = "false";
  element.dataset.kind = kind;
  element.dataset.number = number;
  element.textContent = label;
  element.draggable = true;
  element.setAttribute("role", "img");
  element.setAttribute("aria-label", `${phrases.handle} ${label}`);
  return element;
}

function draw(editor, pieces) {
  const table = JSON.parse(editor.dataset.handles);
  const open = [];
  editor.replaceChildren();
  for (const piece of pieces) {
    if (typeof piece === "string") {
      const span = document.createElement("span");
      for (const look of open) if (look) span.classList.add("look-" + look);
      span.textContent = piece;
      editor.append(span);
      continue;
    }
    const [kind, number] = piece;
    const known = handleOf(table, kind, number) || [kind, number, String(number), ""];
    if (kind === "close" && open.includes(known[3])) open.splice(open.lastIndexOf(known[3]), 1);
    editor.append(drawHandle(kind, number, known[2]));
    if (kind === "open") open.push(known[3]);
  }
}

/* The words that findings mean are marked as long as nothing was typed; the field itself stays as it is. */
function mark(editor, spans) {
  if (!window.Highlight || !CSS.highlights) return;
  CSS.highlights.delete("doubt");
  const ranges = [];
  let at = 0;
  const walk = document.createTreeWalker(editor, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest(".handle") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  while (walk.nextNode()) {
    const node = walk.currentNode;
    const letters = Array.from(node.data);
    const place = (count) => letters.slice(0, count).join("").length;
    for (const [start, stop] of spans) {
      const [from, to] = [Math.max(start - at, 0), Math.min(stop - at, letters.length)];
      if (from >= to) continue;
      const range = new Range();
      range.setStart(node, place(from));
      range.setEnd(node, place(to));
      ranges.push(range);
    }
    at += letters.length;
  }
  if (ranges.length) CSS.highlights.set("doubt", new Highlight(...ranges));
}

function gather(node, out) {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) out.push(child.data);
    else if (child.nodeType !== Node.ELEMENT_NODE) continue;
    else if (child.dataset.kind) out.push([child.dataset.kind, Number(child.dataset.number)]);
    else if (child.tagName === "BR") out.push("\n");
    else {
      if (["DIV", "P"].includes(child.tagName) && out.length) out.push("\n");
      gather(child, out);
    }
  }
  return out;
}

function read(editor) {
  const out = [];
  for (const piece of gather(editor, [])) {
    if (typeof piece === "string" && typeof out[out.length - 1] === "string") out[out.length - 1] += piece;
    else if (piece !== "") out.push(piece);
  }
  if (typeof out[out.length - 1] === "string") {
    out[out.length - 1] = out[out.length - 1].replace(/\n$/, "");
    if (out[out.length - 1] === "") out.pop();
  }
  return out.map((piece) => (typeof piece === "string" ? piece.replace(/\u200b/g, "") : piece)).filter((piece) => piece !== "");
}

/* --- one passage */

let here = null;

function begin() {
  const editor = document.getElementById("target");
  const passage = document.querySelector("[data-passage]");
  if (!passage) { here = null; return; }
  here = { passage, editor, sent: "", timer: 0, first: 0, past: [], future: [] };
  if (!editor) return;
  draw(editor, JSON.parse(editor.dataset.pieces));
  here.sent = JSON.stringify(read(editor));
  here.last = here.sent;
  mark(editor, JSON.parse(editor.dataset.doubted));
  fill();
  editor.addEventListener("input", typed);
  editor.addEventListener("beforeinput", guard);
  editor.addEventListener("paste", paste);
  editor.addEventListener("dragstart", lift);
  editor.addEventListener("dragover", (event) => { if (here.lifted) { event.preventDefault(); event.dataTransfer.dropEffect = "move"; point(event); } });
  editor.addEventListener("drop", lower);
  editor.addEventListener("dragend", () => { here.lifted = null; });
  editor.addEventListener("blur", () => save());
}

function fill() {
  const form = document.getElementById("acts");
  const pieces = read(here.editor);
  if (form) form.elements.pieces.value = JSON.stringify(pieces);
  const tray = document.getElementById("tray");
  const table = JSON.parse(here.editor.dataset.handles);
  const count = new Map();
  for (const element of here.editor.querySelectorAll(".handle")) {
    const key = element.dataset.kind + element.dataset.number;
    count.set(key, (count.get(key) || 0) + 1);
    element.classList.remove("twice");
  }
  for (const element of here.editor.querySelectorAll(".handle")) if (count.get(element.dataset.kind + element.dataset.number) > 1) element.classList.add("twice");
  const twice = here.editor.querySelector(".twice") !== null;
  const left = table.filter(([kind, number]) => !pieces.some((one) => Array.isArray(one) && one[0] === kind && one[1] === number));
  tray.replaceChildren();
  if (twice) tray.append(phrases.twice + " ");
  if (!left.length) return;
  tray.append(phrases.missing + " ");
  for (const [kind, number, label] of left) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "second small";
    button.textContent = label;
    button.addEventListener("click", () => insertHandle(kind, number, label));
    tray.append(button);
  }
}

function typed() {
  const now = JSON.stringify(read(here.editor));
  if (now !== here.last) {
    /* Letters that follow each other quickly are undone together. */
    if (Date.now() - (here.at || 0) > TOGETHER || Math.abs(now.length - here.last.length) !== 1) here.past.push(here.last);
    here.at = Date.now();
    here.future = [];
    here.last = now;
  }
  changed();
}

function changed() {
  mark(here.editor, []);
  fill();
  const time = Date.now();
  here.first = here.first || time;
  clearTimeout(here.timer);
  here.timer = setTimeout(save, Math.max(0, Math.min(PAUSE, here.first + LATEST - time)));
  document.getElementById("saved").textContent = phrases.saving;
}

function put(pieces) {
  here.past.push(here.last);
  here.future = [];
  draw(here.editor, pieces);
  here.last = JSON.stringify(read(here.editor));
  here.editor.focus();
  changed();
}

function wind(from, to) {
  const state = from.pop();
  if (state === undefined) return;
  to.push(here.last);
  here.last = state;
  draw(here.editor, JSON.parse(state));
  const range = document.createRange();
  range.selectNodeContents(here.editor);
  range.collapse(false);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
  changed();
}

/* Formatting is done with handles, so the browser's own is not taken; a line break only where the source has one. */
function guard(event) {
  if (event.inputType.startsWith("format")) event.preventDefault();
  if (event.inputType === "historyUndo" || event.inputType === "historyRedo") event.preventDefault();
  if (event.inputType === "insertParagraph" || event.inputType === "insertLineBreak") {
    event.preventDefault();
    if (document.getElementById("source").textContent.includes("\n")) insertText("\n");
  }
}

function paste(event) {
  event.preventDefault();
  insertText(event.clipboardData.getData("text/plain").replace(/\r/g, "").replace(/\n+$/, "").replace(/\n/g, " "));
}

function insertNode(node) {
  here.editor.focus();
  const selection = getSelection();
  if (!selection.rangeCount || !here.editor.contains(selection.anchorNode)) {
    here.editor.append(node);
  } else {
    const range = selection.getRangeAt(0);
    range.deleteContents();
    range.insertNode(node);
  }
  const after = document.createRange();
  after.setStartAfter(node);
  after.collapse(true);
  selection.removeAllRanges();
  selection.addRange(after);
  typed();
}

/* A handle is taken with the mouse to where it belongs. */
function lift(event) {
  const handle = event.target.closest && event.target.closest(".handle");
  here.lifted = handle ? [handle.dataset.kind, Number(handle.dataset.number), handle.textContent] : null;
  if (handle) { event.dataTransfer.effectAllowed = "move"; event.dataTransfer.setData("text/plain", handle.textContent); }
}

function lower(event) {
  if (!here.lifted) return;
  event.preventDefault();
  point(event);
  insertHandle(...here.lifted);
  here.lifted = null;
}

/* The caret goes to where the mouse is; never into a handle. */
function point(event) {
  const range = document.caretRangeFromPoint ? document.caretRangeFromPoint(event.clientX, event.clientY) : placed(document.caretPositionFromPoint(event.clientX, event.clientY));
  if (!range || !here.editor.contains(range.startContainer)) return;
  const node = range.startContainer;
  const inside = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest(".handle");
  if (inside) { range.setStartAfter(inside); range.collapse(true); }
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}

function placed(found) {
  if (!found) return null;
  const range = document.createRange();
  range.setStart(found.offsetNode, found.offset);
  return range;
}

function insertText(text) { if (text) insertNode(document.createTextNode(text)); }

function insertHandle(kind, number, label) {
  const there = here.editor.querySelector(`[data-kind="${kind}"][data-number="${number}"]`);
  if (there) there.remove();
  insertNode(drawHandle(kind, number, label));
}

async function save() {
  if (!here || !here.editor) return;
  const mine = here;
  const pieces = JSON.stringify(read(mine.editor));
  clearTimeout(mine.timer);
  mine.first = 0;
  if (pieces === mine.sent) return;
  mine.sent = pieces;
  const body = new FormData();
  body.set("pieces", pieces);
  body.set("seen", mine.editor.dataset.seen);
  const word = JSON.parse(document.body.getAttribute("hx-headers"))["X-Form-Word"];
  const line = document.getElementById("saved");
  try {
    const answer = await fetch(`${mine.passage.dataset.to}/jot`, { method: "POST", body, headers: { "X-Form-Word": word, "HX-Request": "true" }, keepalive: pieces.length < 50000 });
    if (answer.status === 401 || answer.headers.has("HX-Retarget")) await lookAgain();
    if (!answer.ok || answer.headers.has("HX-Retarget")) throw new Error(String(answer.status));
    const text = await answer.text();
    if (here !== mine) return;
    const list = document.getElementById("findings");
    if (list && mine.sent === pieces) list.outerHTML = text;
    if (line) line.textContent = phrases.saved;
    document.getElementById("forget").hidden = false;
  } catch (error) {
    if (here === mine) {
      mine.sent = "";
      if (line) line.textContent = error.message === "401" ? phrases.out : phrases.unsaved;
      mine.timer = setTimeout(save, AGAIN);
    }
  }
}

/* Who was signed out, and signed in again in another tab, goes on here: the page gets the word of the new session. */
async function lookAgain() {
  try {
    const answer = await fetch(window.location.href, { cache: "no-store" });
    const there = answer.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").body.getAttribute("hx-headers") : null;
    if (there) document.body.setAttribute("hx-headers", there);
  } catch { /* the desk does not answer: it is tried again */ }
}

function failed(words) {
  tell(words);
  if (here && here.editor && JSON.stringify(read(here.editor)) !== here.sent) { clearTimeout(here.timer); here.timer = setTimeout(save, AGAIN); }
}
document.body.addEventListener("htmx:sendError", () => failed(phrases.silent));
document.body.addEventListener("htmx:timeout", () => failed(phrases.silent));
document.body.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  failed(status === 401 ? phrases.out : phrases.wrong);
  if (status === 401) lookAgain();
});
document.body.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.xhr && event.detail.xhr.getResponseHeader("HX-Retarget") === "#message") lookAgain();
});

/* --- keys: a letter outside the field, Alt and the letter inside it */

function press(letter) {
  const button = document.querySelector(`#passage [data-key="${letter}"]`);
  if (!button || button.hidden) return false;
  fillNow();
  button.click();
  return true;
}

function fillNow() { if (here && here.editor) fill(); }

const KEYS = {
  e: () => here && here.editor && (here.editor.focus(), true),
  w: () => focusOn("wish"),
  k: () => focusOn("comment"),
  l: elsewhere,
  "/": () => focusOn("find"),
  "?": () => { document.getElementById("keys").showModal(); return true; },
};

function focusOn(id) {
  const element = document.getElementById(id);
  const fold = element && element.closest("details");
  if (fold) fold.open = true;
  if (element) element.focus();
  return Boolean(element);
}

function elsewhere() {
  const words = String(getSelection()).trim();
  const place = document.getElementById("elsewhere");
  if (!place || !words || !window.htmx) return false;
  const side = here.editor && here.editor.contains(getSelection().anchorNode) ? "target" : "source";
  window.htmx.ajax("GET", `${place.dataset.elsewhere}?${new URLSearchParams({ words, side })}`, { target: "#elsewhere", swap: "innerHTML" });
  return true;
}

document.addEventListener("keydown", (event) => {
  const inEditor = here && here.editor && event.target === here.editor;
  const inField = inEditor || event.target.matches("input, textarea, select");
  if (event.isComposing || document.querySelector("dialog[open]")) return;
  let done = false;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) done = inEditor || !inField ? press("a") : false;
  else if (inEditor && (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "z") { event.shiftKey ? wind(here.future, here.past) : wind(here.past, here.future); done = true; }
  else if (event.key === "Escape" && inField) { event.target.blur(); document.getElementById("main").focus(); done = true; }
  else if (!event.ctrlKey && !event.metaKey && (inEditor ? event.altKey : !inField && !event.altKey)) {
    const letter = inEditor && event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : inEditor && event.code.startsWith("Digit") ? event.code.slice(5) : event.key.toLowerCase();
    if (/^[1-9]$/.test(letter) && here && here.editor) {
      const one = JSON.parse(here.editor.dataset.handles)[Number(letter) - 1];
      if (one) { insertHandle(one[0], one[1], one[2]); done = true; }
    } else if (event.target.matches("button, a, summary") && letter === "enter") done = false;
    else done = (KEYS[letter] && KEYS[letter]()) || (/^[a-z]$/.test(letter) && press(letter));
  }
  if (done) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const put_ = event.target.closest("[data-put]");
  const act = event.target.closest("[data-act]");
  if (put_ && here && here.editor) put(JSON.parse(put_.dataset.put));
  else if (act && act.dataset.act === "copy" && here && here.editor) put(JSON.parse(document.getElementById("source").dataset.copied));
  else if (act && act.dataset.act === "keys") document.getElementById("keys").showModal();
});

document.body.addEventListener("htmx:beforeRequest", () => { if (here) clearTimeout(here.timer); });
document.body.addEventListener("htmx:configRequest", (event) => {
  if (here && here.editor && "pieces" in event.detail.parameters) event.detail.parameters.pieces = JSON.stringify(read(here.editor));
});
document.body.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "passage") return;
  document.getElementById("message").replaceChildren();
  begin();
  show();
  document.getElementById("main").focus({ preventScroll: true });
});
window.addEventListener("pagehide", () => { save(); });
/* Every passage begins at the same height of the window, so that the eye need not look for it; what is found stands below it. */
function show() {
  const head = document.querySelector("#passage .overtaken") || document.querySelector("#passage .here");
  if (head) head.scrollIntoView({ block: "start" });
}

/* Where the queues stand above the passage, they are folded away: the passage is what one came for. */
if (window.matchMedia("(max-width: 62rem)").matches) document.querySelector(".rail .fold").open = false;
begin();
const told = document.querySelector("#passage .told");
if (told && !window.location.hash && told.getBoundingClientRect().bottom > window.innerHeight - 80) show();
