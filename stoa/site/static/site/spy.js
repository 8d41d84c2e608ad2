// Tabs that lead down the page: the sun stands under the one whose part is being read.
const links = [...document.querySelectorAll("[data-spy] a")];
const parts = links.map((link) => document.getElementById(link.hash.slice(1)));

function mark() {
  // The last part that has begun above the middle of the window, or the last of all at the page's end.
  const bottom = scrollY + innerHeight >= document.documentElement.scrollHeight - 2;
  let here = 0;
  parts.forEach((part, n) => { if (part && (bottom || part.getBoundingClientRect().top < innerHeight / 3)) here = n; });
  links.forEach((link, n) => { if (n === here) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current"); });
}

let asked = 0;
addEventListener("scroll", () => { asked ||= requestAnimationFrame(() => { asked = 0; mark(); }); }, { passive: true });
mark();
