/**
 * Spiking quadratic integrate-and-fire neurons, coupled all to all, beside the two equations that Montbrió, Pazó and Roxin 2015
 * derived for infinitely many of them. A step of input moves both from a low state to a high one, where they stay after it.
 *
 *     npx tsx examples/networks/montbrio.ts --neurons 2000
 */
import {
  createNetwork,
  defineBehavior,
  Fire,
  Phase,
  PopulationRate,
  populationRate,
  QIF,
  QIFMeanField,
  Recorder,
  StepCurrent,
} from "neuroweave";
import { FireBetweenSteps } from "../seed-notebook/mean-field.ts";
import type { BuilderOptions } from "./builder-options.ts";
import { mean, sampled } from "./measures.ts";
import { runIfStarted } from "./network-script.ts";
import { common } from "./script-options.ts";

/** What couples the neurons: the rate of all of them is a current of each. */
const MeanCoupling = defineBehavior({
  name: "meanCoupling",
  doc: "Every neuron receives J · tau · r, with the rate r of the population in spikes per ms.",
  source: "Montbrió, Pazó & Roxin 2015, Phys. Rev. X 5:021028, eqs. 2 and 3",
  priority: Phase.Current,
  parameters: { J: { default: 15, unit: "1", doc: "strength of the coupling" }, tau: { default: 1, unit: "ms" } },
  requires: ["rate"],
  equations: "I += J * tau * rate / 1000",
});

/** The step of figure 2 of the paper; the unit of time is the membrane time constant, 1 ms here. */
export const step = { amplitude: 3, start: 10, stop: 40, end: 50 } as const;

export interface MontbrioOptions extends BuilderOptions {
  /** Centre and half-width of the excitabilities. */
  readonly eta?: number;
  readonly delta?: number;
  /** Strength of the coupling. */
  readonly J?: number;
  /** Time in which spikes are forgotten, in ms; short, for a coupling that is almost instantaneous. */
  readonly tau_s?: number;
}

/**
 * n spiking neurons, whose excitabilities are the quantiles of a Lorentzian, and `field`, the mean field, recorded every 0.05 ms.
 * Both get the same step. Nothing is drawn.
 */
export function montbrio(options: MontbrioOptions = {}) {
  const { n = 10_000, seed = 1, dt = 0.005, eta = -5, delta = 1, J = 15, tau_s = 0.01, ...engine } = options;
  const net = createNetwork({ dt, seed, ...engine });
  const input = StepCurrent({ amplitude: step.amplitude, start: step.start, stop: step.stop });
  const quantiles = Float64Array.from(
    { length: n },
    (_, j) => eta + delta * Math.tan((Math.PI / 2) * ((2 * j + 1 - n) / (n + 1))),
  );
  const neurons = net.population(
    "neurons",
    n,
    [
      QIF.replace(Fire, FireBetweenSteps)({ eta: quantiles }),
      input,
      PopulationRate({ tau: tau_s }),
      MeanCoupling({ J }),
    ],
    { method: "rk4" },
  );
  const field = net.population("field", 1, [
    QIFMeanField({ eta, delta, J, init_r: 0, init_v: -2 }),
    input,
    Recorder({ variables: ["r", "v"], every: 0.05 }),
  ]);
  return { net, neurons, field };
}

/** Rates in spikes per ms from one time to another: of the spiking neurons, and of the mean field. */
export function bothRates({ neurons, field }: Pick<ReturnType<typeof montbrio>, "neurons" | "field">, from: number, to: number) {
  const spiking = populationRate(neurons.spikes(), neurons.n, { from, to, bin: 0.05 });
  const recorded = field.recorded("r");
  const expected = recorded.trace().filter((_, k) => recorded.times[k]! >= from - 1e-9 && recorded.times[k]! < to - 1e-9);
  return { times: spiking.times, spiking: spiking.rate.map((rate) => rate / 1000), expected };
} // prettier-ignore

await runIfStarted(import.meta.url, {
  name: "montbrio",
  about: "Spiking quadratic integrate-and-fire neurons against their mean field (Montbrio, Pazo and Roxin 2015).",
  options: { ...common, neurons: { default: 10_000, min: 100, max: 1e6, whole: true, doc: "number of spiking neurons" } },
  async show({ seed, neurons: n }, screen) {
    const network = montbrio({ n, seed });
    screen.heading("Quadratic integrate-and-fire neurons and their mean field");
    screen.say(`${n} neurons with excitabilities around -5, coupling 15; input of 3 from ${step.start} to ${step.stop} ms`);
    await screen.run(network.net, step.end);
    const spikes = network.neurons.spikes();
    screen.raster(sampled(spikes, n, 100), { title: "100 of the neurons in the order of their excitability", from: 0, to: step.end });
    const { spiking, expected } = bothRates(network, 0, step.end);
    screen.curve("neurons   ", spiking);
    screen.curve("mean field", expected);
    const row = (what: string, from: number, to: number, of: (values: Float64Array) => number) => {
      const part = bothRates(network, from, to);
      return { what, measured: `${of(part.spiking).toFixed(3)} / ms`, expected: `${of(part.expected).toFixed(3)} in the mean field` };
    };
    screen.table([
      row("before the step", 5, step.start, mean),
      row("peak at its onset", step.start, step.start + 6, (values) => Math.max(...values)),
      row("during the step", 30, step.stop, mean),
      row("after it", 45, step.end, mean),
    ]);
  },
}); // prettier-ignore
