/** Light or dark: as the system has it, until somebody chooses. */
import { h } from "./dom.ts";

const dark = matchMedia("(prefers-color-scheme: dark)");

/** A button that changes it; `changed` is called whenever colors are others. */
export function themeButton(changed: () => void): HTMLButtonElement {
  let chosen: boolean | null = null;
  const button = h("button", { type: "button", class: "quiet", id: "theme" });
  const apply = (): void => {
    const isDark = chosen ?? dark.matches;
    document.documentElement.dataset["theme"] = isDark ? "dark" : "light";
    button.textContent = isDark ? "☀" : "☾";
    button.title = isDark ? "Light colors" : "Dark colors";
    button.setAttribute("aria-label", button.title);
    changed();
  };
  button.addEventListener("click", () => {
    chosen = document.documentElement.dataset["theme"] !== "dark";
    apply();
  });
  dark.addEventListener("change", apply);
  apply();
  return button;
}
