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
