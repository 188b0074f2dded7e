/** Making the synapses of a projection: rows from the connector, weights and delays for them. */
import { NeuroweaveError, withPlace } from "@neuroweave/equations";
import { numbersOf, requireSingle } from "./columns.ts";
import type { ConnectorEnd, ConnectorSite, Rows } from "./connector.ts";
import { isDistribution, type Distribution } from "./distributions.ts";
import type { Entity } from "./entity.ts";
import { stepsIn } from "./grid.ts";
import type { PortableMath } from "./host.ts";
import { describe } from "./parameters.ts";
import type { ProjectionOptions, SynapseRule } from "./projection-options.ts";
import { hostStream } from "./random.ts";
import type { Storage } from "./storage.ts";
import type { GivenDelays, GivenSynapses, OwnWeights } from "./store-rows.ts";
import { drawnNumbers, givenNumbers } from "./synapse-numbers.ts";
import { requireRoom, type End } from "./synapses.ts";

/** Delays are at most this many steps: the ring of what is on its way has one row for each. */
const longestDelay = 65535;

export interface WirePlace {
  readonly name: string;
  readonly source: End;
  readonly target: End;
  readonly dt: number;
  readonly seed: number | string;
  readonly math: PortableMath;
  readonly storage: Pick<Storage, "precision" | "require">;
  /** How often the projection has been wired before. */
  readonly wirings: number;
}

/** Synapses to be stored, and the value that `w` begins with: null where each has its own, which are made as they are stored. */
export interface Wired {
  readonly given: GivenSynapses;
  readonly weight: number | Float64Array | null;
}

/** Positions are made when somebody asks: most connectors do not. */
function connectorEnd({ entity, from, n }: End): ConnectorEnd {
  const whole = n === entity.n;
  let positions: readonly Float64Array[] | undefined;
  return {
    name: entity.name,
    n,
    shape: whole ? entity.shape : [n],
    get positions() {
      return (positions ??= entity.positions().map((each) => (whole ? each : each.subarray(from, from + n))));
    },
  };
}

/**
 * Makes synapses and delays, and what weights are made by; touches nothing of the network. Refuses what does not fit, before
 * allocating much. Weights and delays that are drawn come from streams of their own, one draw for each synapse in the order
 * in which the connector gives them.
 */
export function wire(options: ProjectionOptions, place: WirePlace): Wired {
  const { name, source, target, seed, math, wirings, storage } = place;
  const stream = (what: string): string[] => [name, what, ...(wirings === 0 ? [] : [String(wirings)])];
  const site: ConnectorSite = {
    source: connectorEnd(source),
    target: connectorEnd(target),
    shift: source.entity === target.entity ? source.from - target.from : null,
    random: hostStream(seed, ...stream("connect")),
    math,
  };
  try {
    requireForm("weight", options.weight);
    requireForm("delay", options.delay);
    const expected = options.connect.expected(site);
    if (!(expected >= 0)) throw broken(`it expects ${String(expected)} synapses`);
    const each = bytesPerSynapse(options, place);
    requireRoom(name, expected, each);
    storage.require(expected * each);
    const rows = checkedRows(options.connect.build(site), site);
    const weight = weightsOf(options, rows, site, place, stream("weight"));
    const delays = sortOfDelays(rows.pointers, delaysOf(options, rows, site, place, stream("delay")));
    const { pointers, targets, shared } = rows;
    const own = typeof weight === "number" || weight instanceof Float64Array ? null : weight;
    const narrow = options.weights === "f32" || options.weights === "i16" ? options.weights : undefined;
    if (own === null && (narrow ?? storage.precision) === "f32") requireSingle("weight", weight as number | Float64Array);
    return {
      given: {
        pointers,
        targets,
        delays,
        shared: shared ? { index: shared.index, values: shared.values.length } : null,
        weights: own && { element: narrow === storage.precision ? undefined : narrow, numbers: own },
      },
      weight: own === null ? (weight as number | Float64Array) : null,
    };
  } catch (error) {
    throw withPlace(error, { entity: name });
  }
} // prettier-ignore

