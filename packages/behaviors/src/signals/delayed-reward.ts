import { checkName } from "@neuroweave/equations";
import { defineBehavior, NeuroweaveError, Phase } from "@neuroweave/model";

/**
 * The signal becomes what another one was `delay` ms ago, a whole number of steps > 0, and 0 before there was one: a reward that comes
 * late. `reward` names the other signal, of which the past begins with the step before: a change in step k is seen in step
 * k + 1 + delay/dt. The signal itself has no tau.
 */
export const DelayedReward = defineBehavior({
  name: "delayedReward",
  doc: "A signal follows another one after a delay.",
  source: "Own design.",
  scope: "instance",
  priority: Phase.Signal + 5,
  requires: ["value"],
  state: { earned: { init: 0, doc: "the other signal in this step" } },
  options: { reward: "reward" as string, delay: 1000 as number },
  build({ reward, delay }) {
    checkName(reward, "a signal");
    if (!Number.isFinite(delay) || delay <= 0)
      throw new NeuroweaveError("out-of-range", `the delay is ${String(delay)} ms`, { remedy: "Give a time > 0, a whole number of steps." });
    return {
      equations: `
        earned = ${reward}
        value = delayed(earned, ${delay})
      `,
    };
  },
}); // prettier-ignore
