import { defineBehavior, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";

/**
 * Every spike inhibits all other neurons of the population, from the next step on: a current that jumps by `strength` and
 * decays. It costs one sum over the population, where a projection of everybody to everybody else would have n² synapses.
 */
export const LateralInhibition = defineBehavior({
  name: "lateralInhibition",
  doc: "Each spike draws a decaying current from all other neurons of the population.",
  source:
    "Diehl & Cook 2015, Front. Comput. Neurosci. 9:99, whose inhibitory population does this one to one; the current is own design",
  scope: "instance",
  priority: Phase.Firing + 1,
  parameters: {
    strength: {
      default: 10,
      min: 0,
      doc: "jump of the current at a spike of another neuron, in the unit of the input",
    },
    tau: { default: 10, unit: "ms", min: positive, doc: "decay time of the current" },
  },
  state: { inhibition: { init: 0, doc: "what is drawn from the input" } },
  requires: ["I"],
  signals: { spikes: { of: "spike", by: "sum" } },
  equations: `
    inhibition = inhibition * exp(-dt / tau) + strength * (spikes - spike)
    I += -inhibition
  `,
});
