// Keeps work while one writes, uploads files at once and shows a preview. Without this script the buttons of the form do
// the same. What the server has not yet said "Saved" to waits on this device.
const PAUSE = 800;
const LONGEST_WAIT = 30000;
const WEEK = 7 * 24 * 3600 * 1000;
const PIECE = { "X-Stoa-Piece": "hand-in" };
const PREFIX = "stoa-hand-in:";
const states = new Map();

const isWords = (name) => /^answer-\d+$|^code$|^links$/.test(name);
const nameOf = (form) => PREFIX + form.dataset.handIn;
const savedOf = (form) => form.querySelector("[data-saved]");

// Only the words: a file goes its own way, so that a large one never holds up what was typed.
function wordsOf(form) {
  return [...new FormData(form)].filter(([name]) => isWords(name));
}

function bodyOf(form) {
  const body = new FormData(form);
  body.delete("files");
  return body;
}

function stateOf(form) {
  if (!states.has(form)) states.set(form, { wait: PAUSE });
  return states.get(form);
}

function kept(form) {
  try {
    return JSON.parse(localStorage.getItem(nameOf(form)))?.words ?? null;
  } catch {
    return null;
  }
}

function keepHere(form) {
  try {
    localStorage.setItem(nameOf(form), JSON.stringify({ at: Date.now(), words: wordsOf(form) }));
  } catch {
    // No room or no permission on this device: the server still gets every word.
  }
}

function forgetHere(form, sent) {
  if (sent === undefined || JSON.stringify(kept(form)) === sent) localStorage.removeItem(nameOf(form));
}

function forgetOld() {
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX)))
      if (!(JSON.parse(localStorage.getItem(key))?.at > Date.now() - WEEK)) localStorage.removeItem(key);
  } catch {
    // Nothing was kept.
  }
}

function restore(form) {
  const words = kept(form);
  if (!Array.isArray(words) || JSON.stringify(words) === JSON.stringify(wordsOf(form))) return;
  for (const [name, value] of words) if (form.elements[name]) form.elements[name].value = value;
  later(form, 0);
}

function later(form, pause = PAUSE) {
  const state = stateOf(form);
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(form), pause);
}

async function save(form) {
  const state = stateOf(form);
  if (state.busy) return void (state.again = true);
  state.busy = true;
  const sent = JSON.stringify(wordsOf(form));
  try {
    const answer = await fetch(`${form.dataset.address}draft/`, { method: "POST", body: bodyOf(form), headers: PIECE, redirect: "error" });
    if (answer.status >= 500 || answer.status === 429) throw new Error(answer.statusText);
    if (answer.ok) {
      say(form, await answer.text());
      forgetHere(form, sent);
      state.wait = PAUSE;
    } else {
      savedOf(form).textContent = "";
    }
  } catch {
    // Offline, or the server is starting again: the copy on this device waits with us.
    state.wait = Math.min(state.wait * 2, LONGEST_WAIT);
    savedOf(form).textContent = "…";
    later(form, state.wait);
  }
  state.busy = false;
  if (state.again) {
    state.again = false;
    later(form);
  }
}

function say(form, html) {
  const place = savedOf(form);
  place.innerHTML = html;
  const revision = place.querySelector("[data-revision]")?.dataset.revision;
  if (revision) form.elements.revision.value = revision;
}

// An upload that breaks off is tried again; the words stay where they are all the while.
function send(form, body) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${form.dataset.address}draft/files/`);
    request.setRequestHeader("X-Stoa-Piece", PIECE["X-Stoa-Piece"]);
    request.upload.onprogress = (event) => event.lengthComputable && progress(form, event.loaded / event.total);
    request.onload = () => (request.status === 200 || request.status === 422 ? resolve(request.responseText) : reject(new Error(request.statusText)));
    request.onerror = request.ontimeout = () => reject(new Error("The line broke."));
    request.send(body);
  });
}

function progress(form, share) {
  const place = form.querySelector("[data-progress]");
  if (!place) return;
  let bar = place.querySelector("progress");
  if (!bar) {
    bar = document.createElement("progress");
    bar.max = 1;
    place.replaceChildren(bar);
  }
  bar.value = share;
  bar.setAttribute("aria-label", `${Math.round(share * 100)} %`);
}

async function files(form, body, focus) {
  const state = stateOf(form);
  for (let attempt = 0; ; attempt += 1) {
    try {
      const html = await send(form, body);
      const place = form.querySelector("[data-files]");
      place.innerHTML = html;
      const target = place.querySelector("[role=alert]") ?? place.querySelector(focus) ?? place;
      if (!target.matches("input, button")) target.tabIndex = -1;
      target.focus({ preventScroll: true });
      later(form, 0);
      return;
    } catch (error) {
      if (attempt >= 5) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.min(state.wait * 2 ** attempt, LONGEST_WAIT)));
    }
  }
}

function upload(form) {
  const field = form.querySelector("input[type=file]");
  if (!field?.files.length) return;
  const body = bodyOf(form);
  for (const file of field.files) body.append("files", file);
  field.disabled = true;
  files(form, body, "input[type=file]").catch(() => {
    field.disabled = false;
    progress(form, 0);
  });
}

async function preview(form) {
  const answer = await fetch(`${form.dataset.address}draft/preview/`, { method: "POST", body: bodyOf(form), headers: PIECE, redirect: "error" });
  if (!answer.ok) throw new Error(answer.statusText);
  const place = form.querySelector("div[data-preview]");
  place.innerHTML = await answer.text();
  place.firstElementChild?.focus();
}

function clicked(event) {
  const form = event.target.closest("form[data-hand-in]");
  const button = event.target.closest("button");
  if (!form || !button) return;
  if (button.hasAttribute("data-save")) later(form, 0);
  else if (button.hasAttribute("data-upload")) upload(form);
  else if (button.hasAttribute("data-preview-button")) preview(form).catch(() => form.requestSubmit(button));
  else if (button.hasAttribute("data-remove")) {
    const body = bodyOf(form);
    body.append("remove", button.value);
    files(form, body, "input[type=file]").catch(() => form.submit());
  } else return;
  event.preventDefault();
}

addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-hand-in]");
  if (!form || !isWords(event.target.name)) return;
  keepHere(form);
  later(form);
});
addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-hand-in]");
  if (form && event.target.type === "file") upload(form);
});
addEventListener("click", clicked);
addEventListener("submit", (event) => {
  // The server keeps all words of a hand-in, taken or not, before it answers.
  if (event.target.matches("form[data-hand-in]")) clearTimeout(stateOf(event.target).timer);
});
addEventListener("online", () => states.forEach((_, form) => later(form, 0)));
addEventListener("pagehide", () => {
  for (const [form] of states)
    if (kept(form)) fetch(`${form.dataset.address}draft/`, { method: "POST", body: bodyOf(form), headers: PIECE, keepalive: true });
});
forgetOld();
document.querySelectorAll("form[data-hand-in]").forEach(restore);
document.querySelector("[data-problem]")?.focus();
