/** What gated channels share: voltages count from rest or from a threshold, and rates scale with temperature. */
import type { ParameterDeclaration } from "@neuroweave/model";
import { positive, v_rest } from "./membrane-parameters.ts";

export const gatingParameters = {
  C: { default: 1, unit: "uF/cm^2", min: positive, doc: "capacitance per area" },
  v_rest,
  v_scale: { default: 1, unit: "mV", min: positive, doc: "scale of the voltages in the rates; 1 mV in the paper" },
  phi: { default: 1, unit: "1/ms", min: positive, doc: "speed of gating: 3^((T − 6.3) / 10) at T degrees Celsius" },
} as const satisfies Readonly<Record<string, ParameterDeclaration>>;

/**
 * Equation and start of a gate that opens at `alpha` and closes at `beta`, expressions of the depolarisation `x` from `zero`,
 * the resting potential unless given: dm/dt = phi (alpha (1 − m) − beta m). It begins where it would rest, at
 * alpha / (alpha + beta).
 */
export function gate(
  name: string,
  alpha: string,
  beta: string,
  zero = "v_rest",
): { readonly equation: string; readonly init: string } {
  const from = (expression: string): string => expression.replace(/\bx\b/g, `((v - ${zero}) / v_scale)`);
  return {
    equation: `d${name}/dt = phi * (${from(alpha)} * (1 - ${name}) - ${from(beta)} * ${name})`,
    init: `${from(alpha)} / (${from(alpha)} + ${from(beta)})`,
  };
}
