import { checkSpikes } from "@neuroweave/analysis";
import type { SpikeList } from "@neuroweave/analysis";
import { drawAxes } from "./axes.ts";
import type { Domain, DrawnAxes } from "./axes.ts";
import { checkDomain, checkSize } from "./checks.ts";
import { extent, padded } from "./domain.ts";
import { shade } from "./panel.ts";
import type { TimeSpan } from "./panel.ts";
import type { FrameBounds } from "./path.ts";
import { rasterPath } from "./raster-path.ts";
import type { LitCells } from "./raster-path.ts";
import { rasterShades, shadePitch } from "./raster-shades.ts";
import { drawHead, drawSheet, sheetMargin, textAt } from "./sheet.ts";
import { axisNames, frameBelow } from "./traces.ts";
import type { FigureOptions } from "./traces.ts";
import { typeSize } from "./typography.ts";
import { stroke } from "./strokes.ts";

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
 * Where there are more spikes than strokes can show, shades say how many there are, so that a million spikes are a
 * picture in a file of bounded size. Spikes outside [from, to] are left out. A raster without spikes says so. Throws
 * `wrong-length`, `invalid-n`, `not-finite` and `out-of-range`.
 */
export function raster(options: RasterOptions): string {
  const { times, n, title, groups = [], spans = [] } = options;
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
  const bounds = {
    left: place.left,
    right: place.left + place.width,
    top: place.top,
    bottom: place.top + place.height,
  };
  const shown = countShown(times, x);
  const picture = { x, axes, bounds, colorOf: colorsOf(groups, n), colors: Math.max(1, groups.length) };
  const lit = litCells(options, picture);
  const shaded = litPart(lit) > mostLit;
  const marks = shaded ? drawShades(options, picture) : drawStrokes(lit, n, bounds);
  const empty = textAt(place.left + place.width / 2, place.top + place.height / 2, "no spikes", {
    size: typeSize.panel,
    muted: true,
    anchor: "middle",
  });
  return drawSheet({
    width,
    height,
    title,
    description:
      options.description ??
      `${shown} spikes of ${n} neurons, ${xLabel} from ${x[0]} to ${x[1]}.${shaded ? " The color is stronger where there are more." : ""}`,
    content: [
      head.markup,
      axisNames(place, xLabel, yLabel),
      ...spans.map((span) => shade(span, axes.x, bounds)),
      axes.markup,
      marks,
      shaded
        ? textAt(sheetMargin, height - 10, "stronger color: more spikes", { size: typeSize.tick, muted: true })
        : "",
      shown === 0 ? empty : "",
    ].join(""),
  });
}

/** Where more than this part of all half pixels is lit, most strokes touch others. */
const mostLit = 0.35;

/** What both ways to draw a raster go by. */
interface RasterPicture {
  readonly x: Domain;
  readonly axes: DrawnAxes;
  readonly bounds: FrameBounds;
  readonly colors: number;
  readonly colorOf: (id: number) => number;
}

/** Which half pixels have a spike, for each color. */
function litCells({ times, ids, n }: RasterOptions, { x, axes, bounds, colors, colorOf }: RasterPicture): LitCells[] {
  const rows = Math.min(n, Math.floor(bounds.bottom - bounds.top));
  const columns = Math.ceil((bounds.right - bounds.left) * 2) + 1;
  const byColor = Array.from({ length: colors }, () => ({ rows, columns, lit: new Uint8Array(rows * columns) }));
  for (let k = 0; k < times.length; k++) {
    const time = times[k]!;
    if (!(time >= x[0] && time <= x[1])) continue;
    const id = ids[k]!;
    const column = Math.round((axes.x(time) - bounds.left) * 2);
    byColor[colorOf(id)]!.lit[Math.floor((id * rows) / n) * columns + column] = 1;
  }
  return byColor;
}

function litPart(byColor: readonly LitCells[]): number {
  const lit = byColor.reduce((sum, cells) => sum + cells.lit.reduce((a, b) => a + b, 0), 0);
  return lit / byColor[0]!.lit.length;
}

function drawStrokes(byColor: readonly LitCells[], n: number, bounds: FrameBounds): string {
  const rowHeight = (bounds.bottom - bounds.top) / byColor[0]!.rows;
  const yOf = (row: number): number => bounds.bottom - (row + 0.5) * rowHeight;
  const markHeight = Math.min(14, Math.max(1.2, rowHeight * 0.72));
  const markWidth = n <= 12 || rowHeight > 6 ? 1.6 : 1.2;
  return byColor
    .map((cells, color) => stroke(color, rasterPath(cells, bounds.left, markWidth, yOf), markHeight))
    .join("");
}

function drawShades({ times, ids, n }: RasterOptions, { x, bounds, colors, colorOf }: RasterPicture): string {
  const rows = Math.min(n, Math.floor((bounds.bottom - bounds.top) / shadePitch));
  const columns = Math.floor((bounds.right - bounds.left) / shadePitch);
  const byColor = Array.from({ length: colors }, () => new Float64Array(rows * columns));
  for (let k = 0; k < times.length; k++) {
    const part = (times[k]! - x[0]) / (x[1] - x[0]);
    if (!(part >= 0 && part <= 1)) continue;
    const id = ids[k]!;
    const column = Math.min(columns - 1, Math.floor(part * columns));
    byColor[colorOf(id)]![Math.floor((id * rows) / n) * columns + column]! += 1;
  }
  return rasterShades(
    byColor.map((counts) => ({ rows, columns, counts })),
    n,
    bounds,
  );
}

function countShown(times: ArrayLike<number>, [from, to]: Domain): number {
  let shown = 0;
  for (let k = 0; k < times.length; k++) if (times[k]! >= from && times[k]! <= to) shown++;
  return shown;
}

/** The color of each neuron: that of the first group it is in, or else the first of all. */
function colorsOf(groups: readonly NeuronGroup[], n: number): (id: number) => number {
  if (groups.length < 2) return () => 0;
  const colors = new Uint16Array(n);
  groups
    .toReversed()
    .forEach(({ from, to }, k) => colors.fill(groups.length - 1 - k, Math.max(0, from), Math.max(0, to)));
  return (id) => colors[id]!;
}
