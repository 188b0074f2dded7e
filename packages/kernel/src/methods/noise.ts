/** Splitting an equation dx = f dt + Σ g dW into drift and diffusion. */
import {
  dependsOn,
  equal,
  linearIn,
  mapExpression,
  NeuroweaveError,
  num,
  print,
  sym,
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

/** Whether the noise in `expression / factor` has a coefficient that depends on a variable that is being integrated. */
export function isMultiplicative(
  expression: Expression,
  variables: ReadonlySet<string>,
  factor: Expression | null = null,
): boolean {
  const { diffusion } = splitNoise(expression);
  const parts = [
    ...diffusion.map(({ coefficient }) => coefficient),
    ...(factor && diffusion.length > 0 ? [factor] : []),
  ];
  return parts.some((part) => dependsOn(part, variables));
}
