/** Columns of random numbers: Philox over thirty-two neurons at a time, sixteen bits for each and sixteen more where needed. */
import type { Precision } from "../../ir.ts";
import type { KernelShare } from "../../team.ts";
import { ownEnd, ownNeurons, shareLocals } from "./team.ts";
import { philoxConstants } from "../../philox.ts";
import { drawGroup, elementBytes, groupedLength, type ProgramStage } from "../../program.ts";

const splat = (x: number): string => `(v128.const i32x4 ${x} ${x} ${x} ${x})`;
const splatHalf = (x: number): string => `(v128.const i16x8 ${Array<number>(8).fill(x).join(" ")})`;
const zeros = "(v128.const i32x4 0 0 0 0)";
const get = (local: string): string => `(local.get ${local})`;
const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

const even = "(i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27";
const odd = "(i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31";
/** Halves of two vectors in turn: the lower or upper four of each. */
const lowerHalves = (a: string, b: string): string =>
  `(i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 ${a} ${b})`;
const upperHalves = (a: string, b: string): string =>
  `(i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 ${a} ${b})`;

/** `$block blocks step last key0 key1 → four vectors of words` of the counters (block, low, high, last) of four blocks. */
export const blockFunction = ((): string => {
  const [m0, m1] = philoxConstants.multipliers;
  const products = (counter: string, factor: number, name: string): string[] => [
    `(local.set $a (i64x2.extmul_low_i32x4_u ${get(counter)} ${splat(factor)}))`,
    `(local.set $b (i64x2.extmul_high_i32x4_u ${get(counter)} ${splat(factor)}))`,
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
    `  (func $block (param $c0 v128) (param $k i64) (param $last i32) (param $k0 i32) (param $k1 i32) (result v128 v128 v128 v128)`,
    `    (local $c1 v128) (local $c2 v128) (local $c3 v128) (local $a v128) (local $b v128)`,
    `    (local $low0 v128) (local $high0 v128) (local $low1 v128) (local $high1 v128)`,
    `    (local.set $c1 (i32x4.splat (i32.wrap_i64 (local.get $k))))`,
    `    (local.set $c2 (i32x4.splat (i32.wrap_i64 (i64.shr_u (local.get $k) (i64.const 32)))))`,
    `    (local.set $c3 (i32x4.splat (local.get $last)))`,
    ...rounds.flat().map((line) => `    ${line}`),
    `    (local.get $c0) (local.get $c1) (local.get $c2) (local.get $c3))`,
  ].join("\n");
})();

/** Thresholds that every neuron's upper half is compared with; the others only where some half has reached all of these. */
const usual = 6;

const upper = ["$h0", "$h1", "$h2", "$h3"];
const lower = ["$l0", "$l1", "$l2", "$l3"];
const counts = ["$n0", "$n1", "$n2", "$n3"];

/** The eight vectors of whole words, in the order of neurons. */
const wholeWords = upper.flatMap((h, a) => [lowerHalves(get(lower[a]!), get(h)), upperHalves(get(lower[a]!), get(h))]);

