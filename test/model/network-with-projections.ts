/** A network with one of everything that has spikes on their way, or state between spikes. */
import {
  allToAll,
  ConductanceReceptor,
  CouplingReceptor,
  createNetwork,
  DeltaReceptor,
  fixedInDegree,
  fixedProbability,
  GapJunction,
  normal,
  PoissonSource,
  Refractory,
  StochasticRelease,
  TsodyksMarkram,
  uniform,
  type EngineOptions,
  type Network,
} from "neuroweave";
import { allBits } from "../kernel/bits.ts";
import { stateOf } from "../devices/state-of.ts";
import { Cell } from "./tiny-behaviors.ts";

export type WovenOptions = EngineOptions;

/** Noise drives cells that drive one another. */
export function woven(options: WovenOptions = {}): Network {
  const net = createNetwork({ dt: 0.5, seed: "woven", ...options });
  const noise = net.population("noise", 12, PoissonSource({ rate: 120 }));
  const cells = net.population("cells", 9, [
    Cell({ tau_m: uniform(6, 12), theta: 1 }),
    ConductanceReceptor({ name: "exc", tau: 4, E: 4 }),
    ConductanceReceptor({ name: "slow", tau: 30, E: 3 }),
    DeltaReceptor({ name: "kick" }),
    CouplingReceptor({ name: "gap" }),
    Refractory({ tau_ref: 1 }),
  ]);
  const first = cells.slice(0, 5);
  net.projection("noise→cells", {
    source: noise,
    target: cells,
    connect: fixedProbability(0.6),
    receptor: "exc",
    weight: uniform(0.02, 0.1),
    delay: 3.5,
    weights: "i16",
  });
  net.projection("direct", { source: noise, target: cells, connect: fixedInDegree(3), receptor: "exc", weight: 0.05 });
  net.projection("tired", {
    source: noise,
    target: first,
    connect: allToAll(),
    receptor: "slow",
    weight: 0.03,
    delay: 2,
    behaviors: [TsodyksMarkram({ U: 0.4, tau_rec: 50, tau_facil: 20 })],
  });
  net.projection("chance", {
    source: first,
    target: cells.slice(3, 9),
    connect: allToAll(),
    receptor: "kick",
    weight: uniform(-0.2, 0.2),
    delay: normal(2, 1, { min: 0 }),
    behaviors: [StochasticRelease({ p: 0.5 })],
  });
  net.projection("resting", { source: cells, target: cells, connect: fixedInDegree(2), receptor: "kick", weight: 0.4, delay: 5 }); // prettier-ignore
  net.projection("junctions", { source: cells, target: first, connect: fixedInDegree(2), receptor: "gap", weight: 0.02, behaviors: [GapJunction()] }); // prettier-ignore
  net.findProjection("resting").disable();
  return net;
}

/** Everything that a user can see of it, to the bit. */
export function everything(net: Network): unknown {
  return {
    ...stateOf(net),
    steps: net.steps,
    projections: net.projections.map((each) => ({
      name: each.name,
      ends: [each.source, each.target, each.receptor, each.enabled],
      behaviors: each.behaviors,
      weights: [...each.weights().sources].map((s, j) => [s, each.weights().targets[j]]),
      values: allBits(each.weights().values),
      delays: allBits(each.delays().values),
    })),
  };
}
