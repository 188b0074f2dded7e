/** The plane of two variables by the network's own equations: nullclines, flow and fixed points. */
import { fixedPoints, zeroContour } from "@neuroweave/plot";
import type { Network, Population } from "neuroweave";
import { thresholdOf } from "./jumps.ts";
import { nearestZero } from "./nearest-zero.ts";
import type { PhasePlane } from "../protocol.ts";

export interface PhaseRequest {
  readonly population: string;
  readonly neuron: number;
  readonly x: string;
  /** Empty for the derivative of x itself. */
  readonly y: string;
  /** Smallest and largest x, then y. */
  readonly ranges: readonly [number, number, number, number];
}

/** Points along each axis, and from one arrow to the next. */
const points = 81;
const stride = 5;

/**
 * Null where the population has no such variables, or they cannot be asked for now. The network is asked once, for a grid: what lies between
 * its points is interpolated.
 */
export function phasePlaneOf(net: Network, { population: name, neuron, x, y, ranges }: PhaseRequest): PhasePlane | null {
  const population = net.populations.find((each) => each.name === name);
  if (!population || neuron >= population.n) return null;
  const [xs, ys] = [grid(ranges[0], ranges[1], points), grid(ranges[2], ranges[3], points)];
  const threshold = thresholdOf(population, x, neuron);
  if (y === "") {
    const line = slopesOf(population, neuron, { [x]: xs })[x];
    return line ? { x, y, xs, line, nullclines: [[], []], arrows: new Float64Array(), fixed: [], nearest: [], threshold } : null;
  }
  const all = { length: xs.length * ys.length };
  const { [x]: dx, [y]: dy } = slopesOf(population, neuron, {
    [x]: Float64Array.from(all, (_, k) => xs[k % points]!),
    [y]: Float64Array.from(all, (_, k) => ys[Math.floor(k / points)]!),
  });
  if (!dx || !dy) return null;
  return {
    x,
    y,
    xs,
    line: null,
    nullclines: [polylines(xs, ys, dx), polylines(xs, ys, dy)],
    arrows: arrowsOf(xs, ys, dx, dy),
    fixed: fixedPoints({ x: { name: x, values: xs }, y: { name: y, values: ys }, dx, dy }).map(({ x, y, kind }) => ({ x, y, kind })),
    nearest: [dx, dy].map((slopes) => nearestZero(ys, slopes)).filter((at) => at !== null),
    threshold,
  };
} // prettier-ignore

const polylines = (xs: Float64Array, ys: Float64Array, values: Float64Array): Float64Array[] =>
  zeroContour(xs, ys, values).map((line) => Float64Array.from(line.flat()));

const grid = (low: number, high: number, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, k) => low + ((high - low) * k) / (n - 1));

/** Slopes at states of one neuron, its other variables as they are. */
function slopesOf(population: Population, neuron: number, states: Readonly<Record<string, Float64Array>>): Readonly<Record<string, Float64Array>> {
  const at: Record<string, Float64Array> = { ...states };
  // Where the voltage is held after a spike, the flow is that of the neuron when it is free again.
  if (population.entity.symbols.get("refractory")?.kind === "state")
    at["refractory"] = new Float64Array(Object.values(states)[0]!.length);
  return population.derivatives({ at: at as never, neuron });
} // prettier-ignore

/** x, y, and the direction of each arrow in parts of the plane's width and height, one after the other. */
function arrowsOf(xs: Float64Array, ys: Float64Array, dx: Float64Array, dy: Float64Array): Float64Array {
  const list: number[] = [];
  const [width, height] = [xs.at(-1)! - xs[0]!, ys.at(-1)! - ys[0]!];
  for (let row = stride >> 1; row < points; row += stride)
    for (let column = stride >> 1; column < points; column += stride) {
      const k = row * points + column;
      list.push(xs[column]!, ys[row]!, dx[k]! / width, dy[k]! / height);
    }
  return Float64Array.from(list);
}
