/** Equations as MathML, which browsers draw by themselves. */
import { latexToMathML } from "@neuroweave/plot";

const made = new Map<string, string>();

/** The MathML of an equation, remembered; empty where there is none. */
export function typeset(latex: string): string {
  const known = made.get(latex);
  if (known !== undefined) return known;
  let mathml = "";
  try {
    mathml = latexToMathML(latex);
  } catch {
    // Its text is shown beside it in any case.
  }
  made.set(latex, mathml);
  return mathml;
}
