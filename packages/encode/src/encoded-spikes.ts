/** Spikes as encoders give them: neuron `ids[k]` fires at `times[k]` ms. By time, then by neuron. `SpikeTrain` takes it. */
export interface EncodedSpikes {
  /** In ms. */
  readonly times: Float64Array;
  /** The neuron of each spike, from 0. */
  readonly ids: Uint32Array;
}

/** The spikes in order. */
export function inOrder(times: ArrayLike<number>, ids: ArrayLike<number>): EncodedSpikes {
  const order = Array.from({ length: times.length }, (_, k) => k);
  order.sort((a, b) => times[a]! - times[b]! || ids[a]! - ids[b]!);
  return { times: Float64Array.from(order, (k) => times[k]!), ids: Uint32Array.from(order, (k) => ids[k]!) };
}
