/** Stages over a whole column: sums and the like, competitions, coming to rest. */
import type { Precision } from "../../ir.ts";
import { elementBytes, groupedLength, reductionBlock, settling, type ProgramStage } from "../../program.ts";
import type { KernelShare } from "../../team.ts";
import { shapes, splat } from "./instructions.ts";
import { ownEnd, ownNeurons, shareLocals } from "./team.ts";

type Stage<K extends ProgramStage["kind"]> = Extract<ProgramStage, { kind: K }>;

/** Sums run in blocks of 256 neurons, then block by block. */
export function emitReduction(name: string, { by, from, to, n }: Stage<"reduce">, precision: Precision): string {
  const type = precision;
  const bytes = elementBytes(precision);
  const value = `(${type}.load offset=${from} (local.get $p))`;
  const size = n * bytes;
  if (by === "max" || by === "min")
    return [
      `(func ${name} (local $p i32) (local $most ${type})`,
      `  (local.set $most (${type}.load (i32.const ${from})))`,
      `  (loop $next`,
      `    (local.set $most (${type}.${by} (local.get $most) ${value}))`,
      `    (local.set $p (i32.add (local.get $p) (i32.const ${bytes})))`,
      `    (br_if $next (i32.lt_u (local.get $p) (i32.const ${size}))))`,
      `  (${type}.store (i32.const ${to}) (local.get $most)))`,
    ].join("\n");
  const total = by === "sum" ? `(local.get $sum)` : `(${type}.div (local.get $sum) (${type}.const ${n}))`;
  return [
    `(func ${name} (local $p i32) (local $end i32) (local $part ${type}) (local $sum ${type})`,
    `  (loop $block`,
    `    (local.set $part (${type}.const 0))`,
    `    (local.set $end (i32.add (local.get $p) (i32.const ${reductionBlock * bytes})))`,
    `    (if (i32.gt_u (local.get $end) (i32.const ${size})) (then (local.set $end (i32.const ${size}))))`,
    `    (loop $next`,
    `      (local.set $part (${type}.add (local.get $part) ${value}))`,
    `      (local.set $p (i32.add (local.get $p) (i32.const ${bytes})))`,
    `      (br_if $next (i32.lt_u (local.get $p) (local.get $end))))`,
    `    (local.set $sum (${type}.add (local.get $sum) (local.get $part)))`,
    `    (br_if $block (i32.lt_u (local.get $p) (i32.const ${size}))))`,
    `  (${type}.store (i32.const ${to}) ${total}))`,
  ].join("\n");
}

/** Numbers below a magnitude become 0. */
export function emitSettling(
  name: string,
  { column, n }: Stage<"settle">,
  precision: Precision,
  share: KernelShare | null,
): string {
  const shape = shapes[precision];
  const value = `(v128.load offset=${column} (local.get $p))`;
  return [
    `(func ${name} ${share ? `(param $me i32) ${shareLocals} ` : ""}(local $p i32) (local $x v128)`,
    ...(share ? ownNeurons(share.bounds, shape.shift) : []),
    `  (loop $next`,
    `    (local.set $x ${value})`,
    `    (v128.store offset=${column} (local.get $p) (v128.andnot (local.get $x) (${shape.float}.lt (${shape.float}.abs (local.get $x)) ${splat(shape, settling.least[precision])})))`,
    `    (local.set $p (i32.add (local.get $p) (i32.const 16)))`,
    `    (br_if $next (i32.lt_u (local.get $p) ${share ? ownEnd(shape.shift) : `(i32.const ${groupedLength(n) * elementBytes(precision)})`}))))`,
  ].join("\n");
}