/** Bytes that one synapse will take at least. */
function bytesPerSynapse({ weight = 1, delay = 0, weights }: ProjectionOptions, { target, storage }: WirePlace): number {
  const own = typeof weight !== "number";
  const width = { f64: 8, f32: 4, i16: 2 }[weights ?? storage.precision];
  return (target.n <= 65536 ? 2 : 4) + (own ? width : 0) + (typeof delay === "number" ? 0 : 1);
} // prettier-ignore

/** Refuses what is neither a number, a list of numbers, a distribution nor a rule. */
function requireForm(what: string, given: unknown): void {
  if (given === undefined || typeof given === "number" || typeof given === "function" || isDistribution(given)) return;
  if (Array.isArray(given) || (ArrayBuffer.isView(given) && !(given instanceof DataView))) return;
  throw new NeuroweaveError("invalid-value", `the ${what} is ${describe(given)}`, {
    remedy: "Give one number, a list of numbers, a distribution, or a rule.",
  });
}

const broken = (why: string): NeuroweaveError =>
  new NeuroweaveError("structure", `the connector made rows that do not fit: ${why}`, {
    remedy: "Correct the connector: see the contract of Rows.",
  });

/** Refuses rows of a connector that are not as its contract says. */
function checkedRows(rows: Rows, { source, target }: ConnectorSite): Rows {
  if (typeof rows !== "object" || rows === null) throw broken(`they are ${describe(rows)}`);
  const { pointers, targets, weights, shared, delays } = rows;
  const isIndex = (list: unknown): boolean => list instanceof Uint16Array || list instanceof Uint32Array;
  if (!(pointers instanceof Uint32Array) || !isIndex(targets)) throw broken("pointers must be a Uint32Array, targets one or a Uint16Array");
  if (shared && (!isIndex(shared.index) || !(shared.values instanceof Float64Array))) throw broken("shared weights need a Float64Array of values, and an index that is a Uint32Array or a Uint16Array");
  for (const [what, list] of [["weights", weights], ["delays", delays]] as const)
    if (list !== undefined && !(list instanceof Float64Array)) throw broken(`${what} must be a Float64Array`);
  if (pointers.length !== source.n + 1 || pointers[0] !== 0 || pointers[source.n] !== targets.length)
    throw broken(`pointers of ${source.n} sources must run from 0 to ${targets.length}`);
  for (let s = 0; s < source.n; s++) if (pointers[s]! > pointers[s + 1]!) throw broken(`row ${s} ends before it begins`);
  const beyond = firstFrom(targets, target.n);
  if (beyond >= 0) throw broken(`synapse ${beyond} ends at ${targets[beyond]} of ${target.n} neurons`);
  for (const [what, list] of [["weights", weights], ["indices", shared?.index], ["delays", delays]] as const)
    if (list && list.length !== targets.length) throw broken(`${list.length} ${what} for ${targets.length} synapses`);
  if (weights && shared) throw broken("weights of their own, and shared ones");
  const stray = shared ? firstFrom(shared.index, shared.values.length) : -1;
  if (stray >= 0) throw broken(`synapse ${stray} has weight ${shared!.index[stray]} of ${shared!.values.length}`);
  return rows;
} // prettier-ignore

/** The first place of an index that is `n` or larger, or −1. */
function firstFrom(indices: Uint16Array | Uint32Array, n: number): number {
  for (let j = 0; j < indices.length; j++) if (indices[j]! >= n) return j;
  return -1;
}

/** Calls a rule for every synapse, in the order of the rows. */
function ruled(what: string, rule: SynapseRule, { pointers, targets }: Rows, { source, target }: ConnectorSite): Float64Array {
  const values = new Float64Array(targets.length);
  const dimensions = Math.min(source.positions.length, target.positions.length);
  for (let s = 0; s < source.n; s++)
    for (let j = pointers[s]!; j < pointers[s + 1]!; j++) {
      const t = targets[j]!;
      let square = 0;
      for (let d = 0; d < dimensions; d++) square += (source.positions[d]![s]! - target.positions[d]![t]!) ** 2;
      const value = rule(s, t, Math.sqrt(square));
      if (typeof value !== "number" || !Number.isFinite(value))
        throw new NeuroweaveError("not-finite", `the rule gives ${String(value)} as ${what} from ${s} to ${t}`, {
          remedy: "Give a finite number.",
        });
      values[j] = value;
    }
  return values;
} // prettier-ignore

