// Light or dark: as the system says, until the person says otherwise.

const KEY = "slotwise-theme";
const system = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set();

function kept() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

/** "light" or "dark", as shown now. */
export const theme = () => kept() ?? (system.matches ? "dark" : "light");

function apply() {
  document.documentElement.dataset.theme = theme();
  for (const listener of listeners) listener(theme());
}

/** The other one, remembered (forgotten again where it is the system's own). */
export function toggleTheme() {
  const next = theme() === "dark" ? "light" : "dark";
  try {
    if (next === (system.matches ? "dark" : "light")) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // Storage may be switched off: the choice then lasts as long as the page.
  }
  document.documentElement.dataset.theme = next;
  for (const listener of listeners) listener(next);
}

/** Be told of each change. */
export const onTheme = (listener) => listeners.add(listener);

system.addEventListener("change", apply);
apply();
