import { checkName } from "@neuroweave/equations";
import { defineBehavior, Phase } from "@neuroweave/model";
import { positive } from "../membrane-parameters.ts";

/**
 * The signal becomes the error of predicting a reward: value = reward − expected, where expected is a running mean of the reward over
 * tau_expected. `reward` names the signal of the network that holds the reward; what schedules write is seen in the same step. A learning
 * rule that this signal gates learns from what is better or worse than usual. While the network does not learn, neither does expected.
 * The signal itself has no tau.
 */
export const RewardPrediction = defineBehavior({
  name: "rewardPrediction",
  doc: "A signal is a reward less its running mean.",
  source: "Frémaux, Sprekeler & Gerstner 2010, J. Neurosci. 30:13326, eq. 8; Schultz, Dayan & Montague 1997, Science 275:1593",
  scope: "instance",
  priority: Phase.Signal + 5,
  requires: ["value"],
  parameters: { tau_expected: { default: 10000, unit: "ms", min: positive, doc: "length of the running mean" } },
  state: { expected: { init: 0, doc: "running mean of the reward" } },
  options: { reward: "reward" as string },
  build({ reward }) {
    checkName(reward, "a signal");
    return {
      equations: `
        value = ${reward} - expected
        expected = learning == 1 ? ${reward} + (expected - ${reward}) * exp(-dt / tau_expected) : expected
      `,
    };
  },
}); // prettier-ignore
