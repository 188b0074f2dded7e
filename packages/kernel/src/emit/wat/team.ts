/** What several threads need: their neurons, a barrier, and a loop in which they wait for calls. */
import { control, ownCountShift, type Team, type TeamStage } from "../../team.ts";

/** Locals that `ownNeurons` sets. */
export const shareLocals = "(local $from i32) (local $to i32)";

/**
 * The neurons of thread `$me`, from `$from` on and ahead of `$to`, and the place `$p` of the first one; `leave` is done where there are
 * none.
 */
export const ownNeurons = (bounds: number, shift: number, leave: readonly string[] = ["(return)"]): string[] => [
  `  (local.set $from (i32.load offset=${bounds} (i32.shl (local.get $me) (i32.const 2))))`,
  `  (local.set $to (i32.load offset=${bounds + 4} (i32.shl (local.get $me) (i32.const 2))))`,
  `  (if (i32.ge_u (local.get $from) (local.get $to)) (then ${leave.join(" ")}))`,
  `  (local.set $p (i32.shl (local.get $from) (i32.const ${shift})))`,
];

/** Whether thread `$me` does what only one does. */
export const isFirst = (threads: number): string => `(i32.or (i32.eqz (local.get $me)) ${isSolo(threads)})`;

const isSolo = (threads: number): string => `(i32.gt_u (local.get $me) (i32.const ${threads}))`;

/** The place behind the last neuron. */
export const ownEnd = (shift: number): string => `(i32.shl (local.get $to) (i32.const ${shift}))`;

/** Turns around which a thread waits before it sleeps: some tens of microseconds. */
const spins = 20_000;

/** Longest sleep in ns, after which a thread looks whether all is well. */
const nap = 100_000_000;

const word = (team: Team, place: keyof typeof control): string => `(i32.const ${team.control + control[place]})`;

/** Waits until a word is no longer what it was. After each nap, `stop` may end the waiting. */
const waiting = (team: Team, place: "phase" | "call", before: string, stop: readonly string[]): string[] => [
  `(local.set $turns (i32.const 0))`,
  `(block $over (loop $wait`,
  `  (br_if $over (i32.ne (i32.atomic.load ${word(team, place)}) ${before}))`,
  `  (local.set $turns (i32.add (local.get $turns) (i32.const 1)))`,
  `  (br_if $wait (i32.lt_u (local.get $turns) (i32.const ${spins})))`,
  `  (if (global.get $sleeps)`,
  `    (then`,
  `      (drop (i32.atomic.rmw.add ${word(team, "sleepers")} (i32.const 1)))`,
  `      (drop (memory.atomic.wait32 ${word(team, place)} ${before} (i64.const ${nap})))`,
  `      (drop (i32.atomic.rmw.sub ${word(team, "sleepers")} (i32.const 1))))`,
  `    (else (local.set $turns (i32.const 0))))`,
  ...stop,
  `  (br $wait)))`,
];

const indent = (lines: readonly string[], by: string): string[] => lines.map((line) => by + line);

/** Imports of a team: whether this thread may sleep, and what tells it that another is lost. */
export const teamImports = [
  `  (import "neuroweave" "sleeps" (global $sleeps i32))`,
  `  (import "neuroweave" "lost" (func $lost (result i32)))`,
];

/** `$barrier me → 0`, or 1 if everyone is to stop; comes back when all threads are here. */
export const barrierFunction = (team: Team): string =>
  [
    `  (func $barrier (param $me i32) (result i32)`,
    `    (local $before i32) (local $turns i32)`,
    `    (if ${isSolo(team.threads)} (then (return (i32.const 0))))`,
    `    (local.set $before (i32.atomic.load ${word(team, "phase")}))`,
    `    (if (i32.eq (i32.atomic.rmw.add ${word(team, "arrived")} (i32.const 1)) (i32.const ${team.threads - 1}))`,
    `      (then`,
    `        (i32.atomic.store ${word(team, "arrived")} (i32.const 0))`,
    `        (i32.atomic.store ${word(team, "phase")} (i32.add (local.get $before) (i32.const 1)))`,
    `        (if (i32.atomic.load ${word(team, "sleepers")})`,
    `          (then (drop (memory.atomic.notify ${word(team, "phase")} (i32.const -1))))))`,
    `      (else`,
    ...indent(
      waiting(team, "phase", "(local.get $before)", [
        `  (if (i32.eqz (local.get $me)) (then (if (call $lost) (then (i32.atomic.store ${word(team, "abort")} (i32.const 2))))))`,
        `  (br_if $over (i32.eq (i32.atomic.load ${word(team, "abort")}) (i32.const 2)))`,
      ]),
      "        ",
    ),
    `      ))`,
    `    (i32.eq (i32.atomic.load ${word(team, "abort")}) (i32.const 2)))`,
  ].join("\n");

