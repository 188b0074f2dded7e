/**
 * What every C program begins with: the vectors of a precision, as wide as the processor has them, and the operations that C has no
 * operator for. Nothing here may round otherwise than the operation table says: no contraction, no reassociation.
 */
import type { Precision } from "../../ir.ts";

interface Names {
  readonly real: "double" | "float";
  readonly bits: 64 | 32;
  /** Suffix of x86 intrinsics. */
  readonly x86: "pd" | "ps";
  readonly integers: "epi64" | "epi32";
  readonly register: "d" | "";
  readonly fractionBits: 52 | 23;
  readonly bias: 1023 | 127;
  readonly magic: string;
  readonly whole: string;
}

const names: Readonly<Record<Precision, Names>> = {
  f64: { real: "double", bits: 64, x86: "pd", integers: "epi64", register: "d", fractionBits: 52, bias: 1023, magic: "6755399441055744.0", whole: "4503599627370496.0" }, // prettier-ignore
  f32: { real: "float", bits: 32, x86: "ps", integers: "epi32", register: "", fractionBits: 23, bias: 127, magic: "12582912.0f", whole: "8388608.0f" }, // prettier-ignore
};

/** One x86 instruction where there is one for this width, else what works anywhere. */
function perWidth(signature: string, x86: (width: 512 | 256 | 128) => string | null, otherwise: string): string {
  const widths = [
    [512, "VECTOR == 64"],
    [256, "VECTOR == 32"],
    [128, "VECTOR == 16 && defined(__SSE4_1__)"],
  ] as const;
  const branches = widths.flatMap(([width, condition]) => {
    const text = x86(width);
    return text === null ? [] : [[condition, text] as const];
  });
  const lines = branches.flatMap(([condition, text], index) => [
    `${index === 0 ? "#if" : "#elif"} ${condition}`,
    `  ${text}`,
  ]);
  return [`static inline ${signature} {`, ...lines, "#else", `  ${otherwise}`, "#endif", "}"].join("\n");
}

