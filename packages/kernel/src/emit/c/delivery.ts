/** Delivery of spikes as one C function: for each spike its row of synapses, for each synapse an addition at its target. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Instruction, Slot, Value } from "../../ir.ts";
import { operations, type OperationName } from "../../operations.ts";
import { elementBytes, type Delivery, type ProgramStage } from "../../program.ts";
import type { DeliveryShare } from "../../team.ts";
import { constant, emitters, types } from "./instructions.ts";

const unsigned = { 1: "u8_at", 2: "u16_at", 4: "u32_at" } as const;

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/**
 * Function text. The word at `suspect` becomes 1 when something that is not finite is stored. With a share, thread `me` handles the
 * synapses of its targets.
 */
export function emitDelivery(
  name: string,
  delivery: Delivery,
  suspect: number,
  share: DeliveryShare | null,
  collected = false,
): string {
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
    return `AT(${found}LL)`;
  };
  const listed = (type: string, at: string, place: string): string => `((${type} *)${at})[${place}]`;
  const load = (slot: Slot): string => {
    if (slot.shape === "cell") return `*(real_at *)${address(slot.name)}`;
    const shared = index ? listed(unsigned[index.bytes], `AT(${index.address}LL)`, "j") : "";
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
      ? `(real_at *)AT(${arrivals.address}LL)`
      : `(real_at *)(AT(${arrivals.address}LL) + (base + ${steps} < ${arrivals.rows} ? base + ${steps} : base + ${steps} - ${arrivals.rows}) * ${arrivals.stride}LL)`;
  const delayAt = (place: string): string =>
    delay.kind === "source" || delay.kind === "synapse" ? listed(unsigned[delay.bytes], `AT(${delay.address}LL)`, place) : "0";
  // Synapses are sorted by delay: the row of the ring is looked up where the delay changes.
  const rowOfSynapse =
    delay.kind === "synapse"
      ? [`const uint32_t d = ${delayAt("j")};`, `if (d != last) { last = d; to = ${arrivalRow("(int64_t)d")}; }`]
      : [];
  const chosen = share?.find.kind === "scan" ? ["if (target - low >= width) continue;"] : [];
  const synapses = [
    "for (; j < stop; j++) {",
    ...indent([
      `const uint32_t target = ${listed(unsigned[targetBytes], `AT(${targets}LL)`, "j")};`,
      ...chosen,
      ...rowOfSynapse,
      ...perSynapse,
      `to[target] += v${transmitted};`,
      ...stores.filter(({ row }) => !row).flatMap(({ lines }) => lines),
    ]),
    "}",
  ];
  const pointer = (place: string): string => listed("u32_at", `AT(${pointers}LL)`, place);
  const split = share?.find.kind === "split" ? share.find.splits : null;
  const start = split === null ? pointer("s") : `FIRST ? ${pointer("s")} : ${listed("u32_at", `AT(${split}LL)`, `(int64_t)(me - 1) * ${n} + s`)}`;
  const stop = split === null ? pointer("s + 1") : `me >= THREADS - 1 ? ${pointer("s + 1")} : ${listed("u32_at", `AT(${split}LL)`, `(int64_t)me * ${n} + s`)}`;
  const bounds =
    delay.kind === "collected"
      ? {
          lines: [`const ${unsigned[delay.bytes]} *const offset = (${unsigned[delay.bytes]} *)AT(${delay.offsets}LL) + (int64_t)s * ${delay.longest + 1} + ago;`],
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
          `const int64_t place = e % ${spikes.rows};`,
          `const u32_at *const ids = (u32_at *)AT(${spikes.ids}LL) + place * ${spikes.n};`,
          `const uint32_t count = ${listed("u32_at", `AT(${spikes.counts}LL)`, "place")};`,
          "for (uint32_t i = 0; i < count; i++) {",
          `  const uint32_t s = ids[i] - ${from}u;`,
          ...(from === 0 && n === spikes.n ? [] : [`  if (s >= ${n}u) continue;`]),
          ...indent(inner),
          "}",
        ];
  const moment = (emitted: string, leave: string): string[] => [
    `const int64_t e = k - ${emitted};`,
    ...(spikes ? [`if (e < ${since}) ${leave};`] : []),
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
  const own = (leave: string): string[] => (share ? ownTargets(share, into, leave) : []);
  if (!collected)
    return [
      `static __attribute__((noinline)) void ${name}(char *m, int64_t k, int me) {`,
      ...indent([...moment(String(lag), "return"), ...own("return"), ...before, ...eachSpike(row), ...after]),
      "}",
    ].join("\n");
  // Of collections: what is due now, by the steps that have passed since the spike.
  const due = delay.kind === "one" ? `ago == ${delay.steps}` : delay.kind === "collected" ? `ago <= ${delay.longest}` : "1";
  const ahead = [
    `__builtin_prefetch(&${listed(unsigned[targetBytes], `AT(${targets}LL)`, "j")});`,
    ...[...kernel.slots.values()].flatMap((slot) =>
      slot.shape === "column" ? [`__builtin_prefetch(${address(slot.name)} + j * ${slot.packed?.element === "i16" ? 2 : slot.packed ? 4 : bytes});`] : [],
    ),
  ];
  const find = [
    `if (!(${due})) return filled;`,
    ...moment("ago", "return filled"),
    ...own("return filled"),
    ...(share?.find.kind === "scan" ? ["(void)low; (void)width;"] : []),
    ...eachSpike([
      ...bounds.lines,
      `const uint32_t j = ${bounds.start}, stop = ${bounds.stop};`,
      ...ahead,
      "if (filled < STRETCHES) { stretches[filled].from = j; stretches[filled].to = stop; }",
      "filled++;",
    ]),
    "return filled;",
  ];
  const add = [
    "if (first_stretch == behind_stretch) return;",
    "const int64_t e = k - ago;",
    ...own("return"),
    ...before,
    "for (uint32_t i = first_stretch; i < behind_stretch; i++) {",
    ...indent(["int64_t j = stretches[i].from;", "const int64_t stop = stretches[i].to;", ...synapses]),
    "}",
  ];
  const direct = [`if (!(${due})) return;`, ...moment("ago", "return"), ...own("return"), ...before, ...eachSpike(row)];
  return [
    `static inline uint32_t ${name}_find(char *m, int64_t k, int me, int64_t ago, Stretch *stretches, uint32_t filled) {`,
    ...indent(find),
    "}",
    `static inline void ${name}_add(char *m, int64_t k, int me, int64_t ago, const Stretch *stretches, uint32_t first_stretch, uint32_t behind_stretch) {`,
    ...indent(add),
    "}",
    `static __attribute__((noinline)) void ${name}(char *m, int64_t k, int me, int64_t ago) {`,
    ...indent(direct),
    "}",
  ].join("\n");
} // prettier-ignore

/** Ahead of the functions of collections: a stretch of synapses, and how many are listed at most. */
export const collectionPrelude = `typedef struct { uint32_t from, to; } Stretch;
#define STRETCHES 4096`;

/**
 * What arrives in a step at one receptor, from the spikes of all steps before that are on their way. Stretches of rows lie all over the
 * memory: first all are found and fetched, then they are added. Only where there are too many to be listed, each is added when it is found.
 */
export function emitCollection(
  name: string,
  { longest, deliveries }: Extract<ProgramStage, { kind: "collect" }>,
  suspect: number,
  shares: readonly DeliveryShare[] | null,
): string {
  const each = (line: (member: string, p: number) => string): string[] => deliveries.map((_, p) => `    ${line(`${name}_${p}`, p)}`);
  return [
    ...deliveries.map((delivery, p) => emitDelivery(`${name}_${p}`, delivery, suspect, shares?.[p] ?? null, true)),
    `static __attribute__((noinline)) void ${name}(char *m, int64_t k, int me) {`,
    `  Stretch stretches[STRETCHES];`,
    `  uint32_t ends[${longest * deliveries.length + 1}];`,
    `  uint32_t filled = 0, *end = ends;`,
    `  *end++ = 0;`,
    `  for (int64_t ago = ${longest}; ago >= 1; ago--) {`,
    ...each((member) => `*end++ = filled = ${member}_find(m, k, me, ago, stretches, filled);`),
    `  }`,
    `  end = ends;`,
    `  for (int64_t ago = ${longest}; ago >= 1; ago--, end += ${deliveries.length}) {`,
    `    if (filled <= STRETCHES) {`,
    ...each((member, p) => `  ${member}_add(m, k, me, ago, stretches, end[${p}], end[${p + 1}]);`),
    `    } else {`,
    ...each((member) => `  ${member}(m, k, me, ago);`),
    `    }`,
    `  }`,
    `}`,
  ].join("\n");
} // prettier-ignore

/** A step size as C text, in double precision whatever the program's is. */
export const constantDt = (dt: number): string => (/[.e]/.test(String(dt)) ? String(dt) : `${dt}.0`);

/** The targets of thread `me`, from `low` on; nothing is to be done where there are none. */
function ownTargets({ bounds, from, find }: DeliveryShare, into: number, leave: string): string[] {
  return [
    `const int64_t first = (int64_t)WORD(${bounds}LL + 4 * me) - ${from}, behind = (int64_t)WORD(${bounds + 4}LL + 4 * me) - ${from};`,
    `if (behind <= 0 || behind <= first || first >= ${into}) ${leave};`,
    ...(find.kind === "scan"
      ? ["const uint32_t low = first > 0 ? (uint32_t)first : 0, width = (uint32_t)behind - low;"]
      : []),
  ];
}
