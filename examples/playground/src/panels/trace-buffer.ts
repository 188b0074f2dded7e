/** The points of traces that fall into the time that is shown. */
import type { TraceFrame } from "../protocol.ts";

export interface TraceBuffer {
  add(frame: TraceFrame): void;
  /** Forgets what lies before a time. */
  drop(before: number): void;
  readonly times: readonly number[];
  lane(lane: number): readonly number[];
  /** Whether the neuron of the phase plane begins anew at an index of the times. */
  isBreak(index: number): boolean;
  clear(lanes: number): void;
}

export function traceBuffer(): TraceBuffer {
  let times: number[] = [];
  let lanes: number[][] = [];
  /** Breaks and the points that have gone, both counted since the buffer was cleared. */
  const breaks = new Set<number>();
  let dropped = 0;
  return {
    add(frame) {
      const { length } = frame.times;
      // A frame of another selection than the one that is shown.
      if (length === 0 || frame.values.length !== length * lanes.length) return;
      for (const index of frame.breaks) breaks.add(dropped + times.length + index);
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
      dropped += gone;
      for (const index of breaks) if (index < dropped) breaks.delete(index);
      for (const lane of lanes) lane.splice(0, gone);
    },
    get times() {
      return times;
    },
    lane: (lane) => lanes[lane]!,
    isBreak: (index) => breaks.has(dropped + index),
    clear(count) {
      times = [];
      breaks.clear();
      dropped = 0;
      lanes = Array.from({ length: count }, () => []);
    },
  };
}
