/** Pairs of spikes at a neuron whose voltage decides what a synapse learns. */
import {
  AdExAfterpotential,
  createNetwork,
  defineBehavior,
  DeltaReceptor,
  oneToOne,
  Phase,
  SpikeTrain,
  VoltageSTDP,
  VoltageTraces,
} from "neuroweave";

export interface Protocol {
  readonly order: "post before pre" | "pre before post";
  /** Hz. */
  readonly frequency: number;
  /** Moments in ms. */
  readonly pre: readonly number[];
  readonly post: readonly number[];
  /** The weight in percent after 15 repetitions of the five pairs, 100 + 1500 Δw / w, in NEST's test of its clopath_synapse. */
  readonly nest: number;
}

export const protocols: readonly Protocol[] = [
  { order: "post before pre", frequency: 10, pre: [29, 129, 229, 329, 429], post: [19, 119, 219, 319, 419], nest: 57.82638722 },
  { order: "post before pre", frequency: 30, pre: [29, 62.3, 95.7, 129, 162.3], post: [19, 52.3, 85.7, 119, 152.3], nest: 72.16730112 },
  { order: "post before pre", frequency: 50, pre: [29, 49, 69, 89, 109], post: [19, 39, 59, 79, 99], nest: 149.43359357 },
  { order: "pre before post", frequency: 10, pre: [129, 229, 329, 429, 529, 629], post: [139, 239, 339, 439, 539, 639], nest: 103.30408341 },
  { order: "pre before post", frequency: 30, pre: [62.3, 95.6, 129, 162.3, 195.6, 229], post: [72.3, 105.6, 139, 172.3, 205.6, 239], nest: 124.03640668 },
  { order: "pre before post", frequency: 50, pre: [49, 69, 89, 109, 129, 149], post: [59, 79, 99, 119, 139, 159], nest: 157.02882555 },
]; // prettier-ignore

/** Adds what arrives at the end of a step's dynamics, where NEST does; a spike that it makes comes in the next step. */
const LateKick = defineBehavior({
  name: "lateKick",
  priority: Phase.Competition,
  requires: ["v"],
  state: { kick: { init: 0, unit: "mV" } },
  onArrival: "kick = arriving",
  equations: "v += kick",
});

const train = (times: readonly number[]) => SpikeTrain({ times: times.map((t) => t - 0.1), ids: times.map(() => 0) });

export interface PairOptions {
  readonly dt: number;
  /** Kicks as NEST gives them, or at the beginning of a step, as receptors do. */
  readonly kicks: "as NEST" | "at once";
  readonly A_LTP?: number;
}

/**
 * The weight after the pairs in percent, read by the last presynaptic spike. Kicks of 80 mV make the spikes of the target, whose parameters
 * are those of NEST's test; that gives b in nA where pA are meant, so there is hardly any adaptation. NEST's moments are ends of steps,
 * here they are beginnings: hence the 0.1 ms of its step here and there.
 */
export async function percentAfter({ pre, post }: Protocol, { dt, kicks, A_LTP = 8e-5 }: PairOptions): Promise<number> {
  const late = kicks === "as NEST";
  const net = createNetwork({ dt });
  const source = net.population("source", 1, train(pre));
  const electrode = net.population("electrode", 1, train(post));
  const target = net.population("target", 1, [
    AdExAfterpotential({ b: 0.0805, v_r: -49.6 }),
    VoltageTraces({ delay: late ? 3.9 : 4 }),
    late ? LateKick({ name: "kick" }) : DeltaReceptor({ name: "kick" }),
  ]);
  const connect = oneToOne();
  net.projection("kicks", { source: electrode, target, connect, weight: 80, delay: late ? 0.1 : 0.2 });
  const behaviors = [VoltageSTDP({ A_LTP })];
  const plastic = net.projection("plastic", { source, target, connect, weight: 0.5, delay: 0.2, behaviors });
  await net.run(pre.at(-1)!);
  return 100 + (1500 * (plastic.get("w")[0]! - 0.5)) / 0.5;
}
