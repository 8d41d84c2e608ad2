// What pages of figures do, in one file, so that a first visit asks for little.

// Keeps an open page of figures up to the log: hears that something was counted, fetches the figures, changes what changed.
// Without this script a page shows what was counted when it was read.

const SPREAD = 120; // ms over which the pages of many people ask
const GAP = 250; // ms between two asks at least; four times as long as the last answer took, so that a busy site is asked less
const SAY_EVERY = 20_000; // ms between two sentences for who listens to the page
const ASK_FIRST = 2_000, ASK_SELDOM = 15_000; // ms between two questions for the version, where nobody announces it
const TICKED = 1_500;

const part = () => document.querySelector("[data-fresh]");
const later = (failures) => Math.min(60_000, 500 * 2 ** failures) * (0.5 + Math.random());

let stale = false;
let busy = false;
let failures = 0;
let earliest = 0;
let timer = 0;

function counted() {
  stale = true;
  plan(Math.random() * SPREAD);
}

function plan(wait) {
  if (timer || busy || document.hidden || !part()) return;
  timer = setTimeout(refresh, Math.max(wait, earliest - performance.now()));
}

async function refresh() {
  timer = 0;
  if (document.hidden) return;
  stale = false;
  busy = true;
  const began = performance.now();
  try {
    await fetchPart();
    failures = 0;
  } catch {
    failures += 1;
    stale = true;
  }
  busy = false;
  const took = performance.now() - began;
  earliest = performance.now() + (failures ? later(failures) : Math.max(GAP, 4 * took));
  if (stale) plan(0);
}

async function fetchPart() {
  const asked = location.href;
  // A ticket that ran out is renewed with the page, so that a lost line asks for all of it.
  const known = lost ? {} : { "If-None-Match": `W/"${part().dataset.fresh}"` };
  const answer = await fetch(asked, { cache: "no-store", headers: { "HX-Request": "true", ...known } });
  if (answer.status === 304) return;
  const fresh = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-fresh]");
  if (!fresh) throw new Error(`no figures came: ${answer.status}`);
  // Somebody has chosen something else meanwhile.
  if (asked !== location.href) return counted();
  take(fresh);
}

