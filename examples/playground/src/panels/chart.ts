/** Line charts by uPlot, in the colors of the page. */
import uPlot from "uplot";
import { currentColors } from "../colors.ts";
import { h } from "../dom.ts";
import { short } from "../numbers.ts";

interface Line {
  readonly label: string;
  readonly color: () => string;
  readonly dashed?: boolean;
  /** Only points. */
  readonly dots?: boolean;
  readonly fill?: boolean;
  readonly steps?: boolean;
}

export interface ChartOptions {
  readonly height: number;
  readonly lines: readonly Line[];
  readonly x: string;
  readonly y: string;
  readonly label: string;
  readonly xRange?: () => [number, number];
  readonly yRange?: (low: number, high: number) => [number, number];
  /** Without the scale of x, for one of several above each other. */
  readonly bare?: boolean;
  /** Without the name of y, which stands beside it. */
  readonly unlabelled?: boolean;
}

export interface Chart {
  readonly element: HTMLElement;
  set(data: readonly (ArrayLike<number> | readonly (number | null)[])[]): void;
  describe(text: string): void;
  recolor(): void;
  destroy(): void;
}

const font = "12px system-ui, sans-serif";

export function chart({ height, lines, x, y, label, xRange, yRange, bare = false, unlabelled = bare }: ChartOptions): Chart {
  const element = h("div", { class: "plot", role: "img", "aria-label": label, style: `height:${height}px` });
  let plot: uPlot | null = null;
  let data: uPlot.AlignedData = [[], ...lines.map(() => [])] as unknown as uPlot.AlignedData;

  const options = (width: number): uPlot.Options => {
    const colors = currentColors();
    const axis = { stroke: colors.muted, font, labelFont: font, ticks: { stroke: colors.line, width: 1, size: 4 } };
    const grid = { stroke: colors.line, width: 1 };
    const values = (_: uPlot, splits: number[]): string[] => splits.map((value) => short(value, 6));
    return {
      width,
      height,
      padding: [bare ? 6 : 10, 22, bare ? 6 : 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { time: false, ...(xRange ? { range: () => xRange() } : {}) },
        y: yRange ? { range: (_: uPlot, low: number | null, high: number | null) => yRange(low ?? 0, high ?? 1) } : {},
      },
      axes: [
        { ...axis, show: !bare, grid, values, size: 38, gap: 3, label: x, labelSize: 16, labelGap: 0 },
        { ...axis, grid, values, size: 58, gap: 4, ...(unlabelled ? { space: 22 } : { label: y, labelSize: 16, labelGap: 0 }) },
      ],
      series: [
        {},
        ...lines.map(({ label, color, dashed, dots, fill, steps }): uPlot.Series => ({
          label,
          stroke: color(),
          width: 1.5,
          ...(dashed ? { dash: [7, 5] } : {}),
          ...(fill ? { fill: `${color()}40` } : {}),
          ...(dots ? { paths: () => null, points: { show: true, size: 6, fill: color() } } : { points: { show: false } }),
          ...(steps ? { paths: uPlot.paths.stepped!({ align: 1 }) } : {}),
        })),
      ],
    };
  };
  const make = (): void => {
    plot?.destroy();
    plot = new uPlot(options(Math.max(80, element.clientWidth)), data, element);
  };
  const observer = new ResizeObserver(() => {
    const width = Math.max(80, element.clientWidth);
    if (plot === null) make();
    else if (plot.width !== width) plot.setSize({ width, height });
  });
  observer.observe(element);
  return {
    element,
    set(next) {
      data = next as unknown as uPlot.AlignedData;
      plot?.setData(data, true);
    },
    describe: (text) => element.setAttribute("aria-label", text),
    recolor() {
      if (plot) make();
    },
    destroy() {
      observer.disconnect();
      plot?.destroy();
    },
  };
} // prettier-ignore
