/** Parameters that several behaviors of one membrane share by name. Defaults must agree, so they are declared once. */
import type { ParameterDeclaration } from "@neuroweave/model";

/** Smallest value of what must be above zero: time constants, capacitances and the like. */
export const positive = 1e-6;

export const tau = {
  default: 10,
  unit: "ms",
  min: positive,
  doc: "membrane time constant",
} as const satisfies ParameterDeclaration;

export const R = {
  default: 1,
  unit: "MOhm",
  min: 0,
  doc: "membrane resistance: from input to voltage",
} as const satisfies ParameterDeclaration;

export const v_rest = {
  default: -65,
  unit: "mV",
  doc: "resting potential",
} as const satisfies ParameterDeclaration;