/** `serve (me, seen)`: does what it is called for, until a call for a negative number of steps. */
export const serveFunction = (team: Team): string =>
  [
    `  (func (export "serve") (param $me i32) (param $seen i32)`,
    `    (local $turns i32) (local $steps i32)`,
    `    (loop $next`,
    ...indent(waiting(team, "call", "(local.get $seen)", []), "      "),
    `      (local.set $seen (i32.add (local.get $seen) (i32.const 1)))`,
    `      (local.set $steps (i32.load ${word(team, "steps")}))`,
    `      (if (i32.lt_s (local.get $steps) (i32.const 0)) (then (return)))`,
    `      (drop (call $run (f64.load ${word(team, "first")}) (local.get $steps) (local.get $me)))`,
    `      (br $next)))`,
  ].join("\n");

/** Puts the spikes that threads have left behind one another. */
export function emitGather(
  name: string,
  { threads }: Team,
  { log, ring, own, bounds }: Extract<TeamStage, { kind: "gather" }>,
): string {
  const countOf = (thread: string): string =>
    `(i32.load offset=${own.counts} (i32.shl ${thread} (i32.const ${ownCountShift})))`;
  const copyTo = (place: string): string[] => [
    `  (memory.copy`,
    `    ${place}`,
    `    (i32.add (i32.const ${own.ids}) (i32.shl (i32.load offset=${bounds} (i32.shl (local.get $me) (i32.const 2))) (i32.const 2)))`,
    `    (i32.shl ${countOf("(local.get $me)")} (i32.const 2)))`,
  ];
  const row = `(i32.wrap_i64 (i64.rem_u (local.get $k) (i64.const ${ring?.rows ?? 1})))`;
  const first = (lines: readonly string[]): string[] => [
    `  (if ${isFirst(threads)} (then`,
    ...indent(lines, "    "),
    `  ))`,
  ];
  return [
    `(func ${name} (param $k i64) (param $step i32) (param $me i32)`,
    `  (local $before i32) (local $ahead i32) (local $all i32) (local $each i32) (local $stop i32)`,
    `  (if (local.get $step) (then (local.set $before (i32.load offset=${log.ends - 4} (i32.shl (local.get $step) (i32.const 2))))))`,
    `  (local.set $stop (i32.const ${threads}))`,
    `  (if ${isSolo(threads)} (then (local.set $each (local.get $me)) (local.set $stop (i32.add (local.get $me) (i32.const 1)))))`,
    `  (loop $next`,
    `    (if (i32.lt_u (local.get $each) (local.get $me)) (then (local.set $ahead (i32.add (local.get $ahead) ${countOf("(local.get $each)")}))))`,
    `    (local.set $all (i32.add (local.get $all) ${countOf("(local.get $each)")}))`,
    `    (local.set $each (i32.add (local.get $each) (i32.const 1)))`,
    `    (br_if $next (i32.lt_u (local.get $each) (local.get $stop))))`,
    ...copyTo(
      `(i32.add (i32.const ${log.ids}) (i32.shl (i32.add (local.get $before) (local.get $ahead)) (i32.const 2)))`,
    ),
    ...(ring
      ? [
          ...copyTo(
            `(i32.add (i32.add (i32.const ${ring.ids}) (i32.mul ${row} (i32.const ${ring.n * 4}))) (i32.shl (local.get $ahead) (i32.const 2)))`,
          ),
          ...first([`(i32.store offset=${ring.counts} (i32.shl ${row} (i32.const 2)) (local.get $all))`]),
        ]
      : []),
    ...first([
      `(local.set $all (i32.add (local.get $all) (local.get $before)))`,
      `(i32.store offset=${log.ends} (i32.shl (local.get $step) (i32.const 2)) (local.get $all))`,
      `(i32.store (i32.const ${log.cursor}) (local.get $all))`,
    ]),
    `)`,
  ].join("\n");
}
