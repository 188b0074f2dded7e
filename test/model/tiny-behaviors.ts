/** Small behaviors of the tests' own. */
import { defineBehavior, Phase } from "neuroweave";

/** tau·dx/dt = −x, from 1. */
export const Decay = defineBehavior({
  name: "decay",
  parameters: { tau: { default: 10, unit: "ms", min: 0.1, max: 1000 } },
  state: { x: { init: 1 } },
  equations: "tau * dx/dt = -x",
});

/** A membrane that leaks, is driven by `I`, spikes at `theta` and jumps to `v_reset`. */
export const Cell = defineBehavior({
  name: "cell",
  parameters: {
    tau_m: { default: 10, unit: "ms", min: 0.1 },
    theta: { default: 1 },
    v_reset: { default: 0 },
  },
  state: { v: { init: 0 } },
  inputs: { I: {} },
  equations: "tau_m * dv/dt = -v + I",
  spike: "v >= theta",
  onSpike: "v = v_reset",
});

/** A constant current; several may be attached under names of their own. */
export const Drive = defineBehavior({
  name: "drive",
  scope: "instance",
  priority: Phase.Input,
  parameters: { amplitude: { default: 0 } },
  equations: "I += amplitude",
});

/** Counts the steps in which it is enabled. */
export const Counter = defineBehavior({
  name: "counter",
  priority: Phase.Homeostasis,
  state: { count: { init: 0 } },
  equations: "count += 1",
});
