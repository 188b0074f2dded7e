/** Ten thousand spiking neurons against the two equations that describe them in the limit of infinitely many. */
import {
  createNetwork,
  defineBehavior,
  Fire,
  Phase,
  populationRate,
  QIF,
  QIFMeanField,
  Recorder,
  StepCurrent,
  type RateCurve,
} from "neuroweave";

/**
 * The step of Montbrió, Pazó & Roxin 2015, figure 2: I = 3 for 30 units of time, which are milliseconds here. `bin` is the
 * width in which spikes are counted for the picture.
 */
export const meanFieldProtocol = { dt: 0.005, start: 10, stop: 40, duration: 50, amplitude: 3, bin: 0.05 } as const;

/** Centre and half-width of the excitabilities, and the strength of the coupling. */
const eta = -5;
const delta = 1;
const J = 15;

/**
 * What couples the neurons: every one receives J · tau · r(t), r being the rate of the whole population. Host code counts the
 * spikes of the step before and forgets them exponentially within `tau_s`.
 */
export const RateCoupling = defineBehavior({
  name: "rateCoupling",
  doc: "Every neuron receives a current in proportion to the smoothed rate of the population.",
  source: "Montbrió, Pazó & Roxin 2015, Phys. Rev. X 5:021028, eqs. 2 and 3",
  priority: Phase.Current,
  parameters: {
    J: { default: 15, unit: "1", doc: "strength of the coupling" },
    tau: { default: 1, unit: "ms", doc: "membrane time constant" },
    tau_s: { default: 0.01, unit: "ms", min: 1e-6, doc: "time in which spikes are forgotten" },
  },
  state: { rate: { init: 0, unit: "1/ms", doc: "smoothed rate of the population" } },
  step({ columns, parameters, inputs, spikes, n, dt }) {
    const tau_s = parameters.tau_s[0]!;
    const rate = columns.rate[0]! * (1 - dt / tau_s) + spikes.length / n / tau_s;
    columns.rate.fill(rate);
    inputs["I"]!.fill(parameters.J[0]! * parameters.tau[0]! * rate);
  },
});

/**
 * Replaces the reset to −V_peak, which rounds every spike to a step: neurons of similar rate then fall into common rhythms of
 * whole steps, and the population rate trembles. Near the peak tau dv/dt = v², so a neuron at v reaches infinity tau / v later,
 * and at the end of its refractory time of 2 tau / V_peak it has come to −1 / (2 / V_peak − 1 / v).
 */
export const FireBetweenSteps = defineBehavior({
  name: "fireBetweenSteps",
  doc: "A spike at the peak, and a reset that keeps the part of the step that was left.",
  source: "Own derivation from the solution of tau dv/dt = v²",
  parameters: { V_peak: { default: 100, unit: "1", min: 1, doc: "voltage that stands in for infinity" } },
  requires: ["v"],
  spike: "v >= V_peak",
  onSpike: "v = -V_peak * v / (2 * v - V_peak)",
});

/** Mean rates over a stretch in which nothing changes any more, in spikes per unit of time. */
export interface SteadyState {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly expected: number;
  readonly measured: number;
}

export interface MeanFieldComparison {
  readonly n: number;
  readonly spikeCount: number;
  /** Rate of the equations, and of the spiking population, in Hz as if the unit of time were 1 ms. */
  readonly expected: RateCurve;
  readonly measured: RateCurve;
  readonly states: readonly SteadyState[];
  /** Spikes of every hundredth neuron around the onset, in the order of excitability. */
  readonly sample: { readonly times: Float64Array; readonly ids: Uint32Array; readonly n: number };
}

/**
 * Runs both in one network. The excitabilities are the n quantiles of a Lorentzian, as in the paper, so nothing is drawn.
 * `onProgress` is told the fraction that is done.
 */
export async function meanField(
  n = 10_000,
  onProgress: (fraction: number) => void = () => {},
): Promise<MeanFieldComparison> {
  const { dt, start, stop, duration, amplitude, bin } = meanFieldProtocol;
  const net = createNetwork({ dt });
  const step = StepCurrent({ amplitude, start, stop });
  const Neuron = QIF.replace(Fire, FireBetweenSteps);
  const neurons = net.population("neurons", n, [Neuron({ eta: lorentzianQuantiles(n) }), step, RateCoupling({ J })], {
    method: "rk4",
  });
  const field = net.population("field", 1, [
    QIFMeanField({ eta, delta, J, init_r: 0, init_v: -2 }),
    step,
    Recorder({ variables: ["r"], every: bin }),
  ]);
  net.on("progress", ({ fraction }) => onProgress(fraction));
  await net.run(duration);

  const spikes = neurons.spikes();
  const measured = populationRate(spikes, n, { from: 0, to: duration, bin });
  const recorded = field.recorded("r");
  const expected = { times: recorded.times, rate: recorded.trace().map((r) => 1000 * r) };
  const states = [
    { name: "low, before the step", from: 5, to: start },
    { name: "high, during the step", from: 30, to: stop },
    { name: "high, after the step", from: 45, to: duration },
  ].map(({ name, from, to }) => ({
    name,
    from,
    to,
    expected: meanRate(expected, { from, to }),
    measured: meanRate(measured, { from, to }),
  }));
  return { n, spikeCount: spikes.times.length, expected, measured, states, sample: everyHundredth(spikes, n) };
}

/** The n values that cut a Lorentzian distribution into equal parts, ascending. */
function lorentzianQuantiles(n: number): Float64Array {
  return Float64Array.from(
    { length: n },
    (_, j) => eta + delta * Math.tan((Math.PI / 2) * ((2 * j + 1 - n) / (n + 1))),
  );
}

/** Mean of a curve in [from, to), per unit of time. */
function meanRate({ times, rate }: RateCurve, { from, to }: { readonly from: number; readonly to: number }): number {
  const inside = rate.filter((_, k) => times[k]! >= from && times[k]! < to);
  return inside.reduce((sum, each) => sum + each, 0) / inside.length / 1000;
}

function everyHundredth({ times, ids }: { readonly times: Float64Array; readonly ids: Uint32Array }, n: number) {
  const { start } = meanFieldProtocol;
  const kept = Array.from(times.keys()).filter(
    (k) => ids[k]! % 100 === 50 && times[k]! >= start - 2 && times[k]! < start + 6,
  );
  return {
    times: Float64Array.from(kept, (k) => times[k]!),
    ids: Uint32Array.from(kept, (k) => (ids[k]! - 50) / 100),
    n: Math.floor(n / 100),
  };
}
