/** A program as one C translation unit: a function for each stage, and the loop over steps. */
import { control, type Shareable, type Team } from "../../team.ts";
import type { Program } from "../../program.ts";
import { emitCompetition, emitEvents, emitReduction, emitRemember, emitSample, emitSettling } from "./columns.ts";
import { collectionPrelude, emitCollection, type Forms } from "./collection.ts";
import { constantDt, emitDelivery } from "./delivery.ts";
import { drawFunctions, emitDraw, emitUniforms, randomFunctions } from "./draws.ts";
import { emitKernel } from "./kernel.ts";
import { emitSweep } from "./sweep.ts";
import { prelude } from "./prelude.ts";
import { emitGather, pool, teamPrelude } from "./team.ts";

/**
 * What the program exports: `int32_t run(void *memory, double first, int32_t steps, HostCall *host, void *pool, int solo)`, the steps
 * done.
 * A team's pool comes from `void *open_pool(void)` and ends by `void close_pool(void *)`; others take none.
 */
export function emitProgram(program: Program): string {
  const { team, stages, precision, dt, suspect } = program;
  const functions: string[] = [];
  const forms: Forms = new Map();
  const calls = team
    ? teamCalls(program, team, functions, forms)
    : stages.flatMap((stage, index) =>
        stageLines(program, { stage, share: null } as Shareable, index, functions, forms),
      );
  const room = stages.flatMap((stage) =>
    stage.kind === "kernel" && stage.log
      ? [`if (${stage.log.capacity}u - WORD(${stage.log.cursor}LL) < ${stage.kernel.n}u) break;`]
      : [],
  );
  const body = [...room, `const double t = (double)k * ${constantDt(dt)};`, "(void)t;", ...calls];
  const run = team
    ? [pool(team)]
    : [
        `__attribute__((visibility("default"))) int32_t run(char *m, double begin, int32_t steps, HostCall *host, void *pool, int solo) {`,
        `  (void)solo;`,
        `  return advance(m, begin, steps, host, 0, pool);`,
        `}`,
      ];
  return [
    prelude(precision),
    randomFunctions(precision),
    `typedef int32_t HostCall(int32_t index, double k);`,
    ...(stages.some(({ kind }) => kind === "draw" || kind === "uniforms") ? [drawFunctions(precision)] : []),
    ...(team ? [teamPrelude(team)] : []),
    ...(stages.some(({ kind }) => kind === "collect") ? [collectionPrelude] : []),
    ...functions,
    `static int32_t advance(char *m, double begin, int32_t steps, HostCall *host, int me, ${team ? "Pool" : "void"} *pool) {`,
    `  (void)host; (void)me; (void)pool;`,
    `  int64_t k = (int64_t)begin;`,
    `  int32_t step = 0;`,
    `  for (; step < steps; step++, k++) {`,
    ...(team ? [] : [`if (WORD(${suspect}LL)) break;`]).map((line) => `    ${line}`),
    ...body.map((line) => `    ${line}`),
    `  }`,
    // The next call begins when all have left this one.
    ...(team ? ["  barrier(pool, m, me);"] : []),
    `  return step;`,
    `}`,
    ...run,
    ``,
  ].join("\n");
}

function teamCalls(program: Program, team: Team, functions: string[], forms: Forms): string[] {
  return team.stages.flatMap((each, index) => {
    switch (each.kind) {
      case "barrier":
        return ["if (barrier(pool, m, me)) break;"];
      case "decide":
        return [`const int last = WORD(${program.suspect}LL) != 0 || WORD(${team.control + control.abort}LL) != 0;`];
      case "gather":
        functions.push(emitGather(`gather${index}`, each));
        return [`gather${index}(m, k, step, me);`];
      case "stage": {
        const lines = stageLines(program, each, index, functions, forms);
        return each.share ? lines : [`if (FIRST) {`, ...lines.map((line) => `  ${line}`), "}"];
      }
    }
  }).concat(["if (last) { step++; break; }"]); // prettier-ignore
}

function stageLines(
  program: Program,
  shareable: Shareable,
  index: number,
  functions: string[],
  forms: Forms,
): string[] {
  const { stage } = shareable;
  const { precision, suspect } = program;
  const name = `${stage.kind}${index}`;
  const plain = (text: string): string[] => {
    functions.push(text);
    return [`${name}(m, k, t, me);`];
  };
  if (stage.kind === "deliver") {
    const { share } = shareable as Extract<Shareable, { stage: { kind: "deliver" } }>;
    functions.push(emitDelivery(name, stage.delivery, suspect, share));
    return [`${name}(m, k, me);`];
  }
  if (stage.kind === "collect") {
    const { share } = shareable as Extract<Shareable, { stage: { kind: "collect" } }>;
    functions.push(emitCollection(name, stage, suspect, share, forms));
    return [`${name}(m, k, me);`];
  }
  const { share } = shareable as Exclude<Shareable, { stage: { kind: "deliver" | "collect" } }>;
  switch (stage.kind) {
    case "kernel":
      return [
        ...plain(emitKernel(name, stage, suspect, share)).map((call) => inSteps(stage.every, call)),
        ...(stage.log && !share ? [`WORD(${stage.log.ends}LL + 4LL * step) = WORD(${stage.log.cursor}LL);`] : []),
      ];
    case "host":
      return program.team
        ? [`if (host(${stage.index}, (double)k)) WORD(${program.team.control + control.abort}LL) = 1;`]
        : [`if (host(${stage.index}, (double)k)) return step;`];
    case "copy":
      return [`memcpy(AT(${stage.to}LL), AT(${stage.from}LL), ${stage.bytes}LL);`];
    case "clear":
      return [
        `${stage.every === 1 ? "" : `if (k % ${stage.every} == 0) `}memset(AT(${stage.address}LL), 0, ${stage.bytes}LL);`,
      ];
    case "settle":
      return plain(emitSettling(name, stage, precision, share));
    case "uniforms":
      return plain(emitUniforms(name, stage, share));
    case "draw":
      return plain(emitDraw(name, stage, share));
    case "sweep":
      functions.push(emitSweep(name, stage.sweep, suspect));
      return [`${name}(m, k);`];
    case "remember":
      functions.push(emitRemember(name, stage));
      return [`${name}(m, k, step);`];
    case "reduce":
      return plain(emitReduction(name, stage));
    case "compete":
      return plain(emitCompetition(name, stage));
    case "sample":
      return plain(emitSample(name, stage));
    case "events":
      return plain(emitEvents(name, stage));
  }
}

/** A statement that is done in the steps k ≡ 0 (mod every) only, if that is given. */
const inSteps = (every: number | undefined, line: string): string =>
  every === undefined ? line : `if (k % ${every} == 0) ${line}`;
