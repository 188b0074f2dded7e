import { defineModel } from "@neuroweave/model";
import { CurrentInput } from "../current-input.ts";
import { Fire } from "../fire.ts";
import { Leak } from "../leak.ts";
import { ConductanceReceptor } from "../receptors/conductance-receptor.ts";
import { Refractory } from "../refractory.ts";

/**
 * The cell of conductance-based networks: tau dv/dt = v_rest − v + R · (g_exc (E_exc − v) + g_inh (E_inh − v) + I), a
 * refractory time, and an excitatory and an inhibitory receptor, `g_exc` and `g_inh`, whose conductances jump by the
 * weight and decay. With R = 1, conductances and weights are in units of the leak conductance, and both kinds of weights are positive.
 */
export const COBACell = defineModel(
  "COBACell",
  [
    Leak,
    CurrentInput,
    Fire({ strict: true }),
    Refractory,
    ConductanceReceptor.named("g_exc").rename({ g: "g_exc", tau: "tau_exc", E: "E_exc" }),
    ConductanceReceptor.named("g_inh").rename({ g: "g_inh", tau: "tau_inh", E: "E_inh" }),
  ],
  {
    method: "exponentialEuler",
    defaults: {
      tau: 20,
      v_rest: -60,
      threshold: -50,
      v_reset: -60,
      tau_ref: 5,
      tau_exc: 5,
      tau_inh: 10,
      E_exc: 0,
      E_inh: -80,
    },
    doc: "Leaky integrate-and-fire neuron with exponential conductances.",
    source: "Vogels & Abbott 2005, J. Neurosci. 25:10786; Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 1",
  },
);
