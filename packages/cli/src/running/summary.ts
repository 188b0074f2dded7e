/** What a run gave, in a terminal: a raster, a table of populations, and what was measured. */
import { sparkline, terminalRaster, type TerminalCapabilities } from "@neuroweave/plot";
import type { Network, Population, RunMeasures } from "neuroweave";
import { columns, shortened, wrapped } from "../screen/layout.ts";
import { quiet, strong } from "../screen/screen.ts";
import { canSpike, type PopulationResult } from "./population-results.ts";

export interface SummaryOptions {
  readonly network: Network;
  readonly results: readonly PopulationResult[];
  readonly measures: RunMeasures;
  readonly terminal: TerminalCapabilities;
}

/** Neurons of each population that a raster shows at most; the first ones. */
const shownNeurons = 400;

/** The lines of it. */
export function summaryLines({ network, results, measures, terminal }: SummaryOptions): string[] {
  const spiking = network.populations.filter(canSpike);
  const raster = spiking.length > 0 && network.t > 0 ? ["", ...rasterLines(network, spiking, terminal)] : [];
  const recorded = recordedLines(network, terminal);
  const measured = Object.entries(measures).map(([name, value]) => `${name} = ${typeof value === "number" ? shortNumber(value) : value}`); // prettier-ignore
  return [
    ...raster,
    ...(results.length > 0 ? ["", ...table(results, terminal)] : []),
    ...(recorded.length > 0 ? ["", ...recorded] : []),
    ...(measured.length > 0 ? ["", ...measured.flatMap((line) => wrapped(line, terminal.width, "  "))] : []),
  ];
}

function rasterLines(network: Network, populations: readonly Population[], terminal: TerminalCapabilities): string[] {
  const times: number[] = [];
  const ids: number[] = [];
  let n = 0;
  for (const population of populations) {
    const shown = Math.min(population.n, shownNeurons);
    const spikes = population.spikes();
    for (const [k, id] of spikes.ids.entries())
      if (id < shown) {
        times.push(spikes.times[k]!);
        ids.push(n + id);
      }
    n += shown;
  }
  const { width, unicode, color } = terminal;
  const names = populations.map(({ name, n }) => (n > shownNeurons ? `${name} (first ${shownNeurons})` : name));
  const title = `Spikes${populations.length > 1 ? `, from below: ${names.join(", ")}` : ` of ${names[0]}`}`;
  const height = Math.max(6, Math.min(14, Math.ceil(n / 2) + 3));
  return terminalRaster({ times, ids, n }, { from: 0, to: network.t, width, height, unicode, color, title }).split("\n");
} // prettier-ignore

/** Digits behind the point that show a rate. */
const rateText = (rate: number): string => rate.toFixed(rate >= 99.95 ? 0 : rate >= 9.995 ? 1 : 2);

function table(results: readonly PopulationResult[], terminal: TerminalCapabilities): string[] {
  const room = Math.max(12, terminal.width - 42);
  const rows = results.map(({ name, n, spikes, rate, cv }) => [
    shortened(name, room, terminal.unicode),
    String(n),
    String(spikes),
    rateText(rate),
    cv === null ? (terminal.unicode ? "–" : "-") : cv.toFixed(2),
  ]);
  const [head = "", ...lines] = columns(["population", "neurons", "spikes", "rate (Hz)", "CV"], rows);
  return [strong(head, terminal), ...lines];
}

/** One line for each recorded variable: neuron 0 of it, with its range. */
function recordedLines(network: Network, terminal: TerminalCapabilities): string[] {
  const lines = network.populations.flatMap((population) =>
    [...new Set([...population.entity.recordings.values()].flatMap(({ request }) => request.variables))].map((variable) => {
      const trace = population.recorded(variable as never).trace(0);
      const finite = trace.filter(Number.isFinite);
      const range = finite.length === 0 ? "no samples" : `${shortNumber(min(finite))} to ${shortNumber(max(finite))}`;
      return { label: `${population.name}.${variable}`, trace, range };
    }),
  );
  const widest = Math.min(Math.floor(terminal.width / 3), Math.max(0, ...lines.map(({ label }) => label.length)));
  const ranges = Math.max(0, ...lines.map(({ range }) => range.length));
  const room = Math.max(8, terminal.width - widest - ranges - 4);
  const drawn = lines.slice(0, 8).map(({ label, trace, range }) => {
    const shape = trace.length > 0 ? sparkline(trace, room, { unicode: terminal.unicode }) : "";
    return `${shortened(label, widest, terminal.unicode).padEnd(widest)}  ${shape.padEnd(room)}  ${quiet(range, terminal)}`;
  });
  const more = lines.length > 8 ? [`and ${lines.length - 8} recorded variables more`] : [];
  return lines.length === 0 ? [] : [strong("Recorded, neuron 0", terminal), ...drawn, ...more];
} // prettier-ignore

const min = (values: ArrayLike<number>): number => Array.prototype.reduce.call(values, (a, b) => Math.min(a as number, b as number), Infinity) as number; // prettier-ignore
const max = (values: ArrayLike<number>): number => Array.prototype.reduce.call(values, (a, b) => Math.max(a as number, b as number), -Infinity) as number; // prettier-ignore

/** In at most five digits. */
export const shortNumber = (value: number): string => String(Number(value.toPrecision(5)));
