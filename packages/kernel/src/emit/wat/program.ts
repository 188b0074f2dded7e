/** A program as one WAT module: a function for each kernel and event stage, and the loop over steps. */
import { elementBytes, settling, type Program, type ProgramStage } from "../../program.ts";
import type { Kernel } from "../../ir.ts";
import { control, type Shareable, type Team } from "../../team.ts";
import { emitCollection, emitDelivery } from "./delivery.ts";
import { emitSweep } from "./sweep.ts";
import { emitKernel } from "./kernel.ts";
import { blockFunction, emitDraw, emitUniforms } from "./draws.ts";
import { randomFunctions } from "./random.ts";
import { barrierFunction, emitGather, isFirst, serveFunction, teamImports } from "./team.ts";
import { emitCompetition, emitReduction, emitSettling } from "./reductions.ts";

/**
 * Module text. Imports: `neuroweave.memory` and `neuroweave.host (index, k) → 0`, or 1 to stop; export: `run (k, steps, me) → steps done`.
 * A team's memory is shared, it imports `sleeps` and `lost` too, and every thread but the first calls `serve (me, calls so far)`.
 */
export function emitProgram(program: Program): string {
  const { team, stages, precision, suspect, dt } = program;
  const functions: string[] = [];
  const calls = team
    ? teamCalls(program, team, functions)
    : stages.flatMap((stage, index) => stageLines(program, { stage, share: null } as Shareable, index, functions));
  const draws = stages.some((stage) => kernelOf(stage)?.instructions.some(({ op }) => op === "random") ?? false);
  const room = stages.flatMap((stage) =>
    stage.kind === "kernel" && stage.log
      ? [
          `(br_if $stop (i32.lt_u (i32.sub (i32.const ${stage.log.capacity}) (i32.load (i32.const ${stage.log.cursor}))) (i32.const ${stage.kernel.n})))`,
        ]
      : [],
  );
  const indent = (lines: readonly string[], by: string): string => lines.map((line) => by + line).join("\n");
  return [
    `(module`,
    `  (import "neuroweave" "memory" (memory ${program.sharedMemory ? "1 65536 shared" : "1"}))`,
    `  (import "neuroweave" "host" (func $host (param i32 f64) (result i32)))`,
    ...(team ? [...teamImports, barrierFunction(team)] : []),
    ...(draws ? [randomFunctions[precision]] : []),
    ...(stages.some(({ kind }) => kind === "draw" || kind === "uniforms") ? [blockFunction] : []),
    ...functions.map((text) => indent(text.split("\n"), "  ")),
    `  (func $run (export "run") (param $first f64) (param $steps i32) (param $me i32) (result i32)`,
    `    (local $j i32) (local $k i64) (local $t f64) (local $from i32) (local $count i32) (local $last i32)`,
    `    (local.set $k (i64.trunc_f64_u (local.get $first)))`,
    `    (block $stop`,
    `      (loop $step`,
    `        (br_if $stop (i32.ge_u (local.get $j) (local.get $steps)))`,
    ...(room.length > 0 ? [indent(room, "        ")] : []),
    `        (local.set $t (f64.mul (f64.convert_i64_u (local.get $k)) (f64.const ${dt})))`,
    indent(calls, "        "),
    `        (local.set $j (i32.add (local.get $j) (i32.const 1)))`,
    `        (local.set $k (i64.add (local.get $k) (i64.const 1)))`,
    `        (br_if $stop ${team ? "(local.get $last)" : `(i32.load (i32.const ${suspect}))`})`,
    `        (br $step)))`,
    // The next call begins when all have left this one.
    ...(team ? ["    (drop (call $barrier (local.get $me)))"] : []),
    `    (local.get $j))`,
    ...(team ? [serveFunction(team)] : []),
    `)`,
    ``,
  ].join("\n");
}

function teamCalls(program: Program, team: Team, functions: string[]): string[] {
  return team.stages.flatMap((each, index) => {
    switch (each.kind) {
      case "barrier":
        return ["(br_if $stop (call $barrier (local.get $me)))"];
      case "decide":
        return [
          `(local.set $last (i32.or (i32.load (i32.const ${program.suspect})) (i32.load (i32.const ${team.control + control.abort}))))`,
        ];
      case "gather":
        functions.push(emitGather(`$gather${index}`, team, each));
        return [`(call $gather${index} (local.get $k) (local.get $j) (local.get $me))`];
      case "stage": {
        const lines = stageLines(program, each, index, functions);
        return each.share ? lines : [`(if ${isFirst(team.threads)} (then`, ...lines.map((line) => `  ${line}`), `))`];
      }
    }
  });
}

