/** One synapse between two neurons that spike when they are told to. */
import { allToAll, createNetwork, defineBehavior, SpikeTrain, type Network, type ProjectionOptions } from "neuroweave";

const Sink = defineBehavior({ name: "sink", state: { felt: { init: 0 } }, onArrival: "felt = arriving" });

export interface Script {
  readonly dt: number;
  /** Times of spikes in ms. */
  readonly pre: readonly number[];
  readonly post: readonly number[];
  readonly behaviors: ProjectionOptions["behaviors"];
  readonly weight?: number;
  readonly prepare?: (net: Network) => void;
}

const trainOf = (times: readonly number[]) => SpikeTrain({ times, ids: times.map(() => 0) });

export function scriptedSynapse({ dt, pre, post, behaviors = [], weight = 0, prepare }: Script) {
  const net = createNetwork({ dt, seed: 1 });
  prepare?.(net);
  const source = net.population("pre", 1, trainOf(pre));
  const target = net.population("post", 1, [trainOf(post), Sink()]);
  const synapse = net.projection("synapse", { source, target, connect: allToAll(), weight, behaviors });
  return { net, weight: () => synapse.get("w")[0]!, synapse };
}
