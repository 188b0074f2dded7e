import { findChromium } from "./chromium.ts";

/** Says before the first test, once, that there is no browser. */
export function setup(): void {
  findChromium();
}
