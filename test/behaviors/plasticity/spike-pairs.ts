/** Synapses between spike trains that are given: what a rule makes of them, and nothing else. */
import {
  createNetwork,
  defineBehavior,
  oneToOne,
  SpikeTrain,
  type Projection,
  type ProjectionOptions,
} from "neuroweave";

/** What weights land in; it does nothing. */
export const ear = defineBehavior({ name: "ear", state: { heard: { init: 0 } }, onArrival: "heard = arriving" });

const train = (times: readonly (readonly number[])[]) =>
  SpikeTrain({ times: times.flat(), ids: times.flatMap((own, id) => own.map(() => id)) });

export interface Trains {
  readonly pre: readonly (readonly number[])[];
  readonly post: readonly (readonly number[])[];
}

/** One synapse for each pair of trains (in ms), after a run of `duration` ms. */
export async function afterTrains(
  { pre, post }: Trains,
  behaviors: NonNullable<ProjectionOptions["behaviors"]>,
  given: {
    readonly dt: number;
    readonly duration: number;
    readonly weight?: number;
    readonly device?: "reference" | "wasm";
  } & Pick<ProjectionOptions, "axonal" | "dendritic">,
): Promise<Projection> {
  const { dt, duration, weight = 0.5, device = "wasm", ...lags } = given;
  const net = createNetwork({ dt, device });
  const source = net.population("source", pre.length, train(pre));
  const target = net.population("target", post.length, [train(post), ear()]);
  const projection = net.projection("p", { source, target, connect: oneToOne(), weight, behaviors, ...lags });
  await net.run(duration);
  return projection;
}

/** `count` times with an interval between them. */
export const regular = (count: number, interval: number, start: number): number[] =>
  Array.from({ length: count }, (_, index) => start + index * interval);
