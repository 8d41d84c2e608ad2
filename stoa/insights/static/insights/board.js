// Moves through the countries of the map by arrow keys, so that Tab passes the map in one step.
function roam(map) {
  const countries = [...map.querySelectorAll("a")];
  countries.forEach((country, place) => country.setAttribute("tabindex", place ? "-1" : "0"));
  map.addEventListener("keydown", (event) => {
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
  document.querySelectorAll("[data-roving]:not([data-begun])").forEach((map) => {
    map.dataset.begun = "";
    roam(map);
  });
}

begin();
document.addEventListener("htmx:afterSettle", begin);
