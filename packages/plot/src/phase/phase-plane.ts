import { drawAxes } from "../figure/axes.ts";
import { checkSameLength, checkSize } from "../figure/checks.ts";
import { drawHead, drawSheet, textAt } from "../figure/sheet.ts";
import { textWidth } from "../figure/text-width.ts";
import { axisNames, frameBelow } from "../figure/traces.ts";
import type { FigureOptions } from "../figure/traces.ts";
import { typeSize } from "../figure/typography.ts";
import { decimal, element } from "../markup.ts";
import { paper } from "../palette.ts";
import { checkField } from "./field.ts";
import type { PlaneField, PlaneSlopes } from "./field.ts";
import { fixedPoints } from "./fixed-points.ts";
import type { FixedPoint } from "./fixed-points.ts";
import { arrowPath, flowArrows } from "./flow-arrows.ts";
import { planePath } from "./plane-path.ts";
import { zeroContour } from "./zero-contour.ts";
import type { PlanePoint } from "./zero-contour.ts";
import { stroke } from "../figure/strokes.ts";

/** A path of the state through the plane; values that are not finite leave gaps. */
export interface Trajectory {
  readonly label: string;
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
  /** Indices at which the path begins anew, such as the samples behind resets: nothing is drawn towards them. */
  readonly breaks?: readonly number[];
}

/** A line at one value of x or of y, such as a threshold or a reset. */
export interface PlaneLine {
  readonly label: string;
  readonly x?: number;
  readonly y?: number;
}

/** The field, and what is drawn over it. */
export interface PhasePlaneOptions extends Omit<FigureOptions, "xLabel" | "yLabel"> {
  readonly field: PlaneField;
  /** The equations themselves, to find fixed points exactly; without them they are interpolated on the grid. */
  readonly slopes?: PlaneSlopes;
  readonly trajectories?: readonly Trajectory[];
  readonly lines?: readonly PlaneLine[];
  readonly arrows?: boolean;
  readonly xLabel?: string;
  readonly yLabel?: string;
}

/**
 * The plane of two variables as an SVG string: both nullclines, arrows of the flow, fixed points (full where stable, empty where
 * not, crossed where a saddle), and trajectories. The same input gives the same bytes. Throws `wrong-length` and `out-of-range`.
 */
export function phasePlane(options: PhasePlaneOptions): string {
  const { field, title, trajectories = [], lines = [], width = 760, height = 520 } = options;
  checkSize("the width of the figure", width, 240);
  checkSize("the height of the figure", height, 200);
  checkField(field);
  for (const each of trajectories) checkSameLength(`y of ${each.label}`, each.y.length, each.x.length);
  const { x, y } = field;
  const legend = [
    { label: `d${x.name}/dt = 0`, color: 0, mark: "line" as const, thickness: 2.4 },
    { label: `d${y.name}/dt = 0`, color: 1, mark: "line" as const, thickness: 2.4 },
    ...trajectories.map(({ label }, index) => ({ label, color: index + 2, mark: "line" as const })),
  ];
  const head = drawHead(title, legend, width);
  const place = frameBelow(head.height, width, height);
  const ends = ({ values }: { readonly values: ArrayLike<number> }) =>
    [values[0]!, values[values.length - 1]!] as const;
  const axes = drawAxes({ ...place, x: ends(x), y: ends(y), labelX: true, labelY: true });
  const plane = { ...place, x: axes.x, y: axes.y };
  const nullcline = (values: ArrayLike<number>): string =>
    zeroContour(x.values, y.values, values)
      .map((line) => planePath(line, plane))
      .join("");
  const points = fixedPoints(field, options.slopes);
  const arrows = options.arrows === false ? "" : arrowPath(flowArrows(field, plane));
  const description = [
    `Phase plane of ${x.name} and ${y.name}.`,
    points.length === 0 ? "No fixed point." : `Fixed points: ${points.map(fixedPointInWords).join("; ")}.`,
  ].join(" ");
  const labelled = ({ name, unit }: { readonly name: string; readonly unit?: string }): string =>
    unit === undefined || unit === "" || unit === "1" ? name : `${name} (${unit})`;
  return drawSheet({
    width,
    height,
    title,
    description: options.description ?? description,
    content: [
      head.markup,
      axisNames(place, options.xLabel ?? labelled(x), options.yLabel ?? labelled(y)),
      axes.markup,
      element("path", { d: arrows || "M0,0", class: "nw-flow", fill: "none", stroke: "currentColor", "stroke-opacity": 0.38, "stroke-width": 1 }), // prettier-ignore
      ...lines.map((line) => drawLine(line, plane)),
      stroke(0, nullcline(field.dx), 2.4),
      stroke(1, nullcline(field.dy), 2.4),
      ...trajectories.map((each, index) => stroke(index + 2, planePath(pointsOf(each), plane), 1.5, 0.9)),
      ...points.map((point) => drawPoint(point, plane)),
    ].join(""),
  });
}

