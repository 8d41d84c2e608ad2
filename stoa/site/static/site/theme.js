// Shows light or dark at once when it is chosen; keeping it is the form's business.
const choices = document.querySelectorAll("input[name=theme]");
const show = (theme) => {
  if (theme) document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
  document.querySelector("meta[name=color-scheme]").content = theme || "light dark";
};
for (const choice of choices) choice.addEventListener("change", () => show(choice.value));
