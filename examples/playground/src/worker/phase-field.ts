/** The plane of two variables by the network's own equations: nullclines, flow and fixed points. */
import { fixedPoints, zeroContour } from "@neuroweave/plot";
import type { Network, Population } from "neuroweave";
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

/** Points along each axis. */
const points = 96;
/** Arrows along each axis. */
const arrows = 15;

/** Null where the population has no such variables, or they cannot be asked for now. */
export function phasePlaneOf(
  net: Network,
  { population: name, neuron, x, y, ranges }: PhaseRequest,
): PhasePlane | null {
  const population = net.populations.find((each) => each.name === name);
  if (!population || neuron >= population.n) return null;
  const slopes = slopesOf(population, neuron, x, y);
  const [xs, ys] = [grid(ranges[0], ranges[1], points), grid(ranges[2], ranges[3], points)];
  if (y === "") {
    const line = slopes(xs, null);
    return line && { x, y, xs, line: line.dx, nullclines: [[], []], arrows: new Float64Array(), fixed: [] };
  }
  const field = slopes(repeated(xs, ys.length), stretched(ys, xs.length));
  if (!field?.dy) return null;
  const plane = { x: { name: x, values: xs }, y: { name: y, values: ys }, dx: field.dx, dy: field.dy };
  const ask = (px: ArrayLike<number>, py: ArrayLike<number>): { dx: Float64Array; dy: Float64Array } => {
    const { dx, dy } = slopes(px, py)!;
    return { dx, dy: dy! };
  };
  return {
    x,
    y,
    xs,
    line: null,
    nullclines: [zeroContour(xs, ys, field.dx), zeroContour(xs, ys, field.dy)].map((lines) =>
      lines.map((line) => Float64Array.from(line.flat())),
    ) as [Float64Array[], Float64Array[]],
    arrows: arrowsOf(ranges, ask),
    fixed: fixedPoints(plane, ask).map(({ x, y, kind }) => ({ x, y, kind })),
  };
}

const grid = (low: number, high: number, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, k) => low + ((high - low) * k) / (n - 1));

const repeated = (values: Float64Array, times: number): Float64Array =>
  Float64Array.from({ length: values.length * times }, (_, k) => values[k % values.length]!);

const stretched = (values: Float64Array, times: number): Float64Array =>
  Float64Array.from({ length: values.length * times }, (_, k) => values[Math.floor(k / times)]!);

/** Slopes at states of one neuron, its other variables as they are; null where there are none. */
function slopesOf(population: Population, neuron: number, x: string, y: string) {
  return (
    px: ArrayLike<number>,
    py: ArrayLike<number> | null,
  ): { dx: Float64Array; dy: Float64Array | null } | null => {
    const at: Record<string, ArrayLike<number>> = { [x]: px };
    if (py) at[y] = py;
    // Where the voltage is held after a spike, the flow is that of the neuron when it is free again.
    if (population.entity.symbols.get("refractory")?.kind === "state") at["refractory"] = new Float64Array(px.length);
    const found = population.derivatives({ at: at as never, neuron }) as Readonly<Record<string, Float64Array>>;
    const [dx, dy = null] = [found[x], found[y]];
    return dx && (y === "" || dy) ? { dx, dy } : null;
  };
}

type Ask = (x: ArrayLike<number>, y: ArrayLike<number>) => { readonly dx: Float64Array; readonly dy: Float64Array };

/** x, y, and the direction of each arrow in parts of the plane's width and height, one after the other. */
function arrowsOf([left, right, bottom, top]: PhaseRequest["ranges"], ask: Ask): Float64Array {
  const half = (low: number, high: number): Float64Array => {
    const step = (high - low) / arrows;
    return grid(low + step / 2, high - step / 2, arrows);
  };
  const xs = repeated(half(left, right), arrows);
  const ys = stretched(half(bottom, top), arrows);
  const { dx, dy } = ask(xs, ys);
  const list = new Float64Array(4 * xs.length);
  for (let k = 0; k < xs.length; k++)
    list.set([xs[k]!, ys[k]!, dx[k]! / (right - left), dy[k]! / (top - bottom)], 4 * k);
  return list;
}
