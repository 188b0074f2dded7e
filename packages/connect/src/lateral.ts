import { nearest, NeuroweaveError } from "@neuroweave/equations";
import type { Connector, ConnectorEnd } from "@neuroweave/model";
import { ringAxis, slidingAxis } from "./axis-taps.ts";
import { defineConnector } from "./define-connector.ts";
import type { Grid } from "./grid.ts";
import { kernelOf, shapeText, type Kernel, type KernelOption } from "./kernel.ts";
import { argumentsOf, callText, checkFlag, checkOptions, checkWhole, refusal } from "./options.ts";
import { kernelRows, windowCount, windowRows, type WindowAxes } from "./window-rows.ts";

/** The neighbourhood of each neuron, and its weights. */
export interface LateralOptions {
  /** Weights around a neuron, of shape [width], [height, width] or [depth, height, width], every length odd. Excludes `size`. */
  readonly kernel?: KernelOption;
  /** Extent of the neighbourhood without weights, which are the projection's: a list as above, or one number for a square. */
  readonly size?: number | readonly number[];
  /** Whether a neuron has a synapse with itself, at the centre of the kernel; false by default. */
  readonly self?: boolean;
  /** Whether the neighbourhood ends at the border of the grid ("cut", the default) or goes on at the other side. */
  readonly boundary?: "cut" | "periodic";
  /** Whether all neurons share the weights of the kernel (the default), or each synapse has a copy of its own. */
  readonly shared?: boolean;
}

const boundaries = ["cut", "periodic"];

/**
 * A kernel around every neuron of one population: neuron (z, y, x) of a grid has a synapse from neuron
 * (z + kz − cz, y + ky − cy, x + kx − cx) with weight kernel[kz][ky][kx], c being the centre. A kernel with fewer axes than the grid
 * stays within a plane, or a line. Refuses a projection between different populations, a kernel with more axes than the grid,
 * and a periodic one that is longer than the grid (structure), and kernels of even length (out-of-range). CoNeX 0.1.5's
 * `Lateral`.
 */
export function lateral(options: LateralOptions): Connector {
  const name = "lateral";
  checkOptions(name, options, ["kernel", "size", "self", "boundary", "shared"]);
  const { self = false, boundary = "cut", shared = true } = options;
  checkFlag(name, "self", self);
  checkFlag(name, "shared", shared);
  if (!boundaries.includes(boundary))
    throw new NeuroweaveError("invalid-value", `boundary of ${name}() is ${String(boundary)}`, {
      remedy: `It is one of ${boundaries.join(", ")}.`,
      candidates: nearest(String(boundary), boundaries),
    });
  const { kernel, shape } = neighbourhood(name, options);
  const text = callText(name, {
    ...options,
    kernel: kernel && shapeText(kernel.shape),
    boundary: options.boundary && JSON.stringify(boundary),
  });
  const padded: Grid = [shape.at(-3) ?? 1, shape.at(-2) ?? 1, shape.at(-1)!];
  const axesOf = ({ source }: { readonly source: ConnectorEnd }): WindowAxes => {
    const output: Grid = [source.shape.at(-3) ?? 1, source.shape.at(-2) ?? 1, source.shape.at(-1)!];
    const axis = (d: 0 | 1 | 2) =>
      boundary === "periodic"
        ? ringAxis(output[d], padded[d])
        : slidingAxis(output[d], output[d], padded[d], 1, (padded[d] - 1) / 2);
    const hole = self ? -1 : (padded[0] * padded[1] * padded[2] - 1) / 2;
    return { axes: [axis(0), axis(1), axis(2)], size: [padded[1], padded[2]], output, hole };
  };
  return defineConnector({
    name,
    text,
    arguments: argumentsOf(options),
    check({ source, target, shift }) {
      if (shift !== 0 || source.n !== target.n)
        throw refusal(
          "structure",
          `${text} connects neighbours within one population, but source is ${source.name} and target ${target.name}`,
          "Take the same population as source and target.",
        );
      checkNeighbourhood(text, source, shape, boundary === "periodic");
    },
    expected: (ends) => windowCount(axesOf(ends)),
    build: (site) => (kernel ? kernelRows(axesOf(site), kernel, shared) : windowRows(axesOf(site), () => undefined)),
  });
}

/** The kernel, if there is one, and the extent of the neighbourhood. */
function neighbourhood(name: string, options: LateralOptions): { kernel?: Kernel; shape: readonly number[] } {
  const { size } = options;
  if ((options.kernel === undefined) === (size === undefined))
    throw refusal(
      "invalid-value",
      `${name}() has ${size === undefined ? "neither a kernel nor a size" : "a kernel and a size"}`,
      "Give a kernel, or a size alone, for which the weights are the projection's.",
    );
  if (size !== undefined && options.shared !== undefined)
    throw refusal("invalid-value", `${name}() has a size, and no kernel to be shared`, "Leave `shared` out.");
  if (size === undefined) {
    const kernel = kernelOf(name, "kernel", options.kernel, [1, 2, 3]);
    for (const length of kernel.shape) checkOdd(name, "the kernel", length);
    return { kernel, shape: kernel.shape };
  }
  const shape: readonly number[] = typeof size === "number" ? [size, size] : size;
  if (!Array.isArray(shape) || shape.length < 1 || shape.length > 3)
    throw refusal("wrong-length", `size of ${name}() is ${String(size)}`, "Give a number, or one to three in a list.");
  for (const length of shape) checkOdd(name, "size", length);
  return { shape: [...shape] };
}

function checkOdd(name: string, what: string, length: number): void {
  checkWhole(name, what, length, 1);
  if (length % 2 === 0)
    throw refusal(
      "out-of-range",
      `${what} of ${name}() has the length ${length}`,
      "Give odd lengths, so that there is a centre.",
    );
}

function checkNeighbourhood(
  text: string,
  { name, shape }: ConnectorEnd,
  extent: readonly number[],
  periodic: boolean,
): void {
  if (shape.length > 3 || extent.length > shape.length)
    throw refusal(
      "structure",
      `${text} has ${extent.length} axes, and ${name} has shape ${shapeText(shape)}`,
      "Take a grid of at most three axes, and a kernel with no more of them than it has.",
    );
  const own = shape.slice(-extent.length);
  if (periodic && extent.some((length, axis) => length > own[axis]!))
    throw refusal(
      "structure",
      `the neighbourhood of ${text}, ${shapeText(extent)}, is longer than the grid of ${name}, ${shapeText(shape)}`,
      'Take a shorter one, or boundary: "cut".',
    );
}
