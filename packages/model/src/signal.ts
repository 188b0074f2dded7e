/** Variables of the whole network: rewards, neuromodulators, phases of an experiment. */
import { isName, nearest, NeuroweaveError, reservedNames } from "@neuroweave/equations";
import { defineBehavior, type BehaviorInstance } from "./behavior.ts";
import type { Entity } from "./entity.ts";
import { Phase } from "./phases.ts";
import type { Population } from "./population.ts";
import type { Recorded } from "./recording.ts";
import type { Shaped } from "./shapes.ts";
import { flatten } from "./structure.ts";

/** What a signal of the network is told when it is made. */
export interface SignalOptions {
  /** Time constant in ms, > 0, of the way back to the baseline. Without it the value stays until it is changed. */
  readonly tau?: number;
  /** Where the value goes back to; 0 unless given. */
  readonly baseline?: number;
  /** Value at the beginning; the baseline unless given. */
  readonly init?: number;
  /** What else changes `value`: schedules, predictions, recorders. They may add state and equations of their own. */
  readonly behaviors?: readonly Shaped[];
  /** Names of behaviors that are attached and switched off. */
  readonly disabled?: readonly string[];
}

const known = ["tau", "baseline", "init", "behaviors", "disabled"];

const Value = defineBehavior({
  name: "signal",
  doc: "A value that everybody can read, and its mean over the step.",
  source: "Own design.",
  priority: Phase.Signal + 10,
  parameters: { baseline: { default: 0, doc: "where the value goes back to" } },
  state: {
    value: { init: "baseline", doc: "value at the beginning of the step, after what was added to it" },
    mean: { init: "value", doc: "mean over the step" },
  },
  options: { decays: false as boolean },
  build: ({ decays }) => ({ equations: decays ? "mean = baseline + (value - baseline) * exprel(-dt / tau)" : "mean = value" }),
}); // prettier-ignore

const Decay = defineBehavior({
  name: "decay",
  doc: "The value goes back to its baseline exponentially, at the end of each step.",
  source: "Izhikevich 2007, Cereb. Cortex 17:2443, eq. 2",
  priority: Phase.Record + 100,
  parameters: { tau: { default: 200, unit: "ms", min: Number.MIN_VALUE, doc: "time constant of the way back to the baseline" } },
  requires: ["value", "baseline"],
  method: "exact",
  equations: "value = baseline + (value - baseline) * exp(-dt / tau)",
}); // prettier-ignore

/** Behaviors of a signal. Refuses options that do not exist, and names that equations cannot spell. */
export function signalBehaviors(name: string, options: SignalOptions): BehaviorInstance[] {
  if (!isName(name))
    throw new NeuroweaveError("invalid-name", `${JSON.stringify(name)} cannot be the name of a signal`, {
      remedy: "Use the letters of ASCII, digits and _, beginning with a letter or _: equations read it by its name.",
    });
  if (reservedNames.has(name) || ["pre", "post", "w"].includes(name))
    throw new NeuroweaveError("reserved-name", `${name} has a meaning of its own in equations, and no signal can be read by it`, {
      remedy: "Choose another name.",
    });
  for (const key of Object.keys(options))
    if (!known.includes(key))
      throw new NeuroweaveError("unknown-name", `a signal has no option ${key}`, {
        entity: name,
        candidates: nearest(key, known),
        remedy: `The options are ${known.join(", ")}.`,
      });
  const { tau, baseline = 0, init, behaviors = [] } = options;
  const value = Value({ baseline, decays: tau !== undefined, ...(init === undefined ? {} : { value: init }) });
  return [value, ...(tau === undefined ? [] : [Decay({ tau })]), ...flatten(behaviors).instances];
} // prettier-ignore

/** Signals by name; refuses to look up a name that nobody has, with the nearest. */
export const signalTable = (): Record<string, NetworkSignal> =>
  new Proxy(Object.create(null) as Record<string, NetworkSignal>, {
    get(table, name) {
      // What is printed or awaited is asked for names that objects may have.
      if (typeof name === "symbol" || name in table || name === "then" || name === "toJSON")
        return table[name as string];
      const names = Object.keys(table);
      throw new NeuroweaveError("unknown-name", `there is no signal ${name}`, {
        candidates: nearest(name, names),
        remedy: names.length > 0 ? `There are ${names.join(", ")}.` : "Make it: net.signal(…).",
      });
    },
  });

/** One value of the network. Made by `network.signal`. */
export class NetworkSignal {
  readonly #population: Population;

  constructor(population: Population) {
    this.#population = population;
  }

  /** The signal as the pipeline sees it. */
  get entity(): Entity {
    return this.#population.entity;
  }

  /** Its name, which equations read. */
  get name(): string {
    return this.#population.name;
  }

  /** The value as the next step will find it. */
  get value(): number {
    return this.#population.get("value")[0]!;
  }

  /** Sets the value, from the next step on. Refuses what is not finite. */
  set value(x: number) {
    this.#population.set({ value: x });
  }

  /** Adds to the value, from the next step on. Refuses what is not finite. */
  add(x: number): this {
    if (typeof x !== "number" || !Number.isFinite(x))
      throw new NeuroweaveError("not-finite", `${String(x)} is added to ${this.name}`, {
        entity: this.name,
        remedy: "Give a finite number.",
      });
    this.value += x;
    return this;
  }

  /** A parameter or variable of it or of its behaviors. */
  get(name: string): number {
    return this.#population.get(name)[0]!;
  }

  /** Sets parameters or variables. */
  set(values: Readonly<Record<string, number>>): this {
    this.#population.set(values);
    return this;
  }

  /** Samples of a variable, `value` unless another is named. */
  recorded(name = "value", recorder?: string): Recorded {
    return this.#population.recorded(name, recorder);
  }

  /** Adds behaviors between steps. */
  attach(...behaviors: readonly object[]): this {
    this.#population.attach(...(behaviors as readonly never[]));
    return this;
  }

  /** Removes a behavior. */
  detach(behavior: string): this {
    this.#population.detach(behavior);
    return this;
  }

  /** Switches a behavior on or off. */
  enable(behavior: string, enabled = true): this {
    if (enabled) this.#population.enable(behavior);
    else this.#population.disable(behavior);
    return this;
  }
}
