/** Synapses between neurons that spike when they are told to. */
import {
  allToAll,
  createNetwork,
  defineBehavior,
  SpikeTrain,
  type Network,
  type Projection,
  type ProjectionOptions,
} from "neuroweave";

/** A receptor that nothing follows from. */
export const Sink = defineBehavior({
  name: "sink",
  scope: "instance",
  state: { g: { init: 0 } },
  onArrival: "g = arriving",
});

/** In ms, one list for each neuron. */
export type Trains = readonly (readonly number[])[];

const spiking = (trains: Trains) =>
  SpikeTrain({ times: trains.flat(), ids: trains.flatMap((times, id) => times.map(() => id)) });

/** All to all from neurons that spike at the times of `pre` to others that spike at those of `post`, in the order of sources. */
export function learningBetween(
  pre: Trains,
  post: Trains,
  options: Partial<ProjectionOptions>,
  { dt = 1, ...rest }: Parameters<typeof createNetwork>[0] | { readonly dt?: number } = {},
): { readonly net: Network; readonly synapses: Projection } {
  const net = createNetwork({ dt, ...rest });
  const source = net.population("source", pre.length, spiking(pre));
  const target = net.population("target", post.length, [spiking(post), Sink()]);
  const synapses = net.projection("synapses", { source, target, connect: allToAll(), weight: 0.5, ...options });
  return { net, synapses };
}
