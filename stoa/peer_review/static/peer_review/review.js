// Keeps a review while one writes: saves drafts, extends the time the work is kept, and measures time with the work in
// sight. Without this script the buttons of the form do the same.
const PAUSE = 900;
const LONGEST_WAIT = 30000;
const HEARTBEAT = 5 * 60 * 1000;
const IDLE = 60 * 1000;
const WEEK = 7 * 24 * 3600 * 1000;
const PIECE = { "X-Stoa-Piece": "review" };

const form = document.getElementById("review");
const saved = form.querySelector("[data-saved]");
const seconds = form.elements.seconds;
const name = `stoa-review:${form.dataset.review}`;
let timer;
let wait = PAUSE;
let busy = false;
let again = false;
let sending = false;
let touched = Date.now();
let beaten = Date.now();

const written = () => [...new FormData(form)].filter(([field]) => /^(level|comment)-|^overall$/.test(field));

function keepHere() {
  try {
    localStorage.setItem(name, JSON.stringify({ at: Date.now(), written: written() }));
  } catch {
    // No room or no permission on this device: the server still gets every word.
  }
}

function keptHere() {
  try {
    return JSON.parse(localStorage.getItem(name))?.written ?? null;
  } catch {
    return null;
  }
}

function forgetHere(sent) {
  if (JSON.stringify(keptHere()) === sent) localStorage.removeItem(name);
}

// Copies of reviews that were sent long ago.
function forgetOld() {
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith("stoa-review:")))
      if (!(JSON.parse(localStorage.getItem(key))?.at > Date.now() - WEEK)) localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

function restore() {
  const kept = keptHere();
  if (!Array.isArray(kept) || JSON.stringify(kept) === JSON.stringify(written())) return;
  for (const [field, value] of kept) {
    const control = form.elements[field];
    if (!control) continue;
    // A list of radios takes its value as one, and a text that the server has is only replaced by another text.
    if (value) control.value = value;
  }
  later(0);
}

function later(pause = PAUSE) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

async function save() {
  if (busy) return void (again = true);
  busy = true;
  const sent = JSON.stringify(written());
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form), headers: PIECE, redirect: "error" });
    if (answer.status >= 500 || answer.status === 429) throw new Error(answer.statusText);
    if (answer.ok) {
      show(await answer.text());
      forgetHere(sent);
    }
    wait = PAUSE;
  } catch {
    // Offline, or the server is starting again: the copy on this device waits with us.
    wait = Math.min(wait * 2, LONGEST_WAIT);
    saved.textContent = "…";
    later(wait);
  }
  busy = false;
  if (again) {
    again = false;
    later();
  }
}

// The answer carries what was saved and until when the work is kept, each marked with where it belongs.
function show(html) {
  const piece = new DOMParser().parseFromString(html, "text/html");
  for (const part of piece.querySelectorAll("[data-saved], [data-kept]"))
    document.querySelector(part.hasAttribute("data-saved") ? "[data-saved]" : "[data-kept]")?.replaceChildren(...part.childNodes);
}

async function beat() {
  beaten = Date.now();
  try {
    const answer = await fetch(form.dataset.lease, { method: "POST", body: new FormData(form), headers: PIECE, redirect: "error" });
    if (answer.ok) show(await answer.text());
  } catch {
    // The next one may come through; a review is taken after its time, too.
  }
}

function count() {
  const now = Date.now();
  if (document.visibilityState !== "visible" || now - touched > IDLE) return;
  seconds.value = Number(seconds.value) + 1;
  if (now - beaten > HEARTBEAT) beat();
}

function begin(text) {
  const field = lastField ?? form.querySelector("textarea");
  const before = field.value && !/\s$/.test(field.value) ? `${field.value} ` : field.value;
  field.value = before + text;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

let lastField = null;
form.addEventListener("focusin", (event) => {
  if (event.target.matches("textarea")) lastField = event.target;
});
form.addEventListener("input", () => {
  keepHere();
  later();
});
form.addEventListener("submit", () => {
  clearTimeout(timer);
  sending = true;
  // Stays on this device: should the page that follows never come, what was typed is here again.
  keepHere();
});
for (const event of ["pointerdown", "keydown", "scroll", "pointermove"]) addEventListener(event, () => (touched = Date.now()), { passive: true });
addEventListener("online", () => later(0));
addEventListener("pageshow", () => (sending = false));
addEventListener("pagehide", () => {
  if (!sending) fetch(form.dataset.draft, { method: "POST", body: new FormData(form), headers: PIECE, keepalive: true });
});
for (const starter of form.querySelectorAll("[data-starter]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = starter.className;
  button.textContent = starter.textContent;
  button.addEventListener("click", () => begin(`${starter.dataset.starter.replace(/\s*…$/, "")} `));
  starter.replaceWith(button);
}
document.querySelector("[data-problem]")?.focus();
setInterval(count, 1000);
forgetOld();
restore();
