/** One list of models for every device: the standard ones with every stimulus and method, and what they leave out. */
import {
  ActivityBaseHomeostasis,
  AdEx,
  AdExAfterpotential,
  AdExIF,
  AELIF,
  COBACell,
  ConstantCurrent,
  CUBACell,
  defineBehavior,
  ELIF,
  HodgkinHuxley,
  Izhikevich,
  KWTA,
  LateralInhibition,
  LIF,
  MembraneNoise,
  NoisyCurrent,
  Phase,
  PoissonSource,
  PopulationRate,
  QIF,
  QIFMeanField,
  RampCurrent,
  Recorder,
  Refractory,
  SineCurrent,
  SpikeTrain,
  StepCurrent,
  TimedCurrent,
  TraubMiles,
  uniform,
  VoltageBaseHomeostasis,
  VoltageTraces,
  type Ingredient,
  type MethodName,
} from "neuroweave";

/** A model for n neurons. */
export interface DeviceModel {
  readonly name: string;
  readonly make: (n: number) => readonly Ingredient[];
  readonly method?: MethodName;
  readonly dt?: number;
}

/** n numbers from one to the other. */
const spread = (n: number, from: number, to: number): number[] =>
  Array.from({ length: n }, (_, i) => from + ((to - from) * (i + 0.5)) / n);

const cell = { R: 5, tau: 10, threshold: -45, v_reset: -70, v_rest: -65 };
const spiking = { ...cell, delta: 2, theta_rh: -55, alpha: 0.1, beta: 0.5, w_tau: 100 };

/** Receptors pinned to exact, a delayed read, a table, draws, and a threshold that adapts; no two neurons alike. */
const receptors = defineBehavior({
  name: "receptors",
  method: "exact",
  parameters: { tau_g: { default: 3 }, tau_slow: { default: 40 }, E: { default: 0 } },
  state: { g: { init: uniform(0, 0.3) }, rise: { init: 0 }, slow: { init: 0.1 } },
  equations: `
    tau_g * dg/dt = rise - g
    tau_g * drise/dt = -rise
    tau_slow * dslow/dt = g - slow
    I += -(g + 0.1 * slow) * (v - E)
  `,
  onSpike: "rise += 0.1",
});

const arrivals = defineBehavior({
  name: "arrivals",
  priority: Phase.Input,
  parameters: { p: { default: 0.1 } },
  state: { count: { init: 0 } },
  tables: { weight: { values: [0.2, 0, 0.5, 0.1], every: 0.7 } },
  equations: `
    let arrived = uniform(0, 1) < p
    count = arrived ? count + 1 : count
    rise = rise + (arrived ? weight * exp(-0.1 * count) : 0)
  `,
});

const echo = defineBehavior({
  name: "echo",
  priority: Phase.Homeostasis,
  parameters: { pull: { default: 0.05 }, wish: { default: -58 } },
  state: { past: { init: 0 }, early: { init: 0 } },
  equations: `
    past = delayed(v, 1.3)
    early = 0.9 * early + delayed(past, 0.1) - pull * (delayed(v, 0.5) - wish) * spike
  `,
});

const drift = defineBehavior({
  name: "drift",
  priority: Phase.Homeostasis,
  parameters: { pace: { default: 0.01 } },
  equations: "threshold += pace * (spike * 10 - 0.02) + pace * abs(v - v_rest) / 1000",
});

export const host = defineBehavior({
  name: "host",
  priority: Phase.Current,
  state: { felt: { init: 0 } },
  step({ columns, inputs, spikes, random, math, n, step }) {
    for (let i = 0; i < n; i++) {
      columns.felt[i] = 0.9 * columns.felt[i]! + math.exp(-random()) + math.sin(step);
      inputs["I"]![i]! += 0.3 * columns.felt[i]!;
    }
    for (const id of spikes) columns.felt[id] = 0;
  },
});

const nothing = defineBehavior({ name: "nothing", state: { x: { init: 0 } } });

const methods: readonly MethodName[] = [
  "euler",
  "heun",
  "midpoint",
  "ralston",
  "rk4",
  "exponentialEuler",
  "eulerMaruyama",
  "milstein",
];

