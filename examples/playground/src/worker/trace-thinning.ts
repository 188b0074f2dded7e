/** Traces with no more points than can be seen: the smallest and the largest value of each bin of time, in their order. */

export interface Thinning {
  /** Takes one sample of every lane; emits when a bin is complete. */
  take(t: number, at: (lane: number) => number): void;
  /** What has been emitted since the last call, lane by lane: times (alike for all lanes) and values. */
  flush(): { readonly times: Float64Array; readonly values: Float32Array };
  /** Forgets the bin that is not complete. */
  restart(): void;
}

/** `bin` is the width in ms; one that is no longer than two samples emits all of them. */
export function thinTraces(lanes: number, bin: number, every: number): Thinning {
  let times: number[] = [];
  const values: number[][] = Array.from({ length: lanes }, () => []);
  const raw = bin <= 2 * every;
  let current = -1;
  const low = new Float64Array(lanes);
  const high = new Float64Array(lanes);
  const risesLast = new Uint8Array(lanes);
  const emit = (): void => {
    times.push((current + 0.25) * bin, (current + 0.75) * bin);
    for (let lane = 0; lane < lanes; lane++)
      if (risesLast[lane]) values[lane]!.push(low[lane]!, high[lane]!);
      else values[lane]!.push(high[lane]!, low[lane]!);
  };
  return {
    take(t, at) {
      if (raw) {
        times.push(t);
        for (let lane = 0; lane < lanes; lane++) values[lane]!.push(at(lane));
        return;
      }
      const index = Math.floor(t / bin);
      if (index !== current) {
        if (current >= 0) emit();
        current = index;
        low.fill(Infinity);
        high.fill(-Infinity);
      }
      for (let lane = 0; lane < lanes; lane++) {
        const x = at(lane);
        if (x < low[lane]!) {
          low[lane] = x;
          risesLast[lane] = 0;
        }
        if (x > high[lane]!) {
          high[lane] = x;
          risesLast[lane] = 1;
        }
      }
    },
    flush() {
      const flat = new Float32Array(lanes * times.length);
      for (let lane = 0; lane < lanes; lane++) {
        flat.set(values[lane]!, lane * times.length);
        values[lane] = [];
      }
      const out = { times: Float64Array.from(times), values: flat };
      times = [];
      return out;
    },
    restart() {
      current = -1;
    },
  };
}
