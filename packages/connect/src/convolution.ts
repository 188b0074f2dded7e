import type { Connector } from "@neuroweave/model";
import { fullAxis, slidingAxis } from "./axis-taps.ts";
import { defineConnector, type ConnectorEnds } from "./define-connector.ts";
import { checkOutput, gridOf, type Window } from "./grid.ts";
import { kernelOf, shapeText, type KernelOption } from "./kernel.ts";
import { argumentsOf, callText, checkFlag, checkOptions, pairOf, refusal } from "./options.ts";
import { kernelRows, windowCount, type WindowAxes } from "./window-rows.ts";

/** How a window moves over a grid. */
export interface WindowOptions {
  /** Steps between windows: one number, or [vertical, horizontal]; 1 by default. */
  readonly stride?: number | readonly [number, number];
  /** Rows and columns of nothing around the input: one number, or [vertical, horizontal]; 0 by default. */
  readonly padding?: number | readonly [number, number];
}

/** The weights of the kernel, and how it moves. */
export interface ConvolutionOptions extends WindowOptions {
  /** Weights of shape [output depth, input depth, height, width], or [height, width] between grids of depth 1. */
  readonly kernel: KernelOption;
  /** Whether all windows share the weights of the kernel (the default), or each synapse has a copy of its own. */
  readonly shared?: boolean;
}

/**
 * A two-dimensional convolution (a cross-correlation, as PyTorch's `conv2d` is) between grids [depth, height, width] or [height, width]:
 * target (o, y, x) has a synapse from source (i, y·stride − padding + ky, x·stride − padding + kx) with weight
 * kernel[o][i][ky][kx], where that source exists; weights of zero make synapses too. The target has the shape
 * [output depth, ⌊(in + 2·padding − k)/stride⌋ + 1 for height and width]. Refuses other shapes with the one that would fit
 * (structure). CoNeX 0.1.5's `Conv2d`.
 */
export function convolution(options: ConvolutionOptions): Connector {
  const name = "convolution";
  checkOptions(name, options, ["kernel", "stride", "padding", "shared"]);
  const { stride = 1, padding = 0, shared = true } = options;
  checkFlag(name, "shared", shared);
  const kernel = kernelOf(name, "kernel", options.kernel, [2, 4]);
  const [width, height, inputDepth = 1, outputDepth = 1] = kernel.shape.toReversed() as [
    number,
    number,
    number?,
    number?,
  ];
  const window: Window = {
    size: [height, width],
    stride: pairOf(name, "stride", stride, 1),
    padding: pairOf(name, "padding", padding, 0),
  };
  const text = callText(name, { ...options, kernel: shapeText(kernel.shape) });
  const axesOf = ({ source, target }: ConnectorEnds): WindowAxes =>
    slidingAxes(text, { source, target }, window, fullAxis(inputDepth, outputDepth));
  return defineConnector({
    name,
    text,
    arguments: argumentsOf(options),
    check({ source, target }) {
      const [depth] = gridOf(text, source);
      if (depth !== inputDepth)
        throw refusal(
          "structure",
          `the kernel of ${text} takes an input of depth ${inputDepth}, and ${source.name} has depth ${depth}`,
          `Give a kernel of shape [${outputDepth}, ${depth}, ${height}, ${width}].`,
        );
      checkOutput(text, source, target, window, outputDepth);
    },
    expected: (ends) => windowCount(axesOf(ends)),
    build: (site) => kernelRows(axesOf(site), kernel, shared),
  });
}

/** A window that slides over height and width; what it does along the depth is given. */
export function slidingAxes(
  text: string,
  { source, target }: Pick<ConnectorEnds, "source" | "target">,
  { size, stride, padding }: Window,
  depth: WindowAxes["axes"][0],
): WindowAxes {
  const [, ...inputs] = gridOf(text, source);
  const output = gridOf(text, target);
  const axis = (d: 0 | 1) => slidingAxis(inputs[d], output[d + 1]!, size[d], stride[d], padding[d]);
  return { axes: [depth, axis(0), axis(1)], size, output, hole: -1 };
}
