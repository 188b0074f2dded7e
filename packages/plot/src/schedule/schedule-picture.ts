import { checkSize } from "../figure/checks.ts";
import { drawHead, drawSheet, sheetMargin, textAt } from "../figure/sheet.ts";
import { fitText, wrapText } from "../figure/text-width.ts";
import { element, escapeText } from "../markup.ts";
import { paletteIndex, paper, seriesColors } from "../palette.ts";
import { rowsOf, stackedIn } from "./schedule-rows.ts";
import type { PictureStage, ScheduleRow } from "./schedule-rows.ts";

export type { PictureStage } from "./schedule-rows.ts";

/** Stages, and how they are laid out. */
export interface SchedulePictureOptions {
  readonly title: string;
  /** Stages in their order, such as those of `net.explain()`. */
  readonly stages: readonly PictureStage[];
  /** Kernels that fuse stages, by the indices of these. */
  readonly kernels?: readonly { readonly name: string; readonly entity: string; readonly stages: readonly number[] }[];
  /** Order of the lanes; by default that of first appearance. Entities without stages have none. */
  readonly lanes?: readonly string[];
  readonly description?: string;
}

const laneWidth = 168;
const axisWidth = 118;
const boxPad = 7;
const lineHeight = 14;
const boxGap = 6;
const rowPad = 9;
const laneHead = 34;

/** What kinds of stages share a color, and how the legend calls them. */
const kinds: readonly { readonly label: string; readonly of: readonly string[] }[] = [
  { label: "spikes arrive", of: ["deliver", "couple", "events"] },
  { label: "equations", of: ["input", "dynamics", "assign"] },
  { label: "firing", of: ["fire"] },
  { label: "over the population", of: ["reduce", "compete", "sum"] },
  { label: "synapses in every step", of: ["sweep"] },
  { label: "host code and recording", of: ["host", "sample"] },
];

/**
 * One step of a network as an SVG string: time runs downwards along the priorities, phases are bands, every population and
 * projection has a lane, every stage is a box with its behaviors, and a frame holds what was fused into one kernel. Stages side
 * by side in a band are simultaneous. The picture is as wide as its lanes. Throws `out-of-range` for more than about 110 lanes.
 */
export function schedulePicture(options: SchedulePictureOptions): string {
  const { title, stages, kernels = [] } = options;
  const present = new Set(stages.map(({ entity }) => entity));
  const lanes = [...new Set([...(options.lanes ?? []), ...present])].filter((name) => present.has(name));
  const width = Math.max(420, axisWidth + lanes.length * laneWidth + 2 * sheetMargin);
  checkSize("the width of the figure", width, 240);
  const used = kinds.flatMap(({ label, of }, color) =>
    stages.some(({ kind }) => of.includes(kind)) ? [{ label, color, mark: "block" as const }] : [],
  );
  const head = drawHead(title, used, width);
  const boxOf = (stage: PictureStage): Box => layBox(stage);
  const boxes = new Map(stages.map((stage) => [stage, boxOf(stage)]));
  const rows = rowsOf(stages);
  let y = head.height + laneHead;
  const bands: string[] = [];
  const drawn: string[] = [];
  const extents = new Map<PictureStage, readonly [top: number, bottom: number]>();
  const laneX = (entity: string): number => sheetMargin + axisWidth + lanes.indexOf(entity) * laneWidth + 8;
  for (const [index, row] of rows.entries()) {
    const height = heightOf(row, boxes);
    bands.push(drawBand(row, rows[index - 1], index, y, height, width));
    for (const entity of lanes) {
      let top = y + rowPad;
      for (const stage of stackedIn(row, entity)) {
        const box = boxes.get(stage)!;
        drawn.push(drawBox(stage, box, laneX(entity), top));
        extents.set(stage, [top, top + box.height]);
        top += box.height + boxGap;
      }
    }
    y += height;
  }
  const byIndex = new Map(stages.map((stage) => [stage.index, stage]));
  const frames = kernels.flatMap(({ name, entity, stages: fused }) => {
    const held = fused.flatMap((each) => extents.get(byIndex.get(each)!) ?? []);
    if (held.length === 0 || !present.has(entity)) return [];
    const [top, bottom] = [Math.min(...held) - 5, Math.max(...held) + 5];
    return [
      element(
        "g",
        { class: "nw-kernel" },
        element("title", {}, escapeText(`${name} fuses ${fused.length} stage${fused.length === 1 ? "" : "s"}`)) +
          element("rect", { x: laneX(entity) - 5, y: top, width: laneWidth - 6, height: bottom - top, rx: 7, fill: "currentColor", "fill-opacity": 0.045, stroke: "currentColor", "stroke-opacity": 0.55, "stroke-width": 1.2 }), // prettier-ignore
      ),
    ];
  });
  const heads = lanes.map((name) =>
    textAt(laneX(name) - 4, head.height + 22, fitText(name, 13 * 1.06, laneWidth - 10), { size: 13, weight: 600 }),
  );
  const height = Math.max(160, y + sheetMargin);
  const empty = stages.length === 0 ? textAt(width / 2, height / 2, "nothing to do in a step", { size: 13, muted: true, anchor: "middle" }) : ""; // prettier-ignore
  return drawSheet({
    width,
    height,
    title,
    description: options.description ?? inWords(options, lanes),
    content: head.markup + bands.join("") + heads.join("") + frames.join("") + drawn.join("") + empty,
  });
}

