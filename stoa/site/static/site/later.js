// Brings htmx when somebody first points, types or moves by keyboard: a page that is only read weighs 16 KB less.
// Until it is here links and forms lead to whole pages, as they do without scripts.
const { later } = document.querySelector("[data-later]").dataset;
const signs = ["pointermove", "pointerdown", "keydown", "focusin"];

function bring() {
  signs.forEach((sign) => removeEventListener(sign, bring));
  const script = document.createElement("script");
  script.src = later;
  document.head.append(script);
}

signs.forEach((sign) => addEventListener(sign, bring, { passive: true }));
