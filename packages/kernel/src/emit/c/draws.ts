/** Random numbers: Philox for one neuron where a branch needs them, and for many at a time into columns. */
import { philoxConstants } from "../../philox.ts";
import { drawGroup, paddedLength, type ProgramStage } from "../../program.ts";
import type { Precision } from "../../ir.ts";
import type { KernelShare } from "../../team.ts";
import { ownNeurons } from "./team.ts";

const [m0, m1] = philoxConstants.multipliers;
const [w0, w1] = philoxConstants.weyl;

/** Counters that go through the rounds side by side. */
const batch = 16;

/** Units in (0, 1) from words: bits of [1, 2), less 1 − half a unit in the last place. */
const unit: Readonly<Record<Precision, string>> = {
  f64: `static inline real unit(uint32_t high, uint32_t low) {
  const uint64_t bits = 0x3ff0000000000000ULL | (uint64_t)high << 20 | low >> 12;
  double x; memcpy(&x, &bits, sizeof x);
  return (x - 1) + 0x1p-53;
}`,
  f32: `static inline real unit(uint32_t high, uint32_t low) {
  const uint32_t bits = 0x3f800000u | high >> 9;
  float x; memcpy(&x, &bits, sizeof x);
  return (x - 1) + 0x1p-24f;
}`,
};

/** Neuron indices as floats. */
const indices: Readonly<Record<Precision, string>> = {
  f64: "static inline V indices(int64_t i) { V x; for (int l = 0; l < LANES; l++) x[l] = (real)(i + l); return x; }",
  f32: "static inline V indices(int64_t i) { V x; for (int l = 0; l < LANES; l++) x[l] = (real)(i + l); return x; }",
};

/** Functions that kernels and draws call. */
export const randomFunctions = (precision: Precision): string => `${unit[precision]}
${indices[precision]}
/* Four 64-bit lanes; their products with a word, of lanes below 2^32. */
typedef uint64_t D __attribute__((vector_size(32)));
static inline D times(D x, uint32_t factor) {
#if VECTOR >= 32 && HAS(__builtin_ia32_pmuludq256)
  typedef int I __attribute__((vector_size(32)));
  return (D)__builtin_ia32_pmuludq256((I)x, (I)((D){0} + factor));
#else
  return x * factor;
#endif
}
/* One round of four counters, whose words are in 64-bit lanes. */
static inline __attribute__((always_inline)) void philox_round(D c[4], uint32_t k0, uint32_t k1) {
  const D p0 = times(c[0], ${m0}u), p1 = times(c[2], ${m1}u);
  c[0] = (p1 >> 32) ^ c[1] ^ k0;
  c[1] = p1 & 0xffffffffu;
  c[2] = (p0 >> 32) ^ c[3] ^ k1;
  c[3] = p0 & 0xffffffffu;
}
/*
 * Philox 4x32-10 of ${batch} counters: word w of counter l is at c[w][l]. Counters of even and of odd number go through the rounds in vectors
 * of their own, so that no product has to be put together from parts.
 */
static inline __attribute__((always_inline)) void philox(uint32_t c[4][${batch}], uint32_t k0, uint32_t k1) {
  D even[${batch / 8}][4], odd[${batch / 8}][4];
  for (int h = 0; h < ${batch / 8}; h++)
    for (int w = 0; w < 4; w++) {
      D both;
      memcpy(&both, &c[w][8 * h], sizeof both);
      even[h][w] = both & 0xffffffffu;
      odd[h][w] = both >> 32;
    }
  for (int round = 0; round < ${philoxConstants.rounds}; round++, k0 += ${w0}u, k1 += ${w1}u)
    for (int h = 0; h < ${batch / 8}; h++) {
      philox_round(even[h], k0, k1);
      philox_round(odd[h], k0, k1);
    }
  for (int h = 0; h < ${batch / 8}; h++)
    for (int w = 0; w < 4; w++) {
      const D both = even[h][w] | odd[h][w] << 32;
      memcpy(&c[w][8 * h], &both, sizeof both);
    }
}
static inline void uniforms_s(uint32_t lane, int64_t k, uint32_t k0, uint32_t k1, real out[2]) {
  uint32_t a = lane, b = (uint32_t)k, c = (uint32_t)((uint64_t)k >> 32), d = 0;
  for (int round = 0; round < ${philoxConstants.rounds}; round++, k0 += ${w0}u, k1 += ${w1}u) {
    const uint64_t p0 = (uint64_t)a * ${m0}u, p1 = (uint64_t)c * ${m1}u;
    a = (uint32_t)(p1 >> 32) ^ b ^ k0;
    b = (uint32_t)p1;
    c = (uint32_t)(p0 >> 32) ^ d ^ k1;
    d = (uint32_t)p0;
  }
  out[0] = unit(a, b);
  out[1] = unit(c, d);
}
static __attribute__((noinline, unused)) void uniforms_v(int64_t i, int64_t k, uint32_t k0, uint32_t k1, V out[2]) {
  for (int l = 0; l < LANES; l++) {
    real both[2];
    uniforms_s((uint32_t)(i + l), k, k0, k1, both);
    out[0][l] = both[0];
    out[1][l] = both[1];
  }
}`;

