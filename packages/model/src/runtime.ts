/** What a network needs from an engine, so that the model does not know how it is run. */
import type { StatesAsked } from "./derivatives-at.ts";
import type { Entity, Evaluate } from "./entity.ts";
import type { NetworkEvents } from "./events.ts";
import type { PortableMath } from "./host.ts";
import type { Explanation } from "./plan.ts";
import type { RecordFactory } from "./recording.ts";
import type { Storage } from "./storage.ts";
import type { Consequence } from "./watch.ts";

/** The mutable heart of a network, shared by the model and the engine. */
export interface NetworkCore {
  readonly dt: number;
  readonly seed: number | string;
  /** Integer clock: steps done. */
  step: number;
  learning: boolean;
  /** In order of creation. What comes and goes at the end does so in place; it is another array once anything else has changed: members, their lists, their switches. */
  entities: Entity[];
  /** Those of them that are signals, by name. */
  readonly signals: Map<string, Entity>;
  /** Grows with every change that needs a new plan. */
  version: number;
  readonly events: NetworkEvents;
  /** True while host code runs in the middle of a step. */
  inStep: boolean;
  /** What a state that is not finite does to a run; `told` once listeners know. */
  nonFinite: { readonly then: Consequence; told: boolean };
}

export interface Runtime {
  readonly storage: Storage;
  readonly device: string;
  readonly precision: "f64" | "f32";
  readonly records: RecordFactory;
  /** Library functions with the bits of the devices. */
  readonly math: PortableMath;
  readonly evaluate: Evaluate;
  /** Plans an entity among the others, as they are; refuses what cannot run. Changes nothing. */
  validate(core: NetworkCore, entity: Entity): void;
  /**
   * Advances by up to `steps` steps, returning sooner once enough wall time has passed, the structure has changed, or at
   * the step border at which `stopped` holds; gives the steps done. The run is expected to go on for `rest` steps after these. With 0 steps
   * it only compiles and starts the device.
   */
  advance(core: NetworkCore, steps: number, rest: number, stopped: () => boolean): Promise<number>;
  /** Hands over what a projection has sent and what has not arrived yet, so that it may change or go. */
  deliverPending(core: NetworkCore, projection: Entity): void;
  /**
   * Decides what the spikes of earlier steps than the last bring that a projection has sent and that has not arrived yet, so
   * that its synapses may change. Tells whether that needs a new plan.
   */
  decidePending(core: NetworkCore, projection: Entity): boolean;
  /** Refuses the first thing that ought to hold at every step border and does not. */
  verify(core: NetworkCore): void;
  explain(core: NetworkCore, options: { readonly code: boolean }): Explanation;
  /** Right-hand sides of an entity's differential equations at the present state, or of one neuron at others. */
  derivatives(core: NetworkCore, entity: Entity, asked?: StatesAsked): Map<string, Float64Array>;
  /** Sets everything back that a run changes: events, histories, logs. */
  rewind(core: NetworkCore): void;
  /** Hidden state of the engine (histories of delayed reads), by name. */
  hidden(core: NetworkCore): Map<string, Float64Array>;
  /** What is wrong with hidden state for this network, or null. Changes nothing. */
  checkHidden(core: NetworkCore, hidden: ReadonlyMap<string, Float64Array>): string | null;
  /** Puts checked hidden state in place. */
  loadHidden(core: NetworkCore, hidden: ReadonlyMap<string, Float64Array>): void;
}
