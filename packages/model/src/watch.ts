/** Looking after a run: states that are not finite, populations that have fallen silent or fire without bounds. */
import { checkNumber, checkOptions, NeuroweaveError, refusal } from "@neuroweave/equations";
import type { Entity } from "./entity.ts";
import type { NetworkEvents } from "./events.ts";
import { stepsIn } from "./grid.ts";

/** What an anomaly does: ends the run at its step border with an error, tells the listeners of `anomaly`, or nothing. */
export type Consequence = "stop" | "warn" | "ignore";

/** A rate, over an interval, that is not to be. */
export interface RateLimit {
  /** Interval in ms, a whole number of steps ≥ 1. */
  readonly over: number;
  /** `stop` unless given. */
  readonly then?: Consequence;
}

/** What is watched, and what it does. */
export interface WatchOptions {
  /** A state that becomes infinite or not a number. It stops a run where nothing is said. */
  readonly nonFinite?: Consequence;
  /** A population that fires less than `below`, in Hz per neuron, ≥ 0. */
  readonly silent?: RateLimit & { readonly below: number };
  /** A population that fires more than `above`, in Hz per neuron, ≥ 0. */
  readonly exploding?: RateLimit & { readonly above: number };
  /** Names of the populations whose rates are watched; all that can spike unless given. */
  readonly populations?: readonly string[];
}

const consequences: readonly Consequence[] = ["stop", "warn", "ignore"];

/** What an anomaly does, `stop` unless given. Refuses what is none of these. */
function consequence(what: string, given: unknown): Consequence {
  if (given === undefined) return "stop";
  if (consequences.includes(given as Consequence)) return given as Consequence;
  throw refusal("invalid-value", `${what} is ${JSON.stringify(given)}`, `Choose one of ${consequences.join(", ")}.`);
}

interface Limit {
  readonly over: number;
  readonly then: Consequence;
  readonly code: "silent-population" | "exploding-population";
  /** In Hz. */
  readonly bound: number;
  readonly remedy: string;
}

/** The limits that are asked for, checked. */
export interface Watch {
  readonly nonFinite: Consequence;
  readonly limits: readonly Limit[];
  readonly populations: readonly string[] | null;
}

/** Refuses options that make no sense. */
export function checkWatch(options: WatchOptions): Watch {
  checkOptions("watch", options, ["nonFinite", "silent", "exploding", "populations"]);
  const { silent, exploding, populations } = options;
  const limits: Limit[] = [];
  if (silent !== undefined) {
    checkOptions("watch: silent", silent, ["below", "over", "then"]);
    limits.push({
      over: checkNumber("watch: silent.over", silent.over, { above: 0 }),
      then: consequence("watch: silent.then", silent.then),
      bound: checkNumber("watch: silent.below", silent.below, { above: 0 }),
      code: "silent-population",
      remedy: "Drive it more, or watch it over a longer time.",
    });
  }
  if (exploding !== undefined) {
    checkOptions("watch: exploding", exploding, ["above", "over", "then"]);
    limits.push({
      over: checkNumber("watch: exploding.over", exploding.over, { above: 0 }),
      then: consequence("watch: exploding.then", exploding.then),
      bound: checkNumber("watch: exploding.above", exploding.above, { min: 0 }),
      code: "exploding-population",
      remedy: "Weaken its excitation, or strengthen what holds it back.",
    });
  }
  if (populations !== undefined && (!Array.isArray(populations) || populations.some((each) => typeof each !== "string")))
    throw refusal("invalid-value", "watch: populations is no list of names", 'Give names, such as ["exc"].');
  return { nonFinite: consequence("watch: nonFinite", options.nonFinite), limits, populations: populations ?? null };
} // prettier-ignore

/** The clock, and who is there now. */
interface Watched {
  readonly dt: number;
  readonly step: number;
  readonly entities: readonly Entity[];
  readonly events: NetworkEvents;
}

/** Judges rates at every border that is a multiple of an interval. */
export interface RateJudge {
  /** In ms. */
  readonly over: number;
  judge(core: Watched): void;
  /** Counts from here on: the clock has been set. */
  begin(core: Watched): void;
}

/** What watches, beginning now. Refuses intervals that are not on the grid. */
export function judgesOf({ nonFinite, limits, populations }: Watch, core: Watched) {
  const judges = limits.map((limit) =>
    rateJudge(limit, stepsIn(limit.over, core.dt, `the interval of ${limit.code}`), populations),
  );
  for (const judge of judges) judge.begin(core);
  return { judges, nonFinite };
}

/** Judges the rates of so many steps up to the border; of no interval that has not been watched from its beginning. */
function rateJudge({ over, then, code, bound, remedy }: Limit, steps: number, populations: readonly string[] | null): RateJudge {
  /** Spikes that each had emitted at step `since`. */
  let before = new Map<Entity, number>();
  let since = 0;
  const begin = ({ entities, step }: Watched): void => {
    const watched = entities.filter(
      ({ name, synapses, isSignal }) => synapses === null && !isSignal && (populations?.includes(name) ?? true),
    );
    before = new Map(watched.map((entity) => [entity, entity.emitted] as const));
    since = step;
  };
  const anomalyOf = (entity: Entity, emitted: number, { dt, step }: Watched): NeuroweaveError | null => {
    const fires = entity.enabled().some(({ declaration }) => declaration.spike !== null);
    const rate = emitted / entity.n / (over / 1000);
    if (!fires || (code === "silent-population" ? rate >= bound : rate <= bound)) return null;
    const than = code === "silent-population" ? "less" : "more";
    const [from, to] = [step - steps, step].map((each) => Number((each * dt).toPrecision(12)));
    const what = `${entity.name} fires ${Number(rate.toPrecision(4))} Hz from ${from} to ${to} ms, ${than} than ${bound} Hz`;
    return new NeuroweaveError(code, what, { entity: entity.name, remedy });
  };
  return {
    over,
    begin,
    judge(core) {
      const counted = core.step === since + steps ? before : new Map<Entity, number>();
      begin(core);
      for (const entity of before.keys()) {
        const start = counted.get(entity);
        const anomaly = start === undefined ? null : anomalyOf(entity, entity.emitted - start, core);
        if (anomaly === null || then === "ignore") continue;
        core.events.emit("anomaly", anomaly);
        if (then === "stop") throw anomaly;
      }
    },
  };
} // prettier-ignore