/** Keeps the winners of each group in a list by falling value, in which each marked neuron finds its place by halving. */
export function emitCompetition(name: string, stage: Stage<"compete">, precision: Precision): string {
  const { by, marks, k, ties, n, length, inner, winners } = stage;
  const type = precision;
  const bytes = elementBytes(precision);
  const shift = Math.log2(bytes);
  const valueOf = (neuron: string): string => `(${type}.load offset=${by} (i32.shl ${neuron} (i32.const ${shift})))`;
  const mark = (neuron: string): string => `(${type}.load offset=${marks} (i32.shl ${neuron} (i32.const ${shift})))`;
  const unmark = (neuron: string): string =>
    `(${type}.store offset=${marks} (i32.shl ${neuron} (i32.const ${shift})) (${type}.const 0))`;
  const winner = (place: string): string => `(i32.load offset=${winners} (i32.shl ${place} (i32.const 2)))`;
  const setWinner = (place: string, neuron: string): string =>
    `(i32.store offset=${winners} (i32.shl ${place} (i32.const 2)) ${neuron})`;
  const each = (body: readonly string[], label: string): string[] => [
    `(local.set $i (i32.const 0))`,
    `(loop $${label}`,
    `  (local.set $neuron (i32.add (local.get $first) (i32.mul (local.get $i) (i32.const ${inner}))))`,
    ...body.map((line) => `  ${line}`),
    `  (local.set $i (i32.add (local.get $i) (i32.const 1)))`,
    `  (br_if $${label} (i32.lt_u (local.get $i) (i32.const ${length}))))`,
  ];
  const insert = [
    `(block $lost`,
    `  (br_if $lost (${type}.eq ${mark("(local.get $neuron)")} (${type}.const 0)))`,
    `  (local.set $x ${valueOf("(local.get $neuron)")})`,
    `  (br_if $lost (${type}.ne (local.get $x) (local.get $x)))`,
    `  (if (i32.eq (local.get $count) (i32.const ${k}))`,
    `    (then (br_if $lost (i32.eqz (${type}.gt (local.get $x) ${valueOf(winner(`(i32.const ${k - 1})`))}))))`,
    `    (else (local.set $count (i32.add (local.get $count) (i32.const 1)))))`,
    `  (local.set $place (i32.const 0))`,
    `  (local.set $end (i32.sub (local.get $count) (i32.const 1)))`,
    `  (block $found (loop $halve`,
    `    (br_if $found (i32.ge_u (local.get $place) (local.get $end)))`,
    `    (local.set $middle (i32.shr_u (i32.add (local.get $place) (local.get $end)) (i32.const 1)))`,
    `    (if (${type}.gt (local.get $x) ${valueOf(winner("(local.get $middle)"))})`,
    `      (then (local.set $end (local.get $middle)))`,
    `      (else (local.set $place (i32.add (local.get $middle) (i32.const 1)))))`,
    `    (br $halve)))`,
    `  (memory.copy`,
    `    (i32.add (i32.const ${winners + 4}) (i32.shl (local.get $place) (i32.const 2)))`,
    `    (i32.add (i32.const ${winners}) (i32.shl (local.get $place) (i32.const 2)))`,
    `    (i32.shl (i32.sub (i32.sub (local.get $count) (i32.const 1)) (local.get $place)) (i32.const 2)))`,
    `  ${setWinner("(local.get $place)", "(local.get $neuron)")})`,
  ];
  const settle = ties
    ? [
        `(if (local.get $count)`,
        `  (then`,
        `    (local.set $x ${valueOf(winner("(i32.sub (local.get $count) (i32.const 1))"))})`,
        ...each([`(if (${type}.ge ${valueOf("(local.get $neuron)")} (local.get $x)) (then ${unmark("(local.get $neuron)")}))`], "again").map((line) => `    ${line}`),
        `))`,
      ]
    : [
        `(loop $clear`,
        `  (if (local.get $count)`,
        `    (then`,
        `      (local.set $count (i32.sub (local.get $count) (i32.const 1)))`,
        `      ${unmark(winner("(local.get $count)"))}`,
        `      (br $clear))))`,
      ];
  return [
    `(func ${name} (local $group i32) (local $first i32) (local $i i32) (local $neuron i32) (local $count i32) (local $place i32) (local $end i32) (local $middle i32) (local $x ${type})`,
    `  (loop $groups`,
    `    (local.set $first (i32.add (i32.mul (i32.div_u (local.get $group) (i32.const ${inner})) (i32.const ${inner * length})) (i32.rem_u (local.get $group) (i32.const ${inner}))))`,
    `    (local.set $count (i32.const 0))`,
    ...[...each(insert, "each"), ...settle].map((line) => `    ${line}`),
    `    (local.set $group (i32.add (local.get $group) (i32.const 1)))`,
    `    (br_if $groups (i32.lt_u (local.get $group) (i32.const ${n / length})))))`,
  ].join("\n");
} // prettier-ignore