/** One weight for all, those that synapses share, or how to make those of all synapses. */
function weightsOf(
  { weight }: ProjectionOptions,
  rows: Rows,
  site: ConnectorSite,
  { dt, seed, math }: WirePlace,
  stream: readonly string[],
): number | Float64Array | OwnWeights["numbers"] {
  const decided = rows.shared?.values ?? rows.weights;
  const own = (values: number | Float64Array): number | Float64Array | OwnWeights["numbers"] =>
    typeof values === "number" || rows.shared ? values : () => givenNumbers(values);
  if (typeof weight === "function" && !decided) return own(ruled("weight", weight, rows, site));
  const count = rows.shared?.values.length ?? rows.targets.length;
  if (!decided) {
    if (isDistribution(weight)) return () => drawnNumbers("weight", weight, { seed, stream, math });
    if (weight !== undefined && typeof weight !== "number" && (weight as ArrayLike<number>).length !== count)
      throw new NeuroweaveError("wrong-length", `there are ${(weight as ArrayLike<number>).length} weights for ${count} synapses`, { remedy: `Give one number, ${count} numbers, a distribution, or a rule.` });
    return own(numbersOf("weight", (weight as number | ArrayLike<number> | undefined) ?? 1, {}, count, { dt, seed, stream, math }));
  }
  if (weight !== undefined && typeof weight !== "number")
    throw new NeuroweaveError("two-owners", "the connector decides the weights, and so does `weight`", {
      remedy: "Give one number, by which the connector's weights are multiplied, or leave it out.",
    });
  const factor = numbersOf("weight", weight ?? 1, {}, count, { dt, seed, stream, math }) as number;
  const all = factor === 1 ? decided : decided.map((x) => x * factor);
  const bad = all.findIndex((x) => !Number.isFinite(x));
  if (bad >= 0)
    throw new NeuroweaveError("not-finite", `weight ${bad} is ${all[bad]}`, { remedy: "Give finite weights." });
  return own(all);
} // prettier-ignore

/** Delays in steps: one for all, or one for each synapse. */
function delaysOf(
  { delay }: ProjectionOptions,
  rows: Rows,
  site: ConnectorSite,
  { dt, seed, math }: WirePlace,
  stream: readonly string[],
): number | Uint16Array {
  if (rows.delays && delay !== undefined)
    throw new NeuroweaveError("two-owners", "the connector decides the delays, and so does `delay`", {
      remedy: "Leave `delay` out.",
    });
  if (delay === undefined && !rows.delays) return 1;
  if (typeof delay === "number") return wholeSteps(delay, dt);
  const count = rows.targets.length;
  if (isDistribution(delay)) return drawnDelays(delay, count, { dt, seed, math, stream });
  if (rows.delays) return roundedDelays(rows.delays, dt);
  if (typeof delay === "function") return roundedDelays(ruled("delay", delay, rows, site), dt);
  const perSource = (delay as ArrayLike<number>).length === site.source.n;
  if (!perSource && (delay as ArrayLike<number>).length !== count)
    throw new NeuroweaveError("wrong-length", `there are ${(delay as ArrayLike<number>).length} delays for ${site.source.n} sources and ${count} synapses`, { remedy: `Give one number, ${site.source.n} for the sources, or ${count} for the synapses.` });
  const values = numbersOf("delay", delay as ArrayLike<number>, {}, perSource ? site.source.n : count, { dt, seed, stream, math }) as Float64Array;
  const given = Uint16Array.from(values, (ms, j) => wholeSteps(positive(ms, j), dt));
  if (!perSource) return given;
  const steps = new Uint16Array(count);
  for (let s = 0; s < site.source.n; s++) steps.fill(given[s]!, rows.pointers[s], rows.pointers[s + 1]);
  if (given.length === count && steps.some((each, j) => each !== given[j]))
    throw new NeuroweaveError("invalid-value", `${count} delays may be those of the ${count} sources or those of the ${count} synapses`, { remedy: "Give a rule, such as (source) => delays[source] for the sources, or let the connector decide the delays of the synapses." });
  return steps;
} // prettier-ignore

