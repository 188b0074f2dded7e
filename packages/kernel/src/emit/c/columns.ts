/** Stages over whole columns and lists: sums, competitions, samples, events, coming to rest. */
import type { Precision } from "../../ir.ts";
import { elementBytes, reductionBlock, settling, type ProgramStage } from "../../program.ts";
import type { KernelShare } from "../../team.ts";
import { literal } from "./instructions.ts";
import { ownNeurons } from "./team.ts";

type Stage<K extends ProgramStage["kind"]> = Extract<ProgramStage, { kind: K }>;

const signature = (name: string): string =>
  `static __attribute__((noinline)) void ${name}(char *m, int64_t k, double t, int me)`;

/** Sums run in blocks of 256 neurons, then block by block. */
export function emitReduction(name: string, { by, from, to, n }: Stage<"reduce">): string {
  const result = `*(real_at *)AT(${to}LL)`;
  const values = `const real_at *const x = (real_at *)AT(${from}LL);`;
  if (by === "max" || by === "min")
    return `${signature(name)} {
  ${values}
  real most = x[0];
  for (int64_t i = 1; i < ${n}; i++) most = ${by}_s(most, x[i]);
  ${result} = most;
}`;
  return `${signature(name)} {
  ${values}
  real sum = 0;
  for (int64_t first = 0; first < ${n}; first += ${reductionBlock}) {
    const int64_t end = first + ${reductionBlock} < ${n} ? first + ${reductionBlock} : ${n};
    real part = 0;
    for (int64_t i = first; i < end; i++) part += x[i];
    sum += part;
  }
  ${result} = ${by === "sum" ? "sum" : `sum / (real)${n}`};
}`;
}

/** Numbers below a magnitude become 0. */
export function emitSettling(
  name: string,
  { column, n }: Stage<"settle">,
  precision: Precision,
  share: KernelShare | null,
): string {
  return `${signature(name)} {
  if (k % ${settling.every} != 0) return;
  ${share ? ownNeurons(share.bounds).join("\n  ") : `const int64_t from = 0, to = (${n} + LANES - 1) / LANES * LANES;`}
  for (int64_t i = from; i < to; i += LANES) {
    char *const at = AT(${column}LL) + i * ${elementBytes(precision)};
    const V x = load(at);
    store(at, (V)((W)x & ~(W)(abs_v(x) < splat(${literal(settling.least[precision])}))));
  }
}`;
}

/** Keeps the winners of each group in a list by falling value, in which each marked neuron finds its place by halving. */
export function emitCompetition(name: string, { by, marks, k, ties, n, length, inner, winners }: Stage<"compete">): string {
  const settle = ties
    ? `if (count > 0) {
      const real least = x[winner[count - 1]];
      for (int64_t i = 0; i < ${length}; i++)
        if (x[first + i * ${inner}] >= least) mark[first + i * ${inner}] = 0;
    }`
    : `while (count > 0) mark[winner[--count]] = 0;`;
  return `${signature(name)} {
  const real_at *const x = (real_at *)AT(${by}LL);
  real_at *const mark = (real_at *)AT(${marks}LL);
  u32_at *const winner = (u32_at *)AT(${winners}LL);
  for (int64_t group = 0; group < ${n / length}; group++) {
    const int64_t first = group / ${inner} * ${inner * length} + group % ${inner};
    uint32_t count = 0;
    for (int64_t i = 0; i < ${length}; i++) {
      const int64_t neuron = first + i * ${inner};
      const real value = x[neuron];
      if (mark[neuron] == 0 || value != value) continue;
      if (count == ${k}) {
        if (!(value > x[winner[${k - 1}]])) continue;
      } else count++;
      uint32_t place = 0, end = count - 1;
      while (place < end) {
        const uint32_t middle = (place + end) / 2;
        if (value > x[winner[middle]]) end = middle;
        else place = middle + 1;
      }
      memmove(winner + place + 1, winner + place, (count - 1 - place) * 4);
      winner[place] = (uint32_t)neuron;
    }
    ${settle}
  }
}`;
} // prettier-ignore

/** Copies columns to the next place of a buffer. */
export function emitSample(name: string, { every, sources, buffer, cursor, enabled }: Stage<"sample">): string {
  const stride = sources.reduce((sum, { bytes }) => sum + bytes, 0);
  let offset = 0;
  const copies = sources.map(({ address, bytes }) => {
    const line = `memcpy(to + ${offset}LL, AT(${address}LL), ${bytes}LL);`;
    offset += bytes;
    return line;
  });
  return `${signature(name)} {
  if (WORD(${enabled}LL) == 0 || k % ${every} != 0) return;
  char *const to = AT(${buffer}LL) + (int64_t)WORD(${cursor}LL)++ * ${stride}LL;
  ${copies.join("\n  ")}
}`;
}

/** Clears the neurons of the event before, and sets those whose listed step is k. */
export function emitEvents(name: string, { column, steps, ids, count, cursors }: Stage<"events">): string {
  return `${signature(name)} {
  real_at *const x = (real_at *)AT(${column}LL);
  const u32_at *const step = (u32_at *)AT(${steps}LL), *const id = (u32_at *)AT(${ids}LL);
  uint32_t next = WORD(${cursors + 4}LL);
  for (uint32_t j = WORD(${cursors}LL); j < next; j++) x[id[j]] = 0;
  WORD(${cursors}LL) = next;
  for (; next < ${count}u && (int64_t)step[next] == k; next++) x[id[next]] = 1;
  WORD(${cursors + 4}LL) = next;
}`;
}

/** Keeps what a log has of this step, from where the step before ended, in a ring's row of the step. */
export function emitRemember(name: string, { log, ring }: Stage<"remember">): string {
  return `static __attribute__((noinline)) void ${name}(char *m, int64_t k, int32_t step) {
  const uint32_t from = step == 0 ? 0 : WORD(${log.ends}LL + 4LL * (step - 1));
  const uint32_t count = WORD(${log.cursor}LL) - from;
  const int64_t row = k % ${ring.rows};
  WORD(${ring.counts}LL + 4 * row) = count;
  memcpy(AT(${ring.ids}LL) + row * ${4 * ring.n}LL, AT(${log.ids}LL) + 4LL * from, 4LL * count);
}`;
}