function take(fresh) {
  const before = figures();
  const focused = document.activeElement;
  const href = focused?.getAttribute?.("href");
  keep(part(), fresh);
  if (href && focused.getAttribute("href") !== href) {
    // Rows have changed places: the focus goes with its row.
    const card = focused.closest("section") || part();
    card.querySelector(`a[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
  }
  const changed = [...figures()].filter(([name, figure]) => before.has(name) && before.get(name) !== figure);
  tick(changed.map(([name]) => name));
  if (changed.length) say(changed.map(([name, figure]) => `${name}: ${figure}`).join(", "));
  ago();
  document.dispatchEvent(new CustomEvent("stoa:fresh"));
}

// The figures with a name of the page's first row.
function figures() {
  const rows = [...(part()?.querySelectorAll(".kpis > div") || [])];
  return new Map(rows.map((row) => [row.querySelector("dt").textContent, row.querySelector(".fig").textContent]));
}

// The engine tells how many events there are as soon as it has read them; what they mean comes with the figures.
function read(message) {
  for (const [name, number] of Object.entries(JSON.parse(message.data))) {
    const figure = part()?.querySelector(`.fig[data-counts="${CSS.escape(name)}"]`);
    if (!figure || document.hidden) continue;
    const dot = figure.textContent.match(/\d([^\d\s])\d/)?.[1] || ",";
    const words = String(number).replace(/\B(?=(\d{3})+$)/g, dot);
    if (figure.textContent.trim() === words) continue;
    figure.textContent = words;
    const title = figure.parentElement.querySelector("dt").textContent;
    tick([title]);
    say(`${title}: ${words}`);
  }
}

function tick(names) {
  for (const row of part().querySelectorAll(".kpis > div")) {
    if (!names.includes(row.querySelector("dt").textContent)) continue;
    row.classList.add("ticked");
    setTimeout(() => row.classList.remove("ticked"), TICKED);
  }
}

let waiting = "";
let silence = 0;

function say(words) {
  waiting = words;
  if (silence) return;
  document.querySelector("[data-says]").textContent = waiting;
  waiting = "";
  silence = setTimeout(() => {
    silence = 0;
    if (waiting) say(waiting);
  }, SAY_EVERY);
}

// "4 seconds ago" goes on without asking anybody.
function ago() {
  const shown = part()?.querySelector("time[data-ago]");
  if (!shown) return;
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(shown.dateTime)) / 1000));
  const [number, unit] = seconds < 60 ? [seconds, "second"] : seconds < 3600 ? [Math.floor(seconds / 60), "minute"] : [Math.floor(seconds / 3600), "hour"];
  const words = new Intl.RelativeTimeFormat(`${document.documentElement.lang}-u-nu-latn`).format(-number, unit);
  if (shown.textContent !== words) shown.textContent = words;
}

// On a site the live service announces what was counted. Hidden pages hang up, and ask once when they are seen again.
let line = null;
let lost = 0;
let redial = 0;

function listen() {
  const address = part()?.dataset.live;
  if (!address || line || document.hidden || !("EventSource" in window)) return;
  line = new EventSource(address);
  line.addEventListener("counted", counted);
  line.addEventListener("read", read);
  line.addEventListener("resync", counted);
  line.addEventListener("open", () => {
    const wasLost = lost;
    lost = 0;
    const asOf = Date.parse(part()?.querySelector(".as-of time")?.dateTime);
    // What was counted between reading the page and listening was announced to nobody here.
    if (wasLost || Date.now() - asOf < 60_000) counted();
  });
  line.addEventListener("error", () => {
    hangUp();
    lost += 1;
    redial = setTimeout(() => { redial = 0; listen(); }, later(lost));
    if (lost > 2) counted();
  });
}

function hangUp() {
  line?.close();
  line = null;
  clearTimeout(redial);
}

// Alone there is no live service: a small question with an ETag, less often the longer nothing was new.
let pause = ASK_FIRST;
let asking = 0;

async function ask() {
  asking = 0;
  const address = part()?.dataset.ask;
  if (!address || document.hidden) return;
  try {
    const answer = await fetch(address, { cache: "no-cache" });
    const { version } = await answer.json();
    const same = String(version) === part().dataset.fresh;
    pause = same ? Math.min(ASK_SELDOM, pause * 1.3) : ASK_FIRST;
    if (!same && answer.ok) counted();
  } catch {
    pause = Math.min(60_000, pause * 2);
  }
  asking ||= setTimeout(ask, pause * (0.75 + Math.random() / 2));
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return hangUp();
  pause = ASK_FIRST;
  listen();
  if (!asking) ask();
  if (part()?.dataset.live) counted();
});
document.addEventListener("htmx:afterSettle", () => {
  const shown = part()?.querySelector(".showing > p");
  if (shown) say(shown.textContent.trim());
});
setInterval(() => { if (!document.hidden) ago(); }, 1000);
listen();
if (part()?.dataset.ask) asking = setTimeout(ask, ASK_FIRST);

// Makes one element say what another says, and leaves alone what is the same: focus, open tables and scroll places stay.

const READERS = new Set(["open", "tabindex", "data-begun"]); // what whoever reads the page has done with it

function keep(old, fresh) {
  if (!alike(old, fresh)) return old.replaceWith(fresh);
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return undefined;
  }
  keepAttributes(old, fresh);
  return keepChildren(old, fresh);
}

function alike(old, fresh) {
  return old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && (old.id || "") === (fresh.id || "");
}

function keepAttributes(old, fresh) {
  for (const { name, value } of [...fresh.attributes]) {
    if (!READERS.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!READERS.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
}

function keepChildren(old, fresh) {
  const after = [...fresh.childNodes];
  const before = [...old.childNodes];
  after.forEach((child, place) => {
    if (before[place]) keep(before[place], child);
    else old.append(child);
  });
  before.slice(after.length).forEach((child) => child.remove());
}

// Moves through the countries of the map by arrow keys, so that Tab passes the map in one step.
function roam(map) {
  map.addEventListener("keydown", (event) => {
    const countries = [...map.querySelectorAll("a")];
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    const here = countries.indexOf(document.activeElement);
    if (!step || here < 0) return;
    event.preventDefault();
    const next = countries[(here + step + countries.length) % countries.length];
    countries[here].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
}

function begin() {
  document.querySelectorAll("[data-roving]").forEach((map) => {
    if (!map.querySelector("a[tabindex='0']")) map.querySelector("a")?.setAttribute("tabindex", "0");
    map.querySelectorAll("a:not([tabindex])").forEach((country) => country.setAttribute("tabindex", "-1"));
    if (!("begun" in map.dataset)) roam(map);
    map.dataset.begun = "";
  });
}

begin();
document.addEventListener("htmx:afterSettle", begin);
document.addEventListener("stoa:fresh", begin);
