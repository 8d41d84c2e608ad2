// Asks for the import's state as soon as it moves; without this script the page asks every few seconds.
const box = document.getElementById("import");
const address = box?.dataset.live;
if (address && "EventSource" in window) {
  const live = new EventSource(address);
  let waiting = false;
  const moved = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      const now = document.getElementById("import");
      if (now?.dataset.live) window.htmx?.trigger(now, "moved");
      else live.close();
    }, 500);
  };
  live.addEventListener("moved", moved);
  live.onmessage = moved;
}
