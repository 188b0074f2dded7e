/** One kernel as one WAT function: step-rate values first, then a loop over vectors of neurons. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Effect, Instruction, RowRule, Value } from "../../ir.ts";
import { sources, type OperationName } from "../../operations.ts";
import { elementBytes, paddedLength, streamName, type ProgramStage } from "../../program.ts";
import { emitters, shapes, splat } from "./instructions.ts";
import { place, type Region } from "./regions.ts";

/** Function text of a kernel where it stands in a program. It takes the step as i64 and t as f64. */
export function emitKernel(
  name: string,
  { kernel, addresses, log, uniforms }: Extract<ProgramStage, { kind: "kernel" }>,
  suspect: number,
): string {
  const shape = shapes[kernel.precision];
  const { instructions } = kernel;
  const { live, uses, regions } = place(kernel);
  const regionOf = new Map<Value, Region>();
  for (const region of regions) region.inside.forEach((value) => regionOf.set(value, region));
  const decidedBy = new Map<Value, Region>();
  for (const region of regions) region.decides.forEach((value) => decidedBy.set(value, region));

  const masks = new Set(regions.map(({ mask }) => mask));

  const locals: string[] = [];
  const emitted = new Set<Value>();
  const pending = new Map<Region, Value[]>(regions.map((region) => [region, []]));
  const streams = new Map<string, { readonly pair: string; readonly inside: Region | null }[]>();
  const rows = new Map<string, string>();
  const prologue: string[] = [];
  const declare = (local: string, type = "v128"): string => {
    locals.push(`(local ${local} ${type})`);
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
    return uses[value] === 1 && !decidedBy.has(value) && !masks.has(value);
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
      prologue.push(
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

  /** The statements that define a value, before which its operands are defined. `inside` is where they will stand. */
  const define = (value: Value, inside: Region | null): string[] => {
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
  /** Both uniforms of a stream come from one call; those that were drawn in a region are there in that region only. */
  const draw = (value: Value, { stream, word }: Instruction, inside: Region | null): string[] => {
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

  /**
   * Statements for a value and everything before it that is not yet there. A value that a region decides has its usual
   * side afterwards, until it is settled.
   */
  const ensure = (value: Value, out: string[], inside: Region | null): void => {
    if (emitted.has(value)) return;
    const region = decidedBy.get(value);
    const { args } = instructions[value]!;
    if (region && !regionOf.has(value)) {
      settle(args[0]!, out, inside);
      settle(args[2]!, out, inside);
      emitted.add(value);
      out.push(`(local.set ${declare(`$v${value}`)} ${operand(args[2]!)})`);
      pending.get(region)!.push(value);
      return;
    }
    args.forEach((arg) => settle(arg, out, inside));
    emitted.add(value);
    if (!isInline(value)) out.push(...define(value, inside));
  };
  /** Statements after which a value is what it should be, whatever decides it. */
  const settle = (value: Value, out: string[], inside: Region | null): void => {
    ensure(value, out, inside);
    const region = decidedBy.get(value);
    if (region && pending.get(region)!.includes(value)) flush(region, value, out, []);
  };
  /**
   * Settles what waits for a region up to `last` in one branch, with the effects that happen there. Operands have lower
   * numbers than their users, so settling what a branch needs from outside never comes back to the branch itself.
   */
  const flush = (region: Region, last: Value, out: string[], extra: readonly Effect[]): void => {
    const waiting = (): Value[] => pending.get(region)!.filter((value) => value <= last);
    const seldomOf = (value: Value): Value => instructions[value]!.args[1]!;
    const stored = extra.flatMap((effect) => (effect.kind === "store" ? [effect.value] : []));
    if (waiting().length === 0 && extra.length === 0) return;
    settle(region.mask, out, null);
    // What the seldom sides need from outside must not be computed inside only.
    const seen = new Set<Value>();
    const outside = (value: Value): void => {
      if (seen.has(value)) return;
      seen.add(value);
      if (regionOf.get(value) === region) instructions[value]!.args.forEach(outside);
      else if (!waiting().includes(value)) settle(value, out, null);
    };
    [...waiting().map(seldomOf), ...stored].forEach(outside);
    const values = waiting().sort((a, b) => a - b);
    pending.set(region, pending.get(region)!.filter((value) => value > last)); // prettier-ignore
    const mask = operand(region.mask);
    const body: string[] = [];
    for (const value of values) {
      settle(seldomOf(value), body, region);
      body.push(`(local.set $v${value} (v128.bitselect ${operand(seldomOf(value))} (local.get $v${value}) ${mask}))`);
    }
    for (const value of stored) settle(value, body, region);
    extra.forEach((effect) => body.push(...effectLines(effect, mask)));
    if (body.length > 0) out.push(`(if (v128.any_true ${mask})`, `  (then`, ...body.map((line) => `    ${line}`), `))`);
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
        throw new NeuroweaveError("internal", `kernel ${kernel.name}: no neuron transmits`);
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
    `      (i32.store offset=${log!.ids} (i32.shl (local.get $cursor) (i32.const 2)) (local.get $j))`,
    `      (local.set $cursor (i32.add (local.get $cursor) (i32.const 1)))))`,
    `  (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))`,
    `  (br_if $each (local.get $bits)))`,
  ];

  const body: string[] = [];
  for (const value of [...live].sort((a, b) => a - b)) {
    const { rate, op } = instructions[value]!;
    if (rate !== "lane") {
      if (!isInline(value)) prologue.push(...define(value, null));
      emitted.add(value);
    } else if (op === "load" || op === "loadRow") ensure(value, body, null);
  }
  const conditional = new Map<Region, Effect[]>();
  const plain: Effect[] = [];
  for (const effect of kernel.effects) {
    const mask = effect.kind === "spikes" ? effect.mask : effect.kind === "store" ? effect.when : undefined;
    const region = mask === undefined ? undefined : regions.find((each) => each.mask === mask);
    if (region) conditional.set(region, [...(conditional.get(region) ?? []), effect]);
    else plain.push(effect);
  }
  const valuesOf = (effect: Effect): readonly Value[] =>
    effect.kind === "finite" ? effect.values : effect.kind === "spikes" ? [effect.mask] : [effect.value];
  for (const region of regions) {
    // All that a mask decides waits for one branch, and what depends on it comes after.
    for (const value of region.decides) if (!regionOf.has(value)) ensure(value, body, null);
    flush(region, instructions.length, body, conditional.get(region) ?? []);
  }
  for (const value of plain.flatMap(valuesOf)) settle(value, body, null);
  for (const effect of plain) body.push(...effectLines(effect));

  const end = paddedLength(kernel.n) * elementBytes(kernel.precision);
  const usesLog = kernel.effects.some((effect) => effect.kind === "spikes");
  const usesSum = kernel.effects.some((effect) => effect.kind === "finite");
  return [
    `(func ${name} (param $k i64) (param $t f64)`,
    `  (local $p i32) (local $all v128) (local $odd v128) (local $cursor i32) (local $bits i32) (local $i i32) (local $j i32)`,
    `  ${locals.join(" ")}`,
    ...prologue.map((line) => `  ${line}`),
    ...(usesLog ? [`  (local.set $cursor (i32.load (i32.const ${log!.cursor})))`] : []),
    `  (loop $next`,
    ...body.map((line) => `    ${line}`),
    `    (local.set $p (i32.add (local.get $p) (i32.const 16)))`,
    `    (br_if $next (i32.lt_u (local.get $p) (i32.const ${end}))))`,
    ...(usesLog ? [`  (i32.store (i32.const ${log!.cursor}) (local.get $cursor))`] : []),
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
