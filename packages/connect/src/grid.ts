/** Populations seen as grids of [depth, height, width]. */
import type { ConnectorEnd } from "@neuroweave/model";
import { shapeText } from "./kernel.ts";
import { refusal } from "./options.ts";

/** [depth, height, width] */
export type Grid = readonly [number, number, number];

/** The grid of a population of shape [height, width], of depth 1, or [depth, height, width]. */
export function gridOf(text: string, { name, shape }: ConnectorEnd): Grid {
  const [width, height, depth = 1, ...more] = shape.toReversed();
  if (width === undefined || height === undefined || more.length > 0)
    throw refusal(
      "structure",
      `${text} needs grids, and ${name} has shape ${shapeText(shape)}`,
      "Give the population a shape [height, width] or [depth, height, width]; a slice of one has none.",
    );
  return [depth, height, width];
}

/** A square or oblong window that moves over a grid. */
export interface Window {
  /** [height, width] */
  readonly size: readonly [number, number];
  readonly stride: readonly [number, number];
  readonly padding: readonly [number, number];
}

/**
 * Refuses a target whose grid is not [depth, ⌊(in + 2·padding − size)/stride⌋ + 1 for height and width], with the shape that
 * would fit.
 */
export function checkOutput(
  text: string,
  source: ConnectorEnd,
  target: ConnectorEnd,
  window: Window,
  depth: number,
): void {
  const [, ...lengths] = gridOf(text, source);
  const [height, width] = ([0, 1] as const).map((axis) => {
    const padded = lengths[axis]! + 2 * window.padding[axis];
    if (padded < window.size[axis])
      throw refusal(
        "structure",
        `the window of ${text}, ${shapeText(window.size)}, is larger than ${source.name}, ${shapeText(lengths)} and its padding`,
        "Take a smaller window, or more padding.",
      );
    return Math.floor((padded - window.size[axis]) / window.stride[axis]) + 1;
  }) as [number, number];
  const fits = [depth, height, width];
  if (gridOf(text, target).some((length, axis) => length !== fits[axis]))
    throw refusal(
      "structure",
      `${text} makes a grid of ${shapeText(fits)} from ${source.name}, ${shapeText(source.shape)}, but ${target.name} has ${shapeText(target.shape)}`,
      `Give ${target.name} the shape [${(depth === 1 ? fits.slice(1) : fits).join(", ")}].`,
    );
}
