// Says in the footer what this page weighed on its way here.
const place = document.querySelector("[data-weight]");
addEventListener("load", () => setTimeout(() => {
  const parts = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
  const bytes = parts.reduce((sum, part) => sum + (part.transferSize || 0), 0);
  if (!bytes) return;
  place.querySelector("[data-figure]").textContent = `${Math.max(1, Math.round(bytes / 1000))} KB`;
  place.hidden = false;
}));
