import { checkNumber, checkOptions, checkWhole, refusal } from "@neuroweave/equations";
import { checkLength, checkValues } from "./checks.ts";
import { zeros } from "./matrix.ts";
import type { DenseMatrix } from "./matrix.ts";

/** Size and regularisation of recursive least squares. */
export interface RecursiveLeastSquaresOptions {
  /** Length of the activity r. */
  readonly inputs: number;
  /** Length of the output; 1 unless given. */
  readonly outputs?: number;
  /** P begins as I / alpha, > 0: small for fast learning, large for cautious. In squared units of the inputs. */
  readonly alpha: number;
  /** What the past is worth, each time that something is learnt: in (0, 1], 1 (nothing is forgotten) unless given. */
  readonly forgetting?: number;
}

/** A linear read-out that learns while it runs. */
export interface RecursiveReadout {
  /** Inputs × outputs, zeros at first; live: learning changes it, and so may you. */
  readonly weights: DenseMatrix;
  /**
   * P, inputs × inputs and symmetric; live. With the weights it is the whole state: copy both to keep it, set both to
   * restore it.
   */
  readonly inverseCorrelation: DenseMatrix;
  /** The output Wᵀ r, one number per output. Throws `wrong-length` and `not-finite` for an r that does not fit. */
  output(r: ArrayLike<number>): Float64Array;
  /**
   * Moves the weights towards giving `target` for r, and returns the error of before, Wᵀ r − target. The target is one
   * number per output; a number where there is one. What is refused, with `wrong-length` or `not-finite`, changes
   * nothing.
   */
  learn(r: ArrayLike<number>, target: number | ArrayLike<number>): Float64Array;
}

/**
 * Recursive least squares (Haykin 2002, Adaptive Filter Theory), as FORCE learning uses it (Sussillo and Abbott 2009,
 * Neuron 63:544):
 *
 *     e = Wᵀ r − f,   k = P r / (φ + rᵀ P r),   W ← W − k eᵀ,   P ← (P − k rᵀ P) / φ,   P(0) = I / α
 *
 * with φ = `forgetting`. After T rows W minimises Σ φ^(T − t) |Wᵀ r(t) − f(t)|² + φ^T α |W|²: with φ = 1 it is what
 * `ridge` gives for λ = α without an intercept (for one, let r have an entry that is always 1). Time inputs² for each
 * row, and memory for P.
 *
 *     const readout = recursiveLeastSquares({ inputs: cells.n, alpha: 1 });
 *     const [error] = readout.learn(r, target);
 *
 * With φ < 1 directions in which r does not vary make P grow by 1/φ each time: `learn` refuses, with `out-of-range`,
 * when it has lost its positive definiteness to rounding or overflowed. Throws `out-of-range`, `not-finite`,
 * `invalid-value` and `unknown-name` for options.
 */
export function recursiveLeastSquares(options: RecursiveLeastSquaresOptions): RecursiveReadout {
  const call = "recursiveLeastSquares";
  checkOptions(call, options, ["inputs", "outputs", "alpha", "forgetting"]);
  const { inputs, outputs = 1, alpha, forgetting = 1 } = options;
  checkWhole(`${call}: inputs`, inputs, 1);
  checkWhole(`${call}: outputs`, outputs, 1);
  checkNumber(`${call}: alpha`, alpha, { above: 0 });
  checkNumber(`${call}: forgetting`, forgetting, { above: 0, max: 1 });
  const weights = zeros(call, inputs, outputs);
  const inverseCorrelation = zeros(call, inputs, inputs);
  const p = inverseCorrelation.values;
  for (let i = 0; i < inputs; i++) p[i * inputs + i] = 1 / alpha;

  const output = (r: ArrayLike<number>): Float64Array => {
    checkValues(`${call}: r`, r);
    checkLength(`${call}: r`, r.length, inputs);
    const sums = new Float64Array(outputs);
    for (let i = 0; i < inputs; i++)
      for (let o = 0; o < outputs; o++) sums[o]! += r[i]! * weights.values[i * outputs + o]!;
    return sums;
  };

  const learn = (r: ArrayLike<number>, target: number | ArrayLike<number>): Float64Array => {
    const wanted = checkValues(`${call}: target`, typeof target === "number" ? [target] : target);
    checkLength(`${call}: target`, wanted.length, outputs);
    const error = output(r).map((value, o) => value - wanted[o]!);
    const pr = new Float64Array(inputs);
    let spread = 0;
    for (let i = 0; i < inputs; i++) {
      let sum = 0;
      for (let j = 0; j < inputs; j++) sum += p[i * inputs + j]! * r[j]!;
      pr[i] = sum;
      spread += r[i]! * sum;
    }
    checkSpread(call, spread, forgetting);

    const gain = 1 / (forgetting + spread);
    for (let i = 0; i < inputs; i++) {
      const row = i * inputs;
      // (a · b) · gain is the same for (i, j) and (j, i): P stays symmetric to the last bit.
      for (let j = 0; j < inputs; j++) p[row + j] = (p[row + j]! - pr[i]! * pr[j]! * gain) / forgetting;
      for (let o = 0; o < outputs; o++) weights.values[i * outputs + o]! -= pr[i]! * gain * error[o]!;
    }
    return error;
  };
  return { weights, inverseCorrelation, output, learn };
}

/** rᵀ P r is not negative but for rounding, which is far below φ as long as P is any good. */
function checkSpread(call: string, spread: number, forgetting: number): void {
  if (spread > -forgetting / 2 && spread < Infinity) return;
  throw refusal(
    "out-of-range",
    `${call}: rᵀ P r has come to ${spread}, so P is no inverse of a correlation any more`,
    "Give a larger alpha or a forgetting nearer to 1, and begin anew.",
  );
}
