import { defineStimulus } from "./define-stimulus.ts";
import { positive } from "./membrane-parameters.ts";
import { exactProcess, processSource } from "./ornstein-uhlenbeck.ts";

/**
 * Colored noise with its own mean and correlation time: an Ornstein–Uhlenbeck process with stationary standard deviation
 * sigma √(tau/2). It begins at its mean (`init_current` says otherwise), so stationarity takes a few tau.
 */
export const NoisyCurrent = defineStimulus({
  name: "noisyCurrent",
  doc: "Colored noise: an Ornstein–Uhlenbeck current that begins at its mean.",
  source: processSource,
  parameters: {
    mean: { default: 0, doc: "mean, in the unit of the input" },
    sigma: { default: 1, min: 0, doc: "noise amplitude, in the unit of the input per √ms" },
    tau: { default: 5, unit: "ms", min: positive, doc: "correlation time" },
  },
  state: { current: { init: "mean", doc: "present value of the noise" } },
  equations: exactProcess({ state: "current", mean: "mean", sigma: "sigma", tau: "tau" }),
  current: "current",
});
