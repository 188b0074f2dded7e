import { defineModel } from "@neuroweave/model";
import { CapacitiveMembrane } from "../capacitive-membrane.ts";
import { LeakConductance } from "../leak-conductance.ts";
import { PotassiumChannel } from "../potassium-channel.ts";
import { SodiumChannel } from "../sodium-channel.ts";
import { UpwardCrossing } from "../upward-crossing.ts";

/**
 * The squid giant axon at 6.3 °C, voltages with the modern sign and −65 mV at rest. Exponential Euler advances each gate as
 * its rates of the step ask for, so steps up to 0.05 ms are stable; choose `rk4` at 0.01 ms for accuracy.
 */
export const HodgkinHuxley = defineModel(
  "HodgkinHuxley",
  [CapacitiveMembrane, SodiumChannel, PotassiumChannel, LeakConductance, UpwardCrossing],
  {
    method: "exponentialEuler",
    doc: "The squid giant axon.",
    source: "Hodgkin & Huxley 1952, J. Physiol. 117:500",
  },
);