function pointsOf({ x, y, breaks = [] }: Trajectory): PlanePoint[] {
  const anew = new Set(breaks);
  return Array.from(x, (value, k): PlanePoint[] => [
    ...(anew.has(k) ? [[Number.NaN, Number.NaN] as const] : []),
    [value, y[k]!],
  ]).flat();
}

const short = (value: number): string => String(Number(value.toPrecision(4)));

export const fixedPointInWords = ({ x, y, kind }: FixedPoint): string => `${kind} at (${short(x)}, ${short(y)})`;

interface Plane {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

function drawLine({ label, x, y }: PlaneLine, { left, top, width, height, ...scale }: Plane): string {
  const dashed = { fill: "none", stroke: "currentColor", "stroke-opacity": 0.6, "stroke-dasharray": "5 4", class: "nw-mark" }; // prettier-ignore
  const parts: string[] = [];
  if (x !== undefined && scale.x(x) >= left && scale.x(x) <= left + width)
    parts.push(
      element("path", { d: `M${decimal(scale.x(x))},${decimal(top)}v${decimal(height)}`, ...dashed }),
      textAt(scale.x(x) + 4, top + 12, label, { size: typeSize.tick, muted: true }),
    );
  if (y !== undefined && scale.y(y) >= top && scale.y(y) <= top + height)
    parts.push(
      element("path", { d: `M${decimal(left)},${decimal(scale.y(y))}h${decimal(width)}`, ...dashed }),
      textAt(left + width - 4, scale.y(y) - 4, label, { size: typeSize.tick, muted: true, anchor: "end" }),
    );
  return parts.join("");
}

function drawPoint({ x, y, kind }: FixedPoint, plane: Plane): string {
  const [cx, cy] = [plane.x(x), plane.y(y)];
  const stable = kind.startsWith("stable");
  const look = stable
    ? { fill: "currentColor", stroke: "currentColor" }
    : { fill: paper.light.paper, stroke: "currentColor", class: "nw-paper" };
  const cross =
    kind === "saddle"
      ? element("path", { d: `M${decimal(cx - 3.2)},${decimal(cy - 3.2)}l6.4,6.4m0,-6.4l-6.4,6.4`, stroke: "currentColor", "stroke-width": 1.4, fill: "none" }) // prettier-ignore
      : "";
  const room = textWidth(kind, typeSize.tick) + 10;
  const right = cx + room < plane.left + plane.width;
  const above = cy - 8 > plane.top + 10;
  const label = textAt(right ? cx + 8 : cx - 8, above ? cy - 8 : cy + 18, kind, {
    size: typeSize.tick,
    weight: 600,
    anchor: right ? "start" : "end",
  });
  const halo = element("g", { class: "nw-halo", stroke: paper.light.paper, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke" }, label); // prettier-ignore
  return element("circle", { cx, cy, r: 5.2, "stroke-width": 1.8, ...look }) + cross + halo;
}
