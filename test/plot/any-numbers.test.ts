import { NeuroweaveError } from "@neuroweave/equations";
import {
  correlogram,
  fiCurve,
  histogram,
  populationRate,
  spectrum,
  stdpWindow,
  terminalHistogram,
  terminalRate,
  terminalStdpWindow,
  terminalWeightMatrix,
  weightEvolution,
  weightMatrix,
} from "@neuroweave/plot";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findAll, readMarkup } from "./read-markup.ts";

const anyNumbers = fc.array(
  fc.oneof(
    fc.double(),
    fc.integer(),
    fc.constantFrom(0, -0, 1e308, -1e308, 5e-324, 1e-300, Number.NaN, Number.POSITIVE_INFINITY),
  ),
  { maxLength: 12 },
);

/** The numbers as lists that ascend and lists that do not, of one length. */
function listsOf(values: readonly number[]) {
  const ascending = [...new Set(values.filter(Number.isFinite))].sort((a, b) => a - b);
  return { ascending, beside: ascending.map((_, k) => values[k]!), n: Math.max(1, values.length) };
}

const label = "a";
const figures: readonly (readonly [string, (values: readonly number[]) => string])[] = [
  ["histogram", (values) => histogram({ title: "", series: [{ label, values }] })],
  [
    "logarithmic histogram",
    (values) => histogram({ title: "", series: [{ label, values }], scale: "logarithmic", yScale: "logarithmic" }),
  ],
  [
    "populationRate",
    (values) => {
      const { ascending, beside } = listsOf(values);
      return populationRate({ title: "", populations: [{ label, times: ascending, rate: beside }] });
    },
  ],
  [
    "stdpWindow",
    (values) => {
      const pairs = { label, dt: values, dw: values };
      return stdpWindow({ title: "", points: [pairs], rules: [pairs] });
    },
  ],
  ["fiCurve", (values) => fiCurve({ title: "", measured: [{ label, currents: values, rate: values, errors: 1 }] })],
  ["spectrum", (values) => spectrum({ title: "", series: [{ label, frequencies: values, power: values }] })],
  [
    "correlogram",
    (values) => {
      const { ascending, beside } = listsOf(values);
      return correlogram({ title: "", series: [{ label, lags: ascending, values: beside }] });
    },
  ],
  ["weightMatrix", (values) => weightMatrix({ title: "", weights: { values }, shape: [listsOf(values).n, 1] })],
  [
    "weightEvolution",
    (values) => {
      const { ascending, beside } = listsOf(values);
      return weightEvolution({ title: "", times: ascending, values: beside, show: "density" });
    },
  ],
];

const texts: readonly (readonly [string, (values: readonly number[]) => string])[] = [
  ["terminalHistogram", (values) => terminalHistogram(values)],
  ["terminalRate", (values) => terminalRate([{ label, times: values, rate: values }])],
  ["terminalStdpWindow", (values) => terminalStdpWindow({ points: [{ label, dt: values, dw: values }] })],
  ["terminalWeightMatrix", (values) => terminalWeightMatrix({ values }, [listsOf(values).n, 1])],
];

/** The plot, or nothing where the numbers are refused as the project refuses. */
function drawn(draw: (values: readonly number[]) => string, values: readonly number[]): string | undefined {
  try {
    return draw(values);
  } catch (error) {
    expect(error).toBeInstanceOf(NeuroweaveError);
    return undefined;
  }
}

describe("any numbers at all", () => {
  it.each(figures)("make a %s without a coordinate that is not a number, or are refused", (_, draw) => {
    fc.assert(
      fc.property(anyNumbers, (values) => {
        const markup = drawn(draw, values);
        if (markup === undefined) return;
        for (const { attributes } of findAll(readMarkup(markup), () => true))
          for (const value of attributes.values()) expect(value).not.toMatch(/NaN|Infinity/u);
      }),
      { numRuns: 40 },
    );
  });

  it.each(texts)("make a %s of finite labels, or are refused", (_, draw) => {
    fc.assert(
      fc.property(anyNumbers, (values) => {
        expect(drawn(draw, values) ?? "").not.toMatch(/NaN|Infinity|undefined/u);
      }),
    );
  });
});