function stageLines(program: Program, shareable: Shareable, index: number, functions: string[]): string[] {
  const { stage } = shareable;
  const { precision, suspect, team } = program;
  const me = shareable.share ? " (local.get $me)" : "";
  if (stage.kind === "deliver") {
    const { share } = shareable as Extract<Shareable, { stage: { kind: "deliver" } }>;
    functions.push(emitDelivery(`$deliver${index}`, stage.delivery, suspect, share, team?.threads ?? 1));
    return [`(call $deliver${index} (local.get $k)${me})`];
  }
  if (stage.kind === "collect") {
    const { share } = shareable as Extract<Shareable, { stage: { kind: "collect" } }>;
    functions.push(emitCollection(`$collect${index}`, stage, suspect, share, team?.threads ?? 1));
    return [`(call $collect${index} (local.get $k)${me})`];
  }
  const { share } = shareable as Exclude<Shareable, { stage: { kind: "deliver" | "collect" } }>;
  switch (stage.kind) {
    case "kernel": {
      functions.push(emitKernel(`$kernel${index}`, stage, suspect, share));
      const end =
        stage.log && !share
          ? [
              `(i32.store offset=${stage.log.ends} (i32.shl (local.get $j) (i32.const 2)) (i32.load (i32.const ${stage.log.cursor})))`,
            ]
          : [];
      const call = `(call $kernel${index} (local.get $k) (local.get $t)${me})`;
      return [inSteps(stage.every, call), ...end];
    }
    case "host": {
      const call = `(call $host (i32.const ${stage.index}) (f64.convert_i64_u (local.get $k)))`;
      return team
        ? [`(if ${call} (then (i32.atomic.store (i32.const ${team.control + control.abort}) (i32.const 1))))`]
        : [`(br_if $stop ${call})`];
    }
    case "copy":
      return [`(memory.copy (i32.const ${stage.to}) (i32.const ${stage.from}) (i32.const ${stage.bytes}))`];
    case "clear": {
      const fill = `(memory.fill (i32.const ${stage.address}) (i32.const 0) (i32.const ${stage.bytes}))`;
      const due = `(i64.eqz (i64.rem_u (local.get $k) (i64.const ${stage.every})))`;
      return [stage.every === 1 ? fill : `(if ${due} (then ${fill}))`];
    }
    case "settle":
      functions.push(emitSettling(`$settle${index}`, stage, precision, share));
      return [
        `(if (i64.eqz (i64.rem_u (local.get $k) (i64.const ${settling.every}))) (then (call $settle${index}${me})))`,
      ];
    case "uniforms":
      functions.push(emitUniforms(`$uniforms${index}`, stage, precision, share));
      return [`(call $uniforms${index} (local.get $k)${me})`];
    case "draw":
      functions.push(emitDraw(`$draw${index}`, stage, precision, share));
      return [`(call $draw${index} (local.get $k)${me})`];
    case "sweep":
      functions.push(emitSweep(`$sweep${index}`, stage.sweep, suspect));
      return [`(call $sweep${index} (local.get $k))`];
    case "remember":
      return rememberLines(stage);
    case "reduce":
      functions.push(emitReduction(`$reduce${index}`, stage, precision));
      return [`(call $reduce${index})`];
    case "compete":
      functions.push(emitCompetition(`$compete${index}`, stage, precision));
      return [`(call $compete${index})`];
    case "sample":
      functions.push(sampleFunction(`$sample${index}`, stage));
      return [`(call $sample${index} (local.get $k))`];
    case "events":
      functions.push(eventsFunction(`$events${index}`, stage, elementBytes(precision)));
      return [`(call $events${index} (local.get $k))`];
  }
}

/** A line that is done in the steps k ≡ 0 (mod every) only, if that is given. */
const inSteps = (every: number | undefined, line: string): string =>
  every === undefined ? line : `(if (i64.eqz (i64.rem_u (local.get $k) (i64.const ${every}))) (then ${line}))`;

