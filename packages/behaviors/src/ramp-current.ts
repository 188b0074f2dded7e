import { defineStimulus } from "./define-stimulus.ts";

/**
 * A current that is `from` until `start`, then changes linearly to be `to` at `stop`, and stays there. A ramp takes one step
 * at least: with stop ≤ start the current jumps behind the step of start.
 */
export const RampCurrent = defineStimulus({
  name: "rampCurrent",
  doc: "A current that changes linearly between two moments and is constant before and after.",
  source: "Current clamp; ramps for rheobase and excitability class, Izhikevich 2004, IEEE Trans. Neural Netw. 15:1063",
  parameters: {
    from: { default: 0, doc: "current before the ramp, in the unit of the input" },
    to: { default: 0, doc: "current after the ramp, in the unit of the input" },
    start: { default: 0, unit: "ms", min: 0, onGrid: true, doc: "beginning of the ramp" },
    stop: { default: 0, unit: "ms", min: 0, onGrid: true, doc: "end of the ramp" },
  },
  current: "from + (to - from) * clip((t - start) / max(stop - start, dt), 0, 1)",
});
