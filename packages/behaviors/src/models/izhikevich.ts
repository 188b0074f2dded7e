import { defineModel } from "@neuroweave/model";
import { Fire } from "../fire.ts";
import { IzhikevichMembrane } from "../izhikevich-membrane.ts";
import { IzhikevichRecovery } from "../izhikevich-recovery.ts";
import { Refractory } from "../refractory.ts";

/**
 * Izhikevich's neuron, under BrainPy's names: dv/dt = 0.04 v² + 5 v + 140 − u + I, du/dt = a (b v − u). In a refractory
 * time (none by default) v is held while u moves on. The scripts of the papers are `method: "euler"` with
 * `{ sequential: true, strict: true }`.
 */
export const Izhikevich = defineModel(
  "Izhikevich",
  [
    IzhikevichMembrane,
    IzhikevichRecovery,
    Fire.rename({ threshold: "V_th", v_reset: "c" }).redeclare({ V_th: { default: 30 }, c: { default: -65 } }),
    Refractory.redeclare({ tau_ref: { default: 0 } }),
  ],
  {
    method: "exponentialEuler",
    doc: "Izhikevich's simple model of spiking neurons.",
    source: "Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569; names and method of BrainPy 2",
  },
);
