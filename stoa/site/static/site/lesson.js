// A lesson page: the player, beacons, the outline that folds on narrow windows, drafts of notes that no accident loses.

// Tells the site what happened to a MOOC video: small batches that also leave when the page closes.
const page = document.querySelector("[data-lesson]");
const WAIT = 2000;
const SOON = 400; // a place must not be older than five seconds when the browser dies
let waiting = [];
let timer = 0;

function tell(name, item, facts = {}) {
  if (name === "video_position") waiting = waiting.filter((event) => event.name !== name || event.item !== item);
  waiting.push({ name, item, ...facts });
  if (name === "video_position" || !timer) {
    clearTimeout(timer);
    timer = setTimeout(send, name === "video_position" ? SOON : WAIT);
  }
}

function send() {
  clearTimeout(timer);
  timer = 0;
  if (!waiting.length || !page) return;
  const { course, run, step } = page.dataset;
  const body = JSON.stringify({ course, run, step, events: waiting.splice(0, 40) });
  if (!navigator.sendBeacon?.("/events/", body)) fetch("/events/", { method: "POST", body, keepalive: true }).catch(() => {});
  if (waiting.length) send();
}

addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") send(); });
addEventListener("pagehide", () => { tell("page_close", ""); send(); });

// The MOOC video player: its own bar, the transcript that follows, the place to resume.
// Without this script the video's native controls, the captions and the transcript links still work.
const FRESH = 600_000; // a place kept by this browser counts for ten minutes: then the site's may be newer, from elsewhere
const SAVE_EVERY = 4; // seconds of playing between two savings of the place
const SKIP = 10;
const STANDS = 20_000; // ms of standing still after which a MOOC video has failed

const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds || 0));
  const two = (n) => String(n).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  return hours ? `${hours}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}` : `${Math.floor(whole / 60)}:${two(whole % 60)}`;
};

class Player {
  constructor(root) {
    this.root = root;
    this.item = root.dataset.item;
    this.video = root.querySelector("video");
    this.end = Number(root.dataset.end) || Infinity;
    this.rows = [...root.closest(".part").querySelectorAll(".transcript [data-at]")];
    this.times = this.rows.map((row) => Number(row.dataset.at));
    this.saved = 0;
    this.from = 0;
    this.bar = root.querySelector("[data-player-bar]");
    this.find = (what) => this.bar?.querySelector(`[data-do=${what}]`);
    this.listen();
    this.resume();
    this.showBar();
    this.followTranscript();
  }

  get facts() {
    return { currentTime: this.video.currentTime, duration: this.video.duration || 0 };
  }

  tell(name, facts = this.facts) {
    tell(name, this.item, facts);
  }

  listen() {
    const video = this.video;
    video.addEventListener("loadedmetadata", () => {
      if (this.loaded) return;
      this.loaded = true;
      this.tell("load_video", { duration: video.duration || 0 });
      this.draw();
    });
    video.addEventListener("play", () => { this.begun = true; this.tell("play_video"); this.draw(); });
    video.addEventListener("pause", () => { if (!video.ended) this.tell("pause_video"); this.draw(); });
    video.addEventListener("ended", () => { this.tell("stop_video"); remember(`at-${this.item}`, ""); this.draw(); });
    video.addEventListener("seeking", () => { this.seekFrom ??= this.from; });
    video.addEventListener("seeked", () => {
      // What moves before the first play is resuming, nobody's choice.
      if (this.begun && this.seekFrom !== undefined && Math.abs(this.seekFrom - video.currentTime) > 0.5) {
        this.tell("seek_video", { old_time: this.seekFrom, new_time: video.currentTime, type: "onSlideSeek", duration: video.duration || 0 });
      }
      this.seekFrom = undefined;
      this.draw();
    });
    this.speed = video.playbackRate;
    video.addEventListener("ratechange", () => {
      if (video.playbackRate === this.speed) return;
      this.tell("speed_change_video", { current_time: video.currentTime, old_speed: String(this.speed), new_speed: String(video.playbackRate) });
      this.speed = video.playbackRate;
    });
    video.addEventListener("timeupdate", () => this.tick());
    const sources = [...video.querySelectorAll("source")];
    sources.forEach((source, place) => source.addEventListener("error", () => {
      if (place + 1 < sources.length) this.tell("source_failed", { source: source.src });
      else this.fail("no source plays", source.src);
    }));
    // They may all have failed before this page's script ran: nobody heard it.
    setTimeout(() => this.lookForSource(), 0);
    video.addEventListener("error", () => this.fail("stopped while loading"));
    for (const name of ["waiting", "stalled"]) video.addEventListener(name, () => this.waitLong());
    for (const name of ["playing", "pause", "ended", "timeupdate"]) video.addEventListener(name, () => this.goesOn());
    video.textTracks?.addEventListener?.("change", () => this.captionsChanged());
    addEventListener("pagehide", () => { if (this.begun && !this.video.ended) this.tell("video_position"); });
  }