const signature = (name: string): string =>
  `static __attribute__((noinline)) void ${name}(char *m, int64_t k, double t, int me) {`;

/** Thresholds that every neuron's upper half is compared with; the others only where some half has reached all of these. */
const usual = 6;

/** Neurons whose numbers are made together. */
const neurons = (batch / 4) * drawGroup;

const uniformOf: Readonly<Record<Precision, string>> = {
  f64: "out[l] = ((real)w + 0.5) * 0x1p-32;",
  f32: "const uint32_t bits = 0x3f800000u | w >> 9; memcpy(&out[l], &bits, 4); out[l] = (out[l] - 1) + 0x1p-24f;",
};

/**
 * Functions that stages call. Counter 4 g + b of group g has, in word a, the halves of the neurons 8 a + 2 b and the next; written in the
 * order of neurons they are a list of 16-bit numbers. The upper halves decide on a count, unless one of them equals that of a
 * threshold, which happens to one neuron in thousands: then whole words are compared.
 */
export const drawFunctions = (precision: Precision): string => `
static inline __attribute__((always_inline)) void counters(uint32_t c[4][${batch}], uint32_t first, int64_t k, uint32_t last) {
  for (int l = 0; l < ${batch}; l++) {
    c[0][l] = first + (uint32_t)l;
    c[1][l] = (uint32_t)k;
    c[2][l] = (uint32_t)((uint64_t)k >> 32);
    c[3][l] = last;
  }
}
/* Both uniforms of a stream for the neurons [from, to). */
static __attribute__((noinline, unused)) void draw_pairs(int64_t from, int64_t to, int64_t k, uint32_t k0, uint32_t k1, real_at *a, real_at *b) {
  for (int64_t i = from; i < to; i += ${batch}) {
    uint32_t c[4][${batch}];
    counters(c, (uint32_t)i, k, 0);
    philox(c, k0, k1);
    for (int l = 0; l < ${batch}; l++) a[i + l] = unit(c[0][l], c[1][l]);
    for (int l = 0; l < ${batch}; l++) b[i + l] = unit(c[2][l], c[3][l]);
  }
}
/* Halves of ${neurons} neurons: the upper ones with last = 2, the lower ones with 3. */
static inline __attribute__((always_inline)) void halves(int64_t i, int64_t k, uint32_t last, uint32_t k0, uint32_t k1, u16_at *into) {
  uint32_t c[4][${batch}];
  counters(c, (uint32_t)(i / 8), k, last);
  philox(c, k0, k1);
  for (int g = 0; g < ${batch / 4}; g++)
    for (int a = 0; a < 4; a++)
      for (int b = 0; b < 4; b++) ((u32_at *)into)[16 * g + 4 * a + b] = c[a][4 * g + b];
}
static __attribute__((noinline, unused)) void draw_units(int64_t from, int64_t stop, int64_t k, uint32_t k0, uint32_t k1, real_at *column) {
  for (int64_t i = from; i < stop; i += ${neurons}) {
    u16_at upper[${neurons}] __attribute__((aligned(64))), lower[${neurons}] __attribute__((aligned(64)));
    real_at *const out = column + i;
    const int some = stop - i < ${neurons} ? (int)(stop - i) : ${neurons};
    halves(i, k, 2, k0, k1, upper);
    halves(i, k, 3, k0, k1, lower);
    for (int l = 0; l < some; l++) { const uint32_t w = (uint32_t)upper[l] << 16 | lower[l]; ${uniformOf[precision]} }
  }
}
/* How many of the thresholds each number reaches. */
static __attribute__((noinline, unused)) void draw_counts(int64_t from, int64_t stop, int64_t k, uint32_t k0, uint32_t k1, real_at *column, const uint32_t *thresholds, int all) {
  const int often = all < ${usual} ? all : ${usual};
  for (int64_t i = from; i < stop; i += ${neurons}) {
    u16_at upper[${neurons}] __attribute__((aligned(64))), lower[${neurons}] __attribute__((aligned(64)));
    u16_at count[${neurons}] __attribute__((aligned(64))) = {0};
    real_at *const out = column + i;
    const int some = stop - i < ${neurons} ? (int)(stop - i) : ${neurons};
    uint16_t ties = 0, reached = 0;
    halves(i, k, 2, k0, k1, upper);
    for (int e = 0; e < often; e++) {
      const uint16_t half = (uint16_t)(thresholds[e] >> 16);
      for (int l = 0; l < ${neurons}; l++) { count[l] += upper[l] >= half; ties |= upper[l] == half; }
    }
    if (often < all) for (int l = 0; l < ${neurons}; l++) reached |= upper[l] >= thresholds[often] >> 16;
    if (reached)
      for (int e = often; e < all; e++) {
        const uint16_t half = (uint16_t)(thresholds[e] >> 16);
        for (int l = 0; l < ${neurons}; l++) { count[l] += upper[l] >= half; ties |= upper[l] == half; }
      }
    if (ties) {
      halves(i, k, 3, k0, k1, lower);
      for (int l = 0; l < ${neurons}; l++) {
        const uint32_t w = (uint32_t)upper[l] << 16 | lower[l];
        count[l] = 0;
        for (int e = 0; e < all; e++) count[l] += w >= thresholds[e];
      }
    }
    for (int l = 0; l < some; l++) out[l] = (real)(int32_t)count[l];
  }
}`;

