/** Traces with no more points than can be seen: the smallest and the largest value of each bin of time, in their order. */
import type { TraceFrame } from "../protocol.ts";

export interface Thinning {
  /**
   * Takes one sample of every lane; emits when a bin is complete. A sample that begins anew (behind a jump) is not
   * put into one bin with those before it.
   */
  take(t: number, at: (lane: number) => number, anew?: boolean): void;
  /** What has been emitted since the last call, lane by lane: times (alike for all lanes) and values. */
  flush(): TraceFrame;
  /** Forgets the bin that is not complete. */
  restart(): void;
}

/** `bin` is the width in ms; one that is no longer than two samples emits all of them. */
export function thinTraces(lanes: number, bin: number, every: number): Thinning {
  let times: number[] = [];
  let breaks: number[] = [];
  const values: number[][] = Array.from({ length: lanes }, () => []);
  const raw = bin <= 2 * every;
  let current = -1;
  /** Times of the first and the last sample of the bin. */
  let [first, last] = [0, 0];
  let isAnew = false;
  const low = new Float64Array(lanes);
  const high = new Float64Array(lanes);
  const risesLast = new Uint8Array(lanes);
  const emit = (): void => {
    if (isAnew) breaks.push(times.length);
    times.push(first, last);
    for (let lane = 0; lane < lanes; lane++)
      if (risesLast[lane]) values[lane]!.push(low[lane]!, high[lane]!);
      else values[lane]!.push(high[lane]!, low[lane]!);
  };
  return {
    take(t, at, anew = false) {
      if (raw) {
        if (anew) breaks.push(times.length);
        times.push(t);
        for (let lane = 0; lane < lanes; lane++) values[lane]!.push(at(lane));
        return;
      }
      const index = Math.floor(t / bin);
      if (index !== current || anew) {
        if (current >= 0) emit();
        current = index;
        first = t;
        isAnew = anew;
        low.fill(Infinity);
        high.fill(-Infinity);
      }
      last = t;
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
      const out = { times: Float64Array.from(times), values: flat, breaks };
      times = [];
      breaks = [];
      return out;
    },
    restart() {
      current = -1;
    },
  };
}
