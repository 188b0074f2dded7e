/** Making the synapses of a projection: rows from the connector, weights and delays for them. */
import { NeuroweaveError, withPlace } from "@neuroweave/equations";
import { numbersOf, requireSingle } from "./columns.ts";
import type { ConnectorEnd, ConnectorSite, Rows } from "./connector.ts";
import { isDistribution } from "./distributions.ts";
import type { Entity } from "./entity.ts";
import { stepsIn } from "./grid.ts";
import type { PortableMath } from "./host.ts";
import { describe } from "./parameters.ts";
import type { ProjectionOptions, SynapseRule } from "./projection-options.ts";
import { hostStream } from "./random.ts";
import { requireRoom, sortByDelay, type End, type SortedRows } from "./synapses.ts";

/** Delays are at most this many steps: the ring of what is on its way has one row for each. */
const longestDelay = 65535;

export interface WirePlace {
  readonly name: string;
  readonly source: End;
  readonly target: End;
  readonly dt: number;
  readonly seed: number | string;
  readonly math: PortableMath;
  readonly precision: "f64" | "f32";
  /** How often the projection has been wired before. */
  readonly wirings: number;
}

/** Rows in order of delay, and the value that `w` begins with. */
export interface Wired {
  readonly rows: SortedRows;
  readonly weight: number | Float64Array;
  /** Number of weights that synapses share, or null. */
  readonly shared: number | null;
}

function connectorEnd({ entity, from, n }: End): ConnectorEnd {
  const whole = n === entity.n;
  const positions = entity.positions().map((each) => (whole ? each : each.subarray(from, from + n)));
  return { name: entity.name, n, shape: whole ? entity.shape : [n], positions };
}

/** Makes synapses, weights and delays; touches nothing of the network. Refuses what does not fit, before allocating much. */
export function wire(options: ProjectionOptions, place: WirePlace): Wired {
  const { name, source, target, seed, math, wirings } = place;
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
    requireRoom(name, expected, bytesPerSynapse(options, place));
    const rows = checkedRows(options.connect.build(site), site);
    const given = weightsOf(options, rows, site, place, stream("weight"));
    const { steps, common } = delaysOf(options, rows, site, place, stream("delay"));
    const { weights: _, ...bare } = rows;
    if ((options.weights ?? place.precision) === "f32") requireSingle("weight", given);
    const sorted = sortByDelay(typeof given === "number" || rows.shared ? bare : { ...bare, weights: given }, steps, common);
    return { rows: sorted, weight: sorted.weights ?? given, shared: rows.shared?.values.length ?? null };
  } catch (error) {
    throw withPlace(error, { entity: name });
  }
} // prettier-ignore

/** Bytes that one synapse will take, delays of its own and all. */
function bytesPerSynapse({ weight = 1, delay = 0, weights }: ProjectionOptions, { target, precision }: WirePlace): number {
  const own = typeof weight !== "number";
  const width = { f64: 8, f32: 4, i16: 2 }[weights ?? precision];
  return (target.n <= 65536 ? 2 : 4) + (own ? width : 0) + (typeof delay === "number" ? 0 : 2);
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
  for (let j = 0; j < targets.length; j++)
    if (targets[j]! >= target.n) throw broken(`synapse ${j} ends at ${targets[j]} of ${target.n} neurons`);
  for (const [what, list] of [["weights", weights], ["indices", shared?.index], ["delays", delays]] as const)
    if (list && list.length !== targets.length) throw broken(`${list.length} ${what} for ${targets.length} synapses`);
  if (weights && shared) throw broken("weights of their own, and shared ones");
  const stray = shared ? shared.index.findIndex((each) => each >= shared.values.length) : -1;
  if (stray >= 0) throw broken(`synapse ${stray} has weight ${shared!.index[stray]} of ${shared!.values.length}`);
  return rows;
} // prettier-ignore

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

