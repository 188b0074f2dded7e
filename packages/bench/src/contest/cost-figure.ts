/** A figure of cost against size: both axes logarithmic, so that a cost in proportion to the work is a level line. */
import { axisX, axisY, dot, gridX, gridY, line, link, plot } from "@observablehq/plot";
import { seriesColors } from "@neuroweave/plot";
import { parseHTML } from "linkedom";

export interface CostCurve {
  readonly label: string;
  readonly points: readonly {
    readonly size: number;
    readonly median: number;
    readonly lowest: number;
    readonly highest: number;
  }[];
}

export interface CostFigure {
  readonly title: string;
  readonly xLabel: string;
  readonly yLabel: string;
  readonly curves: readonly CostCurve[];
}

/** Colors and shapes differ together, so that neither has to be seen. */
const symbols = ["circle", "square", "triangle", "diamond", "star", "wye", "cross"] as const;

/** Those of all figures, and the ink. */
const colors = [...seriesColors.map(({ onLight }) => onLight), "#1b1f24"];

const width = 760;
const lineHeight = 20;
const perLine = 3;

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Powers of ten that enclose some numbers. */
function decades(values: readonly number[]): readonly [number, number] {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  return [10 ** low, 10 ** Math.max(high, low + 1)];
}

const power = (x: number): string => {
  const exponent = Math.round(Math.log10(x));
  if (Math.abs(exponent) < 3) return String(x);
  return `10${[...String(exponent)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("")}`;
};

/** Medians with the range of their turns, as an SVG string. */
export function costFigure({ title, xLabel, yLabel, curves }: CostFigure): string {
  const drawn = curves.filter(({ points }) => points.length > 0);
  const points = drawn.flatMap((curve) => curve.points);
  const x = points.length > 0 ? decades(points.map(({ size }) => size)) : ([1, 10] as const);
  const y =
    points.length > 0 ? decades(points.flatMap(({ lowest, highest }) => [lowest, highest])) : ([1, 10] as const);
  const { document } = parseHTML("<!doctype html><html><body></body></html>");
  const legendLines = Math.ceil(drawn.length / perLine);
  const top = 44 + legendLines * lineHeight;
  const height = 360 + top;
  const look = (index: number) => ({
    color: colors[index % colors.length]!,
    symbol: symbols[index % symbols.length]!,
  });
  const svg = plot({
    document,
    width,
    height,
    marginTop: top,
    marginLeft: 64,
    marginRight: 24,
    marginBottom: 52,
    style: { fontSize: "12px", fontFamily: "system-ui, sans-serif", background: "white", color: "#1b1f24" },
    x: { type: "log", domain: [...x], axis: null },
    y: { type: "log", domain: [...y], axis: null },
    marks: [
      gridX({ ticks: ladder(x, [1]), strokeOpacity: 0.12 }),
      gridY({ ticks: ladder(y, [1, 2, 5]), strokeOpacity: 0.12 }),
      axisX({ ...axis, label: xLabel, ticks: ladder(x, [1]), tickFormat: power }),
      axisY({ ...axis, label: yLabel, ticks: ladder(y, [1, 2, 5]), tickFormat: short }),
      ...drawn.flatMap((curve, index) => {
        const { color, symbol } = look(index);
        const data = [...curve.points];
        return [
          link(data, { x1: "size", x2: "size", y1: "lowest", y2: "highest", stroke: color, strokeOpacity: 0.6 }),
          line(data, { x: "size", y: "median", stroke: color, strokeWidth: 2 }),
          dot(data, { x: "size", y: "median", fill: color, symbol, r: 4.5 }),
        ];
      }),
      // The legend, in pixels: in the room above the frame.
      ...drawn.flatMap((_, index) => {
        const { color, symbol } = look(index);
        const [x, y] = place(index);
        return [dot([0], { frameAnchor: "top-left", dx: x, dy: y - top, fill: color, symbol, r: 5 })];
      }),
    ],
  });
  const texts = drawn.map(({ label }, index) => {
    const [x, y] = place(index);
    return `<text x="${64 + x + 12}" y="${y + 4}" font-size="13">${escaped(label)}</text>`;
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  const heading = `<title>${escaped(title)}</title><text x="64" y="24" text-anchor="start" font-size="15" font-weight="600">${escaped(title)}</text>`;
  const paper = `<rect width="${width}" height="${height}" fill="white"/>`;
  const markup = svg.outerHTML;
  const end = markup.indexOf(">") + 1;
  return `${markup.slice(0, end)}${paper}${heading}<g fill="currentColor" text-anchor="start">${texts.join("")}</g>${markup.slice(end)}\n`;
}

/** Where an entry of the legend stands, from the left of the frame and from the top of the sheet. */
const place = (index: number): readonly [number, number] => [
  8 + (index % perLine) * 225,
  46 + Math.floor(index / perLine) * lineHeight,
];

const axis = { labelAnchor: "center", labelArrow: "none" } as const;

/** Some digits of every power of ten within a range. */
function ladder([low, high]: readonly [number, number], digits: readonly number[]): number[] {
  const first = Math.round(Math.log10(low));
  const last = Math.round(Math.log10(high));
  return Array.from({ length: last - first + 1 }, (_, k) => digits.map((digit) => digit * 10 ** (first + k)))
    .flat()
    .filter((value) => value <= high * (1 + 1e-9));
}

const short = (x: number): string => String(Number(x.toPrecision(3)));
