/** Rules of triplets, of calcium, of voltage and of inhibition, for every device. */
import {
  AdExAfterpotential,
  allToAll,
  CalciumSTDP,
  CUBACell,
  CurrentReceptor,
  fixedProbability,
  InhibitorySTDP,
  PoissonSource,
  SymmetricSTDP,
  TripletSTDP,
  uniform,
  VoltageSTDP,
  VoltageTraces,
  WeightBounds,
} from "neuroweave";
import type { DeviceNetwork } from "./networks.ts";

export const spikeRules: readonly DeviceNetwork[] = [
  {
    name: "triplets with either pairing, and symmetric and inhibitory rules, with lags at both ends",
    dt: 0.5,
    make(net) {
      const source = net.population("source", 29, PoissonSource({ rate: 150 }));
      const cells = net.population("cells", 21, [CUBACell({ I: uniform(5, 20) })]);
      const connect = fixedProbability(0.4);
      const weight = uniform(0.1, 0.9);
      const excitatory = { source, target: cells, connect, weight, receptor: "g_exc" };
      net.projection("triplets", { ...excitatory, axonal: 1, behaviors: [TripletSTDP({ fit: "hippocampal-culture", tie: "potentiation" }), WeightBounds()] });
      net.projection("nearest triplets", { ...excitatory, dendritic: 0.5, behaviors: [TripletSTDP({ terms: "minimal", pairing: "nearest" })] });
      net.projection("symmetric", { ...excitatory, behaviors: [SymmetricSTDP({ alpha: 0.1, A: uniform(0, 0.1) })] });
      net.projection("inhibitory", {
        source: cells,
        target: cells,
        connect: allToAll({ self: false }),
        weight: 0.2,
        delay: 1,
        receptor: "g_inh",
        behaviors: [InhibitorySTDP({ rho0: 20 }), WeightBounds({ min: 0, max: null })],
      });
    },
    change: (net) => void (net.learning = false),
  },
  {
    name: "calcium that comes late and noise, and voltages of spikes that have a width",
    make(net) {
      const source = net.population("source", 23, PoissonSource({ rate: 300 }));
      const cells = net.population("cells", 18, [
        AdExAfterpotential({ I: uniform(500, 1500), init_v: uniform(-70, -40), t_clamp: 0.5 }),
        VoltageTraces({ delay: 0.3, tau_u_mean: 20 }),
        CurrentReceptor({ tau: 5 }),
      ]);
      const both = { source, target: cells, connect: fixedProbability(0.5) };
      net.projection("calcium", { ...both, behaviors: [CalciumSTDP({ D: 0.7, tau_rho: 300, C_pre: uniform(0, 2), init_rho: uniform(0, 1) })] });
      net.projection("graded", { ...both, behaviors: [CalciumSTDP({ fit: "DPD", D: 0, noise: false, bistable: false })] });
      net.projection("voltage", { ...both, weight: uniform(0, 1), behaviors: [VoltageSTDP({ homeostasis: true }), WeightBounds()] });
    },
  },
]; // prettier-ignore
