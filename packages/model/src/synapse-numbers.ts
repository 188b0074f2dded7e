/** Numbers of synapses one row after another, in the order in which the connector gave them: never all of them at once. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Distribution } from "./distributions.ts";
import type { PortableMath } from "./host.ts";
import { checkValue } from "./parameters.ts";
import { hostStream } from "./random.ts";
import { WordStream } from "./word-stream.ts";

export interface SynapseNumbers {
  /** Writes the numbers of the next `count` synapses to the start of `into`. */
  next(into: Float64Array, count: number): void;
}

export function givenNumbers(values: Float64Array): SynapseNumbers {
  let at = 0;
  return {
    next(into, count) {
      into.set(values.subarray(at, at + count));
      at += count;
    },
  };
}

/** Draws from the start of a stream. Refuses what is not finite. */
export function drawnNumbers(
  what: string,
  distribution: Distribution,
  { seed, stream, math }: { readonly seed: number | string; readonly stream: readonly string[]; readonly math: PortableMath },
): SynapseNumbers {
  const words = new WordStream(hostStream(seed, ...stream, distribution.text));
  let at = 0;
  return {
    next(into, count) {
      distribution.draw(into, count, words, math);
      // A difference is NaN where a number is infinite or NaN, and a sum of zeros otherwise.
      let sum = 0;
      for (let i = 0; i < count; i++) sum += into[i]! - into[i]!;
      if (sum !== 0) refuseStray(`${what} drawn from ${distribution.text}`, into.subarray(0, count), at);
      at += count;
    },
  };
} // prettier-ignore

function refuseStray(what: string, values: Float64Array, first: number): void {
  const bad = values.findIndex((x) => !Number.isFinite(x));
  checkValue(`${what}[${first + bad}]`, values[bad], {}, 1);
}

/** Refuses the first number that single precision turns into an infinity. */
export function refuseSingle(values: Float64Array, count: number, first: number): never {
  const bad = values.subarray(0, count).findIndex((x) => !Number.isFinite(Math.fround(x)));
  throw new NeuroweaveError("not-finite", `weight[${first + bad}] is ${values[bad]}, more than single precision can hold`, {
    remedy: "Give smaller numbers, or store them in double precision.",
  });
} // prettier-ignore
