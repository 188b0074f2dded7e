/** Small networks in which what keeps learning in bounds is at work: every behavior of it, on every device. */
import {
  AdaptiveThreshold,
  CurrentReceptor,
  DeltaReceptor,
  fixedProbability,
  IntrinsicPlasticity,
  Leak,
  LIF,
  PairSTDP,
  PoissonSource,
  StochasticFire,
  SynapticScaling,
  uniform,
  WeightBounds,
  WeightClip,
  WeightDecay,
  WeightNormalization,
} from "neuroweave";
import type { DeviceNetwork } from "./networks.ts";

export const stabilised: readonly DeviceNetwork[] = [
  {
    name: "weights that learn and are normalized by target and source, scaled, clipped, bounded and let decay",
    dt: 0.5,
    make(net) {
      const source = net.population("source", 23, PoissonSource({ rate: 200 }));
      const cells = net.population("cells", 19, [LIF({ R: 5, I: uniform(2, 5) }), AdaptiveThreshold({ theta_plus: 0.8, tau_theta: 30 }), CurrentReceptor({ tau: 3 })]);
      const common = { source, target: cells, connect: fixedProbability(0.4), weight: uniform(0, 1) };
      net.projection("by target", { ...common, behaviors: [PairSTDP({ A_plus: 0.1 }), WeightBounds(), WeightNormalization({ norm: uniform(1, 3) })] });
      net.projection("by source", { ...common, behaviors: [PairSTDP({ A_plus: 0.1 }), WeightClip({ w_max: 0.7 }), WeightNormalization({ by: "source", measure: "L2", every: 2 })] });
      net.projection("as CoNeX", { ...common, delay: uniform(0, 3), behaviors: [PairSTDP(), WeightDecay({ every: 1 }), WeightNormalization({ dialect: "conex" })] });
      net.projection("slowly", { ...common, behaviors: [PairSTDP({ A_plus: 0.1 }), SynapticScaling({ tau_activity: 50, beta_scaling: 2, gamma_scaling: 1 }), WeightDecay({ tau_w: 40, w_inf: uniform(0, 0.5) })] });
    },
    change(net) {
      net.projections[0]!.disable("weightNormalization");
      net.projections[1]!.restructure({ prune: [0, 1, 20], grow: { sources: [22, 5], targets: [0, 18], weight: 0.3 } });
      net.projections[2]!.restructure({ prune: [3, 9], grow: { sources: [4], targets: [4], weight: 0.3, delay: 2 } });
    },
  },
  {
    name: "spikes at random, at intensities that bend to be distributed exponentially",
    dt: 0.5,
    make(net) {
      const source = net.population("source", 31, PoissonSource({ rate: 300 }));
      const target = net.population("cells", 17, [Leak({ tau: 10, v_rest: -49 }), StochasticFire({ r_0: 200, v_reset: -60 }), IntrinsicPlasticity({ eta_r: 100, eta_u: 0.1, eta_alpha: 0.1 }), DeltaReceptor()]);
      net.projection("to cells", { source, target, connect: fixedProbability(0.4), weight: uniform(0, 2) });
    },
  },
]; // prettier-ignore
