import type { Section } from "./outcome.ts";

/** What every section is given. */
export interface Circumstances {
  /** Fewer and shorter turns. */
  readonly quick: boolean;
  /** Whether other simulators take part. */
  readonly peers: boolean;
  /** The folder for figures, where they are asked for. */
  readonly plots: string | undefined;
  /** Reports on progress, `done` of `total`. */
  readonly report: (done: number, total: number) => void;
}

/** Measures one thing, or several together. Throws if what is compared does not do the same. */
export type Benchmark = (circumstances: Circumstances) => Promise<Section | readonly Section[]>;
