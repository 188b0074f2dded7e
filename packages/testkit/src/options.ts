/** What a check is told about the scene in which it puts its subject. */
import type { Ingredient, MethodName, Network, Plugin, SignalOptions } from "neuroweave";

/** The checks of a behavior or a model, in the order in which they are made. */
export const checkNames = [
  "documentation",
  "units",
  "ranges",
  "same bits on all devices",
  "shuffled stages",
  "invariants",
  "convergence",
  "snapshot",
  "freezing",
  "reads and writes",
  "network file",
] as const;

export type CheckName = (typeof checkNames)[number];

export interface CheckOptions {
  /** Values and options that the subject is given. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Further behaviors of its population, projection or signal, ahead of it: what provides its companions and makes it act. */
  readonly with?: readonly Ingredient[];
  /** What it is attached to; told by its declaration unless given. */
  readonly on?: "population" | "projection" | "signal";
  /** Of a projection: what its ends are made of. A spike train and leaky cells with `DeltaReceptor` unless given. */
  readonly source?: readonly Ingredient[];
  readonly target?: readonly Ingredient[];
  /** Receptor of the target in which the projection ends; needed where it has several. */
  readonly receptor?: string;
  /** Signals of the network that it reads, by name. */
  readonly signals?: Readonly<Record<string, SignalOptions>>;
  /** Neurons of a population; 4 unless given. */
  readonly n?: number;
  /** Step in ms; 0.1 unless given. It must be on the grid for every halving of it. */
  readonly dt?: number;
  /** Steps of a run; 120 unless given. */
  readonly steps?: number;
  readonly method?: MethodName;
  /** Its plugin: by its names the network file is written, and in it options have their documentation. */
  readonly plugin?: Plugin;
  /** Devices that are left out, such as `["native"]` where compiling takes too long; the report says so. */
  readonly without?: readonly ("wasm" | "native")[];
  /** Checks that are left out, each with the reason, which the report repeats. */
  readonly except?: Readonly<Partial<Record<CheckName, string>>>;
  /** Variables that count steps or are there for one step, such as countdowns, each with the reason: their means follow dt, and are not compared. */
  readonly perStep?: Readonly<Record<string, string>>;
  /** Makes the scene instead: whatever network has the subject in it, attached as it is given. */
  readonly scene?: (net: Network, subject: Ingredient) => void;
}
