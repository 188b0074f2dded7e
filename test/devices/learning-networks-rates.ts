/** Networks for every device whose weights follow rates, or an estimate of the gradient. */
import {
  allToAll,
  BCMRule,
  CouplingReceptor,
  CurrentReceptor,
  DeltaReceptor,
  EProp,
  fixedProbability,
  HebbianRule,
  LearningSignal,
  LIF,
  OjaRule,
  PoissonSource,
  PseudoDerivative,
  RateCoupling,
  RateNeuron,
  SineCurrent,
  uniform,
  WeightBounds,
} from "neuroweave";
import type { DeviceNetwork } from "./networks.ts";

export const rateNetworks: readonly DeviceNetwork[] = [
  {
    name: "rates that learn by the rules of Hebb, Oja and BCM",
    dt: 0.5,
    silent: true,
    make(net) {
      const source = net.population("source", 19, [
        RateNeuron({ transfer: "rectified" }),
        SineCurrent({ amplitude: 1, frequency: uniform(20, 90), phase: uniform(0, 3), offset: 0.5 }),
      ]);
      const target = net.population("target", 7, [
        RateNeuron({ transfer: "tanh", tau: uniform(5, 15) }),
        CouplingReceptor({ name: "drive" }),
      ]);
      const rules = {
        hebb: HebbianRule({ eta: 0.003, theta_pre: uniform(0, 0.4), theta_post: 0.1 }),
        oja: OjaRule({ eta: 0.01 }),
        bcm: BCMRule({ eta: 0.02, tau_theta: uniform(5, 30), r_0: 0.5 }),
      };
      for (const [name, rule] of Object.entries(rules))
        net.projection(name, {
          source,
          target,
          receptor: "drive",
          connect: fixedProbability(0.5),
          weight: uniform(0, 0.4),
          behaviors: [RateCoupling(), rule, ...(name === "hebb" ? [WeightBounds({ min: 0, max: 0.5 })] : [])],
        });
    },
    change: (net) => net.findProjection("oja").disable("ojaRule"),
  },
  {
    name: "spiking neurons that follow errors which a read-out sends back",
    dt: 0.5,
    make(net) {
      const source = net.population("source", 23, PoissonSource({ rate: 120 }));
      const cells = net.population("cells", 11, [
        LIF({ R: 5, I: 2.5 }),
        PseudoDerivative(),
        LearningSignal(),
        DeltaReceptor({ name: "jump" }),
        CurrentReceptor({ name: "current", tau: 4 }),
        CouplingReceptor({ name: "feedback", into: "error" }),
      ]);
      const output = net.population("output", 2, [LIF({ R: 5, I: 4 }), CurrentReceptor({ name: "trace", tau: 20 })]);
      for (const [receptor, options] of [
        ["jump", {}],
        ["current", { response: "current", tau_s: 4, R_e: 5, threshold: "adaptive", beta_a: 0.5 }],
      ] as const)
        net.projection(receptor, {
          source,
          target: cells,
          receptor,
          connect: fixedProbability(0.4),
          weight: uniform(0, 1),
          delay: 1.5,
          axonal: 1,
          behaviors: [EProp({ eta_e: 0.01, ...options })],
        });
      net.projection("out", { source: cells, target: output, receptor: "trace", connect: allToAll(), weight: uniform(-1, 1) });
      net.projection("back", { source: output, target: cells, receptor: "feedback", connect: allToAll(), weight: uniform(-0.02, 0.02), behaviors: [RateCoupling({ of: "v" })] });
    },
  },
]; // prettier-ignore
