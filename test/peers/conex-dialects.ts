/** A case of CoNeX as a network of this library. */
import {
  ConstantCurrent,
  createNetwork,
  CurrentCoefficient,
  Dopamine,
  ISTDP,
  LIF,
  ProximalDendrite,
  Recorder,
  RSTDP,
  SignalSchedule,
  SpikeTrain,
  STDP,
  WeightClip,
  WeightNormalization,
  type Connector,
  type Ingredient,
  type Network,
  type Population,
  type Projection,
  type ProjectionOptions,
} from "neuroweave";
import type { Cell, ConexCase } from "./conex-reference.ts";

export interface Ends {
  readonly source: number | readonly number[];
  readonly target: number | readonly number[];
  readonly connect: Connector;
  readonly weight?: ProjectionOptions["weight"];
  readonly positions: number;
}

function ruleOf(each: ConexCase, positions: number) {
  const { a_plus, a_minus, w_min, w_max, positive_bound, negative_bound, tau_c, lr, rho, alpha } = each;
  const traces = { tau_s: each.tau_s, tau_post: each.tau_post, spike_scale: each.scale };
  const pairs = { ...traces, a_plus, a_minus, w_min, w_max, positive_bound, negative_bound };
  if (each.rule === "stdp") return [STDP({ ...pairs, positions })];
  if (each.rule === "rstdp") return [RSTDP({ ...pairs, tau_c, positions })];
  return each.rule === "istdp"
    ? [ISTDP({ ...traces, lr, rho, ...(alpha === null ? {} : { alpha }), is_inhibitory: each.inh })]
    : [];
}

export interface ConexNetwork {
  readonly net: Network;
  readonly target: Population;
  readonly synapses: Projection;
}

/** Iteration t of CoNeX is step t − 1. */
export function conexNetwork(each: ConexCase, cell: Cell, { source: from, target: into, connect, weight, positions }: Ends): ConexNetwork {
  const { dt, norm, clip, src_delay, dst_delay } = each;
  const net = createNetwork({ dt, seed: 1 });
  const times = each.payoff.map((_, step) => step * dt);
  net.signal("payoff", { behaviors: [SignalSchedule({ times, values: each.payoff })] });
  net.signal("dopamine", { behaviors: [Dopamine({ tau_dopamine: each.tau_d })] });
  const events = each.pre_spikes.flatMap((ids, step) => ids.map((id) => ({ id, time: step * dt })));
  const train = SpikeTrain({ ids: events.map(({ id }) => id), times: events.map(({ time }) => time) });
  const source = net.population("source", from as number, train);
  const members: Ingredient[] = [LIF({ ...cell }), ProximalDendrite({ name: "Proximal" }), Recorder({ variables: ["v"] })];
  if (each.drive !== 0) members.push(ConstantCurrent({ amplitude: each.drive }));
  const target = net.population("target", into as number, members as never) as unknown as Population;
  const synapses = net.projection("synapses", {
    source,
    target,
    receptor: "Proximal",
    connect,
    ...(weight === undefined ? {} : { weight }),
    delay: (i, j) => (src_delay[i]! + dst_delay[j]! + 1) * dt,
    axonal: src_delay.map((steps) => steps * dt),
    dendritic: dst_delay.map((steps) => steps * dt),
    behaviors: [
      CurrentCoefficient({ current_coef: each.coef, is_inhibitory: each.inh }),
      ...ruleOf(each, positions),
      ...(norm === null ? [] : [WeightNormalization({ norm, dialect: "conex" })]),
      ...(clip === null ? [] : [WeightClip({ w_min: clip[0], w_max: clip[1] })]),
    ],
  });
  return { net, target, synapses };
} // prettier-ignore
