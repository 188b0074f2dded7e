/** A pass over synapses as one C function: all rows, or the rows or columns of those that spiked. */
import type { Sweep } from "../../program.ts";
import { constantDt, indent } from "./delivery.ts";
import { literal, synapseText, unsigned } from "./synapse.ts";

/** Function text. The word at `suspect` becomes 1 when something that is not finite is kept. */
export function emitSweep(name: string, sweep: Sweep, suspect: number): string {
  const { kernel, over, targets, targetBytes, pointers } = sweep;
  const { values, at, listed, define, stored, added } = synapseText(kernel, sweep.addresses, sweep.index, literal);
  const changes = [...values.perSynapse.flatMap(define), ...added, ...stored(false)];
  const rows = over.kind === "post" ? over.columns.pointers : pointers;
  const end = over.kind === "post" ? "target" : "s";
  const found =
    over.kind === "post"
      ? [
          `const int64_t j = ${listed("u32_at", at(over.columns.synapses), "c")};`,
          `const uint32_t s = ${listed(unsigned[over.columns.sourceBytes], at(over.columns.sources), "c")};`,
          `(void)s;`,
        ]
      : [
          `const int64_t j = c;`,
          `const uint32_t target = ${listed(unsigned[targetBytes], at(targets), "j")};`,
          `(void)target;`,
        ];
  const isKept = values.adds.length > 0 || values.stores.some(({ perRow }) => !perRow);
  const synapses = isKept
    ? [
        `const int64_t stop = ${listed("u32_at", at(rows), `${end} + 1`)};`,
        `for (int64_t c = ${listed("u32_at", at(rows), end)}; c < stop; c++) {`,
        ...indent([...found, ...changes]),
        "}",
      ]
    : [];
  return [
    `static __attribute__((noinline)) void ${name}(char *m, int64_t k) {`,
    ...indent([
      ...(over.kind === "all" && over.every > 1 ? [`if (k % ${over.every} != 0) return;`] : []),
      `const int64_t e = k; (void)e;`,
      `const double t = (double)k * ${constantDt(kernel.dt)}; (void)t;`,
      `word odd = 0;`,
      ...values.perStep.flatMap(define),
      ...eachRow(sweep, [...values.perRow.flatMap(define), ...synapses, ...stored(true)]),
      `if (odd) __atomic_store_n(&WORD(${suspect}LL), 1, __ATOMIC_RELAXED);`,
    ]),
    "}",
  ].join("\n");
}

function eachRow({ over, n, into }: Sweep, row: readonly string[]): string[] {
  if (over.kind === "all") return [`for (uint32_t s = 0; s < ${n}u; s++) {`, ...indent(row), "}"];
  const { spikes, from, lag, lags, since } = over;
  const [end, count] = over.kind === "pre" ? ["s", n] : ["target", into];
  const spiked = [
    `const int64_t place = (k - ago) % ${spikes.rows};`,
    `const u32_at *const ids = (u32_at *)AT(${spikes.ids}LL) + place * ${spikes.n};`,
    `const uint32_t count = WORD(${spikes.counts}LL + 4 * place);`,
    "for (uint32_t i = 0; i < count; i++) {",
    `  const uint32_t ${end} = ids[i] - ${from}u;`,
    `  if (${end} >= ${count}u) continue;`,
    ...(lags === null ? [] : [`  if (WORD(${lags}LL + 4LL * ${end}) != (uint32_t)ago) continue;`]),
    ...indent(row),
    "}",
  ];
  return [
    `for (int64_t ago = ${lag}; ago >= ${lags === null ? lag : 0}; ago--) {`,
    `  if (k - ago < ${since}LL) continue;`,
    ...indent(spiked),
    "}",
  ];
}
