import type { Connector } from "@neuroweave/model";
import { straightAxis } from "./axis-taps.ts";
import { slidingAxes } from "./convolution.ts";
import { defineConnector, type ConnectorEnds } from "./define-connector.ts";
import { checkOutput, gridOf, type Window } from "./grid.ts";
import { indexArray } from "./index-array.ts";
import { argumentsOf, callText, checkOptions, pairOf } from "./options.ts";
import { windowCount, windowRows, type WindowAxes } from "./window-rows.ts";

/** The window that is averaged. */
export interface AveragePoolOptions {
  /** Extent of the window: one number, or [height, width]. */
  readonly size: number | readonly [number, number];
  /** Steps between windows: one number, or [vertical, horizontal]; the size by default. */
  readonly stride?: number | readonly [number, number];
}

/**
 * The mean over windows, depth by depth, between grids [depth, height, width] or [height, width]: target (c, y, x) has synapses from
 * sources (c, y·stride + ky, x·stride + kx), which share the weight 1/(height·width of the window). The target has the shape
 * [depth, ⌊(in − size)/stride⌋ + 1 for height and width]. Refuses other shapes with the one that would fit (structure).
 * CoNeX 0.1.5's `AveragePool2D`.
 */
export function averagePool(options: AveragePoolOptions): Connector {
  const name = "averagePool";
  checkOptions(name, options, ["size", "stride"]);
  const size = pairOf(name, "size", options.size, 1);
  const stride = pairOf(name, "stride", options.stride ?? size, 1);
  const window: Window = { size, stride, padding: [0, 0] };
  const text = callText(name, options);
  const axesOf = (ends: ConnectorEnds): WindowAxes =>
    slidingAxes(text, ends, window, straightAxis(gridOf(text, ends.source)[0]));
  return defineConnector({
    name,
    text,
    arguments: argumentsOf(options),
    check: ({ source, target }) => checkOutput(text, source, target, window, gridOf(text, source)[0]),
    expected: (ends) => windowCount(axesOf(ends)),
    build(site) {
      const axes = axesOf(site);
      const values = Float64Array.of(1 / (size[0] * size[1]));
      return { ...windowRows(axes, () => undefined), shared: { values, index: indexArray(1, windowCount(axes)) } };
    },
  });
}
