/** A program as one C translation unit: a function for each stage, and the loop over steps. */
import type { Program, ProgramStage } from "../../program.ts";
import { emitCompetition, emitEvents, emitReduction, emitRemember, emitSample, emitSettling } from "./columns.ts";
import { constantDt, emitDelivery } from "./delivery.ts";
import { emitDraw, emitUniforms, randomFunctions } from "./draws.ts";
import { emitKernel } from "./kernel.ts";
import { prelude } from "./prelude.ts";

/** What the program exports: `int32_t run(void *memory, double first, int32_t steps, HostCall *host)`, the steps done. */
export function emitProgram(program: Program): string {
  const functions: string[] = [];
  const calls = program.stages.flatMap((stage, index) => stageLines(program, stage, index, functions));
  const room = program.stages.flatMap((stage) =>
    stage.kind === "kernel" && stage.log
      ? [`if (${stage.log.capacity}u - WORD(${stage.log.cursor}LL) < ${stage.kernel.n}u) break;`]
      : [],
  );
  return [
    prelude(program.precision),
    randomFunctions(program.precision),
    `typedef int32_t HostCall(int32_t index, double k);`,
    ...functions,
    `__attribute__((visibility("default"))) int32_t run(char *m, double begin, int32_t steps, HostCall *host) {`,
    `  const int me = 0, threads = 1;`,
    `  (void)host; (void)me; (void)threads;`,
    `  int64_t k = (int64_t)begin;`,
    `  int32_t step = 0;`,
    `  for (; step < steps; step++, k++) {`,
    ...[...room, `const double t = (double)k * ${constantDt(program.dt)};`, "(void)t;", ...calls].map((line) => `    ${line}`),
    `    if (WORD(${program.suspect}LL)) return step + 1;`,
    `  }`,
    `  return step;`,
    `}`,
    ``,
  ].join("\n");
} // prettier-ignore

function stageLines(program: Program, stage: ProgramStage, index: number, functions: string[]): string[] {
  const plain = (name: string, text: string): string[] => {
    functions.push(text);
    return [`${name}(m, k, t, me);`];
  };
  const name = `${stage.kind}${index}`;
  switch (stage.kind) {
    case "kernel":
      return [
        ...plain(name, emitKernel(name, stage, program.suspect, null)),
        ...(stage.log ? [`WORD(${stage.log.ends}LL + 4LL * step) = WORD(${stage.log.cursor}LL);`] : []),
      ];
    case "host":
      return [`if (host(${stage.index}, (double)k)) return step;`];
    case "copy":
      return [`memcpy(AT(${stage.to}LL), AT(${stage.from}LL), ${stage.bytes}LL);`];
    case "clear":
      return [`memset(AT(${stage.address}LL), 0, ${stage.bytes}LL);`];
    case "settle":
      return plain(name, emitSettling(name, stage, program.precision, null));
    case "uniforms":
      return plain(name, emitUniforms(name, stage, null));
    case "draw":
      return plain(name, emitDraw(name, stage, program.precision, null));
    case "remember":
      functions.push(emitRemember(name, stage));
      return [`${name}(m, k, step);`];
    case "deliver":
      functions.push(emitDelivery(name, stage.delivery, program.suspect, null));
      return [`${name}(m, k, me, threads);`];
    case "reduce":
      return plain(name, emitReduction(name, stage));
    case "compete":
      return plain(name, emitCompetition(name, stage));
    case "sample":
      return plain(name, emitSample(name, stage));
    case "events":
      return plain(name, emitEvents(name, stage));
  }
}