  tick() {
    const now = this.video.currentTime;
    if (now >= this.end && !this.video.paused) this.video.pause();
    if (this.seekFrom === undefined) this.from = now;
    if (now) remember(`at-${this.item}`, `${now.toFixed(1)} ${Date.now()}`);
    if (this.begun && Math.abs(now - this.saved) >= SAVE_EVERY) {
      this.saved = now;
      this.tell("video_position");
    }
    this.draw();
  }

  // The site is told every few seconds; this browser keeps every second, for reloads that overtake the telling.
  resume() {
    const [seconds, at] = (recall(`at-${this.item}`) || "").split(" ").map(Number);
    if (seconds && Date.now() - at < FRESH && !new URLSearchParams(location.search).has("t")) this.to(seconds);
  }

  // A server that answers nothing gives no error: who waits this long while playing is cut off too.
  waitLong() {
    if (!this.video.paused) this.stands ??= setTimeout(() => this.fail("stands still"), STANDS);
  }

  goesOn() {
    clearTimeout(this.stands);
    this.stands = undefined;
    if (this.video.readyState > 2) this.root.querySelector("[data-failed]")?.setAttribute("hidden", "");
  }

  lookForSource() {
    const last = [...this.video.querySelectorAll("source")].at(-1);
    if (last && this.video.networkState === HTMLMediaElement.NETWORK_NO_SOURCE) this.fail("no source plays", last.src);
  }

  // Told once a page, and at once: whoever sees no video leaves.
  fail(reason, source = this.video.currentSrc) {
    this.root.querySelector("[data-failed]")?.removeAttribute("hidden");
    if (this.failed) return;
    this.failed = true;
    this.tell("video_failed", { ...this.facts, reason, source });
    send();
  }

  showBar() {
    if (!this.bar) return;
    this.bar.hidden = false;
    this.video.controls = false;
    this.video.addEventListener("click", () => this.toggle());
    this.find("play").addEventListener("click", () => this.toggle());
    this.find("back").addEventListener("click", () => this.to(this.video.currentTime - SKIP));
    this.find("seek").addEventListener("input", (event) => this.to((event.target.value / 100) * this.video.duration));
    this.find("speed").addEventListener("change", (event) => { this.video.playbackRate = Number(event.target.value); remember("speed", event.target.value); });
    this.find("captions").addEventListener("click", () => this.toggleCaptions());
    this.find("fullscreen").addEventListener("click", () => this.fullscreen());
    const speed = recall("speed");
    if (speed) { this.video.defaultPlaybackRate = this.video.playbackRate = Number(speed); this.find("speed").value = speed; }
    this.captionsChanged();
    this.draw();
  }

  toggle() {
    if (this.video.paused) this.video.play().catch(() => this.lookForSource()); else this.video.pause();
  }

  to(seconds) {
    const begin = () => { this.video.currentTime = Math.max(0, Math.min(seconds, this.video.duration || seconds)); };
    if (this.video.readyState) return begin();
    this.video.addEventListener("loadedmetadata", begin, { once: true });
    this.video.preload = "metadata";
    this.video.load();
  }

  fullscreen() {
    if (document.fullscreenElement) document.exitFullscreen();
    else if (this.video.requestFullscreen) this.video.requestFullscreen();
    else this.video.webkitEnterFullscreen?.();
  }

  toggleCaptions() {
    const tracks = [...this.video.textTracks];
    const showing = tracks.find((track) => track.mode === "showing");
    if (showing) showing.mode = "hidden";
    else (tracks.find((track) => track.language === this.language) || tracks[0] || {}).mode = "showing";
  }

  captionsChanged() {
    const showing = [...this.video.textTracks].find((track) => track.mode === "showing");
    if (showing) this.language = showing.language;
    const button = this.find("captions");
    if (button) { button.setAttribute("aria-pressed", String(Boolean(showing))); button.hidden = !this.video.textTracks.length; }
    if (Boolean(showing) !== this.captioned && this.captioned !== undefined) {
      this.tell(showing ? "show_transcript" : "hide_transcript", { current_time: this.video.currentTime, language: this.language });
    }
    this.captioned = Boolean(showing);
  }