/** Both uniforms of a stream for four neurons at a time: the numbers that `$uniforms` gives for two. */
export function emitUniforms(name: string, stage: Extract<ProgramStage, { kind: "uniforms" }>, precision: Precision, share: KernelShare | null): string {
  const { stream, columns, n } = stage;
  const bytes = elementBytes(precision);
  const words = ["$a", "$b", "$c", "$d"];
  const store = (at: number, bits: string): string => {
    const [type, one, half] = precision === "f64" ? ["f64x2", "1 1", "0x1p-53 0x1p-53"] : ["f32x4", "1 1 1 1", "0x1p-24 0x1p-24 0x1p-24 0x1p-24"];
    const unit = `(v128.or ${bits} (v128.const ${type} ${one}))`;
    return `(v128.store offset=${at} (local.get $p) (${type}.add (${type}.sub ${unit} (v128.const ${type} ${one})) (v128.const ${type} ${half})))`;
  };
  /** Two words make 52 bits: (high·2³² + low) ≫ 12. */
  const pair = (at: number, high: string, low: string): string[] => [
    store(at, `(i64x2.shr_u (i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23 ${get(low)} ${get(high)}) (i32.const 12))`),
    store(at + 16, `(i64x2.shr_u (i8x16.shuffle 8 9 10 11 24 25 26 27 12 13 14 15 28 29 30 31 ${get(low)} ${get(high)}) (i32.const 12))`),
  ];
  const body =
    precision === "f64"
      ? [...pair(columns[0], "$a", "$b"), ...pair(columns[1], "$c", "$d")]
      : [store(columns[0], "(i32x4.shr_u (local.get $a) (i32.const 9))"), store(columns[1], "(i32x4.shr_u (local.get $c) (i32.const 9))")];
  return [
    `(func ${name} (param $k i64)${share ? ` (param $me i32) ${shareLocals}` : ""}`,
    `  (local $p i32) (local $neurons v128) ${words.map((word) => `(local ${word} v128)`).join(" ")}`,
    `  (local.set $neurons (v128.const i32x4 0 1 2 3))`,
    ...(share ? [...ownNeurons(share.bounds, Math.log2(bytes)), `  (local.set $neurons (i32x4.add (local.get $neurons) (i32x4.splat (local.get $from))))`] : []),
    `  (loop $next`,
    `    (call $block (local.get $neurons) (local.get $k) (i32.const 0) (i32.const ${stream.low}) (i32.const ${stream.high}))`,
    `    ${words.toReversed().map((word) => `(local.set ${word})`).join(" ")}`,
    ...indent(indent(body)),
    `    (local.set $neurons (i32x4.add (local.get $neurons) ${splat(4)}))`,
    `    (local.set $p (i32.add (local.get $p) (i32.const ${4 * bytes})))`,
    `    (br_if $next (i32.lt_u (local.get $p) ${share ? ownEnd(Math.log2(bytes)) : `(i32.const ${groupedLength(n) * bytes})`}))))`,
  ].join("\n");
} // prettier-ignore

/** Fills a column with uniform numbers, or with counts. */
export function emitDraw(
  name: string,
  stage: Extract<ProgramStage, { kind: "draw" }>,
  precision: Precision,
  share: KernelShare | null,
): string {
  const { draw, column, n } = stage;
  const { stream, thresholds } = draw;
  const bytes = elementBytes(precision);
  const blocks = (last: 2 | 3, into: readonly string[]): string[] => [
    `(call $block (local.get $blocks) (local.get $k) (i32.const ${last}) (i32.const ${stream.low}) (i32.const ${stream.high}))`,
    into
      .toReversed()
      .map((local) => `(local.set ${local})`)
      .join(" "),
  ];
  /** Stores four numbers, the first of which belongs to neuron `first` of the group. */
  const store = (first: number, four: string): string[] => storeFloats(column + first * bytes, four, precision);
  const body = thresholds
    ? countLines(thresholds, blocks(3, lower), store)
    : [
        ...blocks(3, lower),
        ...wholeWords.flatMap((word, index) => uniformLines(column + 4 * index * bytes, word, precision)),
      ];
  const locals = [...upper, ...lower, ...counts, "$blocks", "$ties", "$x"].map((local) => `(local ${local} v128)`);
  return [
    `(func ${name} (param $k i64)${share ? ` (param $me i32) ${shareLocals}` : ""}`,
    `  (local $p i32) ${locals.join(" ")}`,
    `  (local.set $blocks (v128.const i32x4 0 1 2 3))`,
    ...(share
      ? [
          ...ownNeurons(share.bounds, Math.log2(bytes)),
          `  (local.set $blocks (i32x4.add (local.get $blocks) (i32x4.splat (i32.shr_u (local.get $from) (i32.const 3)))))`,
        ]
      : []),
    `  (loop $next`,
    ...indent(indent([...blocks(2, upper), ...body])),
    `    (local.set $blocks (i32x4.add (local.get $blocks) ${splat(4)}))`,
    `    (local.set $p (i32.add (local.get $p) (i32.const ${drawGroup * bytes})))`,
    `    (br_if $next (i32.lt_u (local.get $p) ${share ? ownEnd(Math.log2(bytes)) : `(i32.const ${Math.ceil(n / drawGroup) * drawGroup * bytes})`}))))`,
  ].join("\n");
}

