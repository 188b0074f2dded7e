import type { Section } from "./outcome.ts";

/** What every section is given. */
export interface Circumstances {
  /** Fewer and shorter turns. */
  readonly quick: boolean;
  /** Reports on progress, `done` of `total`. */
  readonly report: (done: number, total: number) => void;
}

/** Measures one thing. Throws if what is compared does not do the same. */
export type Benchmark = (circumstances: Circumstances) => Promise<Section>;
