// The switch between light and dark. A choice that equals the system's is forgotten, so that the page follows the system again.
const KEY = "giao-dien";
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

function remembered() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // storage is switched off
  }
}

function remember(theme) {
  try {
    if (theme) localStorage.setItem(KEY, theme);
    else localStorage.removeItem(KEY);
  } catch {
    // the choice holds for this page alone
  }
}

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : system.matches);

const choice = remembered();
if (choice === "dark" || choice === "light") root.dataset.theme = choice;

const button = document.querySelector(".theme-switch");
const show = () => button.setAttribute("aria-pressed", String(isDark()));

button.addEventListener("click", () => {
  const theme = isDark() ? "light" : "dark";
  if ((theme === "dark") === system.matches) delete root.dataset.theme;
  else root.dataset.theme = theme;
  remember(root.dataset.theme);
  show();
});
system.addEventListener("change", show);
show();
button.hidden = false;

const printer = document.querySelector(".print-button");
if (printer) {
  printer.hidden = false;
  printer.addEventListener("click", () => print());
}
