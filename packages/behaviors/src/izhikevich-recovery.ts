import { defineBehavior, NeuroweaveError, Phase } from "@neuroweave/model";

/** Right-hand sides of the recovery variable. */
const forms = {
  /** Follows b·v. */
  follow: "du/dt = a * (b * v - u)",
  /** Integrates the voltage, as the script of figure 1R does: it never decays. */
  integrate: "du/dt = a * (b * (v + 65))",
} as const;

/** How the recovery variable depends on the voltage. */
export type RecoveryForm = keyof typeof forms;

/**
 * The slow variable of Izhikevich's model. With `sequential` it advances after v and from its new value, as in the scripts
 * of the papers; otherwise both are one system.
 */
export const IzhikevichRecovery = defineBehavior({
  name: "izhikevichRecovery",
  doc: "The recovery variable follows the voltage slowly and jumps with each spike.",
  source:
    "Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569, eqs. 2 and 3; figure1.m of Izhikevich 2004, ibid. 15:1063",
  parameters: {
    a: { default: 0.02, unit: "1/ms", doc: "rate of recovery" },
    b: { default: 0.2, unit: "1/ms", doc: "sensitivity of recovery to the voltage" },
    d: { default: 8, unit: "mV/ms", doc: "jump of recovery at a spike" },
  },
  state: { u: { init: "b * v", unit: "mV/ms", doc: "recovery variable" } },
  requires: ["v"],
  options: { recovery: "follow" as RecoveryForm, sequential: false },
  build({ recovery, sequential }) {
    if (!Object.hasOwn(forms, recovery))
      throw new NeuroweaveError("invalid-value", `there is no recovery ${String(recovery)}`, {
        candidates: Object.keys(forms),
        remedy: `Choose ${Object.keys(forms).join(" or ")}.`,
      });
    return {
      priority: sequential ? Phase.Dynamics + 1 : Phase.Dynamics,
      equations: forms[recovery],
      onSpike: "u += d",
    };
  },
});
