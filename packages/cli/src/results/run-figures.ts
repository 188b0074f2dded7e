/** Figures of a run, for its report. */
import { populationRate as ratesFigure, raster, traces, type ReportFigure } from "@neuroweave/plot";
import { populationRate, type Network } from "neuroweave";
import { canSpike } from "../running/population-results.ts";
import { recordedVariables } from "./recorded-variables.ts";

/** Neurons of a population that a raster shows at most, and traces in a figure. */
const shownNeurons = 1000;
const shownTraces = 3;
/** Figures of recorded variables. */
const mostTraces = 12;

/** Spikes, rates, and the first neurons of everything recorded. */
export function runFigures(network: Network): ReportFigure[] {
  const spiking = network.populations.filter(canSpike);
  const span = { from: 0, to: network.t };
  const figures: ReportFigure[] = [];
  if (spiking.length > 0 && network.t > 0) {
    let n = 0;
    const groups = spiking.map((population) => {
      const from = n;
      n += Math.min(population.n, shownNeurons);
      return { label: population.name, from, to: n };
    });
    const shown = spiking.flatMap((population, index) => {
      const { times, ids } = population.spikes();
      return Array.from(ids, (id, k) => ({ time: times[k]!, id: id + groups[index]!.from, own: id })).filter(({ own }) => own < shownNeurons);
    });
    const cut = spiking.some((each) => each.n > shownNeurons) ? ` The first ${shownNeurons} neurons of each population.` : "";
    const svg = raster({ title: "Spikes", n, times: shown.map(({ time }) => time), ids: shown.map(({ id }) => id), groups, ...span });
    figures.push({ svg, caption: `Every spike as a stroke, population by population.${cut}` });
    const bin = binOf(network);
    const populations = spiking.map((population) => ({ label: population.name, ...populationRate(population.spikes(), population.n, { ...span, bin }) }));
    figures.push({ svg: ratesFigure({ title: "Population rates", populations }), caption: `Spikes of all neurons of a population in bins of ${bin} ms.` });
  }
  const variables = recordedVariables(network).filter(({ recorded }) => recorded.shape[0] > 1);
  for (const { member, variable, unit, recorded } of variables.slice(0, mostTraces)) {
    const series = Array.from({ length: Math.min(shownTraces, recorded.shape[1]) }, (_, id) => ({ label: `${member} ${id}`, values: recorded.trace(id) }));
    const yLabel = unit === "1" ? variable : `${variable} (${unit})`;
    const svg = traces({ title: `${variable} of ${member}`, times: recorded.times, series, yLabel });
    figures.push({ svg, caption: `${variable} of the first ${series.length === 1 ? "neuron" : `${series.length} neurons`} of ${member}.` });
  }
  return figures;
} // prettier-ignore

/** About two hundred bins, of whole steps. */
const binOf = ({ t, dt }: Network): number => Number((Math.max(1, Math.round(t / 200 / dt)) * dt).toPrecision(12));
