// What every page does beside its own. One file, so that a first visit asks for little.

// Closes the account menu with Escape and by pressing elsewhere.
const menu = document.querySelector("details.menu");

if (menu) {
  addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
  addEventListener("pointerdown", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
}

// Tells the site the device's time zone once, so that dates are shown in one's own time.
const zone = document.querySelector("[data-asks-zone]") && Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) document.cookie = `zone=${zone}; path=/; max-age=31536000; samesite=lax`;

// Says in the footer what this page weighed on its way here.
const weight = document.querySelector("[data-weight]");

function weigh() {
  const parts = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const bytes = parts.reduce((sum, part) => sum + (part.transferSize || 0), 0);
  if (!bytes) return;
  weight.querySelector("[data-figure]").textContent = `${Math.max(1, Math.round(bytes / 1000))} KB`;
  weight.hidden = false;
}

if (weight) addEventListener("load", () => setTimeout(weigh));

// Brings htmx when somebody first points, types or moves by keyboard: a page that is only read weighs 16 KB less.
// Until it is here links and forms lead to whole pages, as they do without scripts.
const later = document.querySelector("[data-later]")?.dataset.later;
const signs = ["pointermove", "pointerdown", "keydown", "focusin"];

function bring() {
  signs.forEach((sign) => removeEventListener(sign, bring));
  const script = document.createElement("script");
  script.src = later;
  document.head.append(script);
}

if (later) signs.forEach((sign) => addEventListener(sign, bring, { passive: true }));
