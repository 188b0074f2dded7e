/** Networks that a device has to run: together they have every kind of stage, over every kind of column. */
import {
  AdEx,
  allToAll,
  ConductanceReceptor,
  CouplingReceptor,
  CurrentReceptor,
  defineBehavior,
  DeltaReceptor,
  fixedProbability,
  GapJunction,
  HodgkinHuxley,
  Izhikevich,
  LIF,
  NoisyCurrent,
  normal,
  PairSTDP,
  Phase,
  PoissonSource,
  Recorder,
  Refractory,
  RewardSTDP,
  SignalPulses,
  SpikeTrain,
  StochasticRelease,
  TsodyksMarkram,
  uniform,
  WeightBounds,
  WeightNormalization,
  type CreateOptions,
  type Network,
} from "neuroweave";

/** A network that is made anew as often as it is needed. */
export interface DeviceScene {
  readonly name: string;
  readonly dt: number;
  readonly options?: Pick<CreateOptions, "largestRing">;
  readonly make: (net: Network) => void;
}

const cell = { R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65 };

/** Reads what was, from rings, and rows of a table. */
const Echo = defineBehavior({
  name: "echo",
  priority: Phase.Homeostasis,
  parameters: { period: { default: 1, unit: "ms" } },
  tables: { weight: { values: [0.2, 0, 0.5, 0.1], every: 0.7 } },
  state: { past: { init: 0 }, phase: { init: 0, unit: "1" } },
  equations: `
    past = delayed(v, 1.3) + weight * exp(-0.1 * phase)
    phase = floor(t / period) - 3 * floor(t / (3 * period))
  `,
});

/** Draws of every kind, some of them shared. */
const Drawing = defineBehavior({
  name: "drawing",
  state: { x: { init: 0 }, y: { init: uniform(-1, 1) } },
  equations: `
    x = 0.9 * x + uniform(0, 1) + 0.1 * normal(0, 1) + poisson(0.3)
    y = 0.5 * y + sharedUniform(0, 1) - 0.1 * sharedNormal(0, 1)
    I += 0.1 * x + y
  `,
});

/** What synapses draw when a spike comes. */
const Uncertain = defineBehavior({
  name: "uncertain",
  state: { last: { init: 0 } },
  onPre: `
    efficacy = uniform(0, 1) + sharedUniform(0, 1)
    last = normal(0, 1)
  `,
});

/** Sums and extremes of the population, and a competition along its second dimension. */
const Crowd = defineBehavior({
  name: "crowd",
  priority: Phase.Competition,
  state: { felt: { init: 0 } },
  signals: {
    near: { of: "v >= threshold - 5 ? 1 : 0", by: "sum" },
    highest: { of: "v", by: "max" },
    lowest: { of: "v", by: "min" },
    usual: { of: "0.37 * (v - v_rest)", by: "mean" },
  },
  competition: { by: "v", among: "v >= threshold", k: 2, dimension: 1 },
  equations: "felt = 0.9 * felt + near + 0.01 * (highest - lowest) + 0.1 * usual",
  onLose: "v = v_reset",
});

/** Code in the midst of a step: it adds to the input, and changes a state that equations read. */
const Coded = defineBehavior({
  name: "coded",
  priority: Phase.Homeostasis,
  state: { load: { init: 0 } },
  writes: ["threshold"],
  requires: ["threshold"],
  equations: "I += 0.05 * load",
  step({ columns, spikes, n, random, math, t }) {
    const { load, threshold } = columns as Readonly<Record<"load" | "threshold", Float64Array>>;
    for (let i = 0; i < n; i++) load[i] = 0.8 * load[i]! + random() * math.sin(t + i);
    for (const i of spikes) threshold[i]! += 0.25;
  },
});

/** Another one at the same place, which sees what was before the first. */
const Beside = defineBehavior({
  name: "beside",
  priority: Phase.Homeostasis,
  requires: ["load"],
  state: { seen: { init: 0 } },
  step({ columns, n }) {
    const { load, seen } = columns as Readonly<Record<"load" | "seen", Float64Array>>;
    for (let i = 0; i < n; i++) seen[i] = load[i]!;
  },
});

const cells: DeviceScene = {
  name: "cells",
  dt: 0.1,
  make(net) {
    net.population("leaky", 37, [LIF({ ...cell, I: uniform(2, 8), init_v: uniform(-65, -50) }), Refractory({ tau_ref: 0.7 }), Echo(), Recorder({ variables: ["v", "past"], every: 0.3 })]);
    net.population("quartic", 5, [LIF({ ...cell, I: uniform(4, 8), init_v: uniform(-55, -50) })], { method: "rk4" });
    net.population("adaptive", 21, [AdEx({ I: uniform(900, 2000), v_spike: 0, b: 20, init_v: uniform(-70, -48) }), Refractory({ tau_ref: 1, hold: "all" })], { method: "exponentialEuler" });
    net.population("bursting", 18, [Izhikevich({ a: 0.1, d: 2, I: uniform(10, 40), init_v: uniform(-70, -45) })]);
    net.population("gated", 7, [HodgkinHuxley({ I: uniform(5, 20) })], { method: "exponentialEuler" });
  },
}; // prettier-ignore

