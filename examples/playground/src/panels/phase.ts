/** The phase plane of one neuron: flow, nullclines and fixed points of its equations, and where it goes. */
import { currentColors, seriesColor } from "../colors.ts";
import { h, refill } from "../dom.ts";
import { short, ticks } from "../numbers.ts";
import type { Description, PhasePlane, ShownPopulation, View } from "../protocol.ts";
import { surface } from "./canvas.ts";
import { section, type Panel, type Selection } from "./panel.ts";
import { planeScale } from "./plane-scale.ts";
import type { TracesPanel } from "./traces.ts";

const margin = { left: 58, right: 12, top: 10, bottom: 40 };

export interface PhasePanel extends Panel {
  /** Which plane is wanted, or null where there is none. */
  wanted(): {
    readonly population: string;
    readonly neuron: number;
    readonly x: string;
    readonly y: string;
    readonly ranges: readonly [number, number, number, number];
  } | null;
  show(plane: PhasePlane | null): void;
  /** Whose trajectory is drawn, and which of its variables; null where none is. */
  tracked(): View["plane"];
  reselect(): void;
}

export function phasePanel(selection: Selection, traces: Pick<TracesPanel, "points">, reselected: () => void, outgrown: () => void): PhasePanel {
  let population: ShownPopulation | null = null;
  let plane: PhasePlane | null = null;
  let colors = currentColors();
  let xScale = planeScale("mV");
  let yScale = planeScale("");
  const plot = surface(340, "Phase plane", () => draw());
  const xAxis = h("select", { "aria-label": "Horizontal axis", "data-focus": "phase-x", on: { change: () => choose("x", xAxis.value) } });
  const yAxis = h("select", { "aria-label": "Vertical axis", "data-focus": "phase-y", on: { change: () => choose("y", yAxis.value) } });
  const legend = h("ul", { class: "legend" });
  const element = section("Phase plane", { id: "phase" }, [h("span", { class: "field" }, xAxis, " → ", yAxis)], plot.element, legend);

  const choose = (axis: "x" | "y", name: string): void => {
    selection[axis] = name;
    reselected();
  };
  const unitOf = (name: string): string => population?.variables.find((each) => each.name === name)?.unit ?? "";
  const withUnit = (name: string): string => {
    const unit = unitOf(name);
    return unit === "" || unit === "1" ? name : `${name} (${unit})`;
  };
  const restartScales = (): void => {
    xScale = planeScale(unitOf(selection.x));
    yScale = planeScale(unitOf(selection.y));
    plane = null;
  };

  const ranges = (): [number, number, number, number] => {
    if (selection.y !== "" || !plane?.line) return [xScale.low, xScale.high, yScale.low, yScale.high];
    const finite = plane.line.filter(Number.isFinite);
    const [low, high] = [Math.min(0, ...finite), Math.max(0, ...finite)];
    // A slope that explodes would flatten all the rest.
    const room = Math.max(1e-9, Math.min(high, -3 * low || high) - low) * 0.1;
    return [xScale.low, xScale.high, low - room, Math.min(high, low < 0 ? -3 * low : high) + room];
  };

  /** What stays the same from frame to frame: axes, flow and nullclines. */
  const still = document.createElement("canvas");
  let c = still.getContext("2d")!;
  const draw = (anew = true): void => {
    const { width, height, canvas } = plot;
    const [left, right, low, high] = ranges();
    const [w, hgt] = [width - margin.left - margin.right, height - margin.top - margin.bottom];
    if (w < 20) return;
    const px = (x: number): number => margin.left + ((x - left) / (right - left)) * w;
    const py = (y: number): number => margin.top + hgt - ((y - low) / (high - low)) * hgt;
    if (anew) {
      [still.width, still.height] = [canvas.width, canvas.height];
      c = still.getContext("2d")!;
      c.scale(canvas.width / width, canvas.height / height);
      drawStill(px, py, w, hgt, [left, right, low, high]);
    }
    c = plot.context;
    c.clearRect(0, 0, width, height);
    c.drawImage(still, 0, 0, width, height);
    c.save();
    c.beginPath();
    c.rect(margin.left, margin.top, w, hgt);
    c.clip();
    drawPath(px, py);
    c.restore();
  };

  const drawStill = (px: (x: number) => number, py: (y: number) => number, w: number, hgt: number, [left, right, low, high]: readonly [number, number, number, number]): void => {
    const { height } = plot;
    c.font = "12px system-ui, sans-serif";
    c.lineWidth = 1;
    c.strokeStyle = colors.line;
    c.fillStyle = colors.muted;
    c.textAlign = "center";
    for (const x of ticks(left, right, 5)) {
      line([[px(x), margin.top], [px(x), margin.top + hgt]]);
      c.fillText(short(x, 6), px(x), height - 22);
    }
    c.textAlign = "right";
    for (const y of ticks(low, high, 5)) {
      line([[margin.left, py(y)], [margin.left + w, py(y)]]);
      c.fillText(short(y, 6), margin.left - 6, py(y) + 4);
    }
    c.textAlign = "center";
    c.fillText(withUnit(selection.x), margin.left + w / 2, height - 5);
    c.save();
    c.translate(12, margin.top + hgt / 2);
    c.rotate(-Math.PI / 2);
    c.fillText(selection.y === "" ? `d${selection.x}/dt` : withUnit(selection.y), 0, 0);
    c.restore();
    c.save();
    c.beginPath();
    c.rect(margin.left, margin.top, w, hgt);
    c.clip();
    if (plane) drawPlane(plane, px, py, w, hgt);
    c.restore();
  };

  const line = (points: readonly (readonly [number, number])[]): void => {
    c.beginPath();
    points.forEach(([x, y], k) => (k === 0 ? c.moveTo(x, y) : c.lineTo(x, y)));
    c.stroke();
  };

  const drawPlane = ({ arrows, nullclines, fixed, line: slope, xs, threshold }: PhasePlane, px: (x: number) => number, py: (y: number) => number, w: number, hgt: number): void => {
    c.strokeStyle = colors.muted;
    c.globalAlpha = 0.55;
    const size = Math.min(w, hgt) / 15 / 2.4;
    for (let k = 0; k < arrows.length; k += 4) {
      const [dx, dy] = [arrows[k + 2]! * w, -arrows[k + 3]! * hgt];
      const length = Math.hypot(dx, dy);
      if (!(length > 0) || !Number.isFinite(length)) continue;
      const [ux, uy] = [(dx / length) * size, (dy / length) * size];
      const [x, y] = [px(arrows[k]!), py(arrows[k + 1]!)];
      line([[x - ux, y - uy], [x + ux, y + uy]]);
      line([[x + ux * 0.35 - uy * 0.4, y + uy * 0.35 + ux * 0.4], [x + ux, y + uy], [x + ux * 0.35 + uy * 0.4, y + uy * 0.35 - ux * 0.4]]);
    }
    c.globalAlpha = 1;
    c.lineWidth = 2;
    if (threshold !== null) {
      c.strokeStyle = colors.muted;
      c.setLineDash([2, 4]);
      line([[px(threshold), margin.top], [px(threshold), margin.top + hgt]]);
    }
    nullclines.forEach((lines, which) => {
      c.strokeStyle = seriesColor(colors, which === 0 ? 1 : 2);
      c.setLineDash(which === 0 ? [] : [8, 5]);
      for (const each of lines) line(Array.from({ length: each.length / 2 }, (_, k) => [px(each[2 * k]!), py(each[2 * k + 1]!)] as const));
    });
    c.setLineDash([]);
    if (slope) {
      c.strokeStyle = seriesColor(colors, 1);
      line(Array.from(slope, (y, k) => [px(xs[k]!), py(y)] as const));
      c.strokeStyle = colors.muted;
      c.lineWidth = 1;
      line([[px(xs[0]!), py(0)], [px(xs.at(-1)!), py(0)]]);
    }
    for (const { x, y, kind } of fixed) {
      c.beginPath();
      c.arc(px(x), py(y), 5.5, 0, 7);
      c.lineWidth = 2;
      c.strokeStyle = colors.ink;
      c.fillStyle = kind.startsWith("stable") ? colors.ink : colors.paper;
      c.fill();
      c.stroke();
    }
  };

  const drawPath = (px: (x: number) => number, py: (y: number) => number): void => {
    const { values: x = [], buffer } = traces.points(selection.x, selection.neuron) ?? {};
    const y = selection.y === "" ? null : (traces.points(selection.y, selection.neuron)?.values ?? []);
    const from = Math.max(0, x.length - 3000);
    c.strokeStyle = c.fillStyle = seriesColor(colors, 0);
    c.lineWidth = 1.4;
    const at = (k: number): readonly [number, number] => [px(x[k]!), py(y ? y[k]! : 0)];
    // A reset is no motion: no line leads there.
    c.beginPath();
    for (let k = y ? from : x.length; k < x.length; k++)
      if (k === from || buffer!.isBreak(k)) c.moveTo(...at(k));
      else c.lineTo(...at(k));
    c.stroke();
    if (x.length === 0) return;
    c.beginPath();
    c.arc(...at(x.length - 1), 5, 0, 7);
    c.fill();
  };

  const explain = (): void => {
    const fixed = plane?.fixed ?? [];
    const kinds = fixed.map(({ x, y, kind }) => `${kind} at (${short(x)}, ${short(y)})`);
    const { x, y, neuron } = selection;
    const threshold = plane?.threshold ?? NaN;
    const item = (mark: string, text: string, kind = ""): HTMLElement => h("li", { class: kind, style: `--mark:${mark}` }, text);
    refill(
      legend,
      item(seriesColor(colors, 0), `neuron ${neuron}`),
      item(seriesColor(colors, 1), y === "" ? `d${x}/dt` : `d${x}/dt = 0`),
      y !== "" && item(seriesColor(colors, 2), `d${y}/dt = 0`, "dashed"),
      Number.isFinite(threshold) && item(colors.muted, `threshold ${short(threshold)}`, "dotted"),
      ...fixed.map(({ kind }, k) => item(colors.ink, kinds[k]!, kind.startsWith("stable") ? "dots" : "dots hollow")),
    );
    plot.describe(`Phase plane of ${withUnit(x)}${y === "" ? "" : ` and ${withUnit(y)}`}. ${kinds.length > 0 ? `Fixed points: ${kinds.join("; ")}.` : "No fixed point in view."}`);
  };

  const reselect = (): void => {
    if (!population) return;
    const names = population.integrated.filter((name) => population!.variables.some((each) => each.name === name));
    element.hidden = names.length === 0;
    refill(xAxis, ...names.map((name) => h("option", { value: name }, name)));
    refill(yAxis, ...names.filter((name) => name !== selection.x).map((name) => h("option", { value: name }, name)), h("option", { value: "" }, `d${selection.x}/dt`));
    xAxis.value = selection.x;
    yAxis.value = selection.y;
    restartScales();
  };

  return {
    element,
    wanted: () => (element.hidden || selection.x === "" ? null : { population: selection.population, neuron: selection.neuron, x: selection.x, y: selection.y, ranges: [xScale.low, xScale.high, yScale.low, yScale.high] }),
    tracked: () => (element.hidden || selection.x === "" ? null : { neuron: selection.neuron, axes: [selection.x, selection.y].filter((name) => name !== "") }),
    show(next) {
      if (next && (next.x !== selection.x || next.y !== selection.y)) return;
      plane = next;
      const ofY = selection.y === "" ? [] : (plane?.nearest ?? []);
      const threshold = plane?.threshold ?? NaN;
      const grown = [...ofY.map((y) => yScale.reach(y)), xScale.reach(threshold)];
      if (grown.some(Boolean)) outgrown();
      explain();
      draw();
    },
    reselect,
    describe({ populations }: Description) {
      const next = populations.find(({ name }) => name === selection.population)!;
      const sameAxes = population?.name === next.name && population.integrated.join() === next.integrated.join();
      population = next;
      if (!sameAxes) reselect();
    },
    draw(_, visible) {
      const x = traces.points(selection.x, selection.neuron)?.values.slice(-3000) ?? [];
      const y = selection.y === "" ? [] : (traces.points(selection.y, selection.neuron)?.values.slice(-3000) ?? []);
      const grown = [xScale.take(x), yScale.take(y)].some(Boolean);
      if (grown) outgrown();
      if (visible) draw(grown);
    },
    restart() {
      restartScales();
    },
    recolor() {
      colors = currentColors();
      explain();
      draw();
    },
  };
} // prettier-ignore