const secondHalf = (four: string): string =>
  `(i8x16.shuffle 8 9 10 11 12 13 14 15 8 9 10 11 12 13 14 15 ${four} ${four})`;

/** Four integers as floats at an address. */
function storeFloats(address: number, four: string, precision: Precision): string[] {
  if (precision === "f32") return [`(v128.store offset=${address} (local.get $p) (f32x4.convert_i32x4_s ${four}))`];
  return [
    `(local.set $x ${four})`,
    `(v128.store offset=${address} (local.get $p) (f64x2.convert_low_i32x4_s (local.get $x)))`,
    `(v128.store offset=${address + 16} (local.get $p) (f64x2.convert_low_i32x4_s ${secondHalf("(local.get $x)")}))`,
  ];
}

/** Four words as uniform numbers at an address. */
function uniformLines(address: number, word: string, precision: Precision): string[] {
  if (precision === "f32") {
    const unit = `(v128.or (i32x4.shr_u ${word} (i32.const 9)) (v128.const f32x4 1 1 1 1))`;
    const number = `(f32x4.add (f32x4.sub ${unit} (v128.const f32x4 1 1 1 1)) (v128.const f32x4 0x1p-24 0x1p-24 0x1p-24 0x1p-24))`;
    return [`(v128.store offset=${address} (local.get $p) ${number})`];
  }
  const scaled = (x: string): string =>
    `(f64x2.mul (f64x2.add ${x} (v128.const f64x2 0.5 0.5)) (v128.const f64x2 0x1p-32 0x1p-32))`;
  return [
    `(local.set $x ${word})`,
    `(v128.store offset=${address} (local.get $p) ${scaled("(f64x2.convert_low_i32x4_u (local.get $x))")})`,
    `(v128.store offset=${address + 16} (local.get $p) ${scaled(`(f64x2.convert_low_i32x4_u ${secondHalf("(local.get $x)")})`)})`,
  ];
}

/**
 * Counts of thresholds. The upper halves decide, unless one of them equals that of a threshold, which happens to one neuron
 * in thousands; then the whole words of the group are made and compared.
 */
function countLines(thresholds: readonly number[], lowerBlocks: readonly string[], store: (first: number, four: string) => string[]): string[] {
  const halfOf = (threshold: number): number => Math.floor(threshold / 65536);
  const compare = (list: readonly number[]): string[] =>
    list.flatMap((threshold) =>
      upper.flatMap((h, a) => [
        `(local.set ${counts[a]} (i16x8.sub (local.get ${counts[a]}) (i16x8.ge_u ${get(h)} ${splatHalf(halfOf(threshold))})))`,
        `(local.set $ties (v128.or (local.get $ties) (i16x8.eq ${get(h)} ${splatHalf(halfOf(threshold))})))`,
      ]),
    );
  const [often, seldom] = [thresholds.slice(0, usual), thresholds.slice(usual)];
  const reached = upper
    .map((h) => `(i16x8.ge_u ${get(h)} ${splatHalf(halfOf(seldom[0] ?? 0))})`)
    .reduce((a, b) => `(v128.or ${a} ${b})`);
  const whole = wholeWords.flatMap((word, index) => [
    `(local.set $x ${word})`,
    ...store(4 * index, thresholds.reduce((sum, threshold) => `(i32x4.sub ${sum} (i32x4.ge_u (local.get $x) ${splat(threshold)}))`, zeros)),
  ]);
  const halves = counts.flatMap((count, a) => [
    ...store(8 * a, `(i32x4.extend_low_i16x8_s (local.get ${count}))`),
    ...store(8 * a + 4, `(i32x4.extend_high_i16x8_s (local.get ${count}))`),
  ]);
  return [
    `(local.set $ties ${zeros})`,
    ...counts.map((count) => `(local.set ${count} ${zeros})`),
    ...compare(often),
    ...(seldom.length === 0 ? [] : [`(if (v128.any_true ${reached}) (then`, ...indent(compare(seldom)), `))`]),
    `(if (v128.any_true (local.get $ties))`,
    `  (then`,
    ...indent(indent([...lowerBlocks, ...whole])),
    `  )`,
    `  (else`,
    ...indent(indent(halves)),
    `  ))`,
  ];
} // prettier-ignore
