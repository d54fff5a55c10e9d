// Reviewing by keys: the next record is loaded while this one is read, and stands there as soon as a key is pressed.
// Everything works without this script too, a page at a time.
"use strict";

const desk = document.querySelector("[data-review]");
const told = document.querySelector("[data-said]");
const csrf = desk.dataset.csrf;
const ahead = new Map(); // address → promise of the part of the page that is there
const behind = []; // addresses of the records before this one
const done = []; // what this sitting did: numbers, record's address
let judged = 0;
let waits = Promise.resolve(); // what is being kept: an undo waits for it

const sheet = () => desk.querySelector("[data-sheet], [data-form]");

function say(words, ...parts) {
  told.replaceChildren(words, ...parts);
}

function link(words, where) {
  const made = document.createElement("a");
  made.href = where;
  made.textContent = words;
  return made;
}

async function part(address) {
  const answer = await fetch(address, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
  if (answer.redirected || answer.status === 401) throw new Error("You are no longer signed in. Load the page again.");
  if (!answer.ok) throw new Error(`The server answered ${answer.status}. Load the page again.`);
  return answer.text();
}

function load(address) {
  if (!ahead.has(address)) {
    const found = part(address);
    found.catch(() => ahead.delete(address));
    ahead.set(address, found);
  }
  return ahead.get(address);
}

async function show(address, { keep = true } = {}) {
  const left = sheet();
  try {
    const text = await load(address);
    ahead.delete(address);
    const parsed = new DOMParser().parseFromString(text, "text/html");
    desk.replaceChildren(...parsed.body.childNodes);
  } catch (problem) {
    say(problem.message + " ", link("Load again", address));
    return false;
  }
  if (keep && left?.dataset.item) behind.push(left.dataset.item);
  settle();
  return true;
}

function settle() {
  const now = sheet();
  if (!now) return;
  if (now.dataset.here) history.replaceState(null, "", now.dataset.here);
  now.querySelectorAll("[data-take]").forEach((button) => (button.hidden = false));
  now.querySelector("#sheet-heading")?.focus({ preventScroll: true });
  scrollTo({ top: 0 });
  const text = now.querySelector("[data-text]");
  const words = text?.querySelector(".is-trigger, .is-said");
  if (words) text.scrollTop = words.offsetTop - text.offsetTop - text.clientHeight / 3;
  if (now.dataset.next) load(now.dataset.next).catch(() => {});
}

async function post(address, body) {
  const headers = { Accept: "application/json", "X-CSRF-Token": csrf };
  const answer = await fetch(address, { method: "POST", headers, body, credentials: "same-origin" });
  const found = await answer.json().catch(() => ({}));
  return { ok: answer.ok, status: answer.status, ...found };
}

function kept(answer, item) {
  done.push({ numbers: answer.numbers, item });
  judged += 1;
  const tally = document.querySelector("[data-tally]");
  if (tally) tally.textContent = `· ${judged} judged in this sitting`;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = "Undo";
  button.addEventListener("click", undo);
  say(`${answer.said}. `, button);
}

function judge(button) {
  const now = sheet();
  const form = button.closest("form");
  const body = new FormData(form);
  const { item, next } = now.dataset;
  const address = button.getAttribute("formaction");
  form.querySelectorAll("button").forEach((one) => (one.disabled = true));
  // Nobody waits for the server: the next record is shown while this one is kept.
  const keeping = post(address, body)
    .catch(() => ({ ok: false, detail: "The server cannot be reached; this was not kept." }))
    .then((answer) => {
      if (answer.ok) kept(answer, item);
      else say(`${answer.detail || "This was not kept."} `, link("Look at it again", item));
    });
  waits = Promise.all([waits, keeping]);
  document.querySelector(".undo-last")?.remove();
  show(next);
}

async function undo() {
  await waits;
  const last = done.pop();
  if (!last) {
    const form = document.querySelector(".undo-last");
    if (form) form.submit();
    else say("Nothing was done in this sitting. ", link("What was done before", "/review/history"));
    return;
  }
  const body = new FormData();
  last.numbers.forEach((number) => body.append("number", number));
  const answer = await post("/review/undo", body).catch(() => ({ ok: false, detail: "The server cannot be reached." }));
  if (!answer.ok) {
    done.push(last);
    say(answer.detail || "It could not be taken back.");
    return;
  }
  judged -= 1;
  if (behind.includes(last.item)) behind.length = behind.lastIndexOf(last.item);
  ahead.clear();
  if (last.item) await show(last.item, { keep: false });
  say("Taken back.");
}

async function back() {
  const address = behind.pop();
  if (!address) return say("There is none before this one.");
  ahead.delete(address);
  await show(address, { keep: false });
}

// Words of the article: what is selected, in characters of the stored text, whatever the browser makes of it.

function at(node, offset) {
  if (node.nodeType !== Node.TEXT_NODE) {
    const child = node.childNodes[offset];
    const first = child && document.createTreeWalker(child, NodeFilter.SHOW_TEXT).nextNode();
    if (child?.nodeType === Node.TEXT_NODE) return at(child, 0);
    if (first) return at(first, 0);
    const inside = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    let last = null;
    while (inside.nextNode()) last = inside.currentNode;
    return last ? at(last, last.data.length) : null;
  }
  const piece = node.parentElement?.closest("[data-start]");
  if (!piece) return null;
  let before = "";
  const texts = document.createTreeWalker(piece, NodeFilter.SHOW_TEXT);
  while (texts.nextNode() && texts.currentNode !== node) before += texts.currentNode.data;
  before += node.data.slice(0, offset);
  return Number(piece.dataset.start) + [...before].length; // one for a character, not for half of one
}

function selected() {
  const found = getSelection();
  const text = sheet()?.querySelector("[data-text]");
  if (!text || !found.rangeCount || found.isCollapsed) return null;
  const range = found.getRangeAt(0);
  if (!text.contains(range.startContainer) || !text.contains(range.endContainer)) return null;
  const start = at(range.startContainer, range.startOffset);
  const end = at(range.endContainer, range.endOffset);
  return start === null || end === null || end <= start ? null : { start, end, words: range.toString() };
}

let chosen = null; // kept: a press on a button may clear the selection
document.addEventListener("selectionchange", () => (chosen = selected() || chosen));

function take(button) {
  const words = selected() || chosen;
  if (!words) return say("Select words of the article first.");
  const box = button.closest(".pick");
  const input = box.querySelector("[data-words]");
  input.value = words.words.replace(/\s+/g, " ").trim();
  box.querySelector("input[type=hidden]").value = `${words.start}-${words.end}`;
  say(`Taken: ${input.value}`);
  input.focus();
}

async function save(form) {
  const now = sheet();
  form.querySelectorAll("[data-problem]").forEach((one) => (one.textContent = ""));
  form.querySelectorAll("[aria-invalid]").forEach((one) => one.removeAttribute("aria-invalid"));
  const answer = await post(form.getAttribute("action"), new FormData(form)).catch(() => ({
    ok: false,
    problems: { "": "The server cannot be reached; nothing was kept. What you wrote is still here." },
  }));
  if (answer.ok) {
    ahead.clear();
    kept(answer, now.dataset.back);
    await show(now.dataset.then);
    return;
  }
  if (answer.seen) form.elements.seen.value = answer.seen;
  const problems = answer.problems || { "": answer.detail || "This was not kept." };
  for (const [name, words] of Object.entries(problems)) {
    const place = form.querySelector(`[data-problem="${CSS.escape(name)}"]`) || form.querySelector('[data-problem=""]');
    place.textContent = words;
    place.closest("fieldset")?.querySelector("select, input:not([type=hidden])")?.setAttribute("aria-invalid", "true");
  }
  const first = form.querySelector("[aria-invalid]");
  if (first) {
    first.focus({ preventScroll: true });
    first.closest("fieldset").scrollIntoView({ block: "center" });
  } else form.querySelector('[data-problem=""]').scrollIntoView({ block: "center" });
}

function another(select) {
  // One more empty choice as soon as the last is taken.
  const all = [...select.closest("fieldset").querySelectorAll("select[data-several]")];
  if (all.at(-1) !== select || !select.value) return;
  const made = select.cloneNode(true);
  if (made.options[0].value) made.prepend(new Option("–", ""));
  made.value = "";
  select.after(made);
}

function add(kind) {
  const now = sheet();
  if (!now?.dataset.add) return;
  const words = selected();
  const more = words ? `&at=${words.start}-${words.end}&words=${encodeURIComponent(words.words.trim())}` : "";
  show(`${now.dataset.add}&new=${kind}${more}`);
}

const acts = {
  a: () => desk.querySelector("[data-key=a]")?.click(),
  r: () => desk.querySelector("[data-key=r]")?.click(),
  e: () => sheet()?.dataset.edit && show(sheet().dataset.edit),
  s: () => sheet()?.dataset.next && show(sheet().dataset.next),
  j: () => sheet()?.dataset.next && show(sheet().dataset.next),
  k: back,
  u: undo,
  n: () => add("event"),
  f: () => add("figure"),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented) return;
  const typing = event.target.closest?.("input:not([type=hidden]), select, textarea, dialog");
  const form = sheet()?.matches("[data-form]") ? sheet().querySelector("[data-save]") : null;
  if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    save(form);
  } else if (form && event.key === "Escape" && !document.querySelector("dialog[open]")) {
    event.preventDefault();
    show(sheet().dataset.back, { keep: false });
  } else if (!typing && !event.ctrlKey && !event.metaKey && !event.altKey && Object.hasOwn(acts, event.key)) {
    if (form) return;
    event.preventDefault();
    if (!event.repeat) acts[event.key]();
  }
});

desk.addEventListener("click", (event) => {
  const hit = event.target.closest("[data-key], [data-take], [data-cancel]");
  if (!hit || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (hit.matches("[data-take]")) return take(hit);
  event.preventDefault();
  if (hit.matches("[data-cancel]")) return show(sheet().dataset.back, { keep: false });
  if (hit.dataset.key === "a" || hit.dataset.key === "r") return hit.disabled || judge(hit);
  return acts[hit.dataset.key]();
});

desk.addEventListener("submit", (event) => {
  if (event.target.matches("[data-save]")) {
    event.preventDefault();
    save(event.target);
  } else if (event.target.matches("[data-act]")) {
    event.preventDefault(); // Enter in the note: no button was chosen, so nothing is judged
    say("Press Accept or Reject.");
  }
});

desk.addEventListener("change", (event) => {
  if (event.target.matches("select[data-several]")) another(event.target);
});

desk.addEventListener("input", (event) => {
  // Words that are typed are looked for: where they once were selected no longer counts.
  const box = event.target.matches("[data-words]") && event.target.closest(".pick");
  if (box) box.querySelector("input[type=hidden]").value = "";
});

settle();
