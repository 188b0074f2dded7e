/** Delivery of spikes as one WAT function: for each spike its row of synapses, for each synapse an addition at its target. */
import type { Value } from "../../ir.ts";
import { elementBytes, type Delivery, type ProgramStage } from "../../program.ts";
import type { DeliveryShare } from "../../team.ts";
import { shapes } from "./instructions.ts";
import { loadWord, scaled, synapseLines } from "./synapse.ts";
import { isFirst } from "./team.ts";

const indent = (lines: readonly string[]): string[] => lines.map((line) => `  ${line}`);

/**
 * Function text. It takes the step as i64. The word at `suspect` becomes 1 when something that is not finite is stored.
 */
export function emitDelivery(
  name: string,
  delivery: Delivery,
  suspect: number,
  share: DeliveryShare | null,
  threads: number,
): string {
  const { kernel, pointers, targets, targetBytes, index, delay, arrivals, lag, lags, since, spikes, from, n, into } = delivery;
  const shape = shapes[kernel.precision];
  const bytes = elementBytes(kernel.precision);
  const scalar = bytes === 8 ? "f64" : "f32";
  const { values, locals, define, stored: stores, checked } = synapseLines(kernel, delivery.addresses, index);
  const transmitted = values.transmitted!;
  const local = (value: Value): string => `(local.get $v${value})`;
  const { instructions } = kernel;
  const prologue = values.perStep.flatMap(define);
  const ofRow = values.perRow.flatMap(define);
  const ofSynapse = values.perSynapse.flatMap(define);
  const varies = instructions[transmitted]!.rate === "lane";
  const amount = `(${shape.float}.extract_lane 0 ${local(transmitted)})`;

  const later = (steps: string): string => `(i32.add (local.get $base) ${steps})`;
  /** Address of the row of what arrives after so many steps; delays are shorter than the ring is long. */
  const arrivalRow = (steps: string): string =>
    arrivals.rows === 1
      ? `(i32.const ${arrivals.address})`
      : `(i32.add (i32.const ${arrivals.address}) (i32.mul (i32.const ${arrivals.stride}) (select ${later(steps)} (i32.sub ${later(steps)} (i32.const ${arrivals.rows})) (i32.lt_u ${later(steps)} (i32.const ${arrivals.rows})))))`;
  const rowFor = {
    one: delay.kind === "one" ? [`(local.set $to ${arrivalRow(`(i32.const ${delay.steps})`)})`] : [],
    source: delay.kind === "source" ? [`(local.set $to ${arrivalRow(loadWord(delay.bytes, scaled("(local.get $s)", delay.bytes), delay.address))})`] : [],
  };
  // Synapses are sorted by delay: the row of the ring is looked up where the delay changes.
  const rowOfSynapse =
    delay.kind === "synapse"
      ? [
          `(local.set $d ${loadWord(delay.bytes, scaled("(local.get $j)", delay.bytes), delay.address)})`,
          `(if (i32.ne (local.get $d) (local.get $last))`,
          `  (then`,
          `    (local.set $last (local.get $d))`,
          `    (local.set $to ${arrivalRow("(local.get $d)")})))`,
        ]
      : [];
  const addTo = (target: string, value: string): string[] => [
    `(local.set $q (i32.add (local.get $to) ${scaled(target, bytes)}))`,
    `(${scalar}.store (local.get $q) (${scalar}.add (${scalar}.load (local.get $q)) ${value}))`,
  ];
  const plain = !varies && delay.kind !== "synapse" && share?.find.kind !== "scan" && stores.every(({ perRow }) => perRow);
  const chosen =
    share?.find.kind === "scan"
      ? [`(br_if $not (i32.ge_u (i32.sub (local.get $target) (local.get $low)) (local.get $width)))`]
      : [];
  const oneByOne = [
    `(block $end (loop $synapse`,
    `  (br_if $end (i32.ge_u (local.get $j) (local.get $stop)))`,
    `  (local.set $target ${loadWord(targetBytes, scaled("(local.get $j)", targetBytes), targets)})`,
    `  (block $not`,
    ...indent([
      ...chosen,
      ...rowOfSynapse,
      ...ofSynapse,
      ...addTo("(local.get $target)", amount),
      ...stores.filter(({ perRow }) => !perRow).flatMap(({ lines }) => lines),
    ]),
    `  )`,
    `  (local.set $j (i32.add (local.get $j) (i32.const 1)))`,
    `  (br $synapse)))`,
  ];
  const synapses = plain ? unrolled(targets, targetBytes, scalar, bytes, amount) : oneByOne;
  const first = loadWord(4, scaled("(local.get $s)", 4), pointers);
  // The stretch of the row whose delay has passed.
  const stretch =
    delay.kind === "collected"
      ? [
          `(local.set $q (i32.add (i32.const ${delay.offsets}) ${scaled(`(i32.add (i32.mul (local.get $s) (i32.const ${delay.longest + 1})) (local.get $ago))`, delay.bytes)}))`,
          `(local.set $j (i32.add ${first} ${loadWord(delay.bytes, `(i32.sub (local.get $q) (i32.const ${delay.bytes}))`)}))`,
          `(local.set $stop (i32.add ${first} ${loadWord(delay.bytes, "(local.get $q)")}))`,
        ]
      : [
          `(local.set $j ${first})`,
          `(local.set $stop ${loadWord(4, scaled("(local.get $s)", 4), pointers + 4)})`,
        ];
  const row = [
    ...stretch,
    ...(share?.find.kind === "split" ? splitLines(share.find.splits, n, threads) : []),
    ...ofRow,
    ...rowFor.source,
    `(local.set $last (i32.const -1))`,
    ...synapses,
    ...stores.filter(({ perRow }) => perRow).flatMap(({ lines }) => lines),
  ];
  const rowsOfSpikes = spikes && [
    `(local.set $i (i32.wrap_i64 (i64.rem_u (local.get $e) (i64.const ${spikes.rows}))))`,
    `(local.set $p (i32.add (i32.const ${spikes.ids}) (i32.mul (local.get $i) (i32.const ${spikes.n * 4}))))`,
    `(local.set $stopAt (i32.add (local.get $p) (i32.shl ${loadWord(4, "(i32.shl (local.get $i) (i32.const 2))", spikes.counts)} (i32.const 2))))`,
    `(block $done (loop $next`,
    `  (br_if $done (i32.ge_u (local.get $p) (local.get $stopAt)))`,
    `  (local.set $s ${from === 0 ? "(i32.load (local.get $p))" : `(i32.sub (i32.load (local.get $p)) (i32.const ${from}))`})`,
    `  (local.set $p (i32.add (local.get $p) (i32.const 4)))`,
    ...(from === 0 && n === spikes.n ? [] : [`  (br_if $next (i32.ge_u (local.get $s) (i32.const ${n})))`]),
    ...(lags === null ? [] : [`  (br_if $next (i32.ne ${loadWord(4, scaled("(local.get $s)", 4), lags)} (i32.const ${lag})))`]),
    ...indent(row),
    `  (br $next)))`,
  ];
  const everyRow = [
    `(loop $next`,
    ...indent(row),
    `  (local.set $s (i32.add (local.get $s) (i32.const 1)))`,
    `  (br_if $next (i32.lt_u (local.get $s) (i32.const ${n}))))`,
  ];
  return [
    `(func ${name} (param $k i64)${delay.kind === "collected" ? " (param $ago i32)" : ""}${share ? ` (param $me i32) (local $low i32) (local $width i32) (local $behind i32)` : ""}`,
    `  (local $e i64) (local $t f64) (local $i i32) (local $p i32) (local $stopAt i32) (local $s i32) (local $j i32) (local $stop i32)`,
    `  (local $target i32) (local $q i32) (local $to i32) (local $d i32) (local $last i32) (local $base i32) (local $p2 i32) (local $a ${scalar}) (local $odd v128)`,
    `  ${locals.join(" ")}`,
    ...(delay.kind === "collected"
      ? [`  (if (i32.gt_u (local.get $ago) (i32.const ${delay.longest})) (then (return)))`]
      : []),
    `  (local.set $e (i64.sub (local.get $k) ${delay.kind === "collected" ? "(i64.extend_i32_u (local.get $ago))" : `(i64.const ${lag})`}))`,
    ...(spikes ? [`  (if (i64.lt_s (local.get $e) (i64.const ${since})) (then (return)))`] : []),
    ...(share ? indent(ownTargets(share, into)) : []),
    ...(arrivals.rows === 1
      ? []
      : [`  (local.set $base (i32.wrap_i64 (i64.rem_u (local.get $e) (i64.const ${arrivals.rows}))))`]),
    `  (local.set $t (f64.mul (f64.convert_i64_s (local.get $e)) (f64.const ${kernel.dt})))`,
    ...indent([...prologue, ...rowFor.one, ...(delay.kind === "collected" ? [`(local.set $to ${arrivalRow("(i32.const 0)")})`] : []), ...(rowsOfSpikes ?? everyRow), ...(stores.length > 0 ? checked(suspect) : [])]),
    `)`,
  ].join("\n");
} // prettier-ignore

