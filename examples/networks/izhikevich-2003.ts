/**
 * The network of Izhikevich 2003: 800 excitatory and 200 inhibitory neurons of graded kinds, all connected to all, under noise. The
 * population shows rhythms of its own, at 8 Hz and about 30 Hz. Stepped exactly as the script of the paper does.
 *
 *     npx tsx examples/networks/izhikevich-2003.ts
 */
import {
  allToAll,
  CouplingReceptor,
  createNetwork,
  defineBehavior,
  defineModel,
  Phase,
  populationRate,
  uniform,
} from "neuroweave";
import type { BuilderOptions } from "./builder-options.ts";
import { meanRate, peakBetween, powerSpectrum, sampled } from "./measures.ts";
import { runIfStarted } from "./network-script.ts";
import { common } from "./script-options.ts";

/** The neuron in the script's steps of 1 ms: v in two halves with the same u, then u with the v that results. */
const HalfSteps = defineBehavior({
  name: "halfSteps",
  doc: "Izhikevich's neuron, stepped as in the script of 2003.",
  source: "Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569, figure 3 and its script",
  priority: Phase.Dynamics,
  parameters: {
    a: { default: 0.02, doc: "rate of recovery" },
    b: { default: 0.2, doc: "sensitivity of recovery to the voltage" },
    c: { default: -65, doc: "voltage after a spike" },
    d: { default: 8, doc: "jump of recovery at a spike" },
  },
  state: { v: { init: -65, doc: "membrane potential" }, u: { init: "b * v", doc: "recovery variable" } },
  inputs: { I: { default: 0, doc: "input" } },
  equations: `
    let half = v + 0.5 * (0.04 * v * v + 5 * v + 140 - u + I)
    let whole = half + 0.5 * (0.04 * half * half + 5 * half + 140 - u + I)
    v = whole
    u = u + a * (b * whole - u)
  `,
  spike: "v >= 30",
  onSpike: "v = c\n u += d",
});

/** What makes every neuron different: a number from 0 to 1. */
const Variety = defineBehavior({
  name: "variety",
  parameters: { r: { default: 0, doc: "where a neuron stands between two kinds" } },
});

const Thalamus = defineBehavior({
  name: "thalamus",
  scope: "instance",
  parameters: { strength: { default: 5, doc: "deviation of the input" } },
  equations: "I += strength * normal(0, 1)",
});

/** From regular spiking to chattering. */
const Excitatory = defineModel("Excitatory", [
  HalfSteps.bind({ c: "-65 + 15 * r * r", d: "8 - 6 * r * r" }),
  Variety,
  Thalamus,
  CouplingReceptor,
]);

/** From low-threshold to fast spiking. */
const Inhibitory = defineModel("Inhibitory", [
  HalfSteps.bind({ a: "0.02 + 0.08 * r", b: "0.25 - 0.05 * r" }),
  Variety,
  Thalamus,
  CouplingReceptor,
]);

/**
 * Four fifths of n excite. The paper has 1000 neurons; weights are scaled by 1000/n. The unit of time is the step, 1 ms in
 * the paper. A spike is a current for one step, the next one.
 */
export function izhikevich2003({ n = 1000, seed = 1, dt = 1, ...engine }: BuilderOptions = {}) {
  const net = createNetwork({ dt, seed, ...engine });
  const border = Math.round(0.8 * n);
  const excitatory = net.population("excitatory", border, Excitatory({ r: uniform(0, 1) }));
  const inhibitory = net.population("inhibitory", n - border, Inhibitory({ r: uniform(0, 1), d: 2, strength: 2 }));
  const projections = [excitatory, inhibitory].flatMap((target) => [
    net.projection(`excitation of ${target.name}`, { source: excitatory, target, connect: allToAll(), weight: uniform(0, 500 / n) }),
    net.projection(`inhibition of ${target.name}`, { source: inhibitory, target, connect: allToAll(), weight: uniform(-1000 / n, 0) }),
  ]); // prettier-ignore
  return { net, excitatory, inhibitory, projections };
}

/** Rate of all neurons in bins of 1 ms, in Hz. */
export function ratesOf({ excitatory, inhibitory }: Pick<ReturnType<typeof izhikevich2003>, "excitatory" | "inhibitory">, from: number, to: number) {
  const window = { from, to, bin: 1 };
  const [one, other] = [excitatory, inhibitory].map((each) => populationRate(each.spikes(), each.n, window).rate);
  const n = excitatory.n + inhibitory.n;
  return one!.map((rate, k) => (rate * excitatory.n + other![k]! * inhibitory.n) / n);
} // prettier-ignore

await runIfStarted(import.meta.url, {
  name: "izhikevich-2003",
  about: "1000 neurons of graded kinds, all to all, with rhythms of 8 and 30 Hz (Izhikevich 2003).",
  options: { ...common, duration: { default: 5000, min: 2000, doc: "time to run in ms" } },
  async show({ seed, duration }, screen) {
    const network = izhikevich2003({ seed });
    const { net, excitatory, inhibitory, projections } = network;
    const synapses = projections.reduce((sum, { n }) => sum + n, 0);
    screen.heading("Izhikevich 2003: 800 excitatory and 200 inhibitory neurons");
    screen.say(`${synapses} synapses, ${duration} ms, seed ${seed}`);
    await screen.run(net, duration);
    const window = { from: 0, to: duration };
    const last = { from: duration - 1000, to: duration };
    screen.raster(sampled(excitatory.spikes(), excitatory.n, 200), { title: "200 of the excitatory neurons", ...last });
    screen.raster(sampled(inhibitory.spikes(), inhibitory.n, 50), { title: "50 of the inhibitory neurons", ...last, height: 9 });
    screen.curve("population rate", ratesOf(network, last.from, last.to));
    const power = powerSpectrum(ratesOf(network, 0, duration), 70);
    const script = "the paper's script in NumPy, eight runs";
    screen.table([
      { what: "excitatory rate", measured: `${meanRate(excitatory.spikes(), excitatory.n, window).toFixed(2)} Hz`, expected: `7.20 to 7.47 Hz: ${script}` },
      { what: "inhibitory rate", measured: `${meanRate(inhibitory.spikes(), inhibitory.n, window).toFixed(2)} Hz`, expected: `6.62 to 6.95 Hz: ${script}` },
      { what: "slow rhythm", measured: `${peakBetween(power, 4, 20)} Hz`, expected: "7 to 9 Hz; the paper speaks of alpha rhythms around 10 Hz" },
      { what: "fast rhythm", measured: `${peakBetween(power, 20, 60, 2)} Hz`, expected: "26 to 39 Hz; the paper speaks of gamma rhythms around 40 Hz" },
    ]);
  },
}); // prettier-ignore
