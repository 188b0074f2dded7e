/** Variables of some neurons against time, one above the other. */
import { currentColors, seriesColor } from "../colors.ts";
import { h, refill } from "../dom.ts";
import type { Description, NeuronCounts, ShownPopulation } from "../protocol.ts";
import { chart, type Chart } from "./chart.ts";
import { section, type Panel, type Selection } from "./panel.ts";
import { traceBuffer, type TraceBuffer } from "./trace-buffer.ts";

const mostLanes = 8;

interface Lane {
  readonly neuron: number;
  readonly variable: string;
  readonly unit: string;
}

export interface TracesPanel extends Panel {
  /** What has to be recorded: every variable of every neuron. */
  wanted(): { readonly variables: readonly string[]; readonly neurons: readonly number[] };
  /** The points of a variable of a neuron, where they are recorded. */
  points(variable: string, neuron: number): { readonly buffer: TraceBuffer; readonly values: readonly number[] } | null;
  /** Counts and names of patterns, for the labels. */
  count(counts: NeuronCounts | null): void;
  /** Names of the neurons. */
  label(labels: readonly string[] | undefined): void;
  /** Lays the lanes out anew for another selection. */
  reselect(): void;
}

export function tracesPanel(selection: Selection, reselected: () => void): TracesPanel {
  let population: ShownPopulation | null = null;
  let lanes: readonly Lane[] = [];
  let charts: readonly Chart[] = [];
  let captions: readonly HTMLElement[] = [];
  let labels: readonly string[] | undefined;
  let recorded: { variables: string[]; neurons: number[] } = { variables: [], neurons: [] };
  const buffer = traceBuffer();
  let now = 0;

  const variable = h("select", { id: "trace-variable", "data-focus": "trace-variable", on: { change: () => choose({ variable: variable.value }) } });
  const neuron = h("input", { type: "number", id: "trace-neuron", min: 0, step: 1, value: 0, on: { change: () => choose({ neuron: clampNeuron(Number(neuron.value)) }) } });
  const neuronField = h("label", { class: "field" }, "Neuron", neuron);
  const list = h("div", { class: "lanes" });
  const element = section("Traces", { id: "traces", class: "wide" }, [h("label", { class: "field" }, "Show", variable), neuronField], list);

  const clampNeuron = (wanted: number): number => Math.max(0, Math.min((population?.n ?? 1) - 1, Math.round(wanted) || 0));
  const choose = (change: Partial<Selection>): void => {
    Object.assign(selection, change);
    reselected();
  };

  const lanesOf = ({ n, variables }: ShownPopulation): Lane[] => {
    if (selection.variable === "" || n === 1)
      return variables.filter(({ name }) => (selection.variable === "" ? name !== "refractory" : name === selection.variable)).slice(0, mostLanes).map(({ name, unit }) => ({ neuron: selection.neuron, variable: name, unit }));
    const unit = variables.find(({ name }) => name === selection.variable)?.unit ?? "";
    const first = n <= mostLanes ? 0 : Math.min(selection.neuron, n - mostLanes);
    return Array.from({ length: Math.min(n, mostLanes) }, (_, k) => ({ neuron: first + k, variable: selection.variable, unit }));
  };

  const layOut = (): void => {
    if (population === null) return;
    lanes = lanesOf(population);
    const axes = [selection.x, selection.y].filter((name) => name !== "");
    recorded = {
      variables: [...new Set([...lanes.map(({ variable }) => variable), ...axes])],
      neurons: [...new Set([...lanes.map(({ neuron }) => neuron), selection.neuron])],
    };
    buffer.clear(recorded.variables.length * recorded.neurons.length);
    charts.forEach((each) => each.destroy());
    const height = lanes.length > 4 ? 74 : lanes.length > 2 ? 96 : lanes.length > 1 ? 130 : 190;
    charts = lanes.map(({ variable, unit, neuron }, index) => {
      const isLast = index === lanes.length - 1;
      return chart({
        height: height + (isLast ? 40 : 0),
        bare: !isLast,
        unlabelled: lanes.length > 1,
        lines: [{ label: variable, color: () => seriesColor(currentColors(), colorOf()) }],
        x: "t (ms)",
        y: unit === "" || unit === "1" ? variable : `${variable} (${unit})`,
        label: `${variable} of neuron ${neuron} over time`,
        xRange: () => [Math.max(0, now - selection.window), Math.max(selection.window, now)],
        yRange: padded,
      });
    });
    captions = lanes.map(() => h("div", { class: "name" }));
    refill(list, ...lanes.map((_, index) => h("div", { class: "lane" }, captions[index], charts[index]!.element)));
    caption(null);
    element.hidden = lanes.length === 0;
  };
  let colorIndex = 0;
  const colorOf = (): number => colorIndex;

  const nameOf = (neuron: number): string => labels?.[neuron] ?? (population!.n === 1 ? population!.name : `${population!.name} ${neuron}`);
  const caption = (counts: NeuronCounts | null): void => {
    lanes.forEach(({ neuron, variable, unit }, index) => {
      const isFirst = index === 0 || lanes[index - 1]!.neuron !== neuron;
      const spikes = isFirst && population!.spikes && counts ? counts.counts[neuron] ?? 0 : null;
      const pattern = counts?.patterns[neuron];
      const lines = [
        `${variable}${unit === "" || unit === "1" ? "" : ` in ${unit}`}`,
        spikes === null ? "" : `${spikes} ${spikes === 1 ? "spike" : "spikes"}${pattern ? `, ${pattern}` : ""}`,
      ].filter(Boolean);
      refill(captions[index]!, h("b", {}, nameOf(neuron)), ...lines.map((line) => h("span", {}, line)));
    });
  };

  return {
    element,
    wanted: () => recorded,
    points(variable, neuron) {
      const [v, k] = [recorded.variables.indexOf(variable), recorded.neurons.indexOf(neuron)];
      return v < 0 || k < 0 ? null : { buffer, values: buffer.lane(v * recorded.neurons.length + k) };
    },
    count: caption,
    label: (given) => void (labels = given),
    reselect: layOut,
    describe(description: Description) {
      colorIndex = Math.max(0, description.populations.findIndex(({ name }) => name === selection.population));
      population = description.populations[colorIndex]!;
      const names = population.variables.map(({ name }) => name);
      refill(variable, ...(population.n > 1 ? [] : [h("option", { value: "" }, "all variables")]), ...names.map((name) => h("option", { value: name }, name)), population.n > 1 && h("option", { value: "" }, "all variables of one neuron"));
      variable.value = selection.variable;
      neuron.value = String(selection.neuron);
      neuron.max = String(population.n - 1);
      neuronField.hidden = population.n === 1;
      layOut();
    },
    draw(frame, visible) {
      now = frame.t;
      buffer.add(frame.traces);
      buffer.drop(now - selection.window);
      if (!visible) return;
      charts.forEach((each, index) => {
        const { variable, neuron } = lanes[index]!;
        const lane = recorded.variables.indexOf(variable) * recorded.neurons.length + recorded.neurons.indexOf(neuron);
        each.set([buffer.times, buffer.lane(lane)]);
      });
    },
    restart() {
      buffer.clear(recorded.variables.length * recorded.neurons.length);
      now = 0;
    },
    recolor: () => charts.forEach((each) => each.recolor()),
  };
} // prettier-ignore

/** A little room above and below, and no scale that noise in the last digits fills. */
function padded(low: number, high: number): [number, number] {
  const least = Math.max(1e-9, 1e-3 * Math.abs(high), 1e-3 * Math.abs(low));
  const room = Math.max(0.06 * (high - low), least);
  return [low - room, high + room];
}
