import { defineBehavior, NeuroweaveError, Phase } from "@neuroweave/model";
import { positive, R, tau, v_rest } from "./membrane-parameters.ts";

/**
 * How spikes drive adaptation. `default`: a jump of beta per spike, whatever dt is. `conex`: the step of CoNeX 0.1.5, where
 * the variable advances after `Firing`, from the reset voltage, and one spike adds beta · dt.
 */
export type AdaptationDialect = "default" | "conex";

const forms = {
  default: {
    equations: `
      w_tau * domega/dt = alpha * (v - v_rest) - omega
      tau * dv/dt += -R * omega
    `,
    onSpike: "omega += beta",
  },
  conex: {
    priority: Phase.Firing + 1,
    equations: `
      w_tau * domega/dt = alpha * (v - v_rest) - omega + beta * w_tau * spike
      tau * dv/dt += -R * omega
    `,
  },
} as const;

/** A slow current that follows the voltage and grows with every spike. */
export const Adaptation = defineBehavior({
  name: "adaptation",
  doc: "A slow current follows the voltage, grows with every spike, and works against the input.",
  source: "Brette & Gerstner 2005, J. Neurophysiol. 94:3637; dialect conex: CoNeX 0.1.5, AELIF",
  parameters: {
    tau,
    R,
    v_rest,
    alpha: { default: 0.1, unit: "uS", doc: "coupling to the voltage" },
    beta: { default: 0.5, unit: "nA", doc: "jump at each spike" },
    w_tau: { default: 100, unit: "ms", min: positive, doc: "time constant of adaptation" },
  },
  state: { omega: { init: 0, unit: "nA", doc: "adaptation current" } },
  requires: ["v"],
  options: { dialect: "default" as AdaptationDialect },
  build({ dialect }) {
    if (Object.hasOwn(forms, dialect)) return forms[dialect];
    throw new NeuroweaveError("invalid-value", `adaptation has no dialect ${String(dialect)}`, {
      candidates: Object.keys(forms),
      remedy: `The dialects are ${Object.keys(forms).join(" and ")}.`,
    });
  },
});
