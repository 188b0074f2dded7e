import { NeuroweaveError } from "@neuroweave/equations";
import temml from "temml";

/**
 * LaTeX mathematics as a MathML element, which browsers draw by themselves, without scripts or fonts from elsewhere.
 *
 * The text may come from anywhere: commands that load, link or style are refused, expansion of macros is bounded, and
 * all text is escaped. Throws `syntax` for LaTeX that cannot be read.
 *
 *     latexToMathML("\\tau \\frac{dv}{dt} = -v + R I")
 */
export function latexToMathML(latex: string): string {
  try {
    return temml.renderToString(latex, {
      displayMode: true,
      throwOnError: true,
      trust: false,
      maxSize: [20, 20],
      maxExpand: 200,
    });
  } catch (error) {
    const what =
      error instanceof Error
        ? error.message
            .split("\n", 1)[0]!
            .slice(0, 300)
            .replace(/(?<![:\s])[:\s]+$/u, "")
            .trim()
        : String(error);
    const remedy = "write mathematics in LaTeX without the dollar signs; links, images and styles are not accepted";
    throw new NeuroweaveError(
      "syntax",
      `the LaTeX ${JSON.stringify(latex)} cannot be read: ${what}`,
      { remedy },
      { cause: error },
    );
  }
}
