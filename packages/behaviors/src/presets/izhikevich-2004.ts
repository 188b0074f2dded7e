/**
 * The twenty neuro-computational features of Izhikevich 2004, IEEE Trans. Neural Netw. 15:1063, figure 1, with the values
 * and inputs of its script (figure1.m). Where the script's own table of parameters differs from what it runs (bistability,
 * inhibition-induced bursting), what it runs counts.
 */
import type { InputPiece, IzhikevichPreset, IzhikevichValues } from "./izhikevich-preset.ts";

const preset = (
  name: string,
  panel: string,
  values: IzhikevichValues,
  input: { readonly elsewhere?: number; readonly pieces: readonly InputPiece[] },
  duration: number,
  dt: number,
): IzhikevichPreset => ({ name, panel, values, input: { elsewhere: 0, ...input }, duration, dt });

const from = (after: number, value: number): { readonly pieces: readonly InputPiece[] } => ({
  pieces: [{ after, value }],
});
const pulses = (
  value: number,
  length: number,
  ...starts: readonly number[]
): { readonly pieces: readonly InputPiece[] } => ({
  pieces: starts.map((after) => ({ after, until: after + length, value })),
});

/** The lower nullcline of the class 1 panels: 0.04 v² + 4.1 v + 108. */
const classOne = { p2: 4.1, p3: 108 };
const relaxed = {
  elsewhere: 75,
  pieces: [
    { until: 50, value: 80 },
    { after: 250, value: 80 },
  ],
};

export const izhikevich2004 = [
  preset("tonic spiking", "A", { a: 0.02, b: 0.2, c: -65, d: 6, init_v: -70 }, from(10, 14), 100, 0.25),
  preset("phasic spiking", "B", { a: 0.02, b: 0.25, c: -65, d: 6, init_v: -64 }, from(20, 0.5), 200, 0.25),
  preset("tonic bursting", "C", { a: 0.02, b: 0.2, c: -50, d: 2, init_v: -70 }, from(22, 15), 220, 0.25),
  preset("phasic bursting", "D", { a: 0.02, b: 0.25, c: -55, d: 0.05, init_v: -64 }, from(20, 0.6), 200, 0.2),
  preset("mixed mode", "E", { a: 0.02, b: 0.2, c: -55, d: 4, init_v: -70 }, from(16, 10), 160, 0.25),
  preset("spike frequency adaptation", "F", { a: 0.01, b: 0.2, c: -65, d: 8, init_v: -70 }, from(8.5, 30), 85, 0.25),
  preset(
    "class 1 excitable",
    "G",
    { a: 0.02, b: -0.1, c: -55, d: 6, ...classOne, init_v: -60 },
    { pieces: [{ after: 30, value: 0, slope: 0.075 }] },
    300,
    0.25,
  ),
  preset(
    "class 2 excitable",
    "H",
    { a: 0.2, b: 0.26, c: -65, d: 0, init_v: -64 },
    { elsewhere: -0.5, pieces: [{ after: 30, value: -0.5, slope: 0.015 }] },
    300,
    0.25,
  ),
  preset("spike latency", "I", { a: 0.02, b: 0.2, c: -65, d: 6, init_v: -70 }, pulses(7.04, 3, 10), 100, 0.2),
  preset(
    "subthreshold oscillations",
    "J",
    { a: 0.05, b: 0.26, c: -60, d: 0, init_v: -62 },
    pulses(2, 5, 20),
    200,
    0.25,
  ),
  preset(
    "resonator",
    "K",
    { a: 0.1, b: 0.26, c: -60, d: -1, init_v: -62 },
    pulses(0.65, 4, 40, 60, 280, 320),
    400,
    0.25,
  ),
  preset(
    "integrator",
    "L",
    { a: 0.02, b: -0.1, c: -55, d: 6, ...classOne, init_v: -60 },
    pulses(9, 2, 100 / 11, 100 / 11 + 5, 70, 80),
    100,
    0.25,
  ),
  preset("rebound spike", "M", { a: 0.03, b: 0.25, c: -60, d: 4, init_v: -64 }, pulses(-15, 5, 20), 200, 0.2),
  preset("rebound burst", "N", { a: 0.03, b: 0.25, c: -52, d: 0, init_v: -64 }, pulses(-15, 5, 20), 200, 0.2),
  preset(
    "threshold variability",
    "O",
    { a: 0.03, b: 0.25, c: -60, d: 4, init_v: -64 },
    { pieces: [...pulses(1, 5, 10, 80).pieces, ...pulses(-6, 5, 70).pieces] },
    100,
    0.25,
  ),
  preset(
    "bistability",
    "P",
    { a: 0.1, b: 0.26, c: -60, d: 0, init_v: -61 },
    { elsewhere: 0.24, ...pulses(1.24, 5, 37.5, 216) },
    300,
    0.25,
  ),
  preset("depolarizing afterpotential", "Q", { a: 1, b: 0.2, c: -60, d: -21, init_v: -70 }, pulses(20, 2, 9), 50, 0.1),
  preset(
    "accommodation",
    "R",
    { a: 0.02, b: 1, c: -55, d: 4, recovery: "integrate", init_v: -65, init_u: -16 },
    {
      pieces: [
        { until: 200, value: 0, slope: 1 / 25 },
        { after: 300, until: 312.5, value: 0, slope: 4 / 12.5 },
      ],
    },
    400,
    0.5,
  ),
  preset("inhibition-induced spiking", "S", { a: -0.02, b: -1, c: -60, d: 8, init_v: -63.8 }, relaxed, 350, 0.5),
  preset("inhibition-induced bursting", "T", { a: -0.026, b: -1, c: -45, d: -2, init_v: -63.8 }, relaxed, 350, 0.5),
] as const satisfies readonly IzhikevichPreset[];