/** What arrives in a step at one receptor, from the spikes of all steps before that are on their way. */
export function emitCollection(
  name: string,
  { longest, deliveries }: Extract<ProgramStage, { kind: "collect" }>,
  suspect: number,
  shares: readonly DeliveryShare[] | null,
  threads: number,
): string {
  const members = deliveries.map((each, p) =>
    emitDelivery(`${name}_${p}`, each, suspect, shares?.[p] ?? null, threads),
  );
  const me = shares ? " (local.get $me)" : "";
  const calls = deliveries.map(({ delay }, p) =>
    delay.kind === "one"
      ? `    (if (i32.eq (local.get $ago) (i32.const ${delay.steps})) (then (call ${name}_${p} (local.get $k)${me})))`
      : `    (call ${name}_${p} (local.get $k) (local.get $ago)${me})`,
  );
  return [
    ...members,
    `(func ${name} (param $k i64)${shares ? " (param $me i32)" : ""} (local $ago i32)`,
    `  (local.set $ago (i32.const ${longest}))`,
    `  (loop $next`,
    ...calls,
    `    (local.set $ago (i32.sub (local.get $ago) (i32.const 1)))`,
    `    (br_if $next (local.get $ago))))`,
  ].join("\n");
}

/** The targets of thread `$me`, from `$low` on; nothing is to be done where there are none. */
function ownTargets({ bounds, from }: DeliveryShare, into: number): string[] {
  const bound = (offset: number): string =>
    `(i32.sub (i32.load offset=${bounds + offset} (i32.shl (local.get $me) (i32.const 2))) (i32.const ${from}))`;
  return [
    `(local.set $low ${bound(0)})`,
    `(local.set $behind ${bound(4)})`,
    `(if (i32.le_s (local.get $behind) (i32.const 0)) (then (return)))`,
    `(if (i32.le_s (local.get $behind) (local.get $low)) (then (return)))`,
    `(if (i32.ge_s (local.get $low) (i32.const ${into})) (then (return)))`,
    `(if (i32.lt_s (local.get $low) (i32.const 0)) (then (local.set $low (i32.const 0))))`,
    `(local.set $width (i32.sub (local.get $behind) (local.get $low)))`,
  ];
}