/** Types and operations of a precision. */
export function prelude(precision: Precision): string {
  const { real, bits, x86, integers, register, fractionBits, bias, magic, whole } = names[precision];
  const mm = (width: 512 | 256 | 128): string => (width === 128 ? "_mm" : `_mm${width}`);
  const type = (width: 512 | 256 | 128): string => `__m${width}${register}`;
  const rounding = (mode: string) => (width: 512 | 256 | 128) =>
    width === 512
      ? `return (V)_mm512_roundscale_${x86}((${type(width)})x, ${mode} | _MM_FROUND_NO_EXC);`
      : `return (V)${mm(width)}_round_${x86}((${type(width)})x, ${mode} | _MM_FROUND_NO_EXC);`;
  return `#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#if defined(__AVX512F__) && defined(__AVX512DQ__)
#define VECTOR 64
#elif defined(__AVX2__)
#define VECTOR 32
#else
#define VECTOR 16
#endif

typedef ${real} real;
typedef int${bits}_t word;
typedef uint${bits}_t uword;
typedef real real_at __attribute__((may_alias));
typedef float f32_at __attribute__((may_alias));
typedef int16_t i16_at __attribute__((may_alias));
typedef uint8_t u8_at __attribute__((may_alias));
typedef uint16_t u16_at __attribute__((may_alias));
typedef uint32_t u32_at __attribute__((may_alias));
typedef real V __attribute__((vector_size(VECTOR), may_alias));
typedef word W __attribute__((vector_size(VECTOR), may_alias));
typedef uword U __attribute__((vector_size(VECTOR), may_alias));
#define LANES (VECTOR / (int)sizeof(real))
#define AT(address) (m + (address))
#define WORD(address) (*(u32_at *)AT(address))

static inline V splat(real x) { return x - (V){0}; }
static inline V load(const char *at) { return *(const V *)at; }
static inline void store(char *at, V x) { *(V *)at = x; }

static inline V abs_v(V x) { return (V)((W)x & ~(word)((uword)1 << ${bits - 1})); }
${perWidth(
  "V select_v(W mask, V a, V b)",
  (width) =>
    width === 512
      ? `return (V)_mm512_mask_blend_${x86}(_mm512_movep${integers === "epi64" ? "i64" : "i32"}_mask((__m512i)mask), (${type(512)})b, (${type(512)})a);`
      : `return (V)${mm(width)}_blendv_${x86}((${type(width)})b, (${type(width)})a, (${type(width)})(V)mask);`,
  "return (V)((mask & (W)a) | (~mask & (W)b));",
)}
${perWidth(
  "uint32_t lanes_of(W mask)",
  (width) =>
    width === 512
      ? `return (uint32_t)_mm512_movep${integers === "epi64" ? "i64" : "i32"}_mask((__m512i)mask);`
      : `return (uint32_t)${mm(width)}_movemask_${x86}((${type(width)})(V)mask);`,
  "uint32_t bits = 0; for (int l = 0; l < LANES; l++) bits |= (uint32_t)(mask[l] & 1) << l; return bits;",
)}
${perWidth(
  "V sqrt_v(V x)",
  (width) => `return (V)${mm(width)}_sqrt_${x86}((${type(width)})x);`,
  `V y; for (int l = 0; l < LANES; l++) y[l] = __builtin_sqrt${real === "float" ? "f" : ""}(x[l]); return y;`,
)}
static inline V signed_v(V magnitude, V sign) {
  const W top = (W){0} + (word)((uword)1 << ${bits - 1});
  return (V)(((W)magnitude & ~top) | ((W)sign & top));
}
${perWidth(
  "V nearest_v(V x)",
  rounding("_MM_FROUND_TO_NEAREST_INT"),
  `const V y = abs_v(x); return select_v((W)(y < splat(${whole})), signed_v((y + splat(${whole})) - splat(${whole}), x), x);`,
)}
${perWidth(
  "V floor_v(V x)",
  rounding("_MM_FROUND_TO_NEG_INF"),
  `const V y = nearest_v(x); return signed_v(select_v((W)(y > x), y - splat(1), y), x);`,
)}
${perWidth(
  "V ceil_v(V x)",
  rounding("_MM_FROUND_TO_POS_INF"),
  `const V y = nearest_v(x); return signed_v(select_v((W)(y < x), y + splat(1), y), x);`,
)}
/* b < a ? b : a, and a < b ? b : a: the first operand where the two are equal or one is not a number. */
${perWidth("V lesser_v(V a, V b)", (width) => `return (V)${mm(width)}_min_${x86}((${type(width)})b, (${type(width)})a);`, "return select_v((W)(b < a), b, a);")}
${perWidth("V greater_v(V a, V b)", (width) => `return (V)${mm(width)}_max_${x86}((${type(width)})b, (${type(width)})a);`, "return select_v((W)(a < b), b, a);")}
/* NaN wins, and −0 is below +0. */
static inline V min_v(V a, V b) {
  const V zeros = (V)((W)a | (W)b);
  const V least = select_v((W)(a < b), a, select_v((W)(a == b), zeros, b));
  return select_v((W)(a != a), a, least);
}
static inline V max_v(V a, V b) {
  const V zeros = (V)((W)a & (W)b);
  const V most = select_v((W)(a > b), a, select_v((W)(a == b), zeros, b));
  return select_v((W)(a != a), a, most);
}
/* Adding 1.5·2^${fractionBits} leaves an integer in the low bits. */
static inline V power_of_two_v(V k) { return (V)((U)(k + splat(${magic} + ${bias})) << ${fractionBits}); }
static inline V exponent_v(V x) {
  return (V)(((U)abs_v(x) >> ${fractionBits}) | (U)splat(${magic})) - splat(${magic} + ${bias});
}

static inline word bits_of(real x) { word y; memcpy(&y, &x, sizeof y); return y; }
static inline real real_of(word x) { real y; memcpy(&y, &x, sizeof y); return y; }
static inline real abs_s(real x) { return real_of(bits_of(x) & ~(word)((uword)1 << ${bits - 1})); }
static inline real select_s(word mask, real a, real b) { return mask ? a : b; }
static inline real sqrt_s(real x) { return __builtin_sqrt${real === "float" ? "f" : ""}(x); }
static inline real signed_s(real magnitude, real sign) {
  const word top = (word)((uword)1 << ${bits - 1});
  return real_of((bits_of(magnitude) & ~top) | (bits_of(sign) & top));
}
static inline real nearest_s(real x) {
  const real y = abs_s(x);
  return y < ${whole} ? signed_s((y + ${whole}) - ${whole}, x) : x;
}
static inline real floor_s(real x) { const real y = nearest_s(x); return signed_s(y > x ? y - 1 : y, x); }
static inline real ceil_s(real x) { const real y = nearest_s(x); return signed_s(y < x ? y + 1 : y, x); }
static inline real lesser_s(real a, real b) { return b < a ? b : a; }
static inline real greater_s(real a, real b) { return a < b ? b : a; }
static inline real min_s(real a, real b) {
  return a != a ? a : a < b ? a : a == b ? real_of(bits_of(a) | bits_of(b)) : b;
}
static inline real max_s(real a, real b) {
  return a != a ? a : a > b ? a : a == b ? real_of(bits_of(a) & bits_of(b)) : b;
}
static inline real power_of_two_s(real k) { return real_of((word)((uword)bits_of(k + (${magic} + ${bias})) << ${fractionBits})); }
static inline real exponent_s(real x) {
  return real_of((word)(((uword)bits_of(abs_s(x)) >> ${fractionBits}) | (uword)bits_of(${magic}))) - (${magic} + ${bias});
}
`;
}
