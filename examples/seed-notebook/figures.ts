/** The figures of the notebook, from its results. */
import { compare, raster, smallMultiples, type Panel } from "@neuroweave/plot";
import { growthProtocol, type Growth } from "./growth.ts";
import { meanFieldProtocol, type MeanFieldComparison } from "./mean-field.ts";
import { patternProtocol, type PatternTables, type ShownPattern } from "./patterns.ts";
import type { ShownPreset } from "./presets.ts";

/** Integrate-and-fire models have no spike shape; strokes up to here (mV) stand for it. */
const spikeTip = 20;

/** The pattern as the rules name it, with the delay that may come before it: `delayed bursting`. */
export function patternName({ verdict }: Pick<ShownPattern, "verdict">): string {
  return verdict.delayed && verdict.pattern !== "delayed" ? `delayed ${verdict.pattern}` : verdict.pattern;
}

/** `1 spike`, `42 spikes`. */
export const spikeCount = (n: number): string => `${n} spike${n === 1 ? "" : "s"}`;

function patternPanel(pattern: ShownPattern): Panel {
  const { panel, times, voltage, spikes } = pattern;
  return {
    title: `${panel}  ${patternName(pattern)}`,
    note: spikeCount(spikes.length),
    times,
    series: [{ label: "v", values: voltage, spikes }],
    spans: [{ from: 0, to: patternProtocol.current }],
  };
}

/** Both tables in two columns, row by row. */
export function patternsFigure({ notebook, paper }: PatternTables): string {
  return smallMultiples({
    title: "Eight firing patterns of the AdEx neuron",
    columnTitles: ["ANNarchy's notebook", "Naud et al. 2008"],
    columns: 2,
    panelHeight: 72,
    panels: notebook.flatMap((pattern, row) => [patternPanel(pattern), patternPanel(paper[row]!)]),
    spikeTip,
    yLabel: "Membrane potential (mV); shaded while the current is on",
  });
}

/** The three models in a row. */
export function growthFigure({ models }: Growth): string {
  return smallMultiples({
    title: `One behavior at a time, under ${growthProtocol.current} nA`,
    columns: models.length,
    panelHeight: 150,
    panels: models.map(({ name, times, voltage, spikes }) => ({
      title: name,
      note: spikeCount(spikes.length),
      times,
      series: [{ label: "v", values: voltage, spikes }],
    })),
    spikeTip,
  });
}

/** Where the current of a preset is drawn, in mV of the axis: its largest and smallest value, as in the paper's figure. */
const inputBand = { low: -104, high: -92 } as const;

function presetPanel({ panel, name, times, voltage, spikes, current }: ShownPreset): Panel {
  const low = Math.min(...current);
  const range = Math.max(...current) - low || 1;
  return {
    title: `${panel}  ${name}`,
    times,
    series: [
      { label: "v", values: voltage, spikes, color: 0 },
      {
        label: "input, scaled to each panel",
        values: current.map((I) => inputBand.low + ((I - low) / range) * (inputBand.high - inputBand.low)),
        color: 1,
      },
    ],
  };
}

/** Presets of similar length share a figure, so that time has one scale in each. */
export function presetFigures(
  presets: readonly ShownPreset[],
): readonly { readonly svg: string; readonly caption: string }[] {
  const groups = [
    { title: "Patterns of up to 100 ms", from: 0, to: 100, columns: 3 },
    { title: "Patterns of up to 200 ms", from: 100, to: 200, columns: 3 },
    { title: "Patterns of up to 400 ms", from: 200, to: 400, columns: 2 },
  ];
  return groups.map(({ title, from, to, columns }) => {
    const shown = presets.filter(({ duration }) => duration > from && duration <= to);
    const svg = smallMultiples({
      title,
      columns,
      panelHeight: 110,
      panels: shown.map(presetPanel),
      spikeTip: 30,
      xDomain: [0, to],
      yDomain: [inputBand.low - 4, 34],
    });
    const letters = shown.map(({ panel }) => panel).join(", ");
    return { svg, caption: `Panels ${letters}. Letters as in the paper; a trace ends where its script ends.` };
  });
}

/** The rate of the spiking population over that of the equations. */
export function ratesFigure({ expected, measured, n }: MeanFieldComparison): string {
  const { start, stop, duration } = meanFieldProtocol;
  return compare({
    title: "A step of input: mean field and spiking neurons",
    expected: { label: "mean field (2 equations)", times: expected.times, values: expected.rate.map(perUnit) },
    measured: {
      label: `${n.toLocaleString("en-US")} spiking neurons`,
      times: measured.times,
      values: measured.rate.map(perUnit),
    },
    spans: [{ from: start, to: stop }],
    xDomain: [0, duration],
    xLabel: "Time (membrane time constants)",
    yLabel: "Firing rate (spikes per membrane time constant)",
    width: 900,
  });
}

const perUnit = (hertz: number): number => hertz / 1000;

/** Spikes of a hundredth of the population around the onset. */
export function onsetFigure({ sample }: MeanFieldComparison): string {
  const { start } = meanFieldProtocol;
  return raster({
    title: "The onset, in every hundredth neuron",
    ...sample,
    from: start - 2,
    to: start + 6,
    spans: [{ from: start, to: start + 6 }],
    xLabel: "Time (membrane time constants)",
    yLabel: "Neuron, in the order of excitability",
    width: 900,
    height: 400,
  });
}
