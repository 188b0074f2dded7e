import { defineModel } from "@neuroweave/model";
import { CurrentInput } from "../current-input.ts";
import { Fire } from "../fire.ts";
import { Leak } from "../leak.ts";

/** Leaky integrate-and-fire neuron, under CoNeX's names. */
export const LIF = defineModel("LIF", [Leak, CurrentInput, Fire], {
  method: "euler",
  doc: "Leaky integrate-and-fire neuron.",
  source: "CoNeX 0.1.5, LIF",
});
