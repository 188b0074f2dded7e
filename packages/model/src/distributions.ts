/** Distributions as data: what a parameter, an initial value or a weight is drawn from, once, on the host. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { PortableMath } from "./host.ts";
import { fillNormal, standardNormal } from "./standard-normal.ts";
import type { WordStream } from "./word-stream.ts";

/** A source of uniform numbers in [0, 1). */
export type RandomSource = () => number;

/** One draw. */
type Sample = (random: RandomSource, math: PortableMath) => number;

/** Fills the first `count` places of an array with the draws that `sample` would make of `stream.uniform`. */
type Draw = (into: Float64Array, count: number, stream: WordStream, math: PortableMath) => void;

/** A distribution. `text` names it; two with the same text draw the same numbers from the same stream. */
export interface Distribution {
  readonly kind: "distribution";
  readonly text: string;
  /** The function that made it, and what that was given. */
  readonly name: string;
  readonly arguments: readonly unknown[];
  /** `math` has the same bits on every machine, which the functions of JavaScript have not. */
  readonly sample: Sample;
  readonly draw: Draw;
}

/** Whether a value is a distribution, such as `uniform(0, 1)`, and not a number or an array. */
export function isDistribution(value: unknown): value is Distribution {
  return typeof value === "object" && value !== null && (value as { kind?: unknown }).kind === "distribution";
}

const drawing =
  (sample: Sample): Draw =>
  (into, count, { uniform }, math) => {
    for (let i = 0; i < count; i++) into[i] = sample(uniform, math);
  };

function define(
  name: string,
  numbers: readonly number[],
  sample: Sample,
  { draw = drawing(sample), given = numbers }: { readonly draw?: Draw; readonly given?: readonly unknown[] } = {},
): Distribution {
  const bad = numbers.find((x) => !Number.isFinite(x));
  if (bad !== undefined)
    throw new NeuroweaveError("not-finite", `${name}(${numbers.join(", ")}) has a parameter that is not finite`, {
      remedy: "Give finite numbers.",
    });
  return { kind: "distribution", text: `${name}(${numbers.join(", ")})`, name, arguments: given, sample, draw };
}

function require(condition: boolean, text: string, remedy: string): void {
  if (!condition) throw new NeuroweaveError("out-of-range", text, { remedy });
}

/** Uniform in [low, high). Requires low ≤ high. */
export function uniform(low: number, high: number): Distribution {
  const distribution = define("uniform", [low, high], (random) => low + (high - low) * random());
  require(low <= high, `uniform(${low}, ${high}) has its bounds reversed`, `Write uniform(${high}, ${low}).`);
  return distribution;
}

/** Normal with mean and standard deviation; values outside [min, max] are drawn again. */
export function normal(mean: number, sd: number, bounds: { min?: number; max?: number } = {}): Distribution {
  const { min = -Infinity, max = Infinity } = bounds;
  require(sd >= 0, `normal(${mean}, ${sd}) has a negative standard deviation`, "Give a standard deviation ≥ 0.");
  require(min < max, `normal(${mean}, ${sd}) is cut to an empty range`, "Give min < max.");
  const limits = [min, max].filter((x) => Number.isFinite(x));
  const sample: Sample = (random, math) => {
    for (let attempt = 0; attempt < 10_000; attempt++) {
      const x = mean + sd * standardNormal(random, math);
      if (x >= min && x <= max) return x;
    }
    throw new NeuroweaveError("out-of-range", `normal(${mean}, ${sd}) almost never falls within [${min}, ${max}]`, {
      remedy: "Widen the bounds.",
    });
  };
  const given = { ...(Number.isFinite(min) ? { min } : {}), ...(Number.isFinite(max) ? { max } : {}) };
  return define("normal", [mean, sd, ...limits], sample, {
    draw: (into, count, stream, math) =>
      fillNormal(into, count, { mean, sd, min, max }, stream, math, () => sample(stream.uniform, math)),
    given: limits.length === 0 ? [mean, sd] : [mean, sd, given],
  });
}

/** e^X with X normal: `mu` and `sigma` are those of the logarithm. */
export function lognormal(mu: number, sigma: number): Distribution {
  require(sigma >= 0, `lognormal(${mu}, ${sigma}) has a negative sigma`, "Give sigma ≥ 0.");
  return define("lognormal", [mu, sigma], (random, math) => math.exp(mu + sigma * standardNormal(random, math)));
}

/** Exponential with the given mean > 0. */
export function exponential(mean: number): Distribution {
  require(mean > 0, `exponential(${mean}) needs a positive mean`, "Give a mean > 0.");
  return define("exponential", [mean], (random, math) => -mean * math.log(1 - random()));
}

/** Lorentzian (Cauchy) with centre and half-width at half-maximum. */
export function lorentzian(center: number, halfWidth: number): Distribution {
  require(halfWidth >= 0, `lorentzian(${center}, ${halfWidth}) has a negative width`, "Give a half-width ≥ 0.");
  return define(
    "lorentzian",
    [center, halfWidth],
    (random, math) => center + halfWidth * math.tan(Math.PI * (random() - 0.5)),
  );
}

/** One of the values, all equally likely, or with the given weights. */
export function choice(values: readonly number[], weights?: readonly number[]): Distribution {
  require(values.length > 0, "choice() has nothing to choose from", "Give at least one value.");
  const each = weights ?? values.map(() => 1);
  require(each.length === values.length &&
    each.every((w) => w >= 0) &&
    each.some(
      (w) => w > 0,
    ), `choice() has ${values.length} values and weights ${each.join(", ")}`, "Give one weight ≥ 0 for each value, not all zero.");
  const total = each.reduce((sum, w) => sum + w, 0);
  const own = [...values];
  const shares = [...each];
  const sample: Sample = (random) => {
    let left = random() * total;
    const index = shares.findIndex((w) => (left -= w) < 0);
    return own[index < 0 ? own.length - 1 : index]!;
  };
  return define("choice", [...values, ...(weights ?? [])], sample, {
    given: weights === undefined ? [own] : [own, shares],
  });
}
