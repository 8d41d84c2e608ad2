// Saves answers while one types, keeps a copy on this device until the server has them, and hands in without a reload.
// Without this script the buttons of the form do the same.
const PAUSE = 800;
const LONGEST_WAIT = 30000;
const PIECE = { "X-Stoa-Piece": "quiz" };
const pending = new Map();

const sectionOf = (element) => element.closest?.(".quiz[data-quiz]");
const formOf = (section) => section.querySelector('form[action$="/attempts/"]');
const nameOf = (section) => `stoa-quiz:${section.dataset.quiz}`;
const savedOf = (section) => section.querySelector("[data-saved]");

function answersOf(form) {
  return [...new FormData(form)].filter(([name]) => name.startsWith("part-"));
}

function keepHere(section) {
  try {
    localStorage.setItem(nameOf(section), JSON.stringify(answersOf(formOf(section))));
  } catch {
    // No room or no permission on this device: the server still gets every answer.
  }
}

function forgetHere(section, sent) {
  try {
    if (sent === undefined || localStorage.getItem(nameOf(section)) === sent) localStorage.removeItem(nameOf(section));
  } catch {
    // Nothing was kept.
  }
}

function restore(section) {
  const form = formOf(section);
  let kept = null;
  try {
    kept = JSON.parse(localStorage.getItem(nameOf(section)));
  } catch {
    // Not readable: what the server has is shown.
  }
  if (!form || !Array.isArray(kept) || JSON.stringify(kept) === JSON.stringify(answersOf(form))) return;
  const left = kept.map(([name, value]) => ({ name, value }));
  for (const field of form.elements) {
    if (!field.name?.startsWith("part-") || field.disabled || field.readOnly) continue;
    const place = left.findIndex((one) => one.name === field.name && (!isChoice(field) || one.value === field.value));
    if (isChoice(field)) field.checked = place >= 0;
    else field.value = place >= 0 ? left[place].value : "";
    if (place >= 0) left.splice(place, 1);
  }
  later(section, 0);
}

const isChoice = (field) => field.type === "radio" || field.type === "checkbox";

function later(section, pause = PAUSE) {
  const state = pending.get(section) ?? { wait: PAUSE };
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(section), pause);
  pending.set(section, state);
}

async function save(section) {
  const state = pending.get(section);
  if (!section.isConnected || state.busy) return void (state.again = true);
  const form = formOf(section);
  const sent = JSON.stringify(answersOf(form));
  state.busy = true;
  try {
    const response = await fetch(`${section.dataset.address}answers/`, {
      method: "POST",
      body: new FormData(form),
      headers: PIECE,
      redirect: "error",
    });
    if (response.ok) {
      savedOf(section).innerHTML = await response.text();
      forgetHere(section, sent);
      state.wait = PAUSE;
    } else if (response.status >= 500 || response.status === 429) {
      throw new Error(response.statusText);
    } else {
      savedOf(section).textContent = "";
    }
  } catch {
    // Offline, or the server is starting again: the copy on this device waits with us.
    state.wait = Math.min(state.wait * 2, LONGEST_WAIT);
    savedOf(section).textContent = "…";
    later(section, state.wait);
  }
  state.busy = false;
  if (state.again) {
    state.again = false;
    later(section);
  }
}

async function send(event) {
  const section = sectionOf(event.target);
  if (!section) return;
  event.preventDefault();
  const button = event.submitter;
  if (button?.hasAttribute("data-save")) return void later(section, 0);
  const state = pending.get(section);
  clearTimeout(state?.timer);
  if (button) button.disabled = true;
  try {
    const response = await fetch(event.target.action, {
      method: "POST",
      body: new FormData(event.target),
      headers: PIECE,
      redirect: "error",
    });
    if (!response.ok && response.status !== 422 && response.status !== 429) throw new Error(response.statusText);
    if (event.target === formOf(section) && response.ok) forgetHere(section);
    show(section, await response.text());
  } catch {
    if (button) button.disabled = false;
    // The page's own way: the browser then says what is wrong, and Back leads to what was typed.
    event.target.submit();
  }
}

function show(section, html) {
  const id = section.id;
  section.outerHTML = html;
  pending.delete(section);
  const fresh = document.getElementById(id);
  const target = fresh.querySelector("[aria-invalid=true], [role=alert], [data-result]") ?? fresh;
  if (!target.matches("input, select, textarea")) target.tabIndex = -1;
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
}

addEventListener("input", (event) => {
  const section = sectionOf(event.target);
  if (!section || !event.target.name?.startsWith("part-")) return;
  keepHere(section);
  later(section);
});
addEventListener("submit", send);
addEventListener("online", () => pending.forEach((_, section) => later(section, 0)));
addEventListener("pagehide", () => {
  for (const [section] of pending) {
    const form = section.isConnected && formOf(section);
    // A keepalive request outlives the page; the copy on this device is there should it fail.
    if (form && localStorage.getItem(nameOf(section)))
      fetch(`${section.dataset.address}answers/`, { method: "POST", body: new FormData(form), headers: PIECE, keepalive: true });
  }
});
document.querySelectorAll(".quiz[data-quiz]").forEach(restore);
