/** Delivery of spikes as one C function: for each spike its row of synapses, for each synapse an addition at its target. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Instruction, Slot, Value } from "../../ir.ts";
import { operations, type OperationName } from "../../operations.ts";
import { elementBytes, type Delivery } from "../../program.ts";
import type { DeliveryShare } from "../../team.ts";
import { constant, emitters, types } from "./instructions.ts";

const unsigned = { 1: "u8_at", 2: "u16_at", 4: "u32_at" } as const;

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/**
 * Function text. The word at `suspect` becomes 1 when something that is not finite is stored. With a share, thread `me` handles the
 * synapses of its targets.
 *
 * With a `table`, which gives the text for each number of this delivery, it is the text of two functions of a collection instead:
 * `find_NAME` lists the stretches of rows that are due, `add_NAME` adds what they bring.
 */
export function emitDelivery(
  name: string,
  delivery: Delivery,
  suspect: number,
  share: DeliveryShare | null,
  table: ((x: number) => string) | null = null,
): string {
  const collected = table !== null;
  const num = table ?? ((x: number): string => `${x}LL`);
  const { kernel, addresses, pointers, targets, targetBytes, index, delay, arrivals, lag, since, spikes, from, n, into } = delivery;
  const bytes = elementBytes(kernel.precision);
  const { instructions } = kernel;
  const live = new Set<Value>();
  const visit = (value: Value): void => {
    if (live.has(value)) return;
    live.add(value);
    instructions[value]!.args.forEach(visit);
  };
  for (const effect of kernel.effects)
    if (effect.kind === "store" || effect.kind === "transmit") visit(effect.value);
    else throw new NeuroweaveError("internal", `kernel ${kernel.name}: no synapse has the effect ${effect.kind}`);

  const address = (slot: string): string => {
    const found = addresses.get(slot);
    if (found === undefined) throw new NeuroweaveError("internal", `kernel ${kernel.name}: slot ${slot} has no address`);
    return `AT(${num(found)})`;
  };
  const listed = (type: string, at: string, place: string): string => `((${type} *)${at})[${place}]`;
  const load = (slot: Slot): string => {
    if (slot.shape === "cell") return `*(real_at *)${address(slot.name)}`;
    const shared = index ? listed(unsigned[index.bytes], `AT(${num(index.address)})`, "j") : "";
    const at = { column: "j", source: "s", target: "target", shared }[slot.shape as "column"];
    if (slot.packed?.element === "i16")
      return `(real)${listed("i16_at", address(slot.name), at)} * ${constant("s", slot.packed.scale)}`;
    if (slot.packed?.element === "f32") return `(real)${listed("f32_at", address(slot.name), at)}`;
    return listed("real_at", address(slot.name), at);
  };
  const streams = new Set<string>();
  const drawn = (value: Value, { stream, word }: Instruction): string[] => {
    const pair = `u${stream!.low}_${stream!.high}`;
    const lines = streams.has(pair) ? [] : [`real ${pair}[2];`, `uniforms_s((uint32_t)j, e, ${stream!.low}u, ${stream!.high}u, ${pair});`];
    streams.add(pair);
    return [...lines, `const real v${value} = ${pair}[${word}];`];
  };
  const define = (value: Value): string[] => {
    const instruction = instructions[value]!;
    const { op, type } = instruction;
    const set = (text: string): string[] => [`const ${types.s[type]} v${value} = ${text};`];
    if (op === "constant") return set(constant("s", instruction.number!));
    if (op === "time") return set("(real)t");
    if (op === "lane") return set("(real)j");
    if (op === "load") return set(load(kernel.slots.get(instruction.slot!)!));
    if (op === "random") return drawn(value, instruction);
    if (!Object.hasOwn(operations, op)) throw new NeuroweaveError("internal", `kernel ${kernel.name}: no synapse can do ${op}`);
    return set(emitters[op as OperationName]("s", ...instruction.args.map((arg) => `v${arg}`)));
  };
  const sorted = [...live].sort((a, b) => a - b);
  const ofRate = (...rates: readonly string[]): string[] =>
    sorted.filter((value) => rates.includes(instructions[value]!.rate)).flatMap(define);
  const prologue = ofRate("constant", "step");
  const perRow = ofRate("row");
  const perSynapse = ofRate("lane");
  const stores = kernel.effects.flatMap((effect) => {
    if (effect.kind !== "store") return [];
    const row = kernel.slots.get(effect.slot)!.shape === "source";
    const lines = [
      `${listed("real_at", address(effect.slot), row ? "s" : "j")} = v${effect.value};`,
      `odd += v${effect.value} - v${effect.value};`,
    ];
    return [{ lines, row }];
  });
  const transmitted = kernel.effects.find((effect) => effect.kind === "transmit")!.value;
  // Delays are shorter than the ring is long: going round takes no division.
  const arrivalRow = (steps: string): string =>
    arrivals.rows === 1
      ? `(real_at *)AT(${num(arrivals.address)})`
      : `(real_at *)(AT(${arrivals.address}LL) + (base + ${steps} < ${arrivals.rows} ? base + ${steps} : base + ${steps} - ${arrivals.rows}) * ${arrivals.stride}LL)`;
  const delayAt = (place: string): string =>
    delay.kind === "source" || delay.kind === "synapse" ? listed(unsigned[delay.bytes], `AT(${num(delay.address)})`, place) : "0";
  // Synapses are sorted by delay: the row of the ring is looked up where the delay changes.
  const rowOfSynapse =
    delay.kind === "synapse"
      ? [`const uint32_t d = ${delayAt("j")};`, `if (d != last) { last = d; to = ${arrivalRow("(int64_t)d")}; }`]
      : [];
  const chosen = share?.find.kind === "scan" ? ["if (target - low >= width) continue;"] : [];
  const synapses = [
    "for (; j < stop; j++) {",
    ...indent([
      `const uint32_t target = ${listed(unsigned[targetBytes], `AT(${num(targets)})`, "j")};`,
      ...chosen,
      ...rowOfSynapse,
      ...perSynapse,
      `to[target] += v${transmitted};`,
      ...stores.filter(({ row }) => !row).flatMap(({ lines }) => lines),
    ]),
    "}",
  ];
  const pointer = (place: string): string => listed("u32_at", `AT(${num(pointers)})`, place);
  const split = share?.find.kind === "split" ? share.find.splits : null;
  const start = split === null ? pointer("s") : `FIRST ? ${pointer("s")} : ${listed("u32_at", `AT(${num(split)})`, `(int64_t)(me - 1) * ${num(n)} + s`)}`;
  const stop = split === null ? pointer("s + 1") : `me >= THREADS - 1 ? ${pointer("s + 1")} : ${listed("u32_at", `AT(${num(split)})`, `(int64_t)me * ${num(n)} + s`)}`;
  const bounds =
    delay.kind === "collected"
      ? {
          lines: [`const ${unsigned[delay.bytes]} *const offset = (${unsigned[delay.bytes]} *)AT(${num(delay.offsets)}) + (int64_t)s * ${num(delay.longest + 1)} + ago;`],
          start: `${pointer("s")} + offset[-1]`,
          stop: `${pointer("s")} + offset[0]`,
        }
      : { lines: [], start, stop };
  const row = [
    ...bounds.lines,
    `int64_t j = ${bounds.start};`,
    `const int64_t stop = ${bounds.stop};`,
    ...perRow,
    ...(delay.kind === "synapse" ? ["uint32_t last = UINT32_MAX;", "real_at *to = 0;"] : []),
    ...(delay.kind === "source" ? [`real_at *const to = ${arrivalRow(`(int64_t)${delayAt("s")}`)};`] : []),
    ...synapses,
    ...stores.filter((each) => each.row).flatMap(({ lines }) => lines),
  ];
  const eachSpike = (inner: readonly string[]): string[] =>
    spikes === null
      ? [`for (uint32_t s = 0; s < ${n}u; s++) {`, ...indent(inner), "}"]
      : [
          collected ? "" : `const int64_t place = e % ${spikes.rows};`,
          `const u32_at *const ids = (u32_at *)AT(${num(spikes.ids)}) + place * ${num(spikes.n)};`,
          `const uint32_t count = ${listed("u32_at", `AT(${num(spikes.counts)})`, "place")};`,
          "for (uint32_t i = 0; i < count; i++) {",
          `  const uint32_t s = ids[i] - (uint32_t)${num(from)};`,
          ...(from === 0 && n === spikes.n && !collected ? [] : [`  if (s >= ${num(n)}) continue;`]),
          ...indent(inner),
          "}",
        ];
  const moment = (emitted: string, leave: string): string[] => [
    `const int64_t e = k - ${emitted};`,
    ...(spikes ? [`if (e < ${num(since)}) ${leave};`] : []),
  ];
  const before = [
    `const double t = (double)e * ${constantDt(kernel.dt)};`,
    "(void)t;",
    "const int64_t j = 0; (void)j;",
    ...(stores.length > 0 ? ["real odd = 0;"] : []),
    ...(arrivals.rows === 1 ? [] : [`const int64_t base = e % ${arrivals.rows};`]),
    ...prologue,
    ...(delay.kind === "one" ? [`real_at *const to = ${arrivalRow(`${delay.steps}`)};`] : []),
    ...(delay.kind === "collected" ? [`real_at *const to = ${arrivalRow("0")};`] : []),
  ];
  const after = stores.length > 0 ? [`if (odd != odd) __atomic_store_n(&WORD(${suspect}LL), 1, __ATOMIC_RELAXED);`] : [];
  const own = (leave: string): string[] => (share ? ownTargets(share, into, leave, num) : []);
  if (!collected)
    return [
      `static __attribute__((noinline)) void ${name}(char *m, int64_t k, int me) {`,
      ...indent([...moment(String(lag), "return"), ...own("return"), ...before, ...eachSpike(row), ...after]),
      "}",
    ].join("\n");
  // What is due now, by the steps that have passed since the spike.
  const due = delay.kind === "one" ? `ago == ${num(delay.steps)}` : delay.kind === "collected" ? `ago <= ${num(delay.longest)}` : "1";
  const ahead = [
    `__builtin_prefetch(&${listed(unsigned[targetBytes], `AT(${num(targets)})`, "j")});`,
    ...[...kernel.slots.values()].flatMap((slot) =>
      slot.shape === "column" ? [`__builtin_prefetch(${address(slot.name)} + (int64_t)j * ${slot.packed?.element === "i16" ? 2 : slot.packed ? 4 : bytes});`] : [],
    ),
  ];
  const find = [
    `if (!(${due})) return begin;`,
    ...moment("ago", "return begin"),
    ...own("return begin"),
    ...(share?.find.kind === "scan" ? ["(void)low; (void)width;"] : []),
    "Stretch *stretch = begin;",
    ...eachSpike([
      "if (i + 1 < *spike) continue;",
      "if (stretch == end) { *spike = i + 1; return stretch; }",
      ...bounds.lines,
      `const uint32_t j = ${bounds.start};`,
      `*stretch++ = (Stretch){ j, ${bounds.stop} };`,
      ...ahead,
    ]),
    "*spike = 0;",
    "return stretch;",
  ];
  const add = [
    "const int64_t e = k - ago;",
    ...own("return"),
    ...before,
    "for (const Stretch *stretch = begin; stretch < end; stretch++) {",
    ...indent(["int64_t j = stretch->from;", "const int64_t stop = stretch->to;", ...synapses]),
    "}",
  ];
  return [
    `static Stretch *find_NAME(char *m, int64_t k, int me, int64_t ago, const int64_t *d, int64_t place, Stretch *begin, const Stretch *end, uint32_t *spike) {`,
    ...indent(find),
    "}",
    `static void add_NAME(char *m, int64_t k, int me, int64_t ago, const int64_t *d, const Stretch *begin, const Stretch *end) {`,
    ...indent(add),
    "}",
  ].join("\n");
} // prettier-ignore

/** A step size as C text, in double precision whatever the program's is. */
export const constantDt = (dt: number): string => (/[.e]/.test(String(dt)) ? String(dt) : `${dt}.0`);

/** The targets of thread `me`, from `low` on; nothing is to be done where there are none. */
function ownTargets(
  { bounds, from, find }: DeliveryShare,
  into: number,
  leave: string,
  num: (x: number) => string,
): string[] {
  return [
    `const int64_t first = (int64_t)WORD(${num(bounds)} + 4 * me) - ${num(from)}, behind = (int64_t)WORD(${num(bounds + 4)} + 4 * me) - ${num(from)};`,
    `if (behind <= 0 || behind <= first || first >= ${num(into)}) ${leave};`,
    ...(find.kind === "scan"
      ? ["const uint32_t low = first > 0 ? (uint32_t)first : 0, width = (uint32_t)behind - low;"]
      : []),
  ];
}