/** Both uniforms of a stream for every neuron. */
export function emitUniforms(
  name: string,
  { stream, columns, n }: Extract<ProgramStage, { kind: "uniforms" }>,
  share: KernelShare | null,
): string {
  return `${signature(name)}
  ${share ? ownNeurons(share.bounds).join("\n  ") : `const int64_t from = 0, to = ${paddedLength(n)};`}
  draw_pairs(from, to, k, ${stream.low}u, ${stream.high}u, (real_at *)AT(${columns[0]}LL), (real_at *)AT(${columns[1]}LL));
}`;
}

/** Fills a column with uniform numbers, or with counts of thresholds. */
export function emitDraw(
  name: string,
  { draw, column, n }: Extract<ProgramStage, { kind: "draw" }>,
  share: KernelShare | null,
): string {
  const { stream, thresholds } = draw;
  const end = Math.ceil(n / drawGroup) * drawGroup;
  const given = `from, stop, k, ${stream.low}u, ${stream.high}u, (real_at *)AT(${column}LL)`;
  const call = thresholds
    ? [
        `static const uint32_t thresholds[] = {${[...thresholds, 0].map((each) => `${each}u`).join(", ")}};`,
        `draw_counts(${given}, thresholds, ${thresholds.length});`,
      ]
    : [`draw_units(${given});`];
  return [
    signature(name),
    `  ${share ? ownNeurons(share.bounds).join("\n  ") : `const int64_t from = 0, to = ${end};`}`,
    `  const int64_t stop = to < ${end} ? (to + ${drawGroup - 1}) / ${drawGroup} * ${drawGroup} : ${end};`,
    ...call.map((line) => `  ${line}`),
    `}`,
  ].join("\n");
}
