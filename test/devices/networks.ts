/** One list of small networks for every device: populations with every receptor, and projections of every kind between them. */
import {
  AdEx,
  allToAll,
  AlphaConductance,
  AlphaCurrent,
  ApicalDendrite,
  ConductanceReceptor,
  ConstantCurrent,
  CouplingReceptor,
  CurrentReceptor,
  defineBehavior,
  DeltaReceptor,
  DistalDendrite,
  DoubleExponentialConductance,
  DoubleExponentialCurrent,
  fixedInDegree,
  fixedProbability,
  fromArrays,
  GapJunction,
  Izhikevich,
  LIF,
  NMDAReceptor,
  normal,
  oneToOne,
  Phase,
  PoissonSource,
  ProximalDendrite,
  QIFMeanField,
  RateCoupling,
  Recorder,
  Refractory,
  SpikeTrain,
  StochasticRelease,
  TsodyksMarkram,
  uniform,
  type MethodName,
  type Network,
  type Projection,
} from "neuroweave";
import { rateNetworks } from "./learning-networks-rates.ts";
import { spikeRules } from "./learning-networks-spike-rules.ts";
import { stabilised } from "./learning-networks-stabilisers.ts";
import { rewardNetworks } from "./learning-networks-reward.ts";

/** Makes populations and projections in an empty network. */
export interface DeviceNetwork {
  readonly name: string;
  readonly dt?: number;
  /** None of its populations spikes. */
  readonly silent?: true;
  readonly make: (net: Network, precision: "f64" | "f32") => void;
  /** Happens after the first runs: switches, detaching, wiring anew. */
  readonly change?: (net: Network) => void;
}

const cell = { R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65 };

/** Irregular spikes, several in one step among them. */
const busy = (net: Network, n: number, rate = 200) => net.population("source", n, PoissonSource({ rate }));

const projectionOf = (net: Network, name: string): Projection =>
  net.projections.find((projection) => projection.name === name)!;

/** Every receptor at once: what arrives at one of them acts on the same voltages as that of all others. */
const everyReceptor = (method: MethodName): DeviceNetwork => ({
  name: `all receptors on one population by ${method}`,
  make(net) {
    const n = 37;
    const source = busy(net, 53);
    const cells = net.population(
      "cells",
      n,
      [
        LIF({ ...cell, I: uniform(0, 2) }),
        Refractory({ tau_ref: 0.7 }),
        DeltaReceptor({ name: "delta" }),
        CurrentReceptor({ name: "current", tau: 3 }),
        ConductanceReceptor({ name: "g_exc" }),
        ConductanceReceptor({ name: "g_inh", tau: uniform(4, 12), E: -80 }),
        AlphaCurrent({ name: "alpha_current" }),
        AlphaConductance({ name: "alpha_g", tau: 1.5 }),
        DoubleExponentialCurrent({ name: "double_current", tau_rise: 0.7, tau_decay: 4 }),
        DoubleExponentialConductance({ name: "double_g", tau_rise: uniform(0.5, 2), tau_decay: 2 }),
        NMDAReceptor({ name: "nmda" }),
        CouplingReceptor({ name: "pulse" }),
        Recorder({ variables: ["v", "I", "nmda.g", "double_g.rise"], every: 0.3 }),
      ],
      { method },
    );
    const weights: Readonly<Record<string, number>> = {
      delta: 0.6,
      current: 0.4,
      g_exc: 0.02,
      g_inh: 0.03,
      alpha_current: 0.5,
      alpha_g: 0.01,
      double_current: -0.3,
      double_g: 0.02,
      nmda: 0.05,
      pulse: 3,
    };
    for (const [receptor, weight] of Object.entries(weights))
      net.projection(`to ${receptor}`, { source, target: cells, receptor, connect: fixedProbability(0.2), weight });
  },
});

/** What a neuron adds to a slow trace of its population's activity, which inhibits it; the strongest two of each line spike. */
const crowd = defineBehavior({
  name: "crowd",
  priority: Phase.Competition,
  parameters: { strength: { default: 0.05 } },
  state: { felt: { init: 0 } },
  signals: {
    near: { of: "v >= threshold - 5 ? 1 : 0", by: "sum" },
    highest: { of: "v", by: "max" },
    lowest: { of: "v", by: "min" },
    usual: { of: "v - v_rest", by: "mean" },
  },
  competition: { by: "v", among: "v >= threshold", k: 2, dimension: 1 },
  equations: "felt = 0.9 * felt + near + 0.01 * (highest - lowest) + 0.1 * usual",
  onLose: "v = v_reset",
});
const inhibited = defineBehavior({ name: "inhibited", parameters: { gain: { default: 0.01 } }, equations: "I += -gain * felt" }); // prettier-ignore

