import { findChromium } from "./chromium.ts";

/** Says before the first test, once, that there is no browser. */
export default function requireChromium(): void {
  findChromium();
}
