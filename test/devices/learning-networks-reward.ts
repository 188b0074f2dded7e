/** Networks in which rewards decide what is learnt, and CoNeX's rules, with shares of delays that differ between neurons. */
import {
  allToAll,
  CurrentCoefficient,
  DelayedReward,
  DeltaReceptor,
  Dopamine,
  fixedProbability,
  ISTDP,
  LIF,
  MSTDP,
  MSTDPET,
  PoissonSource,
  Recorder,
  RewardPrediction,
  RewardSTDP,
  RSTDP,
  SignalPulses,
  SignalSchedule,
  STDP,
  uniform,
  WeightBounds,
  WeightClip,
  WeightNormalization,
  convolution,
} from "neuroweave";
import type { DeviceNetwork } from "./networks.ts";

const cell = { R: 5, tau: 10, threshold: -60, v_reset: -70, v_rest: -65, I: 0.6 };
const steps = (n: number, dt: number): number[] => Array.from({ length: n }, (_, i) => (i % 4) * dt);
const projected = { receptor: "psp", connect: fixedProbability(0.3), weight: uniform(0.2, 0.8) };

export const rewardNetworks: readonly DeviceNetwork[] = [
  {
    name: "rules that a delayed reward and its prediction gate",
    make(net) {
      net.signal("reward", { behaviors: [SignalSchedule({ times: [0, 0.5, 3, 6], values: [0, 1, -0.5, 0.2] })] });
      net.signal("late", { behaviors: [DelayedReward({ reward: "reward", delay: 1.2 })] });
      net.signal("surprise", { behaviors: [RewardPrediction({ reward: "late", tau_expected: 5 })] });
      net.signal("dopamine", { tau: 4, behaviors: [SignalPulses({ times: [0, 1, 1.3, 5], amplitude: 2 }), Recorder({ variables: ["value", "mean"] })] });
      net.signal("earned", { behaviors: [SignalPulses({ times: [0.4, 2, 2.1, 5], amplitude: 0.3, form: "impulse" })] });
      const source = net.population("source", 23, PoissonSource({ rate: 400 }));
      const target = net.population("target", 17, [LIF(cell), DeltaReceptor({ name: "psp" })]);
      const route = { source, target, ...projected, delay: 0.5, axonal: steps(23, 0.1), dendritic: steps(17, 0.1) };
      const bounds = WeightBounds({ min: 0, max: 1 });
      net.projection("dopaminergic", { ...route, behaviors: [RewardSTDP({ A_plus: 0.1, A_minus: 0.1, tau_c: 30 }), bounds] });
      net.projection("now and then", { ...route, behaviors: [RewardSTDP({ A_plus: 0.1, dependence: "multiplicative", pairing: "nearest", tie: "both", every: 0.5, signal: "surprise" }), bounds] });
      net.projection("modulated", { ...route, behaviors: [MSTDP({ signal: "late", gamma: 0.05 })] });
      net.projection("traced", { ...route, behaviors: [MSTDPET({ signal: "earned", gamma: 0.5 }), bounds] });
    },
    change(net) {
      for (const { name } of net.projections) net.projections.find((each) => each.name === name)!.set({ tau_plus: 11 });
      net.signals["dopamine"]!.add(0.7);
    },
  },
  {
    name: "CoNeX's rules behind axons and dendrites of different lengths, of which some are switched off",
    dt: 1,
    make(net) {
      net.signal("payoff", { behaviors: [SignalSchedule({ times: [0, 4, 5, 20], values: [0, 1, 0, -0.5] })] });
      net.signal("dopamine", { behaviors: [Dopamine({ tau_dopamine: 10 })] });
      const source = net.population("source", [2, 4, 3], PoissonSource({ rate: 100 }));
      const target = net.population("target", [2, 3, 2], [LIF(cell), DeltaReceptor({ name: "psp" })]);
      const [src, dst] = [steps(24, 1), steps(12, 1)];
      const delay = (i: number, j: number): number => src[i]! + dst[j]! + 1;
      const route = { source, target, ...projected, delay, axonal: src, dendritic: dst };
      const bound = { positive_bound: "soft_bound", negative_bound: "hard_bound" } as const;
      net.projection("stdp", { ...route, connect: allToAll(), behaviors: [STDP({ ...bound, a_plus: 0.1, a_minus: 0.1 }), WeightNormalization({ norm: 6 }), WeightClip()] });
      net.projection("rstdp", { ...route, behaviors: [RSTDP({ ...bound, tau_c: 20 }), CurrentCoefficient({ current_coef: 1.5 })] });
      net.projection("istdp", { ...route, behaviors: [ISTDP({ lr: 0.01 }), CurrentCoefficient({ current_coef: 0.5, is_inhibitory: true })] });
      const kernel = [0, 1].map((o) => [0, 1].map((i) => [[0.1 + o / 4, 0.4], [0.5, 0.2 + i / 3]]));
      const { weight: _, ...shared } = route;
      net.projection("kernel", { ...shared, connect: convolution({ kernel }), behaviors: [STDP({ ...bound, positions: 6 }), WeightClip()] });
      net.projection("rewarded kernel", { ...shared, connect: convolution({ kernel }), behaviors: [RSTDP({ ...bound, tau_c: 20, positions: 6 }), WeightClip()] });
    },
    change(net) {
      const of = (name: string) => net.projections.find((each) => each.name === name)!;
      of("rstdp").disable();
      of("istdp").detach("conexSymmetricPairs");
      of("stdp").disable("weightNormalization");
    },
  },
]; // prettier-ignore