/** What a synapse draws at a spike, and what all of them draw together. */
const Drawing = defineBehavior({
  name: "drawing",
  scope: "instance",
  state: { own: { init: 0 }, common: { init: 0 } },
  onPre: `
    efficacy = uniform(0, 1) + poisson(0.5) + sharedUniform(0, 1)
    own = normal(0, 1)
    common = sharedNormal(0, 1)
  `,
});

export const networks: readonly DeviceNetwork[] = [
  ...rewardNetworks,
  everyReceptor("euler"),
  everyReceptor("rk4"),
  everyReceptor("exponentialEuler"),
  {
    name: "two populations that excite and inhibit each other and themselves, with drawn weights and delays per synapse",
    make(net) {
      const excitatory = net.population("excitatory", 80, [
        AdEx({ I: uniform(800, 1500), v_spike: 0, b: 20, init_v: uniform(-70, -48) }),
        Refractory({ tau_ref: 1, hold: "all" }),
        ConductanceReceptor({ name: "exc" }),
        ConductanceReceptor({ name: "inh", E: -80, tau: 8 }),
      ]);
      const inhibitory = net.population("inhibitory", 23, [
        Izhikevich({ a: 0.1, d: 2, I: uniform(10, 20), init_v: uniform(-70, -45) }),
        CurrentReceptor({ name: "exc" }),
        CurrentReceptor({ name: "inh" }),
      ]);
      const delay = normal(1.5, 0.75, { min: 0.1, max: 4 });
      const both = { excitatory, inhibitory };
      for (const [from, source] of Object.entries(both))
        for (const [to, target] of Object.entries(both))
          net.projection(`${from} to ${to}`, {
            source,
            target,
            receptor: from === "excitatory" ? "exc" : "inh",
            connect: fixedProbability(0.3),
            weight: from === "excitatory" || to === "excitatory" ? uniform(0.1, 3) : uniform(-2, 0),
            delay,
          });
    },
    change: (net) => projectionOf(net, "inhibitory to excitatory").disable(),
  },
  ...(["f64", "f32", "i16"] as const).map((weights): DeviceNetwork => ({
    name: `weights stored as ${weights}, one delay for each source, several synapses for a pair`,
    dt: 0.25,
    make(net, precision) {
      const source = busy(net, 40);
      const cells = net.population("cells", 70, [LIF({ ...cell, I: 2 }), CurrentReceptor({ name: "r" })]);
      // A network of single precision has no weights of double.
      const kind = weights === "f64" && precision === "f32" ? {} : { weights };
      net.projection("to cells", {
        source,
        target: cells,
        connect: fixedInDegree(9),
        weight: normal(0.3, 0.4),
        delay: Array.from({ length: 40 }, (_, s) => (s % 7) * 0.25),
        ...kind,
      });
    },
  })),
  {
    name: "short-term plasticity of every convention, with release, over delays of every kind",
    dt: 0.5,
    make(net) {
      const source = busy(net, 30, 80);
      const receptor = (name: string) => CurrentReceptor({ name, tau: 4 });
      const cells = net.population("cells", 41, [LIF({ ...cell, I: 2 }), receptor("a"), receptor("b"), receptor("c")]);
      const common = { source, target: cells, connect: fixedProbability(0.4) };
      net.projection("first", { ...common, receptor: "a", weight: 1, behaviors: [TsodyksMarkram({ U: uniform(0.2, 0.8), tau_rec: 120 })] });
      net.projection("second", {
        ...common,
        receptor: "b",
        weight: uniform(0.5, 1),
        delay: uniform(0, 6),
        behaviors: [TsodyksMarkram({ U: 0.1, tau_rec: 50, tau_facil: 300, convention: "use-then-update" }), StochasticRelease({ p: 0.6 })],
      });
      net.projection("third", {
        ...common,
        receptor: "c",
        weight: 2,
        delay: Array.from({ length: 30 }, (_, s) => (s % 4) / 2),
        behaviors: [
          StochasticRelease({ p: uniform(0.2, 0.9), n: 3 }),
          TsodyksMarkram({ tau_facil: 20, tau_psc: 5, convention: "inactivation" }),
        ],
      });
    },
    change: (net) => projectionOf(net, "second").detach("stochasticRelease"),
  },
  {
    name: "synapses that draw for each of them, and once for all",
    dt: 0.5,
    make(net) {
      const source = busy(net, 17, 300);
      const cells = net.population("cells", 22, [LIF({ ...cell, I: 2 }), CurrentReceptor()]);
      net.projection("drawing", { source, target: cells, connect: fixedProbability(0.4), weight: 0.3, behaviors: [Drawing()] });
    },
  },
  {
    name: "compartments that are primed",
    dt: 0.5,
    make(net) {
      const source = busy(net, 21, 300);
      const cells = net.population("cells", 26, [
        LIF({ ...cell, I: uniform(2, 5) }),
        ProximalDendrite({ I_tau: 3 }),
        DistalDendrite({ I_tau: uniform(1, 4) }),
        ApicalDendrite(),
      ]);
      for (const receptor of ["proximalDendrite", "distalDendrite", "apicalDendrite"])
        net.projection(receptor, { source, target: cells, receptor, connect: fixedProbability(0.3), weight: uniform(0, 2), delay: uniform(0, 3) });
    },
  },
  {
    name: "gap junctions beside synapses",
    make(net) {
      const n = 19;
      const cells = net.population("cells", n, [
        LIF({ ...cell, I: uniform(2, 5), init_v: uniform(-65, -50) }),
        DeltaReceptor({ name: "kick" }),
        CouplingReceptor({ name: "gap" }),
      ]);
      const ring = Array.from({ length: n }, (_, i) => i);
      const next = ring.map((i) => (i + 1) % n);
      net.projection("junctions", {
        source: cells,
        target: cells,
        receptor: "gap",
        connect: fromArrays({ sources: [...ring, ...next], targets: [...next, ...ring] }),
        weight: uniform(0.005, 0.02),
        behaviors: [GapJunction()],
      });
      net.projection("spikes", { source: cells, target: cells, receptor: "kick", connect: fixedProbability(0.3), weight: -0.5, delay: 0.8 });
    },
    change: (net) => projectionOf(net, "spikes").rewire({ weight: uniform(-1, 0), delay: uniform(0, 2) }),
  },
  {
    name: "mean fields that are coupled by rates, one of them by parts",
    silent: true,
    make(net) {
      const field = { x_ou_sigma: 0.3, y_ou_sigma: 0.05 };
      const one = net.population("one", 6, [QIFMeanField(field), CouplingReceptor({ name: "felt" })]);
      const other = net.population("other", 3, [QIFMeanField(field), CouplingReceptor({ name: "felt", into: "I_y" })]);
      net.projection("down", { source: one.slice(2, 5), target: other, connect: oneToOne(), weight: 0.1, behaviors: [RateCoupling()] });
      net.projection("up", { source: other, target: one, connect: allToAll(), weight: uniform(-1, 1), behaviors: [RateCoupling({ of: "v" })] });
    },
  },
  {
    name: "parts of populations, and one population into itself without autapses",
    make(net) {
      const source = net.population("source", 60, SpikeTrain({ times: [0, 0.1, 0.1, 0.1, 0.4, 1, 1, 2.3, 2.4, 2.5], ids: [0, 3, 20, 59, 21, 20, 39, 40, 25, 30] }));
      const cells = net.population("cells", 50, [LIF({ ...cell, I: uniform(2, 6) }), DeltaReceptor()]);
      net.projection("in", { source: source.slice(20, 41), target: cells.slice(7, 30), connect: fixedProbability(0.5), weight: 4, delay: 0.5 });
      net.projection("within", { source: cells.slice(0, 25), target: cells.slice(13, 50), connect: allToAll({ self: false }), weight: uniform(-0.2, 0.3), delay: 0.2 });
    },
  },
  {
    name: "a grid in which the strongest of each line spike, and the crowd inhibits",
    dt: 0.5,
    make(net) {
      const source = busy(net, 31, 400);
      const cells = net.population("cells", [5, 7], [
        LIF(cell),
        CurrentReceptor({ name: "r" }),
        ConstantCurrent({ amplitude: uniform(1, 4) }),
        crowd(),
        inhibited(),
      ]);
      net.projection("to cells", { source, target: cells, connect: fixedProbability(0.4), weight: 0.5, behaviors: [TsodyksMarkram({ U: 0.3, tau_rec: 60 })] });
    },
    change: (net) => net.populations[1]!.disable("inhibited"),
  },
  ...rateNetworks,
  ...spikeRules,
  ...stabilised,
]; // prettier-ignore
