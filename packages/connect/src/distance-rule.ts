/** Connectors whose probability depends on the distance between the neurons. */
import type { Connector, ConnectorEnd, ConnectorSite, PortableMath, Rows } from "@neuroweave/model";
import { ownTarget } from "./autapses.ts";
import { createCellGrid, type Coordinates, type Periods } from "./cell-grid.ts";
import type { Chance } from "./decay.ts";
import { defineConnector, type ConnectorEnds } from "./define-connector.ts";
import { geometricGaps, type Gaps } from "./geometric-gaps.ts";
import { grown, indexArray, roomFor, trimmed } from "./index-array.ts";
import { argumentsOf, callText, checkFlag, checkLength, refusal } from "./options.ts";

/** How distance is measured, and how far it reaches. */
export interface DistanceOptions {
  /** Whether a neuron may be connected to itself, where source and target share neurons; true by default. */
  readonly self?: boolean;
  /**
   * Dimensions closed to a ring, in which distances go the short way round: `true` for a grid whose neurons stand at their
   * indices, with its shape as the lengths; otherwise one length for each dimension. No dimension is closed by default.
   */
  readonly period?: true | readonly number[];
}

export const distanceOptions = ["self", "period"] as const;

interface DistanceRule {
  readonly name: string;
  readonly options: DistanceOptions;
  /** Distance beyond which there is no synapse. */
  readonly reach: number;
  chance(math: PortableMath): Chance;
}

/**
 * Every pair within reach with its probability, independently. Time is proportional to the synapses and the cells within reach,
 * in which pairs are passed over unless a draw proposes them; the cells, of a side of reach/8 or more, are at most n_target/4.
 */
export function distanceRule({ name, options, reach, chance }: DistanceRule): Connector {
  const { self = true } = options;
  const period = Array.isArray(options.period) ? [...options.period] : options.period;
  checkFlag(name, "self", self);
  if (period !== undefined && period !== true && !Array.isArray(period))
    throw refusal("invalid-value", `period of ${name}() is ${String(period)}`, "Give true, or a list of lengths.");
  if (Array.isArray(period)) for (const length of period) checkLength(name, "period", length);
  const text = callText(name, options);
  return defineConnector({
    name,
    text,
    arguments: argumentsOf(options),
    check(ends) {
      checkPositions(text, ends);
      periodsOf(text, ends, period);
    },
    expected: (ends) => expectedCount(ends, reach, self, periodsOf(text, ends, period), chance(ends.math)),
    build(site, expected) {
      const periods = periodsOf(text, site, period);
      return rowsWithin(site, reach, self, periods, chance(site.math), expected);
    },
  });
}

function rowsWithin(
  site: ConnectorSite,
  reach: number,
  self: boolean,
  periods: Periods,
  chance: Chance,
  expected: number,
): Rows {
  const { source, target, random } = site;
  const { order, search, squaredDistance } = createCellGrid(coordinatesOf(target), target.n, reach, periods);
  const [xs, ys, zs] = coordinatesOf(source);
  const pointers = new Uint32Array(source.n + 1);
  const gapsOfLevel: Gaps[] = [];
  /** For each level, how many candidates are passed over before the next one proposed, in this cell or a later one. */
  const left: number[] = [];
  const squaredReach = reach * reach;
  let targets = indexArray(target.n, roomFor(expected, source.n * target.n));
  let count = 0;
  let own = -1;
  const visit = (from: number, to: number, leastSquared: number): void => {
    const level = chance.level(leastSquared);
    while (gapsOfLevel.length <= level) {
      const gaps = geometricGaps(chance.p / 2 ** gapsOfLevel.length);
      gapsOfLevel.push(gaps);
      left.push(gaps(random));
    }
    let at = from + left[level]!;
    for (; at < to; at += 1 + gapsOfLevel[level]!(random)) {
      const squared = squaredDistance(at);
      if (squared > squaredReach || order[at] === own || !chance.taken(squared, level, random)) continue;
      if (count === targets.length) targets = grown(targets, target.n);
      targets[count++] = order[at]!;
    }
    left[level] = at - to;
  };
  for (let s = 0; s < source.n; s++) {
    own = ownTarget(site, self, s);
    search(xs[s]!, ys[s]!, zs[s]!, visit);
    targets.subarray(pointers[s], count).sort();
    pointers[s + 1] = count;
  }
  return { pointers, targets: trimmed(targets, count) };
}