  draw() {
    const { currentTime, duration, paused } = this.video;
    if (this.bar) {
      const play = this.find("play");
      play.setAttribute("aria-label", paused ? play.dataset.play : play.dataset.pause);
      play.querySelector("[data-if=paused]").hidden = !paused;
      play.querySelector("[data-if=playing]").hidden = paused;
      this.bar.querySelector("[data-clock]").textContent = duration ? `${clock(currentTime)} / ${clock(duration)}` : clock(currentTime);
      const seek = this.find("seek");
      if (duration) seek.value = (currentTime / duration) * 100;
      seek.setAttribute("aria-valuetext", clock(currentTime));
    }
    this.mark(currentTime);
  }

  mark(seconds) {
    let here = -1;
    for (let n = 0; n < this.times.length && this.times[n] <= seconds + 0.05; n += 1) here = n;
    if (here === this.here) return;
    this.rows[this.here]?.classList.remove("here-row");
    this.rows[this.here]?.removeAttribute("aria-current");
    this.here = here;
    const row = this.rows[here];
    if (!row) return;
    row.classList.add("here-row");
    row.setAttribute("aria-current", "true");
    const list = row.closest("ol");
    const item = row.parentElement;
    // Only the list moves, never the page.
    list.scrollTop = item.offsetTop - list.offsetTop - (list.clientHeight - item.offsetHeight) / 2;
  }

  followTranscript() {
    for (const row of this.rows) {
      row.addEventListener("click", (event) => {
        event.preventDefault();
        this.to(Number(row.dataset.at));
        this.video.play().catch(() => {});
      });
    }
    this.root.closest(".part").querySelectorAll("[data-note-here]").forEach((link) => {
      const words = link.querySelector("span");
      const plain = words.textContent;
      const name = () => { words.textContent = this.video.currentTime >= 1 ? `${link.dataset.words} ${clock(this.video.currentTime)}` : plain; };
      this.video.addEventListener("timeupdate", name);
      link.addEventListener("click", () => { this.video.pause(); note(this.video.currentTime); });
    });
  }
}

function note(seconds) {
  const fold = document.getElementById("note-form");
  if (!fold) return;
  fold.open = true;
  const time = fold.querySelector("[name=time]");
  if (time) time.value = clock(seconds);
  setTimeout(() => fold.querySelector("textarea")?.focus());
}

function remember(key, value) {
  try { localStorage.setItem(`stoa-${key}`, value); } catch { /* private window */ }
}

function recall(key) {
  try { return localStorage.getItem(`stoa-${key}`); } catch { return null; }
}

function onRequest(link) {
  link.addEventListener("click", (event) => {
    const player = link.closest("[data-player]");
    if (!player || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    const frame = document.createElement("iframe");
    const start = Math.floor(Number(player.dataset.start) || 0);
    frame.src = `https://www.youtube-nocookie.com/embed/${encodeURIComponent(link.dataset.youtube)}?start=${start}&autoplay=1`;
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.title = link.textContent.trim();
    const own = player.querySelector("video");
    if (own) { own.pause(); player.querySelector("[data-player-bar]").hidden = true; own.replaceWith(frame); } else player.querySelector("[data-on-request]").replaceChildren(frame);
    frame.focus();
  });
}

function startPlayers() {
  document.querySelectorAll("[data-player]").forEach((root) => root.querySelector("video") && new Player(root));
  document.querySelectorAll("[data-youtube]").forEach(onRequest);
}

const WIDE = matchMedia("(min-width: 60rem)");

function fold(outline) {
  const set = () => { outline.open = WIDE.matches; };
  set();
  WIDE.addEventListener("change", set);
  outline.querySelector("[aria-current]")?.scrollIntoView?.({ block: "nearest" });
}

function keep(form) {
  const key = `stoa-draft-${form.dataset.keep}`;
  const text = form.querySelector("textarea");
  try {
    const draft = localStorage.getItem(key);
    if (draft && !text.value) {
      text.value = draft;
      const around = form.closest("details");
      if (around) around.open = true;
    }
    text.addEventListener("input", () => localStorage.setItem(key, text.value));
    form.addEventListener("submit", () => localStorage.removeItem(key));
  } catch { /* private window: nothing is kept */ }
}

document.querySelectorAll("[data-outline]").forEach(fold);
document.querySelectorAll("form[data-keep]").forEach(keep);
document.querySelectorAll("a[href='#note-form']").forEach((link) => link.addEventListener("click", () => {
  const note = document.getElementById("note-form");
  if (note) note.open = true;
}));
startPlayers();

// A formula wider than the page can be scrolled with the keyboard too.
document.querySelectorAll(".prose math[display=block]").forEach((formula) => {
  if (formula.scrollWidth > formula.clientWidth) formula.setAttribute("tabindex", "0");
});
