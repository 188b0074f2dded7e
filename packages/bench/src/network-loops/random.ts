/** Random numbers for the loops: as fast as plain JavaScript has them, from arrays of state. */

/** State of `nextWord` from a seed: four words, not all 0. */
export function wordState(seed: number): Int32Array {
  const state = new Int32Array(4);
  let x = seed | 0;
  for (let k = 0; k < 4; k++) {
    // SplitMix32, so that neighbouring seeds begin far apart.
    x = (x + 0x9e3779b9) | 0;
    let z = x;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    state[k] = z ^ (z >>> 15) || 1;
  }
  return state;
}

/** 32 random bits as a signed integer: xorshift128 (Marsaglia 2003, J. Stat. Softw. 8:14). */
function nextWord(state: Int32Array): number {
  let t = state[3]!;
  const s = state[0]!;
  state[3] = state[2]!;
  state[2] = state[1]!;
  state[1] = s;
  t ^= t << 11;
  t ^= t >>> 8;
  t ^= s ^ (s >>> 19);
  state[0] = t;
  return t;
}

/** Uniform in [0, 1). */
export const nextUniform = (state: Int32Array): number => (nextWord(state) >>> 0) * 2 ** -32;

/** Inversion of a Poisson distribution by a table: the first count whose limit a word does not exceed. */
export interface PoissonTable {
  readonly limits: Uint32Array;
  /** The smallest count of a word, by its upper eight bits. */
  readonly guide: Uint8Array;
}

/** Table for a mean of at most about 20; probabilities are exact to 2⁻³². */
export function poissonTable(mean: number): PoissonTable {
  const limits: number[] = [];
  let chance = Math.exp(-mean);
  for (let k = 0, sum = 0; k < mean || chance > 2 ** -33; k++) {
    sum += chance;
    limits.push(Math.round(sum * 2 ** 32) - 1);
    chance *= mean / (k + 1);
  }
  limits.push(2 ** 32 - 1);
  const guide = Uint8Array.from({ length: 256 }, (_, cell) => limits.findIndex((each) => each >= cell * 2 ** 24));
  return { limits: Uint32Array.from(limits), guide };
}

/** One count for each neuron. */
export function drawCounts(counts: Uint8Array, { limits, guide }: PoissonTable, state: Int32Array): void {
  let x = state[0]!;
  let y = state[1]!;
  let z = state[2]!;
  let w = state[3]!;
  for (let i = 0; i < counts.length; i++) {
    let t = w;
    w = z;
    z = y;
    y = x;
    t ^= t << 11;
    t ^= t >>> 8;
    x ^= t ^ (x >>> 19);
    const word = x >>> 0;
    let count = guide[word >>> 24]!;
    while (word > limits[count]!) count++;
    counts[i] = count;
  }
  state[0] = x;
  state[1] = y;
  state[2] = z;
  state[3] = w;
}

/** Layers of a ziggurat under the normal density. */
export interface Ziggurat {
  readonly bounds: Int32Array;
  readonly widths: Float64Array;
  readonly heights: Float64Array;
}

const tail = 3.442619855899;

/** Marsaglia & Tsang 2000, J. Stat. Softw. 5:8: 128 layers of equal area. */
export function ziggurat(): Ziggurat {
  const bounds = new Int32Array(128);
  const widths = new Float64Array(128);
  const heights = new Float64Array(128);
  const area = 9.91256303526217e-3;
  const density = (x: number): number => Math.exp(-0.5 * x * x);
  let x = tail;
  let wider = tail;
  const base = area / density(tail);
  bounds[0] = Math.floor((x / base) * 2 ** 31);
  bounds[1] = 0;
  widths[0] = base * 2 ** -31;
  widths[127] = x * 2 ** -31;
  heights[0] = 1;
  heights[127] = density(x);
  for (let k = 126; k >= 1; k--) {
    x = Math.sqrt(-2 * Math.log(area / x + density(x)));
    bounds[k + 1] = Math.floor((x / wider) * 2 ** 31);
    wider = x;
    heights[k] = density(x);
    widths[k] = x * 2 ** -31;
  }
  return { bounds, widths, heights };
}

/** Standard normal. */
export function nextNormal({ bounds, widths, heights }: Ziggurat, state: Int32Array): number {
  for (;;) {
    const word = nextWord(state);
    const layer = word & 127;
    const x = word * widths[layer]!;
    if (Math.abs(word) < bounds[layer]!) return x;
    if (layer === 0) return beyondTail(word, state);
    const fraction = nextUniform(state);
    if (heights[layer]! + fraction * (heights[layer - 1]! - heights[layer]!) < Math.exp(-0.5 * x * x)) return x;
  }
}

function beyondTail(sign: number, state: Int32Array): number {
  for (;;) {
    const x = -Math.log(1 - nextUniform(state)) / tail;
    const y = -Math.log(1 - nextUniform(state));
    if (y + y > x * x) return sign > 0 ? tail + x : -tail - x;
  }
}