/** Pairs, and sources, that an estimate looks at. */
const enough = 1_000_000;
const fewest = 32;

/** The sum of probabilities; over sources spread evenly through the population, where there are too many pairs to look at. */
function expectedCount(ends: ConnectorEnds, reach: number, self: boolean, periods: Periods, chance: Chance): number {
  const { source, target } = ends;
  const looked = Math.min(source.n, Math.max(fewest, Math.floor(enough / target.n)));
  let sum = 0;
  for (let j = 0; j < looked; j++) {
    // Multiples of the golden section, which do not fall into step with the rows of a grid.
    const s = looked === source.n ? j : Math.floor(((j * 0.6180339887498949) % 1) * source.n);
    const own = ownTarget(ends, self, s);
    for (let t = 0; t < target.n; t++) {
      let squared = 0;
      for (let d = 0; d < target.positions.length; d++) {
        const distance = apartUnwrapped(periods[d]!, source.positions[d]![s]!, target.positions[d]![t]!);
        squared += distance * distance;
      }
      if (squared <= reach * reach && t !== own) sum += chance.near(squared);
    }
  }
  return (sum * source.n) / looked;
}

/** Distance along one dimension, the short way round a closed one. */
function apartUnwrapped(period: number, a: number, b: number): number {
  const straight = Math.abs(a - b);
  if (straight + straight <= period) return straight;
  const inside = straight - period * Math.floor(straight / period);
  return Math.min(inside, period - inside);
}

function coordinatesOf({ positions, n }: ConnectorEnd): Coordinates {
  const [x, y, z] = positions;
  const zero = (): Float64Array => new Float64Array(n);
  return [x ?? zero(), y ?? zero(), z ?? zero()];
}

function checkPositions(text: string, { source, target }: ConnectorEnds): void {
  const [from, to] = [source.positions.length, target.positions.length];
  if (from !== to || from < 1 || from > 3)
    throw refusal(
      "structure",
      `${text} cannot measure distances from ${source.name}, in ${from} dimensions, to ${target.name}, in ${to}`,
      "Give both ends positions in the same one, two or three dimensions.",
    );
  for (const { name, positions } of [source, target])
    for (const [dimension, xs] of positions.entries()) {
      const index = xs.findIndex((x) => !Number.isFinite(x));
      if (index >= 0)
        throw refusal(
          "not-finite",
          `coordinate ${dimension} of neuron ${index} of ${name} is ${xs[index]}`,
          "Give finite positions.",
        );
    }
}

/** The lengths of closed dimensions; refuses those that do not fit the positions. */
function periodsOf(
  text: string,
  { source, target }: ConnectorEnds,
  period: true | readonly number[] | undefined,
): Periods {
  const dimensions = target.positions.length;
  if (period === true)
    for (const end of [source, target]) {
      const sameShape = end.shape.length === dimensions && end.shape.every((length, d) => length === target.shape[d]);
      if (!sameShape || !standsOnGrid(end))
        throw refusal(
          "structure",
          `${text} takes its period from a grid, but the neurons of ${end.name} do not stand at the indices of one that both ends share`,
          "Give the period as one length for each dimension.",
        );
    }
  const lengths = period === true ? target.shape : (period ?? []);
  if (period !== undefined && lengths.length !== dimensions)
    throw refusal(
      "wrong-length",
      `${text} has ${lengths.length} periods for ${dimensions} dimensions`,
      "Give one length for each dimension.",
    );
  const [x = Infinity, y = Infinity, z = Infinity] = lengths;
  return [x, y, z];
}

/** Whether every neuron stands at its grid index. */
function standsOnGrid({ shape, positions, n }: ConnectorEnd): boolean {
  let stride = n;
  return shape.every((length, d) => {
    stride /= length;
    return positions[d]!.every((x, index) => x === Math.floor(index / stride) % length);
  });
}
