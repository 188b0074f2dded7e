/** Learning along an online estimate of the gradient. */
import { checkName } from "@neuroweave/equations";
import { defineBehavior, defineModel, NeuroweaveError, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";
import { onlyOnProjections } from "../synapses/only-on-projections.ts";

/** What a spike does to the target: a jump of its voltage (`DeltaReceptor`), or of a current that decays (`CurrentReceptor`). */
export type ResponseKind = "delta" | "current";

const responses: Readonly<Record<ResponseKind, { readonly equations: string; readonly onPre: string }>> = {
  delta: { equations: "tau_e * depsilon/dt = -epsilon", onPre: "epsilon += 1" },
  current: {
    equations: `
      tau_s * ds/dt = -s
      tau_e * depsilon/dt = -epsilon + R_e * s
    `,
    onPre: "s += 1",
  },
};

function responseOf(kind: ResponseKind) {
  if (Object.hasOwn(responses, kind)) return responses[kind];
  throw new NeuroweaveError("invalid-value", `there is no response ${String(kind)}`, {
    candidates: Object.keys(responses),
    remedy: `Choose one of ${Object.keys(responses).join(", ")}.`,
  });
}

const source =
  "Bellec, Scherr, Subramoney, Hajek, Salaj, Legenstein & Maass 2020, Nat. Commun. 11:3625, eqs. 1, 3, 5 and 21–28";

/** What v of a target changes by for each unit of weight: the response of a leaky membrane to the spikes of a source. */
const Response = defineBehavior({
  name: "response",
  doc: "The part of the voltage of a target that a synapse of weight 1 would be the cause of.",
  source,
  priority: Phase.Trace,
  method: "exact",
  requires: onlyOnProjections,
  parameters: {
    tau_e: { default: 10, unit: "ms", min: positive, per: "source", doc: "membrane time constant of the targets" },
    tau_s: { default: 5, unit: "ms", min: positive, per: "source", doc: "decay of the current of the receptor, for response current" },
    R_e: { default: 1, min: 0, per: "source", doc: "resistance of the targets, for response current" },
  },
  state: {
    epsilon: { init: 0, per: "source", doc: "change of the voltage for each unit of weight" },
    s: { init: 0, per: "source", doc: "filtered spikes, for response current" },
  },
  options: { response: "delta" as ResponseKind },
  build: ({ response }) => ({ equations: responseOf(response).equations }),
}); // prettier-ignore

/** A spike reaches the voltage of the target in the step after it has reached the synapse, and the response alike. */
const ResponseOnset = defineBehavior({
  name: "responseOnset",
  doc: "Presynaptic spikes begin a response.",
  source,
  priority: Phase.Learning + 10,
  requires: [...onlyOnProjections, "epsilon", "s"],
  options: { response: "delta" as ResponseKind },
  build: ({ response }) => ({ onPre: responseOf(response).onPre }),
});

const thresholds = {
  fixed: { eligibility: "let e = post.psi * epsilon", rest: "" },
  adaptive: {
    eligibility: "let e = post.psi * (epsilon - beta_a * epsilon_a)",
    rest: "epsilon_a = (epsilon_a + dt * e) * exp(-dt / tau_a)",
  },
} as const;

const GradientDescent = defineBehavior({
  name: "gradientDescent",
  doc: "Weights follow the product of a learning signal of the target and a filtered eligibility.",
  source,
  priority: Phase.Learning,
  adaptive: true,
  requires: [...onlyOnProjections, "w", "epsilon"],
  parameters: {
    eta_e: { default: 1e-3, min: 0, doc: "speed of learning; own choice" },
    tau_out: { default: 20, unit: "ms", min: positive, doc: "time constant of the read-out that errors come from" },
    tau_a: { default: 200, unit: "ms", min: positive, doc: "decay of an adaptive threshold" },
    beta_a: { default: 0, min: 0, doc: "what a spike adds to an adaptive threshold" },
  },
  state: {
    e_bar: { init: 0, doc: "eligibility, filtered like the read-out" },
    epsilon_a: { init: 0, doc: "change of an adaptive threshold, over beta_a, for each unit of weight" },
  },
  options: { threshold: "fixed" as keyof typeof thresholds, signal: "L" as string },
  build({ threshold, signal }) {
    checkName(signal, "a variable");
    if (!Object.hasOwn(thresholds, threshold))
      throw new NeuroweaveError("invalid-value", `there is no threshold ${String(threshold)}`, {
        candidates: Object.keys(thresholds),
        remedy: `Choose one of ${Object.keys(thresholds).join(", ")}.`,
      });
    const { eligibility, rest } = thresholds[threshold];
    return {
      equations: `
        ${eligibility}
        let filtered = e_bar * exp(-dt / tau_out) + dt * e
        e_bar = filtered
        ${rest}
        w += -dt * eta_e * post.${signal} * filtered
      `,
    };
  },
}); // prettier-ignore

/**
 * e-prop: dw/dt = −eta_e L ē, where L is what the target is told about the error (`LearningSignal`, or the variable that `signal` names),
 * and ē the eligibility e = psi epsilon under the filter of the read-out, tau_out. psi is the `PseudoDerivative` of the target, epsilon
 * the response of its membrane to the presynaptic spikes: give its tau as `tau_e`, for `response: "current"` also its R as `R_e` and the
 * tau of the receptor as `tau_s`. Where every unit of error counts per ms and y = Σ B z̄ is read out, −eta_e L ē sums to the
 * gradient of ½ ∫ (y − y*)² dt, up to what the source leaves out: the reset, and ways through other neurons.
 *
 * `threshold: "adaptive"` adds the second component for thresholds of v_th + beta_a a, where a jumps by 1 at a spike and decays with
 * tau_a. A spike that takes a delay of d needs `axonal` of d less one step of the projection. With a dt of 1 ms the
 * sums are those of the source.
 */
export const EProp = defineModel("EProp", [Response, ResponseOnset, GradientDescent], {
  doc: "Three-factor learning along an online estimate of the gradient.",
  source,
});
