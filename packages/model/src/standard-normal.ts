/**
 * Standard normal numbers on the host by the ziggurat of Marsaglia & Tsang 2000, J. Stat. Softw. 5(8), in the form of Doornik 2005,
 * "An improved ziggurat method to generate normal random samples": layer and position come from draws of their own. All
 * but one in eighty need nothing but a product and a comparison, and the table is made by portable functions, so a million
 * synapses with weights of their own take milliseconds and have the same bits on every machine.
 */
import type { RandomSource } from "./distributions.ts";
import type { PortableMath } from "./host.ts";

const layers = 128;

/** Where the tail begins, and the area of every layer, for 128 of them. */
const R = 3.442619855899;
const area = 9.91256303526217e-3;

interface Ziggurat {
  /** Right ends of the layers, from the lowest, whose end stands for its tail too, to 0. */
  readonly ends: Float64Array;
  /** The part of each layer in which every point lies below the curve. */
  readonly inner: Float64Array;
}

let built: Ziggurat | undefined;

function build({ exp, log }: PortableMath): Ziggurat {
  const ends = new Float64Array(layers + 1);
  let height = exp(-0.5 * R * R);
  ends[0] = area / height;
  ends[1] = R;
  for (let i = 2; i < layers; i++) {
    ends[i] = Math.sqrt(-2 * log(area / ends[i - 1]! + height));
    height = exp(-0.5 * ends[i]! * ends[i]!);
  }
  return { ends, inner: Float64Array.from({ length: layers }, (_, i) => ends[i + 1]! / ends[i]!) };
}

/** One draw. `random` gives numbers in [0, 1). */
export function standardNormal(random: RandomSource, math: PortableMath): number {
  const { ends, inner } = (built ??= build(math));
  for (;;) {
    const u = 2 * random() - 1;
    const layer = Math.floor(random() * layers);
    const x = u * ends[layer]!;
    if (Math.abs(u) < inner[layer]!) return x;
    if (layer === 0) return u < 0 ? -tail(random, math) : tail(random, math);
    const upper = math.exp(-0.5 * (ends[layer]! * ends[layer]! - x * x));
    const lower = math.exp(-0.5 * (ends[layer + 1]! * ends[layer + 1]! - x * x));
    if (lower + random() * (upper - lower) < 1) return x;
  }
}

/** A draw beyond R, by Marsaglia 1964, Technometrics 6:101. */
function tail(random: RandomSource, { log }: PortableMath): number {
  for (;;) {
    const x = -log(1 - random()) / R;
    if (-2 * log(1 - random()) >= x * x) return R + x;
  }
}
