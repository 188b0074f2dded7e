import type { EngineOptions } from "neuroweave";

/** What the builders of this folder take. Every one has defaults for all of it. */
export interface BuilderOptions extends EngineOptions {
  /** Number of neurons. */
  readonly n?: number;
  readonly seed?: number | string;
  /** Step in ms. */
  readonly dt?: number;
}
