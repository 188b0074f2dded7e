/** Delivery of spikes as one C function: for each spike its row of synapses, for each synapse an addition at its target. */
import { elementBytes, type Delivery } from "../../program.ts";
import type { DeliveryShare } from "../../team.ts";
import { literal, packedBytes, synapseText, unsigned, type NumberText } from "./synapse.ts";

export const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** Pieces of which the functions of a delivery are made. */
export interface DeliveryText {
  /** Defines `e`, the step of the spikes, so many steps ago; does `leave` where none of them counts. */
  readonly moment: (ago: string, leave: string) => string[];
  /** Finds the targets of thread `me`; does `leave` where there are none. */
  readonly own: (leave: string) => string[];
  /** What is the same for all synapses. */
  readonly before: readonly string[];
  /** For the spike of each source `s` in the row `place` of the ring, or for every source; does `next` or goes on to the next one. */
  readonly eachSpike: (inner: readonly string[]) => string[];
  /** Defines the first synapse of a row, and the one behind the last, under these names. */
  readonly bounds: (first: string, behind: string) => string[];
  /** What is the same for the synapses of a row. */
  readonly ofRow: readonly string[];
  /** Adds what the synapses [j, stop) bring. */
  readonly synapses: readonly string[];
  /** What is kept for the source. */
  readonly kept: readonly string[];
  readonly after: readonly string[];
  /** Fetches what synapses from `j` on will need. */
  readonly fetch: readonly string[];
}

/** Function text. The word at `suspect` becomes 1 when something that is not finite is stored. With a share, thread `me` handles the synapses of its targets. */
export function emitDelivery(name: string, delivery: Delivery, suspect: number, share: DeliveryShare | null): string {
  const text = deliveryText(delivery, suspect, share, literal);
  const ring = delivery.spikes ? [`const int64_t place = e % ${delivery.spikes.rows};`] : [];
  const row = [...text.bounds("j", "stop"), ...text.ofRow, ...text.synapses, ...text.kept];
  return [
    `static __attribute__((noinline)) void ${name}(char *m, int64_t k, int me) {`,
    ...indent([
      ...text.moment(String(delivery.lag), "return"),
      ...text.own("return"),
      ...text.before,
      ...ring,
      ...text.eachSpike(row),
      ...text.after,
    ]),
    "}",
  ].join("\n");
}

