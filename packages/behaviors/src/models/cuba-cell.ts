import { defineModel } from "@neuroweave/model";
import { CurrentInput } from "../current-input.ts";
import { Fire } from "../fire.ts";
import { Leak } from "../leak.ts";
import { CurrentReceptor } from "../receptors/current-receptor.ts";
import { Refractory } from "../refractory.ts";

/**
 * The cell of current-based networks: tau dv/dt = v_rest − v + R · (g_exc + g_inh + I), a refractory time, and an excitatory and
 * an inhibitory receptor, `g_exc` and `g_inh`, whose currents jump by the weight and decay. With R = 1, currents and
 * weights are in mV; an inhibitory weight is negative. Everything is linear and solved exactly.
 */
export const CUBACell = defineModel(
  "CUBACell",
  [
    Leak,
    CurrentInput,
    Fire({ strict: true }),
    Refractory,
    CurrentReceptor.named("g_exc").rename({ current: "I_exc", tau: "tau_exc" }),
    CurrentReceptor.named("g_inh").rename({ current: "I_inh", tau: "tau_inh" }),
  ],
  {
    method: "exact",
    defaults: { tau: 20, v_rest: -60, threshold: -50, v_reset: -60, tau_ref: 5, tau_exc: 5, tau_inh: 10 },
    doc: "Leaky integrate-and-fire neuron with exponential currents.",
    source: "Vogels & Abbott 2005, J. Neurosci. 25:10786; Brette et al. 2007, J. Comput. Neurosci. 23:349, benchmark 2",
  },
);
