/** A program as one WAT module: a function for each kernel and event stage, and the loop over steps. */
import { elementBytes, settling, type Program, type ProgramStage } from "../../program.ts";
import type { Kernel } from "../../ir.ts";
import { emitDelivery } from "./delivery.ts";
import { emitKernel } from "./kernel.ts";
import { blockFunction, emitDraw, emitUniforms } from "./draws.ts";
import { randomFunctions } from "./random.ts";
import { emitCompetition, emitReduction, emitSettling } from "./reductions.ts";

/** Module text. Imports: `neuroweave.memory` and `neuroweave.host (index, k)`; export: `run (k, steps) → steps done`. */
export function emitProgram(program: Program): string {
  const functions: string[] = [];
  const calls: string[] = [];
  program.stages.forEach((stage, index) => calls.push(...stageLines(program, stage, index, functions)));
  const draws = program.stages.some(
    (stage) => kernelOf(stage)?.instructions.some(({ op }) => op === "random") ?? false,
  );
  const room = program.stages.flatMap((stage) =>
    stage.kind === "kernel" && stage.log
      ? [
          `(br_if $stop (i32.lt_u (i32.sub (i32.const ${stage.log.capacity}) (i32.load (i32.const ${stage.log.cursor}))) (i32.const ${stage.kernel.n})))`,
        ]
      : [],
  );
  const indent = (lines: readonly string[], by: string): string => lines.map((line) => by + line).join("\n");
  return [
    `(module`,
    `  (import "neuroweave" "memory" (memory 1))`,
    `  (import "neuroweave" "host" (func $host (param i32 f64)))`,
    ...(draws ? [randomFunctions[program.precision]] : []),
    ...(program.stages.some(({ kind }) => kind === "draw" || kind === "uniforms") ? [blockFunction] : []),
    ...functions.map((text) => indent(text.split("\n"), "  ")),
    `  (func (export "run") (param $first f64) (param $steps i32) (result i32)`,
    `    (local $j i32) (local $k i64) (local $t f64) (local $from i32) (local $count i32)`,
    `    (local.set $k (i64.trunc_f64_u (local.get $first)))`,
    `    (block $stop`,
    `      (loop $step`,
    `        (br_if $stop (i32.ge_u (local.get $j) (local.get $steps)))`,
    ...(room.length > 0 ? [indent(room, "        ")] : []),
    `        (local.set $t (f64.mul (f64.convert_i64_u (local.get $k)) (f64.const ${program.dt})))`,
    indent(calls, "        "),
    `        (local.set $j (i32.add (local.get $j) (i32.const 1)))`,
    `        (local.set $k (i64.add (local.get $k) (i64.const 1)))`,
    `        (br_if $stop (i32.load (i32.const ${program.suspect})))`,
    `        (br $step)))`,
    `    (local.get $j)))`,
    ``,
  ].join("\n");
}

function stageLines(program: Program, stage: ProgramStage, index: number, functions: string[]): string[] {
  switch (stage.kind) {
    case "kernel": {
      functions.push(emitKernel(`$kernel${index}`, stage, program.suspect));
      const end = stage.log
        ? [
            `(i32.store offset=${stage.log.ends} (i32.shl (local.get $j) (i32.const 2)) (i32.load (i32.const ${stage.log.cursor})))`,
          ]
        : [];
      return [`(call $kernel${index} (local.get $k) (local.get $t))`, ...end];
    }
    case "host":
      return [`(call $host (i32.const ${stage.index}) (f64.convert_i64_u (local.get $k)))`];
    case "copy":
      return [`(memory.copy (i32.const ${stage.to}) (i32.const ${stage.from}) (i32.const ${stage.bytes}))`];
    case "clear":
      return [`(memory.fill (i32.const ${stage.address}) (i32.const 0) (i32.const ${stage.bytes}))`];
    case "settle":
      functions.push(emitSettling(`$settle${index}`, stage, program.precision));
      return [`(if (i64.eqz (i64.rem_u (local.get $k) (i64.const ${settling.every}))) (then (call $settle${index})))`];
    case "uniforms":
      functions.push(emitUniforms(`$uniforms${index}`, stage, program.precision));
      return [`(call $uniforms${index} (local.get $k))`];
    case "draw":
      functions.push(emitDraw(`$draw${index}`, stage, program.precision));
      return [`(call $draw${index} (local.get $k))`];
    case "remember":
      return rememberLines(stage);
    case "deliver":
      functions.push(emitDelivery(`$deliver${index}`, stage.delivery, program.suspect));
      return [`(call $deliver${index} (local.get $k))`];
    case "reduce":
      functions.push(emitReduction(`$reduce${index}`, stage, program.precision));
      return [`(call $reduce${index})`];
    case "compete":
      functions.push(emitCompetition(`$compete${index}`, stage, program.precision));
      return [`(call $compete${index})`];
    case "sample":
      functions.push(sampleFunction(`$sample${index}`, stage));
      return [`(call $sample${index} (local.get $k))`];
    case "events":
      functions.push(eventsFunction(`$events${index}`, stage, elementBytes(program.precision)));
      return [`(call $events${index} (local.get $k))`];
  }
}

function kernelOf(stage: ProgramStage): Kernel | null {
  if (stage.kind === "kernel") return stage.kernel;
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