/** The pieces of a delivery; `num` gives the text of each number that another delivery of the same form may have otherwise. */
export function deliveryText(delivery: Delivery, suspect: number, share: DeliveryShare | null, num: NumberText): DeliveryText {
  const { kernel, pointers, targets, targetBytes, index, delay, arrivals, lag, lags, since, spikes, from, n, into } = delivery;
  const bytes = elementBytes(kernel.precision);
  const { values, at, address, listed, define, stored: stores } = synapseText(kernel, delivery.addresses, index, num);
  const { perStep, perRow, perSynapse, transmitted, stores: stored } = values;
  const prologue = perStep.flatMap(define);
  const ofRow = perRow.flatMap(define);
  const ofSynapse = perSynapse.flatMap(define);
  // Delays are shorter than the ring is long: going round takes no division.
  const arrivalRow = (steps: string): string =>
    arrivals.rows === 1
      ? `(real_at *)${at(arrivals.address)}`
      : `(real_at *)(${at(arrivals.address)} + (base + ${steps} < ${arrivals.rows} ? base + ${steps} : base + ${steps} - ${arrivals.rows}) * ${arrivals.stride}LL)`;
  const delayAt = (place: string): string =>
    delay.kind === "source" || delay.kind === "synapse" ? listed(unsigned[delay.bytes], at(delay.address), place) : "0";
  // Synapses are sorted by delay: the row of the ring is looked up where the delay changes.
  const rowOfSynapse =
    delay.kind === "synapse"
      ? [`const uint32_t d = ${delayAt("j")};`, `if (d != last) { last = d; to = ${arrivalRow("(int64_t)d")}; }`]
      : [];
  const pointer = (place: string): string => listed("u32_at", at(pointers), place);
  return {
    moment: (ago, leave) => [`const int64_t e = k - ${ago};`, ...(spikes ? [`if (e < ${num(since)}) ${leave};`] : [])],
    own: (leave) => (share ? ownTargets(share, into, leave, num) : []),
    before: [
      `const double t = (double)e * ${constantDt(kernel.dt)};`,
      "(void)t;",
      "const int64_t j = 0; (void)j;",
      ...(stored.length > 0 ? ["word odd = 0;"] : []),
      ...(arrivals.rows === 1 ? [] : [`const int64_t base = e % ${arrivals.rows};`]),
      ...prologue,
      ...(delay.kind === "one" ? [`real_at *const to = ${arrivalRow(`${delay.steps}`)};`] : []),
      ...(delay.kind === "collected" ? [`real_at *const to = ${arrivalRow("0")};`] : []),
    ],
    eachSpike: (inner) =>
      spikes === null
        ? [`for (uint32_t s = 0; s < ${n}u; s++) {`, ...indent(inner), "}"]
        : [
            `const u32_at *const ids = (u32_at *)${at(spikes.ids)} + place * ${num(spikes.n)};`,
            `const uint32_t count = ${listed("u32_at", at(spikes.counts), "place")};`,
            "for (uint32_t i = 0; i < count; i++) {",
            `  const uint32_t s = ids[i] - (uint32_t)${num(from)};`,
            `  if (s >= ${num(n)}) continue;`,
            ...(lags === null ? [] : [`  if (WORD(${lags}LL + 4LL * s) != ${lag}u) continue;`]),
            ...indent(inner),
            "}",
          ],
    bounds(first, behind) {
      const between = (start: string, stop: string): string[] => [`int64_t ${first} = ${start};`, `const int64_t ${behind} = ${stop};`];
      if (delay.kind === "collected")
        // The stretch whose delay has passed.
        return [
          `const ${unsigned[delay.bytes]} *const offset = (${unsigned[delay.bytes]} *)${at(delay.offsets)} + (int64_t)s * ${num(delay.longest + 1)} + ago;`,
          ...between(`(int64_t)${pointer("s")} + offset[-1]`, `(int64_t)${pointer("s")} + offset[0]`),
        ];
      if (share?.find.kind !== "split") return between(pointer("s"), pointer("s + 1"));
      const split = listed("u32_at", at(share.find.splits), `(int64_t)(me - 1) * ${num(n)} + s`);
      const next = listed("u32_at", at(share.find.splits), `(int64_t)me * ${num(n)} + s`);
      return between(`FIRST ? ${pointer("s")} : ${split}`, `me >= THREADS - 1 ? ${pointer("s + 1")} : ${next}`);
    },
    ofRow: [
      ...ofRow,
      ...(delay.kind === "synapse" ? ["uint32_t last = UINT32_MAX;", "real_at *to = 0;"] : []),
      ...(delay.kind === "source" ? [`real_at *const to = ${arrivalRow(`(int64_t)${delayAt("s")}`)};`] : []),
    ],
    synapses: [
      "for (; j < stop; j++) {",
      ...indent([
        `const uint32_t target = ${listed(unsigned[targetBytes], at(targets), "j")};`,
        ...(share?.find.kind === "scan" ? ["if (target - low >= width) continue;"] : []),
        ...rowOfSynapse,
        ...ofSynapse,
        `to[target] += v${transmitted};`,
        ...stores(false),
      ]),
      "}",
    ],
    kept: stores(true),
    after: stored.length > 0 ? [`if (odd) __atomic_store_n(&WORD(${suspect}LL), 1, __ATOMIC_RELAXED);`] : [],
    fetch: [
      `__builtin_prefetch(&${listed(unsigned[targetBytes], at(targets), "j")});`,
      ...[...kernel.slots.values()].flatMap((slot) =>
        slot.shape === "column" ? [`__builtin_prefetch(${address(slot.name)} + j * ${packedBytes(slot) ?? bytes});`] : [],
      ),
    ],
  };
} // prettier-ignore

/** A step size as C text, in double precision whatever the program's is. */
export const constantDt = (dt: number): string => (/[.e]/.test(String(dt)) ? String(dt) : `${dt}.0`);

/** The targets of thread `me`, from `low` on; nothing is to be done where there are none. */
function ownTargets({ bounds, from, find }: DeliveryShare, into: number, leave: string, num: NumberText): string[] {
  return [
    `const int64_t first = (int64_t)WORD(${num(bounds)} + 4 * me) - ${num(from)}, behind = (int64_t)WORD(${num(bounds + 4)} + 4 * me) - ${num(from)};`,
    `if (behind <= 0 || behind <= first || first >= ${num(into)}) ${leave};`,
    ...(find.kind === "scan"
      ? ["const uint32_t low = first > 0 ? (uint32_t)first : 0, width = (uint32_t)behind - low;", "(void)low; (void)width;"]
      : []),
  ];
} // prettier-ignore
