/**
 * What every C program begins with: the vectors of a precision, as wide as the processor has them, and the operations that C has no
 * operator for. Nothing here may round otherwise than the operation table says: no contraction, no reassociation.
 */
import type { Precision } from "../../ir.ts";

interface Names {
  readonly real: "double" | "float";
  readonly bits: 64 | 32;
  /** Suffix of x86 instructions. */
  readonly x86: "pd" | "ps";
  readonly fractionBits: 52 | 23;
  readonly bias: 1023 | 127;
  readonly magic: string;
  readonly whole: string;
}

const names: Readonly<Record<Precision, Names>> = {
  f64: { real: "double", bits: 64, x86: "pd", fractionBits: 52, bias: 1023, magic: "6755399441055744.0", whole: "4503599627370496.0" }, // prettier-ignore
  f32: { real: "float", bits: 32, x86: "ps", fractionBits: 23, bias: 127, magic: "12582912.0f", whole: "8388608.0f" }, // prettier-ignore
};

type VectorBytes = 64 | 32 | 16;

/** How an x86 instruction reads as a compiler's built-in, for vectors of so many bytes; null where there is none. */
type BuiltIn = (bytes: VectorBytes) => { readonly name: string; readonly call: string } | null;

/**
 * A function that is one x86 instruction where the compiler has it for the width, else what works anywhere. Built-ins take
 * the place of the header of intrinsics, which takes longer to read than most programs to compile.
 */
function perWidth(signature: string, builtIn: BuiltIn, otherwise: string): string {
  const branches = ([64, 32, 16] as const).flatMap((bytes) => {
    const found = builtIn(bytes);
    return found === null ? [] : [[`VECTOR == ${bytes} && HAS(${found.name})`, found.call] as const];
  });
  const lines = branches.flatMap(([condition, text], index) => [
    `${index === 0 ? "#if" : "#elif"} ${condition}`,
    `  ${text}`,
  ]);
  return [`static inline ${signature} {`, ...lines, "#else", `  ${otherwise}`, "#endif", "}"].join("\n");
}

/** Types and operations of a precision. */
export function prelude(precision: Precision): string {
  const { real, bits, x86, fractionBits, bias, magic, whole } = names[precision];
  // The types that built-ins take, which are not those of stdint.h everywhere.
  const integer = bits === 64 ? "long long" : "int";
  const suffix = (bytes: VectorBytes): string => `${x86}${bytes === 16 ? "" : bytes * 8}`;
  /** Rounding to whole numbers: modes 0 nearest even, 1 down, 2 up; 8 says that none is inexact. */
  const rounding =
    (mode: 0 | 1 | 2): BuiltIn =>
    (bytes) => {
      const name = bytes === 64 ? `__builtin_ia32_rndscale${x86}_mask` : `__builtin_ia32_round${suffix(bytes)}`;
      const rest = bytes === 64 ? `, x, ${real === "double" ? "(unsigned char)" : "(unsigned short)"}-1, 4` : "";
      return { name, call: `return (V)${name}(x, ${8 + mode}${rest});` };
    };
  /** Instructions that give their second operand where the two are equal or one is not a number. */
  const second =
    (operation: "min" | "max"): BuiltIn =>
    (bytes) => {
      const name = `__builtin_ia32_${operation}${suffix(bytes)}`;
      return bytes === 64 ? null : { name, call: `return (V)${name}(b, a);` };
    };
  return `#include <stdint.h>
#include <string.h>

#if defined(__x86_64__) && defined(__has_builtin) && !defined(GENERIC)
#define HAS(name) __has_builtin(name)
#else
#define HAS(name) 0
#endif

#if defined(VECTOR)
#elif defined(__AVX512F__) && defined(__AVX512DQ__)
#define VECTOR 64
#elif defined(__AVX2__)
#define VECTOR 32
#else
#define VECTOR 16
#endif

typedef ${real} real;
typedef ${integer} word;
typedef unsigned ${integer} uword;
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
  (bytes) => {
    const name = `__builtin_ia32_blendv${suffix(bytes)}`;
    return bytes === 64 ? null : { name, call: `return (V)${name}(b, a, (V)mask);` };
  },
  "return (V)((mask & (W)a) | (~mask & (W)b));",
)}
${perWidth(
  "uint32_t lanes_of(W mask)",
  (bytes) => {
    const name =
      bytes === 64 ? `__builtin_ia32_cvt${bits === 64 ? "q" : "d"}2mask512` : `__builtin_ia32_movmsk${suffix(bytes)}`;
    return { name, call: `return (uint32_t)${name}(${bytes === 64 ? "mask" : "(V)mask"});` };
  },
  "uint32_t set = 0; for (int l = 0; l < LANES; l++) set |= (uint32_t)(mask[l] & 1) << l; return set;",
)}
${perWidth(
  "V sqrt_v(V x)",
  (bytes) => {
    const name = `__builtin_ia32_sqrt${suffix(bytes)}`;
    return bytes === 64 ? null : { name, call: `return (V)${name}(x);` };
  },
  `V y; for (int l = 0; l < LANES; l++) y[l] = __builtin_sqrt${real === "float" ? "f" : ""}(x[l]); return y;`,
)}
static inline V signed_v(V magnitude, V sign) {
  const W top = (W){0} + (word)((uword)1 << ${bits - 1});
  return (V)(((W)magnitude & ~top) | ((W)sign & top));
}
${perWidth(
  "V nearest_v(V x)",
  rounding(0),
  `const V y = abs_v(x); return select_v((W)(y < splat(${whole})), signed_v((y + splat(${whole})) - splat(${whole}), x), x);`,
)}
${perWidth(
  "V floor_v(V x)",
  rounding(1),
  "const V y = nearest_v(x); return signed_v(select_v((W)(y > x), y - splat(1), y), x);",
)}
${perWidth(
  "V ceil_v(V x)",
  rounding(2),
  "const V y = nearest_v(x); return signed_v(select_v((W)(y < x), y + splat(1), y), x);",
)}
/* b < a ? b : a, and a < b ? b : a: the first operand where the two are equal or one is not a number. */
${perWidth("V lesser_v(V a, V b)", second("min"), "return select_v((W)(b < a), b, a);")}
${perWidth("V greater_v(V a, V b)", second("max"), "return select_v((W)(a < b), b, a);")}
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