function weightsOf(
  { weight }: ProjectionOptions,
  rows: Rows,
  site: ConnectorSite,
  { dt, seed, math }: WirePlace,
  stream: readonly string[],
): number | Float64Array {
  const decided = rows.shared?.values ?? rows.weights;
  if (typeof weight === "function" && !decided) return ruled("weight", weight, rows, site);
  const count = rows.shared?.values.length ?? rows.targets.length;
  if (!decided) {
    if (weight !== undefined && typeof weight !== "number" && !isDistribution(weight) && (weight as ArrayLike<number>).length !== count)
      throw new NeuroweaveError("wrong-length", `there are ${(weight as ArrayLike<number>).length} weights for ${count} synapses`, { remedy: `Give one number, ${count} numbers, a distribution, or a rule.` });
    return numbersOf("weight", weight ?? 1, {}, count, { dt, seed, stream, math });
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
  return all;
} // prettier-ignore

/** Delays in steps: one for all, or one for each synapse. */
function delaysOf(
  { delay }: ProjectionOptions,
  rows: Rows,
  site: ConnectorSite,
  { dt, seed, math }: WirePlace,
  stream: readonly string[],
): { steps: Uint16Array | null; common: number } {
  if (rows.delays && delay !== undefined)
    throw new NeuroweaveError("two-owners", "the connector decides the delays, and so does `delay`", {
      remedy: "Leave `delay` out.",
    });
  const inSteps = (ms: number, exactly: boolean): number => {
    const rounded = exactly ? ms : Math.round(ms / dt) * dt;
    const steps = Math.max(1, stepsIn(rounded, dt, "the delay"));
    if (steps <= longestDelay) return steps;
    throw new NeuroweaveError("out-of-range", `a delay of ${ms} ms is ${steps} steps, and at most ${longestDelay} are possible`, { remedy: `Give at most ${longestDelay * dt} ms, or a longer dt.` });
  };
  if (delay === undefined && !rows.delays) return { steps: null, common: 1 };
  if (typeof delay === "number") return { steps: null, common: inSteps(delay, true) };
  const count = rows.targets.length;
  const negative = (values: Float64Array): Float64Array => {
    const j = values.findIndex((x) => x < 0);
    if (j < 0) return values;
    throw new NeuroweaveError("negative-duration", `delay ${j} is ${values[j]} ms`, { remedy: "Give delays ≥ 0 ms; for a distribution, bounds: normal(1.5, 0.75, { min: 0 })." });
  };
  /** Delays that need not be on the grid. */
  const rounded = (values: Float64Array): Uint16Array => {
    const steps = new Uint16Array(values.length);
    for (let j = 0; j < steps.length; j++) {
      const nearest = Math.round(values[j]! / dt);
      steps[j] = nearest >= 1 && nearest <= longestDelay ? nearest : inSteps(values[j]!, false);
    }
    return steps;
  };
  if (typeof delay === "function" || rows.delays || isDistribution(delay)) {
    const values =
      rows.delays ??
      (typeof delay === "function"
        ? ruled("delay", delay, rows, site)
        : (numbersOf("delay", delay, {}, count, { dt, seed, stream, math }) as Float64Array));
    return { steps: rounded(negative(values)), common: 1 };
  }
  const perSource = (delay as ArrayLike<number>).length === site.source.n;
  if (!perSource && (delay as ArrayLike<number>).length !== count)
    throw new NeuroweaveError("wrong-length", `there are ${(delay as ArrayLike<number>).length} delays for ${site.source.n} sources and ${count} synapses`, { remedy: `Give one number, ${site.source.n} for the sources, or ${count} for the synapses.` });
  const values = numbersOf("delay", delay, {}, perSource ? site.source.n : count, { dt, seed, stream, math }) as Float64Array;
  const given = Uint16Array.from(negative(values), (ms) => inSteps(ms, true));
  if (!perSource) return { steps: given, common: 1 };
  const steps = new Uint16Array(count);
  for (let s = 0; s < site.source.n; s++) steps.fill(given[s]!, rows.pointers[s], rows.pointers[s + 1]);
  if (given.length === count && steps.some((each, j) => each !== given[j]))
    throw new NeuroweaveError("invalid-value", `${count} delays may be those of the ${count} sources or those of the ${count} synapses`, { remedy: "Give a rule, such as (source) => delays[source] for the sources, or let the connector decide the delays of the synapses." });
  return { steps, common: 1 };
} // prettier-ignore

/** Neurons of an end by name, for texts. */
export const endText = ({ entity, from, n }: { entity: Entity; from: number; n: number }): string =>
  n === entity.n ? entity.name : `${entity.name}[${from}, ${from + n})`;