/** The part of a row that belongs to thread `$me`. */
function splitLines(splits: number, n: number, threads: number): string[] {
  const split = (thread: string): string =>
    `(i32.load offset=${splits} (i32.shl (i32.add (i32.mul ${thread} (i32.const ${n})) (local.get $s)) (i32.const 2)))`;
  return [
    `(if (i32.eqz ${isFirst(threads)}) (then (local.set $j ${split("(i32.sub (local.get $me) (i32.const 1))")})))`,
    `(if (i32.lt_u (local.get $me) (i32.const ${threads - 1})) (then (local.set $stop ${split("(local.get $me)")})))`,
  ];
}

/** A row whose synapses all add one amount to one row of arrivals: four synapses at a time, then what is left. */
function unrolled(targets: number, targetBytes: 2 | 4, scalar: "f64" | "f32", bytes: 4 | 8, amount: string): string[] {
  const at = (offset: number): string =>
    targetBytes === 2
      ? `(i32.load16_u offset=${targets + 2 * offset} (local.get $p2))`
      : `(i32.load offset=${targets + 4 * offset} (local.get $p2))`;
  const add = (offset: number): string[] => [
    `(local.set $q (i32.add (local.get $to) (i32.shl ${at(offset)} (i32.const ${Math.log2(bytes)}))))`,
    `(${scalar}.store (local.get $q) (${scalar}.add (${scalar}.load (local.get $q)) (local.get $a)))`,
  ];
  const pointer = (offset: number): string =>
    `(local.set $p2 (i32.add (local.get $p2) (i32.const ${offset * targetBytes})))`;
  return [
    `(local.set $a ${amount})`,
    `(local.set $p2 ${scaled("(local.get $j)", targetBytes)})`,
    `(local.set $stop ${scaled("(local.get $stop)", targetBytes)})`,
    `(block $few (loop $four`,
    `  (br_if $few (i32.gt_u (i32.add (local.get $p2) (i32.const ${4 * targetBytes})) (local.get $stop)))`,
    ...indent([0, 1, 2, 3].flatMap(add)),
    `  ${pointer(4)}`,
    `  (br $four)))`,
    `(block $end (loop $synapse`,
    `  (br_if $end (i32.ge_u (local.get $p2) (local.get $stop)))`,
    ...indent(add(0)),
    `  ${pointer(1)}`,
    `  (br $synapse)))`,
  ];
}
