/** What every part of the page is: an element that is told of the network and of every frame. */
import type { Description, Frame } from "../protocol.ts";
import { h, type Child } from "../dom.ts";

export interface Panel {
  readonly element: HTMLElement;
  /** Told when the structure of the network has changed. */
  describe?(description: Description): void;
  /** Told of every frame, and whether it can be seen. */
  draw?(frame: Frame, visible: boolean): void;
  /** Told when the network begins again, or is another one. */
  restart?(): void;
  /** Told when the colors have changed. */
  recolor?(): void;
}

/** What is looked at; shared by the panels. */
export interface Selection {
  population: string;
  neuron: number;
  /** Variable of the traces; empty for all of one neuron. */
  variable: string;
  /** Time that plots show, in ms. */
  window: number;
  /** Axes of the phase plane; y is empty where there is one variable. */
  x: string;
  y: string;
}

/** A titled section of the page. */
export function section(title: string, attributes: { readonly id?: string; readonly class?: string }, head: readonly Child[], ...content: readonly Child[]): HTMLElement {
  const heading = h("h2", { id: `${attributes.id ?? title.toLowerCase().replaceAll(" ", "-")}-title` }, title);
  return h(
    "section",
    { ...attributes, class: `panel ${attributes.class ?? ""}`, "aria-labelledby": heading.id },
    h("div", { class: "head" }, heading, ...head),
    ...content,
  );
} // prettier-ignore
