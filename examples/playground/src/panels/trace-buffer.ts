/** The points of traces that fall into the time that is shown. */
import type { TraceFrame } from "../protocol.ts";

export interface TraceBuffer {
  add(frame: TraceFrame): void;
  /** Forgets what lies before a time. */
  drop(before: number): void;
  readonly times: readonly number[];
  lane(lane: number): readonly number[];
  clear(lanes: number): void;
}

export function traceBuffer(): TraceBuffer {
  let times: number[] = [];
  let lanes: number[][] = [];
  return {
    add(frame) {
      const { length } = frame.times;
      // A frame of another selection than the one that is shown.
      if (length === 0 || frame.values.length !== length * lanes.length) return;
      for (let k = 0; k < length; k++) times.push(frame.times[k]!);
      lanes.forEach((lane, index) => {
        for (let k = 0; k < length; k++) lane.push(frame.values[index * length + k]!);
      });
    },
    drop(before) {
      let gone = 0;
      while (gone < times.length && times[gone]! < before) gone++;
      // Now and then, since it moves all that stay.
      if (gone < 64 || gone < times.length / 8) return;
      times.splice(0, gone);
      for (const lane of lanes) lane.splice(0, gone);
    },
    get times() {
      return times;
    },
    lane: (lane) => lanes[lane]!,
    clear(count) {
      times = [];
      lanes = Array.from({ length: count }, () => []);
    },
  };
}