/** Steps of a delay that is on the grid, or may be rounded to it. */
function wholeSteps(ms: number, dt: number): number {
  const steps = Math.max(1, stepsIn(ms, dt, "the delay"));
  if (steps <= longestDelay) return steps;
  throw new NeuroweaveError("out-of-range", `a delay of ${ms} ms is ${steps} steps, and at most ${longestDelay} are possible`, { remedy: `Give at most ${longestDelay * dt} ms, or a longer dt.` });
} // prettier-ignore

function positive(ms: number, j: number): number {
  if (!(ms < 0)) return ms;
  throw new NeuroweaveError("negative-duration", `delay ${j} is ${ms} ms`, { remedy: "Give delays ≥ 0 ms; for a distribution, bounds: normal(1.5, 0.75, { min: 0 })." });
} // prettier-ignore

/**
 * Rounds delays, of which the first is that of synapse `first`, to whole steps from `first` on. Cutting y + 1/2 off is rounding y to
 * the nearest for 1/2 ≤ y < 2^31.
 */
function roundDelays(into: Uint16Array, first: number, values: Float64Array, count: number, dt: number): void {
  for (let j = 0; j < count; j++) {
    const y = values[j]! / dt;
    into[first + j] = y >= 0.5 && y < longestDelay + 0.5 ? (y + 0.5) | 0 : wholeSteps(Math.round(positive(values[j]!, first + j) / dt) * dt, dt);
  }
} // prettier-ignore

function roundedDelays(values: Float64Array, dt: number): Uint16Array {
  const steps = new Uint16Array(values.length);
  roundDelays(steps, 0, values, values.length, dt);
  return steps;
}

/** Delays that are drawn, some thousand at a time. */
function drawnDelays(distribution: Distribution, count: number, place: Pick<WirePlace, "dt" | "seed" | "math"> & { readonly stream: readonly string[] }): Uint16Array {
  const steps = new Uint16Array(count);
  const numbers = drawnNumbers("delay", distribution, place);
  const piece = new Float64Array(Math.min(count, 4096));
  for (let j = 0; j < count; j += piece.length) {
    const length = Math.min(piece.length, count - j);
    numbers.next(piece, length);
    roundDelays(steps, j, piece, length, place.dt);
  }
  return steps;
} // prettier-ignore

/** Finds out whether one delay holds for all synapses or for each row. */
export function sortOfDelays(pointers: Uint32Array, steps: number | Uint16Array): GivenDelays {
  if (typeof steps === "number") return { kind: "one", steps };
  if (steps.length === 0) return { kind: "one", steps: 1 };
  let [longest, shortest] = [0, Infinity];
  for (let j = 0; j < steps.length; j++) {
    if (steps[j]! > longest) longest = steps[j]!;
    if (steps[j]! < shortest) shortest = steps[j]!;
  }
  if (longest === shortest) return { kind: "one", steps: longest };
  const perSource = new Uint16Array(pointers.length - 1);
  for (let s = 0; s < perSource.length; s++) {
    const [from, to] = [pointers[s]!, pointers[s + 1]!];
    if (from < to) perSource[s] = steps[from]!;
    for (let j = from; j < to; j++) if (steps[j] !== perSource[s]) return { kind: "synapse", steps, longest };
  }
  return { kind: "source", steps: perSource, longest };
}

/** Neurons of an end by name, for texts. */
export const endText = ({ entity, from, n }: { entity: Entity; from: number; n: number }): string =>
  n === entity.n ? entity.name : `${entity.name}[${from}, ${from + n})`;
