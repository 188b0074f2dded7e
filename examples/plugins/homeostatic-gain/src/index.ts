import { definePlugin } from "neuroweave";
import { GainedCurrent } from "./gained-current.ts";
import { HomeostaticGain } from "./homeostatic-gain.ts";

export { GainedCurrent, HomeostaticGain };

export const plugin = definePlugin({
  name: "neuroweave-homeostatic-gain",
  version: "0.1.0",
  doc: "A gain that keeps the rate of every neuron.",
  neuroweave: "^0.1.0",
  behaviors: { GainedCurrent, HomeostaticGain },
  kinds: {
    GainedCurrent: { kind: "stimulus", where: "population" },
    HomeostaticGain: { kind: "plasticity", where: "population" },
  },
});
