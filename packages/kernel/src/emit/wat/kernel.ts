/** One kernel as one WAT function: step-rate values first, then a loop over vectors of neurons. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Effect, Instruction, RowRule, Value } from "../../ir.ts";
import { sources, type OperationName } from "../../operations.ts";
import { elementBytes, groupedLength, paddedLength, streamName, type ProgramStage } from "../../program.ts";
import { ownCountShift, type KernelShare } from "../../team.ts";
import { statementsOf, type Branch, type Statement } from "../statements.ts";
import { emitters, shapes, splat } from "./instructions.ts";
import { ownEnd, ownNeurons, shareLocals } from "./team.ts";

/**
 * Function text of a kernel where it stands in a program. It takes the step as i64 and t as f64; with a share, also the thread, whose
 * neurons it advances.
 */
export function emitKernel(
  name: string,
  { kernel, addresses, log, uniforms }: Extract<ProgramStage, { kind: "kernel" }>,
  suspect: number,
  share: KernelShare | null,
): string {
  const shape = shapes[kernel.precision];
  const { instructions } = kernel;
  const { prologue, body, uses, isShared } = statementsOf(kernel);
  const locals = new Set<string>();
  const streams = new Map<string, { readonly pair: string; readonly inside: Branch | null }[]>();
  const rows = new Map<string, string>();
  const rowLines: string[] = [];
  const declare = (local: string, type = "v128"): string => {
    locals.add(`(local ${local} ${type})`);
    return local;
  };
  const address = (slot: string): number => {
    const found = addresses.get(slot);
    if (found === undefined)
      throw new NeuroweaveError("internal", `kernel ${kernel.name}: slot ${slot} has no address`);
    return found;
  };

  /** Whether a value is evaluated where it is used instead of being kept in a local. */
  const isInline = (value: Value): boolean => {
    const { op, rate, number } = instructions[value]!;
    if (op === "constant") return uses[value] === 1 || Object.is(number, 0);
    if (rate !== "lane" || Object.hasOwn(sources, op)) return false;
    return uses[value] === 1 && !isShared(value);
  };
  const operand = (value: Value): string =>
    isInline(value) ? expression(instructions[value]!) : `(local.get $v${value})`;
  const expression = (instruction: Instruction): string => {
    if (instruction.op === "constant") return splat(shape, instruction.number!);
    return emitters[instruction.op as OperationName](shape, ...instruction.args.map(operand));
  };
  const rowLocal = (slot: string, row: RowRule): string => {
    const key = `${slot} ${JSON.stringify(row)}`;
    let local = rows.get(key);
    if (!local) {
      rows.set(key, (local = declare(`$row${rows.size}`, "i32")));
      const elements = kernel.slots.get(slot)!.narrow ? 1 : paddedLength(kernel.n);
      rowLines.push(
        `(local.set ${local} (i32.add (i32.const ${address(slot)}) (i32.mul ${rowIndex(row)} (i32.const ${elements * elementBytes(kernel.precision)}))))`,
      );
    }
    return local;
  };

  /** Where the present vector of a row lies; a table of one row is a column. */
  const rowPlace = (slot: string, row: RowRule): string =>
    row.rows === 1
      ? `offset=${address(slot)} (local.get $p)`
      : `(i32.add (local.get $p) (local.get ${rowLocal(slot, row)}))`;

  const define = (value: Value, inside: Branch | null): string[] => {
    const instruction = instructions[value]!;
    const { op, slot, row } = instruction;
    const set = (text: string): string[] => [`(local.set ${declare(`$v${value}`)} ${text})`];
    if (op === "time")
      return set(
        shape.float === "f64x2" ? "(f64x2.splat (local.get $t))" : "(f32x4.splat (f32.demote_f64 (local.get $t)))",
      );
    if (op === "lane") return set(laneText(shape.float));
    if (op === "load" && kernel.slots.get(slot!)!.shape === "cell")
      return set(`(${shape.splatLoad} (i32.const ${address(slot!)}))`);
    if (op === "load") return set(`(v128.load offset=${address(slot!)} (local.get $p))`);
    if (op === "loadRow" && kernel.slots.get(slot!)!.narrow)
      return set(`(${shape.splatLoad} (local.get ${rowLocal(slot!, row!)}))`);
    if (op === "loadRow") return set(`(v128.load ${rowPlace(slot!, row!)})`);
    if (op === "random") return instruction.shared ? sharedDraw(value, instruction) : draw(value, instruction, inside);
    return set(expression(instruction));
  };
  let pairs = 0;
  /** The uniform of neuron 0 in all lanes. */
  const sharedDraw = (value: Value, { stream, word }: Instruction): string[] => {
    const scalar = shape.float === "f64x2" ? "f64x2" : "f32x4";
    const local = declare(`$v${value}`);
    return [
      `(call $uniforms (v128.const i64x2 0 0) (local.get $k) (i64.const ${stream!.low}) (i64.const ${stream!.high}))`,
      word === 0 ? `(drop) (local.set ${local})` : `(local.set ${local}) (drop)`,
      `(local.set ${local} (${scalar}.splat (${scalar}.extract_lane 0 (local.get ${local}))))`,
    ];
  };
  /** Both uniforms of a stream come from one call; those that were drawn in a branch are there in that branch only. */
  const draw = (value: Value, { stream, word }: Instruction, inside: Branch | null): string[] => {
    const key = streamName(stream!);
    const ahead = uniforms.get(key);
    if (ahead) return [`(local.set ${declare(`$v${value}`)} (v128.load offset=${ahead[word!]} (local.get $p)))`];
    const drawn = streams.get(key) ?? [];
    let pair = drawn.find((each) => each.inside === null || each.inside === inside)?.pair;
    const lines: string[] = [];
    if (pair === undefined) {
      pair = `$u${pairs++}`;
      streams.set(key, [...drawn, { pair, inside }]);
      declare(`${pair}a`);
      declare(`${pair}b`);
      lines.push(
        `(call $uniforms (i64x2.add (i64x2.splat (i64.extend_i32_u (i32.shr_u (local.get $p) (i32.const ${shape.shift})))) (v128.const i64x2 0 1)) (local.get $k) (i64.const ${stream!.low}) (i64.const ${stream!.high}))`,
        `(local.set ${pair}b) (local.set ${pair}a)`,
      );
    }
    lines.push(`(local.set ${declare(`$v${value}`)} (local.get ${pair}${word === 0 ? "a" : "b"}))`);
    return lines;
  };

  const effectLines = (effect: Effect, mask?: string): string[] => {
    switch (effect.kind) {
      case "store": {
        const at = `offset=${address(effect.slot)} (local.get $p)`;
        const value = operand(effect.value);
        return [`(v128.store ${at} ${mask ? `(v128.bitselect ${value} (v128.load ${at}) ${mask})` : value})`];
      }
      case "storeRow":
        return [`(v128.store ${rowPlace(effect.slot, effect.row)} ${operand(effect.value)})`];
      case "spikes":
        return spikeLines(mask!);
      case "transmit":
      case "add":
        throw new NeuroweaveError("internal", `kernel ${kernel.name}: no neuron has the effect ${effect.kind}`);
      case "finite":
        return finiteLines(effect.values.map(operand));
    }
  };
  /** x − x is +0 where x is finite and NaN elsewhere; the bits of all vectors are collected, without waiting for one another. */
  const finiteLines = (values: readonly string[]): string[] => [
    `(local.set $all ${values.reduce((sum, value) => `(${shape.float}.add ${sum} ${value})`)})`,
    `(local.set $odd (v128.or (local.get $odd) (${shape.float}.sub (local.get $all) (local.get $all))))`,
  ];
  const spikeLines = (mask: string): string[] => [
    `(local.set $bits (${shape.integer}.bitmask ${mask}))`,
    `(local.set $i (i32.shr_u (local.get $p) (i32.const ${shape.shift})))`,
    `(loop $each`,
    `  (local.set $j (i32.add (local.get $i) (i32.ctz (local.get $bits))))`,
    `  (if (i32.lt_u (local.get $j) (i32.const ${kernel.n}))`,
    `    (then`,
    `      (i32.store offset=${share?.own?.ids ?? log!.ids} (i32.shl (local.get $cursor) (i32.const 2)) (local.get $j))`,
    `      (local.set $cursor (i32.add (local.get $cursor) (i32.const 1)))))`,
    `  (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))`,
    `  (br_if $each (local.get $bits)))`,
  ];
  const lines = (statements: readonly Statement[], branch?: string): string[] =>
    statements.flatMap((statement) => {
      switch (statement.kind) {
        case "define":
          return isInline(statement.value) ? [] : define(statement.value, statement.inside);
        case "usual": {
          const { value } = statement;
          return [`(local.set ${declare(`$v${value}`)} ${operand(instructions[value]!.args[2]!)})`];
        }
        case "seldom": {
          const { value } = statement;
          const seldom = operand(instructions[value]!.args[1]!);
          return [`(local.set $v${value} (v128.bitselect ${seldom} (local.get $v${value}) ${branch!}))`];
        }
        case "branch": {
          const mask = operand(statement.mask);
          const inner = lines(statement.body, mask);
          return [`(if (v128.any_true ${mask})`, `  (then`, ...inner.map((line) => `    ${line}`), `))`];
        }
        case "effect":
          return effectLines(statement.effect, branch);
      }
    });

  const before = lines(prologue);
  const loop = lines(body);
  const end = groupedLength(kernel.n) * elementBytes(kernel.precision);
  const usesLog = kernel.effects.some((effect) => effect.kind === "spikes");
  const usesSum = kernel.effects.some((effect) => effect.kind === "finite");
  const cursor = share ? "(local.get $from)" : `(i32.load (i32.const ${log?.cursor ?? 0}))`;
  const count = (spikes: string): string =>
    `(i32.store offset=${share?.own?.counts ?? 0} (i32.shl (local.get $me) (i32.const ${ownCountShift})) ${spikes})`;
  // A thread without neurons has no spikes.
  const leave = usesLog && share ? [count("(i32.const 0)"), "(return)"] : ["(return)"];
  return [
    `(func ${name} (param $k i64) (param $t f64)${share ? " (param $me i32)" : ""}`,
    `  (local $p i32) (local $all v128) (local $odd v128) (local $cursor i32) (local $bits i32) (local $i i32) (local $j i32)`,
    ...(share ? [`  ${shareLocals}`] : []),
    `  ${[...locals].join(" ")}`,
    ...(share ? ownNeurons(share.bounds, shape.shift, leave) : []),
    ...[...rowLines, ...before].map((line) => `  ${line}`),
    ...(usesLog ? [`  (local.set $cursor ${cursor})`] : []),
    `  (loop $next`,
    ...loop.map((line) => `    ${line}`),
    `    (local.set $p (i32.add (local.get $p) (i32.const 16)))`,
    `    (br_if $next (i32.lt_u (local.get $p) ${share ? ownEnd(shape.shift) : `(i32.const ${end})`})))`,
    ...(usesLog
      ? [
          `  ${share ? count("(i32.sub (local.get $cursor) (local.get $from))") : `(i32.store (i32.const ${log!.cursor}) (local.get $cursor))`}`,
        ]
      : []),
    ...(usesSum
      ? [`  (if (v128.any_true (local.get $odd))`, `    (then (i32.store (i32.const ${suspect}) (i32.const 1))))`]
      : []),
    `)`,
  ].join("\n");
}

/** The index of a row at step `$k`, as i32. */
function rowIndex(rule: RowRule): string {
  if (rule.rows === 1) return "(i32.const 0)";
  if (rule.kind === "table") {
    const index = `(i64.div_u (local.get $k) (i64.const ${rule.every}))`;
    const last = `(i64.const ${rule.rows - 1})`;
    return `(i32.wrap_i64 (select ${index} ${last} (i64.lt_u ${index} ${last})))`;
  }
  const shift = rule.rows * Math.ceil(rule.lag / rule.rows) - rule.lag;
  return `(i32.wrap_i64 (i64.rem_u (i64.add (local.get $k) (i64.const ${shift})) (i64.const ${rule.rows})))`;
}

/** Neuron indices of the present vector, as floats. */
function laneText(float: "f64x2" | "f32x4"): string {
  return float === "f64x2"
    ? `(f64x2.convert_low_i32x4_u (i32x4.add (i32x4.splat (i32.shr_u (local.get $p) (i32.const 3))) (v128.const i32x4 0 1 0 0)))`
    : `(f32x4.convert_i32x4_u (i32x4.add (i32x4.splat (i32.shr_u (local.get $p) (i32.const 2))) (v128.const i32x4 0 1 2 3)))`;
}