/** Synapses with delays of every kind. What arrives waits in rings, or is collected from the rows of spikes. */
const connected = (name: string, options: DeviceScene["options"]): DeviceScene => ({
  name,
  dt: 0.25,
  ...(options ? { options } : {}),
  make(net) {
    const source = net.population("source", 40, PoissonSource({ rate: 200 }));
    const train = net.population("train", 60, SpikeTrain({ times: [0, 0.25, 0.25, 0.25, 0.5, 1, 1, 2.25, 2.5, 2.5], ids: [0, 3, 20, 59, 21, 20, 39, 40, 25, 30] }));
    const target = net.population("target", 33, [
      LIF({ ...cell, I: uniform(2, 5), init_v: uniform(-65, -50) }),
      ConductanceReceptor({ name: "g_exc" }),
      ConductanceReceptor({ name: "g_inh", tau: uniform(4, 12), E: -80 }),
      CurrentReceptor({ name: "current", tau: 3 }),
      DeltaReceptor({ name: "kick" }),
      CouplingReceptor({ name: "gap" }),
    ]);
    const connect = fixedProbability(0.3);
    net.projection("one delay", { source, target, receptor: "g_exc", connect, weight: 0.02, delay: 0.5 });
    net.projection("each its own", { source, target, receptor: "g_exc", connect, weight: uniform(0.01, 0.1), delay: normal(1.5, 0.75, { min: 0.25, max: 4 }) });
    net.projection("of sources", { source, target, receptor: "current", connect, weight: normal(0.3, 0.4), delay: Array.from({ length: 40 }, (_, s) => (s % 7) * 0.25), weights: "f32" });
    net.projection("counted", { source, target, receptor: "current", connect, weight: normal(0.3, 0.4), weights: "i16" });
    net.projection("tired", { source, target, receptor: "g_inh", connect, weight: 0.05, delay: uniform(0, 6), behaviors: [TsodyksMarkram({ U: uniform(0.2, 0.8), tau_rec: 120, tau_facil: 30 }), StochasticRelease({ p: 0.6 })] });
    net.projection("parts", { source: train.slice(20, 41), target: target.slice(7, 30), receptor: "kick", connect: allToAll(), weight: uniform(0, 1), delay: 0.5 });
    net.projection("within", { source: target, target, receptor: "kick", connect: allToAll({ self: false }), weight: uniform(-0.2, 0.3), delay: 0.25 });
    net.projection("junctions", { source: target, target, receptor: "gap", connect, weight: uniform(0.001, 0.01), behaviors: [GapJunction()] });
  },
}); // prettier-ignore

export const synapses = connected("synapses with delays", undefined);
export const collected = connected("synapses whose spikes are collected", { largestRing: 0 });

export const learning: DeviceScene = {
  name: "learning",
  dt: 0.5,
  make(net) {
    net.signal("dopamine", { tau: 4, behaviors: [SignalPulses({ times: [0, 1, 3.5], amplitude: 2 })] });
    const source = net.population("source", 23, PoissonSource({ rate: 300 }));
    const target = net.population("target", 19, [LIF({ ...cell, I: uniform(2, 6) }), CurrentReceptor({ tau: 3 })]);
    const common = { source, target, connect: fixedProbability(0.4), weight: uniform(0, 1) };
    const lags = (n: number): number[] => Array.from({ length: n }, (_, i) => (i % 4) * 0.5);
    net.projection("paired", { ...common, axonal: lags(23), dendritic: lags(19), behaviors: [PairSTDP({ A_plus: 0.1 }), WeightBounds()] });
    net.projection("normalized", { ...common, delay: uniform(0, 3), behaviors: [PairSTDP({ A_plus: 0.1 }), WeightNormalization({ norm: uniform(1, 3), every: 2 })] });
    net.projection("rewarded", { ...common, behaviors: [RewardSTDP({ A_plus: 0.1, A_minus: 0.1, tau_c: 30 }), WeightBounds({ min: 0, max: 1 })] });
  },
}; // prettier-ignore

export const draws: DeviceScene = {
  name: "random numbers",
  dt: 0.5,
  make(net) {
    const source = net.population("source", 35, PoissonSource({ rate: 300 }));
    const target = net.population("target", 41, [
      LIF({ ...cell, I: uniform(1, 3) }),
      Drawing(),
      NoisyCurrent({ sigma: 2, tau: 4 }),
      CurrentReceptor(),
    ]);
    const behaviors = [Uncertain()];
    net.projection("uncertain", { source, target, connect: fixedProbability(0.4), weight: 0.3, behaviors });
  },
};

/** More neurons than are summed in one go. */
const crowds: DeviceScene = {
  name: "sums and competitions",
  dt: 0.5,
  make(net) {
    net.population("crowd", [14, 21], [LIF({ ...cell, I: uniform(2, 8), init_v: uniform(-66, -49) }), Crowd()]);
  },
};

export const coded: DeviceScene = {
  name: "host code",
  dt: 0.5,
  make(net) {
    const source = net.population("source", 21, PoissonSource({ rate: 300 }));
    const target = net.population("target", 13, [
      LIF({ ...cell, I: uniform(2, 6) }),
      Coded(),
      Beside(),
      CurrentReceptor(),
      Recorder({ variables: ["v", "load"] }),
    ]);
    net.projection("synapses", { source, target, connect: fixedProbability(0.4), weight: uniform(0, 1), delay: 1 });
  },
};

/** Scenes whose bits are compared step by step. */
export const deviceScenes: readonly DeviceScene[] = [cells, synapses, collected, learning, draws, crowds, coded];