interface Box {
  readonly head: string;
  readonly lines: readonly string[];
  readonly height: number;
}

function layBox({ kind, method, behaviors }: PictureStage): Box {
  const room = laneWidth - 16 - 2 * boxPad;
  const head = fitText(kind, 12, room);
  const by = method ? wrapText(`by ${method}`, 11.5, room) : [];
  const all = [...wrapText(behaviors.join(", "), 11.5, room), ...by];
  const lines = all.length > 5 ? [...all.slice(0, 4), fitText(`${all.length - 4} more lines`, 11.5, room)] : all;
  return { head, lines, height: 2 * boxPad + 11 + lines.length * lineHeight };
}

function heightOf(row: ScheduleRow, boxes: ReadonlyMap<PictureStage, Box>): number {
  const lanes = [...new Set(row.stages.map(({ entity }) => entity))];
  const stacks = lanes.map((entity) => {
    const stack = stackedIn(row, entity);
    return stack.reduce((sum, stage) => sum + boxes.get(stage)!.height, 0) + (stack.length - 1) * boxGap;
  });
  return Math.max(30, ...stacks) + 2 * rowPad;
}

function drawBand(
  row: ScheduleRow,
  before: ScheduleRow | undefined,
  index: number,
  y: number,
  height: number,
  width: number,
): string {
  const rect = { x: sheetMargin, y, width: width - 2 * sheetMargin, height };
  const shade = index % 2 === 0 ? element("rect", { ...rect, class: "nw-span", fill: paper.light.span, "fill-opacity": 0.55 }) : ""; // prettier-ignore
  const again = before?.phase === row.phase;
  return (
    shade +
    textAt(
      sheetMargin + 8,
      y + rowPad + 13,
      again ? "then" : fitText(row.phase, 13, axisWidth - 14),
      again ? { size: 12, muted: true } : { size: 13, weight: 600 },
    ) + // prettier-ignore
    textAt(sheetMargin + 8, y + rowPad + 29, String(row.priority), { size: 11.5, muted: true })
  );
}

function drawBox(stage: PictureStage, { head, lines, height }: Box, x: number, y: number): string {
  const found = kinds.findIndex(({ of }) => of.includes(stage.kind));
  const color = paletteIndex(found < 0 ? kinds.length - 1 : found);
  const fill = seriesColors[color]!.onLight;
  const words = `Stage ${stage.index} of ${stage.entity}, ${stage.phase}: ${stage.kind}${stage.method ? ` by ${stage.method}` : ""}, ${stage.behaviors.join(", ")}`;
  const place = { x, y, width: laneWidth - 16, height };
  return element(
    "g",
    { class: "nw-stage" },
    [
      element("title", {}, escapeText(words)),
      element("rect", { ...place, rx: 4, class: "nw-paper", fill: paper.light.paper }),
      element("rect", { ...place, rx: 4, class: `nw-fill-${color}`, fill, "fill-opacity": 0.16 }),
      element("rect", { x, y, width: 4, height, rx: 2, class: `nw-fill-${color}`, fill }),
      textAt(x + boxPad + 3, y + boxPad + 9, head, { size: 12, weight: 600 }),
      ...lines.map((line, j) =>
        textAt(x + boxPad + 3, y + boxPad + 9 + (j + 1) * lineHeight, line, { size: 11.5, muted: true }),
      ),
    ].join(""),
  );
}

function inWords({ stages, kernels = [] }: SchedulePictureOptions, lanes: readonly string[]): string {
  const phases = [...new Set(stages.map(({ phase }) => phase))];
  return `${stages.length} stages of ${lanes.length} populations and projections in the order ${phases.join(", ")}, fused into ${kernels.length} kernels.`;
}