function kernelOf(stage: ProgramStage): Kernel | null {
  if (stage.kind === "kernel") return stage.kernel;
  if (stage.kind === "sweep") return stage.sweep.kernel;
  return stage.kind === "deliver" ? stage.delivery.kernel : null;
}

/** Copies what the log has of this step, from where the step before ended, to the ring's row of the step. */
function rememberLines({ log, ring }: Extract<ProgramStage, { kind: "remember" }>): string[] {
  const row = `(i32.wrap_i64 (i64.rem_u (local.get $k) (i64.const ${ring.rows})))`;
  const before = `(i32.load offset=${log.ends - 4} (i32.shl (local.get $j) (i32.const 2)))`;
  return [
    `(local.set $from (if (result i32) (local.get $j) (then ${before}) (else (i32.const 0))))`,
    `(local.set $count (i32.sub (i32.load (i32.const ${log.cursor})) (local.get $from)))`,
    `(i32.store offset=${ring.counts} (i32.shl ${row} (i32.const 2)) (local.get $count))`,
    `(memory.copy`,
    `  (i32.add (i32.const ${ring.ids}) (i32.mul ${row} (i32.const ${ring.n * 4})))`,
    `  (i32.add (i32.const ${log.ids}) (i32.shl (local.get $from) (i32.const 2)))`,
    `  (i32.shl (local.get $count) (i32.const 2)))`,
  ];
}

function sampleFunction(name: string, stage: Extract<ProgramStage, { kind: "sample" }>): string {
  const stride = stage.sources.reduce((sum, { bytes }) => sum + bytes, 0);
  const copies: string[] = [];
  let offset = 0;
  for (const { address, bytes } of stage.sources) {
    copies.push(
      `  (memory.copy (i32.add (local.get $to) (i32.const ${offset})) (i32.const ${address}) (i32.const ${bytes}))`,
    );
    offset += bytes;
  }
  return [
    `(func ${name} (param $k i64)`,
    `  (local $to i32)`,
    `  (if (i32.eqz (i32.load (i32.const ${stage.enabled}))) (then (return)))`,
    `  (if (i64.ne (i64.rem_u (local.get $k) (i64.const ${stage.every})) (i64.const 0)) (then (return)))`,
    `  (local.set $to (i32.add (i32.const ${stage.buffer}) (i32.mul (i32.load (i32.const ${stage.cursor})) (i32.const ${stride}))))`,
    ...copies,
    `  (i32.store (i32.const ${stage.cursor}) (i32.add (i32.load (i32.const ${stage.cursor})) (i32.const 1))))`,
  ].join("\n");
}

function eventsFunction(name: string, stage: Extract<ProgramStage, { kind: "events" }>, bytes: 4 | 8): string {
  const type = bytes === 8 ? "f64" : "f32";
  const item = (base: number): string => `(i32.load offset=${base} (i32.shl (local.get $e) (i32.const 2)))`;
  const write = (x: 0 | 1): string =>
    `(${type}.store offset=${stage.column} (i32.mul ${item(stage.ids)} (i32.const ${bytes})) (${type}.const ${x}))`;
  const advance = `(local.set $e (i32.add (local.get $e) (i32.const 1)))`;
  return [
    `(func ${name} (param $k i64)`,
    `  (local $e i32) (local $next i32)`,
    `  (local.set $e (i32.load (i32.const ${stage.cursors})))`,
    `  (local.set $next (i32.load offset=4 (i32.const ${stage.cursors})))`,
    `  (block $cleared (loop $clear`,
    `    (br_if $cleared (i32.ge_u (local.get $e) (local.get $next)))`,
    `    ${write(0)}`,
    `    ${advance}`,
    `    (br $clear)))`,
    `  (i32.store (i32.const ${stage.cursors}) (local.get $e))`,
    `  (block $done (loop $set`,
    `    (br_if $done (i32.ge_u (local.get $e) (i32.const ${stage.count})))`,
    `    (br_if $done (i64.ne (i64.extend_i32_u ${item(stage.steps)}) (local.get $k)))`,
    `    ${write(1)}`,
    `    ${advance}`,
    `    (br $set)))`,
    `  (i32.store offset=4 (i32.const ${stage.cursors}) (local.get $e)))`,
  ].join("\n");
}
