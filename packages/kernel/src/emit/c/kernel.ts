/** One kernel as one C function: what is the same for all neurons first, then a loop over vectors of neurons. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Effect, Instruction, RowRule, Value } from "../../ir.ts";
import type { OperationName } from "../../operations.ts";
import { elementBytes, paddedLength, streamName, type ProgramStage } from "../../program.ts";
import { ownCountShift, type KernelShare } from "../../team.ts";
import { statementsOf, type Branch, type Statement } from "../statements.ts";
import { constant, emitters, types } from "./instructions.ts";
import { ownNeurons } from "./team.ts";

/** Function text. With a share, it advances the neurons of thread `me`. */
export function emitKernel(
  name: string,
  { kernel, addresses, log, uniforms }: Extract<ProgramStage, { kind: "kernel" }>,
  suspect: number,
  share: KernelShare | null,
): string {
  const { instructions, n } = kernel;
  const { prologue, body } = statementsOf(kernel);
  const bytes = elementBytes(kernel.precision);
  const streams = new Map<string, { readonly pair: string; readonly inside: Branch | null }[]>();
  const rows = new Map<string, string>();
  const rowLines: string[] = [];
  /** Values that a branch decides are declared ahead of it, and all others where they are defined. */
  const address = (slot: string): number => {
    const found = addresses.get(slot);
    if (found === undefined)
      throw new NeuroweaveError("internal", `kernel ${kernel.name}: slot ${slot} has no address`);
    return found;
  };
  const operand = (value: Value): string => `v${value}`;
  const rowPointer = (slot: string, row: RowRule): string => {
    const key = `${slot} ${JSON.stringify(row)}`;
    let pointer = rows.get(key);
    if (!pointer) {
      rows.set(key, (pointer = `row${rows.size}`));
      const elements = kernel.slots.get(slot)!.narrow ? 1 : paddedLength(n);
      rowLines.push(`char *const ${pointer} = AT(${address(slot)}LL) + ${rowIndex(row)} * ${elements * bytes}LL;`);
    }
    return pointer;
  };
  const column = (slot: string): string => `AT(${address(slot)}LL) + i * ${bytes}`;

  const defined = (value: Value, inside: Branch | null): string[] => {
    const instruction = instructions[value]!;
    const { op, slot, row, type } = instruction;
    const set = (text: string): string[] => [`const ${types.v[type]} v${value} = ${text};`];
    if (op === "constant") return set(constant("v", instruction.number!));
    if (op === "time") return set("splat((real)t)");
    if (op === "lane") return set("indices(i)");
    if (op === "load" && kernel.slots.get(slot!)!.shape === "cell")
      return set(`splat(*(real_at *)AT(${address(slot!)}LL))`);
    if (op === "load") return set(`load(${column(slot!)})`);
    if (op === "loadRow" && kernel.slots.get(slot!)!.narrow)
      return set(`splat(*(real_at *)${rowPointer(slot!, row!)})`);
    if (op === "loadRow") return set(`load(${rowPointer(slot!, row!)} + i * ${bytes})`);
    if (op === "random") return instruction.shared ? sharedDraw(value, instruction) : draw(value, instruction, inside);
    return set(emitters[op as OperationName]("v", ...instruction.args.map(operand)));
  };
  let pairs = 0;
  const sharedDraw = (value: Value, { stream, word }: Instruction): string[] => [
    `real shared${value}[2];`,
    `uniforms_s(0, k, ${stream!.low}u, ${stream!.high}u, shared${value});`,
    `const V v${value} = splat(shared${value}[${word}]);`,
  ];
  /** Both uniforms of a stream come from one call; those that were drawn in a branch are there in that branch only. */
  const draw = (value: Value, { stream, word }: Instruction, inside: Branch | null): string[] => {
    const key = streamName(stream!);
    const ahead = uniforms.get(key);
    if (ahead) return [`const V v${value} = load(AT(${ahead[word!]}LL) + i * ${bytes});`];
    const drawn = streams.get(key) ?? [];
    let pair = drawn.find((each) => each.inside === null || each.inside === inside)?.pair;
    const lines: string[] = [];
    if (pair === undefined) {
      pair = `u${pairs++}`;
      streams.set(key, [...drawn, { pair, inside }]);
      lines.push(`V ${pair}[2];`, `uniforms_v(i, k, ${stream!.low}u, ${stream!.high}u, ${pair});`);
    }
    return [...lines, `const V v${value} = ${pair}[${word}];`];
  };
  const effectLines = (effect: Effect, mask?: string): string[] => {
    switch (effect.kind) {
      case "store": {
        const at = column(effect.slot);
        const value = operand(effect.value);
        return [`store(${at}, ${mask ? `select_v(${mask}, ${value}, load(${at}))` : value});`];
      }
      case "storeRow":
        return [`store(${rowPointer(effect.slot, effect.row)} + i * ${bytes}, ${operand(effect.value)});`];
      case "spikes":
        return [
          `for (uint32_t lanes = lanes_of(${mask!}); lanes; lanes &= lanes - 1) {`,
          `  const int64_t j = i + __builtin_ctz(lanes);`,
          `  if (j < ${n}) *ids++ = (uint32_t)j;`,
          `}`,
        ];
      case "transmit":
      case "add":
        throw new NeuroweaveError("internal", `kernel ${kernel.name}: no neuron has the effect ${effect.kind}`);
      case "finite": {
        // x − x is +0 where x is finite, and NaN elsewhere.
        const sum = effect.values.map(operand).join(" + ");
        return [`{ const V all = ${sum}; odd |= (W)(all - all); }`];
      }
    }
  };
  const lines = (statements: readonly Statement[], branch?: string): string[] =>
    statements.flatMap((statement) => {
      switch (statement.kind) {
        case "define":
          return defined(statement.value, statement.inside);
        case "usual":
          return [
            `${types.v[instructions[statement.value]!.type]} v${statement.value} = ${operand(instructions[statement.value]!.args[2]!)};`,
          ];
        case "seldom": {
          const { value } = statement;
          return [`v${value} = select_v(${branch!}, ${operand(instructions[value]!.args[1]!)}, v${value});`];
        }
        case "branch": {
          const mask = operand(statement.mask);
          const inner = lines(statement.body, mask);
          return [`if (__builtin_expect(lanes_of(${mask}) != 0, 0)) {`, ...inner.map((line) => `  ${line}`), "}"];
        }
        case "effect":
          return effectLines(statement.effect, branch);
      }
    });

  const before = lines(prologue);
  const loop = lines(body);
  const lists = kernel.effects.some((effect) => effect.kind === "spikes");
  const first = share
    ? `u32_at *const first = (u32_at *)AT(${share.own?.ids ?? 0}LL) + from;`
    : `u32_at *const first = (u32_at *)AT(${log?.ids ?? 0}LL) + WORD(${log?.cursor ?? 0}LL);`;
  const count = share
    ? `WORD(${share.own?.counts ?? 0}LL + ((int64_t)me << ${ownCountShift})) = (uint32_t)(ids - first);`
    : `WORD(${log?.cursor ?? 0}LL) += (uint32_t)(ids - first);`;
  const checks = kernel.effects.some((effect) => effect.kind === "finite");
  const range = share ? ownNeurons(share.bounds) : [`const int64_t from = 0, to = (${n} + LANES - 1) / LANES * LANES;`];
  return [
    `static __attribute__((noinline)) void ${name}(char *m, int64_t k, double t, int me) {`,
    ...[
      ...range,
      ...rowLines,
      ...before,
      ...(lists ? [first, "u32_at *ids = first;"] : []),
      ...(checks ? ["W odd = {0};"] : []),
      `for (int64_t i = from; i < to; i += LANES) {`,
      ...loop.map((line) => `  ${line}`),
      "}",
      ...(lists ? [count] : []),
      ...(checks ? [`if (lanes_of(odd != 0)) __atomic_store_n(&WORD(${suspect}LL), 1, __ATOMIC_RELAXED);`] : []),
    ].map((line) => `  ${line}`),
    "}",
  ].join("\n");
}

/** The index of a row at step k. */
function rowIndex(rule: RowRule): string {
  if (rule.rows === 1) return "0";
  if (rule.kind === "table") return `(k / ${rule.every} < ${rule.rows - 1} ? k / ${rule.every} : ${rule.rows - 1})`;
  const shift = rule.rows * Math.ceil(rule.lag / rule.rows) - rule.lag;
  return `((k + ${shift}) % ${rule.rows})`;
}
