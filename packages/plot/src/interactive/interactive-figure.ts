import { checkSpikes } from "@neuroweave/analysis";
import type { SpikeList } from "@neuroweave/analysis";
import { NeuroweaveError } from "@neuroweave/equations";
import { checkSameLength } from "../figure/checks.ts";
import type { NeuronGroup } from "../figure/raster.ts";
import { ascendingOrder } from "./ascending-order.ts";
import { numbersAsText } from "./packed-numbers.ts";
import type { PackedNumbers } from "./packed-numbers.ts";

interface InteractiveWords {
  readonly title: string;
  readonly caption?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
}

/** Lines over common, ascending x values: traces, rates, weights. Values that are not finite leave gaps. */
export interface InteractiveLines extends InteractiveWords {
  readonly kind: "lines";
  readonly times: ArrayLike<number>;
  readonly series: readonly { readonly label: string; readonly values: ArrayLike<number> }[];
}

/** Spikes in any order, neuron 0 lowest. */
export interface InteractiveRaster extends InteractiveWords, SpikeList {
  readonly kind: "raster";
  readonly n: number;
  readonly groups?: readonly NeuronGroup[];
}

/** A matrix, row by row, the first row at the top. */
export interface InteractiveHeatMap extends InteractiveWords {
  readonly kind: "heat map";
  readonly values: ArrayLike<number>;
  readonly rows: number;
  readonly columns: number;
  /** What a value is and its unit, for the read-out. */
  readonly valueLabel?: string;
}

/** A figure that the reader can zoom, move and read values from. */
export type InteractiveFigure = InteractiveLines | InteractiveRaster | InteractiveHeatMap;

/** What the page's script gets. */
export type FigurePayload =
  | { kind: "lines"; xLabel: string; yLabel: string; labels: string[]; columns: PackedNumbers[] }
  | { kind: "raster"; xLabel: string; yLabel: string; n: number; groups: NeuronGroup[]; times: PackedNumbers; ids: PackedNumbers } // prettier-ignore
  | { kind: "heat map"; xLabel: string; yLabel: string; valueLabel: string; rows: number; columns: number; values: PackedNumbers }; // prettier-ignore

/** Checks a figure and packs its numbers; spikes are sorted by time, so that the page finds those that it shows. */
export function payloadOf(figure: InteractiveFigure): FigurePayload {
  switch (figure.kind) {
    case "lines": {
      const { times, series, xLabel = "Time (ms)", yLabel = "" } = figure;
      for (const { label, values } of series) checkSameLength(`the series ${label}`, values.length, times.length);
      checkAscending(times);
      return {
        kind: "lines",
        xLabel,
        yLabel,
        labels: series.map(({ label }) => label),
        columns: [times, ...series.map(({ values }) => values)].map((values) => numbersAsText(values)),
      };
    }
    case "raster": {
      const { n, groups = [], xLabel = "Time (ms)", yLabel = "Neuron" } = figure;
      checkSpikes(figure, n);
      const order = ascendingOrder(figure.times);
      const times = new Float64Array(order.length);
      const ids = new Uint32Array(order.length);
      for (let k = 0; k < order.length; k++) {
        times[k] = figure.times[order[k]!]!;
        ids[k] = figure.ids[order[k]!]!;
      }
      return {
        kind: "raster",
        xLabel,
        yLabel,
        n,
        groups: [...groups],
        times: numbersAsText(times),
        ids: numbersAsText(ids),
      };
    }
    case "heat map": {
      const { rows, columns, values, xLabel = "Column", yLabel = "Row", valueLabel = "value" } = figure;
      if (
        !Number.isInteger(rows) ||
        !Number.isInteger(columns) ||
        rows < 1 ||
        columns < 1 ||
        values.length !== rows * columns
      )
        throw new NeuroweaveError(
          "wrong-length",
          `the heat map has ${values.length} values for ${rows} rows of ${columns}`,
          {
            remedy: "give rows times columns values, row by row",
          },
        );
      return { kind: "heat map", xLabel, yLabel, valueLabel, rows, columns, values: numbersAsText(values) };
    }
  }
}

function checkAscending(times: ArrayLike<number>): void {
  for (let k = 0; k < times.length; k++)
    if (!Number.isFinite(times[k]!) || (k > 0 && times[k]! < times[k - 1]!))
      throw new NeuroweaveError("out-of-range", `time ${k} is ${times[k]}`, {
        remedy: "give finite times in ascending order",
      });
}
