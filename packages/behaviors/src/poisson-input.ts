import { defineBehavior, NeuroweaveError, Phase } from "@neuroweave/model";

/**
 * The spikes of many independent Poisson sources of one rate, which nothing else needs to know: in each step a Poisson number
 * of them, with mean sources · rate · dt, is added to a variable, `weight` for each. The mean may be 32 in a step at most; several
 * inputs add up. A variable that is held (refractory) does not move.
 */
export const PoissonInput = defineBehavior({
  name: "poissonInput",
  doc: "Spikes of many independent sources, counted for each neuron and step.",
  source: "Brian 2, PoissonInput; NEST, poisson_generator",
  scope: "instance",
  priority: Phase.Input,
  parameters: {
    rate: { default: 1, unit: "Hz", min: 0, doc: "rate of each source" },
    sources: { default: 1, min: 0, doc: "number of sources" },
    weight: { default: 1, doc: "what a spike adds, in the unit of the variable" },
  },
  options: {
    /** What the spikes are added to: `"v"`, or a receptor's variable such as `"g_exc.g"`. */
    into: "v" as string,
  },
  build({ into }) {
    if (typeof into !== "string" || !/^[A-Za-z_][\w-]*(\.[A-Za-z_]\w*)?$/.test(into))
      throw new NeuroweaveError("invalid-name", `${JSON.stringify(into)} is no name of a variable`, {
        remedy: 'Write into: "v", or a receptor\'s variable such as "g_exc.g".',
      });
    return { equations: `${into} += weight * poisson(sources * rate * dt / 1000)` };
  },
});
