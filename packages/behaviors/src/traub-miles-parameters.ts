/** What the channels of Traub and Miles share: their rates count voltages from a threshold. */
import type { ParameterDeclaration } from "@neuroweave/model";
import { gatingParameters } from "./gating.ts";

const { C, v_scale, phi } = gatingParameters;

export const traubMilesParameters = {
  C,
  V_T: { default: -63, unit: "mV", doc: "voltage that the rates count from; it moves the threshold" },
  // Below, exponentials of the rates overflow, and gates would begin at NaN.
  v_scale: { ...v_scale, min: 0.1 },
  phi,
} as const satisfies Readonly<Record<string, ParameterDeclaration>>;
