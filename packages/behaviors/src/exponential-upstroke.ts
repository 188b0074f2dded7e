import { defineBehavior } from "@neuroweave/model";
import { positive, tau } from "./membrane-parameters.ts";

/** Spike initiation that grows exponentially above the rheobase threshold. */
export const ExponentialUpstroke = defineBehavior({
  name: "exponentialUpstroke",
  doc: "Above the rheobase threshold the voltage rises exponentially, as sodium channels make it.",
  source: "Fourcaud-Trocmé, Hansel, van Vreeswijk & Brunel 2003, J. Neurosci. 23:11628",
  parameters: {
    tau,
    delta: { default: 2, unit: "mV", min: positive, doc: "sharpness of spike initiation" },
    theta_rh: { default: -55, unit: "mV", doc: "rheobase threshold" },
  },
  requires: ["v"],
  equations: "tau * dv/dt += delta * exp((v - theta_rh) / delta)",
});
