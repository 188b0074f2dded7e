/** A pass over synapses as one WAT function: all rows, or the rows or columns of those that spiked. */
import type { Sweep } from "../../program.ts";
import { loadWord, scaled, synapseLines } from "./synapse.ts";

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/** Function text. It takes the step as i64; the word at `suspect` becomes 1 when something that is not finite is kept. */
export function emitSweep(name: string, sweep: Sweep, suspect: number): string {
  const { kernel, over, targets, targetBytes, pointers } = sweep;
  const { values, locals, define, stored, added, checked } = synapseLines(kernel, sweep.addresses, sweep.index);
  const prologue = values.perStep.flatMap(define);
  const ofRow = values.perRow.flatMap(define);
  const ofSynapse = [
    ...values.perSynapse.flatMap(define),
    ...added,
    ...stored.flatMap(({ perRow, lines }) => (perRow ? [] : lines)),
  ];
  const kept = stored.flatMap(({ perRow, lines }) => (perRow ? lines : []));
  const changes = values.adds.length > 0 || values.stores.some(({ perRow }) => !perRow);
  const row = [...ofRow, ...(changes ? synapses() : []), ...kept];

  function synapses(): string[] {
    const end = over.kind === "post" ? "(local.get $target)" : "(local.get $s)";
    const first = over.kind === "post" ? over.columns.pointers : pointers;
    const found =
      over.kind === "post"
        ? [
            `(local.set $j ${loadWord(4, scaled("(local.get $c)", 4), over.columns.synapses)})`,
            `(local.set $s ${loadWord(over.columns.sourceBytes, scaled("(local.get $c)", over.columns.sourceBytes), over.columns.sources)})`,
          ]
        : [
            `(local.set $j (local.get $c))`,
            `(local.set $target ${loadWord(targetBytes, scaled("(local.get $j)", targetBytes), targets)})`,
          ];
    return [
      `(local.set $c ${loadWord(4, scaled(end, 4), first)})`,
      `(local.set $stop ${loadWord(4, scaled(end, 4), first + 4)})`,
      `(block $end (loop $synapse`,
      `  (br_if $end (i32.ge_u (local.get $c) (local.get $stop)))`,
      ...indent([...found, ...ofSynapse]),
      `  (local.set $c (i32.add (local.get $c) (i32.const 1)))`,
      `  (br $synapse)))`,
    ];
  }

  return [
    `(func ${name} (param $k i64)`,
    `  (local $e i64) (local $t f64) (local $i i32) (local $p i32) (local $stopAt i32) (local $s i32) (local $target i32)`,
    `  (local $ago i32) (local $j i32) (local $c i32) (local $stop i32) (local $q i32) (local $odd v128)`,
    `  ${locals.join(" ")}`,
    ...indent([
      ...(over.kind === "all" ? moment(over.every) : []),
      `(local.set $e (local.get $k))`,
      `(local.set $t (f64.mul (f64.convert_i64_s (local.get $k)) (f64.const ${kernel.dt})))`,
      ...prologue,
      ...eachRow(sweep, row),
      ...(values.stores.length + values.adds.length > 0 ? checked(suspect) : []),
    ]),
    `)`,
  ].join("\n");
}

/** Leaves where nothing is to be done in this step. */
const moment = (every: number): string[] =>
  every === 1 ? [] : [`(if (i64.ne (i64.rem_u (local.get $k) (i64.const ${every})) (i64.const 0)) (then (return)))`];

function eachRow({ over, n, into }: Sweep, row: readonly string[]): string[] {
  if (over.kind === "all")
    return [
      `(loop $next`,
      ...indent(row),
      `  (local.set $s (i32.add (local.get $s) (i32.const 1)))`,
      `  (br_if $next (i32.lt_u (local.get $s) (i32.const ${n}))))`,
    ];
  const { spikes, from, lag, lags, since } = over;
  const [end, count] = over.kind === "pre" ? ["$s", n] : ["$target", into];
  const spiked = [
    `(local.set $i (i32.wrap_i64 (i64.rem_u (i64.sub (local.get $k) (i64.extend_i32_u (local.get $ago))) (i64.const ${spikes.rows}))))`,
    `(local.set $p (i32.add (i32.const ${spikes.ids}) (i32.mul (local.get $i) (i32.const ${spikes.n * 4}))))`,
    `(local.set $stopAt (i32.add (local.get $p) (i32.shl ${loadWord(4, "(i32.shl (local.get $i) (i32.const 2))", spikes.counts)} (i32.const 2))))`,
    `(block $done (loop $next`,
    `  (br_if $done (i32.ge_u (local.get $p) (local.get $stopAt)))`,
    `  (local.set ${end} (i32.sub (i32.load (local.get $p)) (i32.const ${from})))`,
    `  (local.set $p (i32.add (local.get $p) (i32.const 4)))`,
    `  (br_if $next (i32.ge_u (local.get ${end}) (i32.const ${count})))`,
    ...(lags === null
      ? []
      : [`  (br_if $next (i32.ne (local.get $ago) ${loadWord(4, scaled(`(local.get ${end})`, 4), lags)}))`]),
    ...indent(row),
    `  (br $next)))`,
  ];
  const early = `(i64.lt_s (i64.sub (local.get $k) (i64.extend_i32_u (local.get $ago))) (i64.const ${since}))`;
  const first = `(local.set $ago (i32.const ${lag}))`;
  if (lags === null) return [first, `(block $early`, `  (br_if $early ${early})`, ...indent(spiked), `)`];
  return [
    first,
    `(loop $older`,
    `  (block $early`,
    `    (br_if $early ${early})`,
    ...indent(indent(spiked)),
    `  )`,
    `  (local.set $ago (i32.sub (local.get $ago) (i32.const 1)))`,
    `  (br_if $older (i32.ge_s (local.get $ago) (i32.const 0))))`,
  ];
}
