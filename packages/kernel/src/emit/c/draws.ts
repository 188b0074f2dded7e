/** Random numbers: Philox for one neuron where a branch needs them, and for many at a time into columns. */
import { philoxConstants } from "../../philox.ts";
import { drawGroup, elementBytes, paddedLength, type ProgramStage } from "../../program.ts";
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
/* Philox 4x32-10 of ${batch} counters: word w of counter l is at c[w][l]. */
static inline __attribute__((always_inline)) void philox(uint32_t c[4][${batch}], uint32_t k0, uint32_t k1) {
  for (int round = 0; round < ${philoxConstants.rounds}; round++, k0 += ${w0}u, k1 += ${w1}u)
    for (int l = 0; l < ${batch}; l++) {
      const uint64_t p0 = (uint64_t)c[0][l] * ${m0}u, p1 = (uint64_t)c[2][l] * ${m1}u;
      c[0][l] = (uint32_t)(p1 >> 32) ^ c[1][l] ^ k0;
      c[1][l] = (uint32_t)p1;
      c[2][l] = (uint32_t)(p0 >> 32) ^ c[3][l] ^ k1;
      c[3][l] = (uint32_t)p0;
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

const counters = (first: string, last: 0 | 2 | 3): string =>
  `for (int l = 0; l < ${batch}; l++) { c[0][l] = (uint32_t)(${first} + l); c[1][l] = (uint32_t)k; c[2][l] = (uint32_t)((uint64_t)k >> 32); c[3][l] = ${last}; }`;

/** Both uniforms of a stream for every neuron. */
export function emitUniforms(
  name: string,
  { stream, columns, n }: Extract<ProgramStage, { kind: "uniforms" }>,
  share: KernelShare | null,
): string {
  return `${signature(name)}
  ${share ? ownNeurons(share.bounds).join("\n  ") : `const int64_t from = 0, to = ${paddedLength(n)};`}
  for (int64_t i = from; i < to; i += ${batch}) {
    uint32_t c[4][${batch}];
    ${counters("i", 0)}
    philox(c, ${stream.low}u, ${stream.high}u);
    real_at *const a = (real_at *)AT(${columns[0]}LL) + i, *const b = (real_at *)AT(${columns[1]}LL) + i;
    for (int l = 0; l < ${batch}; l++) a[l] = unit(c[0][l], c[1][l]);
    for (int l = 0; l < ${batch}; l++) b[l] = unit(c[2][l], c[3][l]);
  }
}`;
}

/** Thresholds that every neuron's upper half is compared with; the others only where some half has reached all of these. */
const usual = 6;

/** Neurons whose numbers are made together. */
const neurons = (batch / 4) * drawGroup;

/**
 * Fills a column with uniform numbers, or with counts of thresholds. Counter 4 g + b of group g has, in word a, the halves of the neurons
 * 8 a + 2 b and the next; written in the order of neurons they are a list of 16-bit numbers. The upper halves decide on a count,
 * unless one of them equals that of a threshold, which happens to one neuron in thousands: then whole words are compared.
 */
export function emitDraw(
  name: string,
  { draw, column, n }: Extract<ProgramStage, { kind: "draw" }>,
  precision: Precision,
  share: KernelShare | null,
): string {
  const { stream, thresholds } = draw;
  const bytes = elementBytes(precision);
  const end = Math.ceil(n / drawGroup) * drawGroup;
  const halves = (last: 2 | 3, into: string): string => `${counters("i / 8", last)}
    philox(c, ${stream.low}u, ${stream.high}u);
    for (int g = 0; g < ${batch / 4}; g++)
      for (int a = 0; a < 4; a++)
        for (int b = 0; b < 4; b++) ((u32_at *)${into})[16 * g + 4 * a + b] = c[a][4 * g + b];`;
  const half = (threshold: number): number => Math.floor(threshold / 65536);
  const compare = (list: readonly number[]): string[] =>
    list.map(
      (threshold) =>
        `for (int l = 0; l < ${neurons}; l++) { count[l] += upper[l] >= ${half(threshold)}; ties |= upper[l] == ${half(threshold)}; }`,
    );
  const counting = (list: readonly number[]): string[] => {
    const [often, seldom] = [list.slice(0, usual), list.slice(usual)];
    return [
      "u16_at count[" + neurons + "] = {0};",
      "uint16_t ties = 0;",
      ...compare(often),
      ...(seldom.length === 0
        ? []
        : [
            "uint16_t reached = 0;",
            `for (int l = 0; l < ${neurons}; l++) reached |= upper[l] >= ${half(seldom[0]!)};`,
            "if (reached) {",
            ...compare(seldom).map((line) => `  ${line}`),
            "}",
          ]),
      "if (ties) {",
      `  static const uint32_t thresholds[] = {${list.map((each) => `${each}u`).join(", ")}};`,
      `  ${halves(3, "lower")}`,
      `  for (int l = 0; l < ${neurons}; l++) {`,
      "    const uint32_t w = (uint32_t)upper[l] << 16 | lower[l];",
      "    count[l] = 0;",
      `    for (int e = 0; e < ${list.length}; e++) count[l] += w >= thresholds[e];`,
      "  }",
      "}",
      `for (int l = 0; l < some; l++) out[l] = (real)(int32_t)count[l];`,
    ];
  };
  const uniform =
    precision === "f64"
      ? "out[l] = ((real)w + 0.5) * 0x1p-32"
      : "{ const uint32_t bits = 0x3f800000u | w >> 9; float x; memcpy(&x, &bits, sizeof x); out[l] = (x - 1) + 0x1p-24f; }";
  const body = thresholds
    ? counting(thresholds)
    : [
        halves(3, "lower"),
        `for (int l = 0; l < some; l++) { const uint32_t w = (uint32_t)upper[l] << 16 | lower[l]; ${uniform}; }`,
      ];
  return [
    signature(name),
    `  ${share ? ownNeurons(share.bounds).join("\n  ") : `const int64_t from = 0, to = ${end};`}`,
    `  const int64_t stop = to < ${end} ? (to + ${drawGroup - 1}) / ${drawGroup} * ${drawGroup} : ${end};`,
    `  for (int64_t i = from; i < stop; i += ${neurons}) {`,
    `    const int some = stop - i < ${neurons} ? (int)(stop - i) : ${neurons};`,
    `    real_at *const out = (real_at *)(AT(${column}LL) + i * ${bytes});`,
    `    uint32_t c[4][${batch}];`,
    `    u16_at upper[${neurons}] __attribute__((aligned(64))), lower[${neurons}] __attribute__((aligned(64)));`,
    `    (void)lower;`,
    `    ${halves(2, "upper")}`,
    ...body.map((line) => `    ${line}`),
    `  }`,
    `}`,
  ].join("\n");
}
