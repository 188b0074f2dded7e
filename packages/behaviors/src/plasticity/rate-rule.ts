/** What rules for rates have in common: they run in every step, and read one variable at both ends. */
import { checkName } from "@neuroweave/equations";
import type { ParameterDeclaration } from "@neuroweave/model";

/** Speed of learning; a weight changes by it in each ms for each unit of what the rule says. */
export const eta = {
  default: 1e-4,
  min: 0,
  doc: "speed of learning, in 1/ms for rates without unit",
} as const satisfies ParameterDeclaration;

/** The equations of a rule for the variable that its option `of` names: the presynaptic and the postsynaptic one. */
export function ofEnds(of: string, equations: (pre: string, post: string) => string): { readonly equations: string } {
  checkName(of, "a variable");
  return { equations: equations(`pre.${of}`, `post.${of}`) };
}
