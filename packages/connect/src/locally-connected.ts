import type { Connector, Rows } from "@neuroweave/model";
import { axisFromEach } from "./axis-taps.ts";
import { slidingAxes, type WindowOptions } from "./convolution.ts";
import { defineConnector, type ConnectorEnds } from "./define-connector.ts";
import { checkOutput, gridOf, type Window } from "./grid.ts";
import { kernelOf, shapeText, type Kernel, type KernelOption } from "./kernel.ts";
import { argumentsOf, callText, checkOptions, pairOf, refusal } from "./options.ts";
import { windowCount, windowRows, type WindowAxes } from "./window-rows.ts";

/** Window and weights of each neuron of the target. */
export interface LocallyConnectedOptions extends WindowOptions {
  /** Extent of the window: one number, or [height, width]. */
  readonly kernelSize: number | readonly [number, number];
  /**
   * Weights of shape [output depth, output height · output width, input depth · window height · window width], each window's in the
   * order (i, ky, kx); those that fall on padding are not used. Without them, the weights are the projection's.
   */
  readonly weights?: KernelOption;
}

/**
 * Windows as those of a convolution, but each target has weights of its own: target (o, y, x) has a synapse from source
 * (i, y·stride − padding + ky, x·stride − padding + kx) for every input depth i, where that source exists. The target has the shape
 * [any depth, ⌊(in + 2·padding − k)/stride⌋ + 1 for height and width]. Refuses other shapes with the one that would fit
 * (structure) and weights of another shape (wrong-length). CoNeX 0.1.5's `Local2d`.
 */
export function locallyConnected(options: LocallyConnectedOptions): Connector {
  const name = "locallyConnected";
  checkOptions(name, options, ["kernelSize", "stride", "padding", "weights"]);
  const { stride = 1, padding = 0 } = options;
  const window: Window = {
    size: pairOf(name, "kernelSize", options.kernelSize, 1),
    stride: pairOf(name, "stride", stride, 1),
    padding: pairOf(name, "padding", padding, 0),
  };
  const kernel = options.weights === undefined ? undefined : kernelOf(name, "weights", options.weights, [3]);
  const text = callText(name, { ...options, weights: kernel && shapeText(kernel.shape) });
  const axesOf = (ends: ConnectorEnds): WindowAxes => {
    const [inputDepth] = gridOf(text, ends.source);
    const [outputDepth] = gridOf(text, ends.target);
    return slidingAxes(text, ends, window, axisFromEach(inputDepth, outputDepth));
  };
  return defineConnector({
    name,
    text,
    arguments: argumentsOf(options),
    check(ends) {
      const { source, target } = ends;
      checkOutput(text, source, target, window, gridOf(text, target)[0]);
      if (kernel) checkWeights(text, ends, window, kernel);
    },
    expected: (ends) => windowCount(axesOf(ends)),
    build(site): Rows {
      const axes = axesOf(site);
      if (!kernel) return windowRows(axes, () => undefined);
      const weights = new Float64Array(windowCount(axes));
      const perTarget = kernel.shape[2]!;
      const rows = windowRows(axes, (synapse, target, tap) => {
        weights[synapse] = kernel.values[target * perTarget + tap]!;
      });
      return { ...rows, weights };
    },
  });
}

function checkWeights(text: string, { source, target }: ConnectorEnds, { size }: Window, { shape }: Kernel): void {
  const [depth, height, width] = gridOf(text, target);
  const fits = [depth, height * width, gridOf(text, source)[0] * size[0] * size[1]];
  if (shape.some((length, axis) => length !== fits[axis]))
    throw refusal(
      "wrong-length",
      `${text} has weights of shape ${shapeText(shape)} for ${shapeText(fits)}`,
      `Give weights of shape [${fits.join(", ")}].`,
    );
}
