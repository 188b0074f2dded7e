import { checkSpikes } from "@neuroweave/analysis";
import type { SpikeList } from "@neuroweave/analysis";
import { drawAxes } from "./axes.ts";
import { checkDomain, checkSize } from "./checks.ts";
import { extent, padded } from "./domain.ts";
import { shade } from "./panel.ts";
import type { TimeSpan } from "./panel.ts";
import { rasterPath } from "./raster-path.ts";
import { drawHead, drawSheet, stroke, textAt } from "./sheet.ts";
import { axisNames, frameBelow } from "./traces.ts";
import type { FigureOptions } from "./traces.ts";
import { typeSize } from "./typography.ts";

/** Neurons from … to − 1, shown in a color of their own. */
export interface NeuronGroup {
  readonly label: string;
  readonly from: number;
  readonly to: number;
}

/** Spikes may come in any order. */
export interface RasterOptions extends FigureOptions, SpikeList {
  /** Size of the population; neuron 0 is drawn lowest. */
  readonly n: number;
  /** The part of time that is shown; by default all spikes. */
  readonly from?: number;
  readonly to?: number;
  readonly groups?: readonly NeuronGroup[];
  readonly spans?: readonly TimeSpan[];
}

/**
 * A spike raster as an SVG string: time to the right, neurons upwards, a stroke for each spike. Groups of neurons
 * take the colors of the palette in turn; neurons of no group take the first.
 *
 * Spikes outside [from, to] are left out. A raster without spikes says so. Throws `wrong-length`, `invalid-n`,
 * `not-finite` and `out-of-range`.
 */
export function raster(options: RasterOptions): string {
  const { times, ids, n, title, groups = [], spans = [] } = options;
  const { xLabel = "Time (ms)", yLabel = "Neuron", width = 760, height = 360 } = options;
  checkSize("the width of the figure", width, 240);
  checkSize("the height of the figure", height, 160);
  checkSpikes(options, n);
  const [first, last] = padded(extent([times]) ?? [0, 1], 0.01);
  const x = [options.from ?? first, options.to ?? last] as const;
  checkDomain("the time axis", x);
  const head = drawHead(
    title,
    groups.length < 2 ? [] : groups.map(({ label }, color) => ({ label, color, mark: "block" as const })),
    width,
  );
  const place = frameBelow(head.height, width, height);
  const few = n <= 12;
  const axes = drawAxes({
    ...place,
    x,
    y: [-0.5, n - 0.5],
    labelX: true,
    labelY: true,
    ...(few ? { yTicks: Array.from({ length: n }, (_, id) => id) } : {}),
  });
  const rows = Math.min(n, Math.floor(place.height));
  const colorOf = (id: number): number =>
    Math.max(
      0,
      groups.findIndex(({ from, to }) => id >= from && id < to),
    );
  const byColor = Array.from({ length: Math.max(1, groups.length) }, () =>
    Array.from({ length: rows }, () => undefined as number[] | undefined),
  );
  let shown = 0;
  for (let k = 0; k < times.length; k++) {
    const id = ids[k]!;
    const time = times[k]!;
    if (!(time >= x[0] && time <= x[1])) continue;
    shown++;
    (byColor[colorOf(id)]![Math.floor((id * rows) / n)] ??= []).push(Math.round((axes.x(time) - place.left) * 2));
  }
  const rowHeight = place.height / rows;
  const yOf = (row: number): number => place.top + place.height - (row + 0.5) * rowHeight;
  const markHeight = Math.min(14, Math.max(1.2, rowHeight * 0.72));
  const markWidth = few || rowHeight > 6 ? 1.6 : 1.2;
  const marks = byColor.map((cells, color) => stroke(color, rasterPath(cells, place.left, markWidth, yOf), markHeight));
  const bounds = {
    left: place.left,
    right: place.left + place.width,
    top: place.top,
    bottom: place.top + place.height,
  };
  const empty = textAt(place.left + place.width / 2, place.top + place.height / 2, "no spikes", {
    size: typeSize.panel,
    muted: true,
    anchor: "middle",
  });
  return drawSheet({
    width,
    height,
    title,
    description: options.description ?? `${shown} spikes of ${n} neurons, ${xLabel} from ${x[0]} to ${x[1]}.`,
    content: [
      head.markup,
      axisNames(place, xLabel, yLabel),
      ...spans.map((span) => shade(span, axes.x, bounds)),
      axes.markup,
      ...marks,
      shown === 0 ? empty : "",
    ].join(""),
  });
}
