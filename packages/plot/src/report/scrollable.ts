import { escapeText } from "../markup.ts";

/**
 * A box that scrolls sideways where the screen is too narrow, reachable by keyboard as WCAG asks of anything that
 * scrolls.
 */
export function scrollable(kind: string, name: string, content: string): string {
  const classes = kind === "" ? "scroll" : `scroll ${kind}`;
  return `<div class="${classes}" role="group" aria-label="${escapeText(name)}" tabindex="0">${content}</div>`;
}
