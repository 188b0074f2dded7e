/** Splitting an equation dx = f dt + Σ g dW into drift and diffusion. */
import {
  equal,
  linearIn,
  mapExpression,
  NeuroweaveError,
  num,
  print,
  sym,
  symbolsOf,
  type DrawExpression,
  type Expression,
} from "@neuroweave/equations";

/** f and the factors of each ξ in a right-hand side that is linear in white noise. */
export interface NoiseTerms {
  readonly drift: Expression;
  readonly diffusion: readonly { readonly noise: DrawExpression; readonly coefficient: Expression }[];
}

/** Takes an expression apart into f + Σ g·ξ; refuses one that is not linear in ξ. */
export function splitNoise(expression: Expression): NoiseTerms {
  const noises = new Map<string, DrawExpression>();
  const named = mapExpression(expression, (inner) => {
    if (inner.kind !== "draw" || inner.distribution !== "xi") return inner;
    const name = `xi ${inner.occurrence}`;
    noises.set(name, inner);
    return sym(name);
  });
  if (noises.size === 0) return { drift: expression, diffusion: [] };
  const linear = linearIn(named, [...noises.keys()]);
  if ("offending" in linear)
    throw new NeuroweaveError(
      "method-does-not-apply",
      `the right-hand side is not linear in white noise: ${print(expression)}`,
      { remedy: "Write the noise as `coefficient * xi`." },
    );
  const diffusion = [...noises].flatMap(([name, noise]) => {
    const coefficient = linear.coefficients.get(name);
    return coefficient && !equal(coefficient, num(0)) ? [{ noise, coefficient }] : [];
  });
  return { drift: linear.rest, diffusion };
}

/** Whether a noise coefficient depends on a variable that is being integrated. */
export function isMultiplicative(expression: Expression, variables: ReadonlySet<string>): boolean {
  return splitNoise(expression).diffusion.some(({ coefficient }) =>
    [...symbolsOf(coefficient)].some((name) => variables.has(name)),
  );
}
