/** Columns of random numbers: Philox over sixteen neurons at a time, one 32-bit word for each. */
import type { Precision } from "../../ir.ts";
import { philoxConstants } from "../../philox.ts";
import { drawGroup, elementBytes, type ProgramStage } from "../../program.ts";

const splat = (x: number): string => `(v128.const i32x4 ${x} ${x} ${x} ${x})`;
const even = "(i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27";
const odd = "(i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31";

/** `$block blocks step key0 key1 → four vectors of words` of the counters (block, low, high, 2) of four blocks. */
export function blockFunction(): string {
  const [m0, m1] = philoxConstants.multipliers;
  const products = (counter: string, factor: number, name: string): string[] => [
    `(local.set $a (i64x2.extmul_low_i32x4_u (local.get ${counter}) ${splat(factor)}))`,
    `(local.set $b (i64x2.extmul_high_i32x4_u (local.get ${counter}) ${splat(factor)}))`,
    `(local.set $low${name} ${even} (local.get $a) (local.get $b)))`,
    `(local.set $high${name} ${odd} (local.get $a) (local.get $b)))`,
  ];
  const round = [
    ...products("$c0", m0, "0"),
    ...products("$c2", m1, "1"),
    `(local.set $c0 (v128.xor (v128.xor (local.get $high1) (local.get $c1)) (i32x4.splat (local.get $k0))))`,
    `(local.set $c1 (local.get $low1))`,
    `(local.set $c2 (v128.xor (v128.xor (local.get $high0) (local.get $c3)) (i32x4.splat (local.get $k1))))`,
    `(local.set $c3 (local.get $low0))`,
  ];
  const bump = [
    `(local.set $k0 (i32.add (local.get $k0) (i32.const ${philoxConstants.weyl[0]})))`,
    `(local.set $k1 (i32.add (local.get $k1) (i32.const ${philoxConstants.weyl[1]})))`,
  ];
  const rounds = Array.from({ length: philoxConstants.rounds }, (_, index) =>
    index === 0 ? round : [...bump, ...round],
  );
  return [
    `  (func $block (param $c0 v128) (param $k i64) (param $k0 i32) (param $k1 i32) (result v128 v128 v128 v128)`,
    `    (local $c1 v128) (local $c2 v128) (local $c3 v128) (local $a v128) (local $b v128)`,
    `    (local $low0 v128) (local $high0 v128) (local $low1 v128) (local $high1 v128)`,
    `    (local.set $c1 (i32x4.splat (i32.wrap_i64 (local.get $k))))`,
    `    (local.set $c2 (i32x4.splat (i32.wrap_i64 (i64.shr_u (local.get $k) (i64.const 32)))))`,
    `    (local.set $c3 ${splat(2)})`,
    ...rounds.flat().map((line) => `    ${line}`),
    `    (local.get $c0) (local.get $c1) (local.get $c2) (local.get $c3))`,
  ].join("\n");
}

/** Thresholds that every word is compared with; the others only where some word of the sixteen has reached all of these. */
const usual = 6;

/** Fills a column with uniform numbers, or with counts. */
export function emitDraw(name: string, { draw, column, n }: Extract<ProgramStage, { kind: "draw" }>, precision: Precision): string {
  const { stream, thresholds } = draw;
  const bytes = elementBytes(precision);
  const words = ["$w0", "$w1", "$w2", "$w3"];
  const store = (offset: number, value: string): string => `(v128.store offset=${column + offset} (local.get $p) ${value})`;
  const floats = (index: number, convert: string, vector: string): string[] => {
    const upper = `(i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 ${vector} ${vector})`;
    const at = index * 4 * bytes;
    if (precision === "f32") return [store(at, `(f32x4.convert_i32x4_${convert} ${vector})`)];
    return [
      store(at, `(f64x2.convert_low_i32x4_${convert} ${vector})`),
      store(at + 16, `(f64x2.convert_low_i32x4_${convert} ${upper})`),
    ];
  };
  const uniform = (vector: string, index: number): string[] => {
    if (precision === "f32") {
      const unit = `(v128.or (i32x4.shr_u (local.get ${vector}) (i32.const 9)) (v128.const f32x4 1 1 1 1))`;
      return [store(index * 16, `(f32x4.add (f32x4.sub ${unit} (v128.const f32x4 1 1 1 1)) (v128.const f32x4 0x1p-24 0x1p-24 0x1p-24 0x1p-24))`)];
    }
    const scaled = (x: string): string => `(f64x2.mul (f64x2.add ${x} (v128.const f64x2 0.5 0.5)) (v128.const f64x2 0x1p-32 0x1p-32))`;
    const upper = `(i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 (local.get ${vector}) (local.get ${vector}))`;
    return [
      store(index * 32, scaled(`(f64x2.convert_low_i32x4_u (local.get ${vector}))`)),
      store(index * 32 + 16, scaled(`(f64x2.convert_low_i32x4_u ${upper})`)),
    ];
  };
  const countUp = (vector: string, threshold: number): string => {
    const index = words.indexOf(vector);
    return `(local.set $n${index} (i32x4.sub (local.get $n${index}) (i32x4.ge_u (local.get ${vector}) ${splat(threshold)})))`;
  };
  const counts = (list: readonly number[]): string[] => {
    const [often, seldom] = [list.slice(0, usual), list.slice(usual)];
    const last = often.at(-1);
    const some = words.map((word) => `(i32x4.ge_u (local.get ${word}) ${splat(last ?? 0)})`).reduce((a, b) => `(v128.or ${a} ${b})`);
    return [
      ...words.map((_, index) => `(local.set $n${index} (v128.const i32x4 0 0 0 0))`),
      ...often.flatMap((threshold) => words.map((word) => countUp(word, threshold))),
      ...(seldom.length === 0
        ? []
        : [`(if (v128.any_true ${some}) (then`, ...seldom.flatMap((threshold) => words.map((word) => `  ${countUp(word, threshold)}`)), `))`]),
      ...words.flatMap((_, index) => floats(index, "s", `(local.get $n${index})`)),
    ];
  };
  const body = thresholds ? counts(thresholds) : words.flatMap(uniform);
  return [
    `(func ${name} (param $k i64)`,
    `  (local $p i32) (local $blocks v128) ${words.map((word) => `(local ${word} v128)`).join(" ")} ${words.map((_, index) => `(local $n${index} v128)`).join(" ")}`,
    `  (local.set $blocks (v128.const i32x4 0 1 2 3))`,
    `  (loop $next`,
    `    (call $block (local.get $blocks) (local.get $k) (i32.const ${stream.low}) (i32.const ${stream.high}))`,
    `    ${words.toReversed().map((word) => `(local.set ${word})`).join(" ")}`,
    ...body.map((line) => `    ${line}`),
    `    (local.set $blocks (i32x4.add (local.get $blocks) ${splat(4)}))`,
    `    (local.set $p (i32.add (local.get $p) (i32.const ${drawGroup * bytes})))`,
    `    (br_if $next (i32.lt_u (local.get $p) (i32.const ${Math.ceil(n / drawGroup) * drawGroup * bytes})))))`,
  ].join("\n");
} // prettier-ignore
