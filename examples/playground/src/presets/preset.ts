/** What the page starts from. */
import type { NetworkDocument } from "../document.ts";

export interface Preset {
  readonly id: string;
  /** Heading of the list under which it stands. */
  readonly group: string;
  readonly title: string;
  readonly file: NetworkDocument;
  /** Names of the neurons of a population, in order. */
  readonly labels?: Readonly<Record<string, readonly string[]>>;
  /** What to look at first. */
  readonly look?: {
    readonly population?: string;
    readonly neuron?: number;
    readonly window?: number;
    readonly speed?: number;
  };
}

const head = { format: "neuroweave network", version: 1 } as const;

/** A file around what differs between presets. */
export const fileOf = (name: string, doc: string, parts: Omit<NetworkDocument, "format" | "version" | "name" | "doc">): NetworkDocument => ({ ...head, name, doc, ...parts }); // prettier-ignore