export const models: readonly DeviceModel[] = [
  {
    name: "LIF with a constant current of its own per neuron",
    make: (n) => [LIF(cell), ConstantCurrent({ amplitude: spread(n, 3, 14) })],
    dt: 0.5,
  },
  {
    name: "LIF with a refractory time, steps, a sine and a ramp",
    make: (n) => [
      LIF({ ...cell, I: spread(n, 4, 9) }),
      Refractory({ tau_ref: spread(n, 0, 3).map((x) => Math.round(x * 2) / 2) }),
      StepCurrent({ amplitude: 6, start: 5, stop: 20 }),
      SineCurrent({ amplitude: 2, frequency: 70, phase: 0.3 }),
      RampCurrent({ from: 0, to: 3, start: 10, stop: 30 }),
    ],
    dt: 0.5,
  },
  { name: "ELIF with colored noise", make: () => [ELIF({ ...cell, delta: 2, theta_rh: -55 }), NoisyCurrent({ mean: 5, sigma: 3, tau: 4 })] },
  {
    name: "AELIF with a table for all",
    make: () => [AELIF({ ...spiking, init_v: -50 }), TimedCurrent({ values: [9, 4, 12, 0, 7], every: 5 })],
    dt: 0.5,
  },
  {
    name: "AELIF as CoNeX steps it, with a table of every neuron's own",
    make: (n) => [
      AELIF({ ...spiking, dialect: "conex" }),
      TimedCurrent({ values: [spread(n, 4, 12), spread(n, 12, 4), spread(n, 8, 8)], every: 9 }),
    ],
    dt: 1,
  },
  { name: "AdExIF", make: (n) => [AdExIF({ I: spread(n, 10, 60) }), SineCurrent({ amplitude: 1, frequency: 50, offset: 1 })], dt: 0.2 },
  {
    name: "AdEx, held whole while refractory",
    make: (n) => [
      AdEx({ C: 200, gL: 10, v_T: -50, delta_T: 2, a: 2, b: 60, I: spread(n, 200, 900) }),
      Refractory({ tau_ref: 2, hold: "all" }),
    ],
    dt: 0.5,
  },
  { name: "Izhikevich", make: (n) => [Izhikevich({ I: spread(n, 2, 30), tau_ref: 1 }), NoisyCurrent({ sigma: 4, tau: 2 })], dt: 0.5 },
  { name: "the mean field of QIF neurons", make: () => [QIFMeanField({ x_ou_sigma: 0.5, y_ou_sigma: 0.1 }), StepCurrent({ amplitude: 3, start: 1, stop: 6 })] },
  { name: "QIF", make: (n) => [QIF({ eta: spread(n, -1, 9), V_peak: 20 })], dt: 0.02 },
  { name: "HodgkinHuxley", make: (n) => [HodgkinHuxley(), StepCurrent({ amplitude: spread(n, 2, 20), start: 0.5 })], dt: 0.05 },
  { name: "TraubMiles", make: (n) => [TraubMiles(), StepCurrent({ amplitude: spread(n, 0.2, 4), start: 0.5 })], dt: 0.1 },
  { name: "AdExAfterpotential", make: (n) => [AdExAfterpotential({ t_clamp: 0.7, init_v: spread(n, -70, -20) }), VoltageTraces({ delay: 0.4 }), StepCurrent({ amplitude: spread(n, 500, 4000), start: 0.5 })] },
  { name: "CUBACell", make: (n) => [CUBACell({ v_rest: spread(n, -55, -40), init_I_exc: spread(n, 0, 40), init_I_inh: spread(n, -40, 0) })] },
  { name: "COBACell", make: (n) => [COBACell({ v_rest: spread(n, -55, -40), init_g_exc: spread(n, 0, 5), init_g_inh: spread(n, 5, 0) })] },
  { name: "a Poisson source", make: (n) => [PoissonSource({ rate: spread(n, 10, 900) })] },
  {
    name: "a spike train",
    make: (n) => [SpikeTrain({ times: [0, 0.1, 0.1, 0.5, 3, 3.1, 7], ids: [0, 0, n - 1, n - 1, 0, (n - 1) >> 1, 0] }), nothing()],
  },
  ...methods.map((method): DeviceModel => ({
    name: `AELIF by ${method}`,
    make: (n) => [AELIF(spiking), Refractory({ tau_ref: 1 }), ConstantCurrent({ amplitude: spread(n, 3, 20) })],
    method,
    dt: 0.5,
  })),
  ...(["euler", "milstein", "rk4", "exponentialEuler", "exact"] as const).map((method): DeviceModel => ({
    name: `LIF with white noise by ${method}`,
    make: (n) => [LIF({ ...cell, I: spread(n, 2, 5) }), MembraneNoise({ sigma: 3 })],
    method,
    dt: 0.5,
  })),
  {
    name: "receptors, tables, delays, draws and a threshold that moves",
    make: (n) => [LIF({ ...cell, I: spread(n, 3, 6) }), receptors(), arrivals(), echo(), drift()],
    method: "rk4",
  },
  {
    name: "the same under a recorder of everything",
    make: (n) => [
      LIF({ ...cell, I: spread(n, 3, 6) }),
      receptors(),
      arrivals(),
      echo(),
      drift(),
      Recorder({ variables: ["v", "I", "g", "past", "early", "spike", "threshold", "t_last_spike"], every: 0.2 }),
    ],
    method: "heun",
  },
  {
    name: "winners and losers, with thresholds and voltages under control",
    make: (n) => [
      LIF({ ...cell, I: spread(n, 4, 9), init_v: spread(n, -60, -46) }),
      KWTA({ k: 3 }),
      ActivityBaseHomeostasis({ activity_rate: 1, window_size: 7, updating_rate: 0.3, decay_rate: 0.9 }),
      VoltageBaseHomeostasis({ max_ta: -50, min_ta: -66, eta_ip: 0.01 }),
    ],
    dt: 0.5,
  },
  {
    name: "winners among candidates, lateral inhibition and the rate of all",
    make: (n) => [
      LIF({ ...cell, I: spread(n, 5, 12), init_v: spread(n, -60, -46) }),
      KWTA({ k: 2, dimension: 0, among: "candidates" }),
      LateralInhibition({ strength: 0.5 }),
      PopulationRate({ tau: 5 }),
    ],
    dt: 0.5,
  },
  { name: "a host behavior", make: (n) => [LIF({ ...cell, I: spread(n, 3, 8) }), host()], dt: 0.5 },
]; // prettier-ignore
