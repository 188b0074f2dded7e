/** The engine behind a network: compiles when the structure has changed, runs, explains. */
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import type { Precision, RunningProgram } from "@neuroweave/kernel";
import type { BehaviorInstance, Entity, NetworkCore, RecordFactory, Runtime } from "@neuroweave/model";
import { describePopulation, describeProjection, describeStages, explanationOf } from "@neuroweave/schedule";
import { createChannels } from "./channels.ts";
import { compile, lowerNetwork, type Compiled } from "./compile.ts";
import { handOver } from "./deliveries.ts";
import { derivativesOf } from "./derivatives.ts";
import { devices, type DeviceName } from "./devices/index.ts";
import { evaluateExpressions } from "./evaluate.ts";
import { createHostCalls } from "./host-calls.ts";
import { createHistories } from "./histories.ts";
import { createMemory } from "./memory.ts";
import { portableMath } from "./portable-math.ts";
import { createRunner, type Runner } from "./runner.ts";
import { createScratch } from "./scratch.ts";
import type { Threads } from "./team.ts";

export interface EngineOptions {
  /** `wasm` unless chosen otherwise. */
  readonly device?: DeviceName;
  /** `f64` unless chosen otherwise. */
  readonly precision?: Precision;
  /**
   * Threads that share a step; the bits do not depend on how many there are. 1 unless chosen otherwise. Steps that are too short to
   * gain stay on one thread, and `explain()` says so; with `always` they do not.
   */
  readonly threads?: number | { readonly count: number; readonly always?: boolean };
}

/** A runtime for one network. Refuses devices, precisions and thread counts that do not exist. */
export function createEngine(options: EngineOptions, records: RecordFactory): Runtime {
  const name = chosen("device", options.device ?? "wasm", Object.keys(devices)) as DeviceName;
  const precision = chosen("precision", options.precision ?? "f64", ["f64", "f32"]) as Precision;
  const threads = threadsOf(options.threads ?? 1);
  const device = devices[name];
  device.warmUp();
  const available = threads.count > 1 ? device.threads() : null;
  const usable = available && available.most < threads.count ? { ...threads, count: available.most } : threads;
  const memory = createMemory(precision, usable.count > 1 && device.sharesMemory);
  const scratch = createScratch(memory);
  const histories = createHistories(memory);
  const channels = createChannels(memory);
  const waiting = (target: Entity, receptor: string): number | undefined => channels.waiting(target, receptor);
  const lastSpikes = new Map<Entity, Uint32Array>();
  const warned = new WeakSet<BehaviorInstance>();
  let current: { version: number; compiled: Compiled; runner: Runner; running: RunningProgram } | undefined;

  const rowsIn =
    ({ requirements }: ReturnType<typeof lowerNetwork>) =>
    (entity: Entity) =>
      requirements.get(entity)!.historyRows;
  /** The neurons that fired in the step before, where the columns know it better than what was kept. */
  const readSpikes = ({ columns }: Entity): Uint32Array => {
    const spike = columns.view("spike");
    return Uint32Array.from(spike.keys()).filter((i) => spike[i] !== 0);
  };

  const retire = (): void => {
    current?.running.dispose?.();
    current = undefined;
  };

  const prepare = async (core: NetworkCore): Promise<Runner> => {
    if (current?.version === core.version) return current.runner;
    const { version } = core;
    retire();
    const compiled = compile(core, memory, scratch, histories, channels, usable);
    const warn = (message: string): void => {
      if (!core.events.emit("warning", { message })) console.warn(message);
    };
    for (const entity of populationsOf(core))
      if (!compiled.logs.some((log) => log.entity === entity)) lastSpikes.set(entity, readSpikes(entity));
    const host = createHostCalls(core, compiled, memory, scratch, lastSpikes);
    const running = await device.start(compiled.program, memory, host, warn);
    const suspect = scratch.words(null, "suspect", 1);
    const runner = createRunner(core, compiled, running, memory, suspect, lastSpikes);
    current = { version, compiled, runner, running };
    for (const { entity, instance, rounded } of compiled.events)
      if (rounded > 0 && !warned.has(instance)) {
        warned.add(instance);
        const message = `${rounded} of the event times of ${instance.name} in ${entity.name} lie off the grid of ${core.dt} ms and were rounded to it`;
        if (!core.events.emit("warning", { message, entity: entity.name, behavior: instance.name }))
          console.warn(message);
      }
    core.events.emit("compiled", { device: name, kernels: compiled.kernels.length });
    return runner;
  };
  return {
    storage: memory,
    device: name,
    precision,
    records,
    math: portableMath,
    evaluate: (entity, expressions, count) => evaluateExpressions(entity, expressions, memory, count),
    validate: (core, entity) => void lowerNetwork(core, precision, waiting, [entity]),
    deliverPending(core, projection) {
      const { target, receptor } = projection.synapses!;
      handOver(core, { target: target.entity, receptor, until: core.step }, channels, memory);
    },
    decidePending(core, projection) {
      const { target, receptor } = projection.synapses!;
      if (core.step === 0 || !channels.handlesOnArrival(target.entity, receptor)) return false;
      handOver(core, { target: target.entity, receptor, until: core.step - 1 }, channels, memory);
      return true;
    },
    async advance(core, steps, stopped) {
      let runner = await prepare(core);
      // Compiling takes a while, in which the structure may have changed again.
      while (current?.version !== core.version) runner = await prepare(core);
      histories.settle(core);
      try {
        return runner.advance(steps, stopped);
      } catch (error) {
        // The next run starts new threads.
        if (error instanceof NeuroweaveError && error.code === "thread-lost") retire();
        throw error;
      }
    },
    explain(core, { code }) {
      const compiled = compile(core, memory, scratch, histories, channels, usable);
      return explanationOf({
        dt: core.dt,
        seed: core.seed,
        device: name,
        precision,
        threads: compiled.program.team?.threads ?? 1,
        notes: [
          ...(code && device.code(compiled.program) === null
            ? [`device ${name} evaluates the plan and emits no program`]
            : []),
          ...threadNotes(threads.count, compiled.program.team?.threads ?? 1, compiled.alone ?? available?.why ?? null),
        ],
        populations: populationsOf(core).map(describePopulation),
        projections: core.entities.flatMap((each) => (each.synapses ? [describeProjection(each)] : [])),
        stages: describeStages(compiled.plan, (stage) => compiled.kernelOf.get(stage) ?? null),
        kernels: compiled.kernels.map(({ kernel, entity }) => ({
          name: kernel.name,
          entity: entity.name,
          stages: compiled.plan.stages.flatMap((stage, index) =>
            compiled.kernelOf.get(stage) === kernel.name ? [index] : [],
          ),
        })),
        code: code ? device.code(compiled.program) : null,
      });
    },
    derivatives(core, entity) {
      compile(core, memory, scratch, histories, channels);
      histories.refresh(core);
      return derivativesOf(core, entity, memory, scratch, histories);
    },
    rewind(core) {
      for (const entity of populationsOf(core)) lastSpikes.set(entity, readSpikes(entity));
      channels.clear();
    },
    hidden(core) {
      try {
        if (current?.version !== core.version) compile(core, memory, scratch, histories, channels);
      } catch (error) {
        // A network that cannot run yet keeps the past that it has.
        if (!(error instanceof NeuroweaveError)) throw error;
      }
      return new Map([...histories.dump(core), ...channels.dump(core)]);
    },
    checkHidden(core, hidden) {
      try {
        const variable = histories.misfit(core, hidden, rowsIn(lowerNetwork(core, precision, waiting)));
        return variable === null ? channels.misfit(core, hidden) : `${variable} is delayed by other times`;
      } catch (error) {
        // A network that cannot run yet has no plan to compare with, and is restored as it is.
        if (error instanceof NeuroweaveError) return null;
        throw error;
      }
    },
    loadHidden(core, hidden) {
      histories.load(core, hidden);
      channels.load(core, hidden);
      for (const entity of populationsOf(core)) lastSpikes.set(entity, readSpikes(entity));
    },
  };
}

/** Checks a wish for threads. */
function threadsOf(given: NonNullable<EngineOptions["threads"]>): Threads {
  const { count, always = false } = typeof given === "number" ? { count: given } : given;
  if (Number.isInteger(count) && count >= 1 && count <= mostThreads) return { count, always };
  throw new NeuroweaveError("out-of-range", `threads is ${String(count)}`, {
    remedy: `Give a whole number from 1 to ${mostThreads}; as many as there are cores is a good choice.`,
  });
}

const mostThreads = 256;

/** What there is to say of the number of threads. */
function threadNotes(wanted: number, used: number, why: string | null): string[] {
  if (used < wanted) return [`one thread instead of ${wanted}: ${why}`];
  const { navigator } = globalThis as { readonly navigator?: { readonly hardwareConcurrency?: number } };
  const cores = navigator?.hardwareConcurrency ?? coresOfNode();
  return cores !== null && used > cores
    ? [`${used} threads take turns on ${cores} cores, which is slower than one for each`]
    : [];
}

function coresOfNode(): number | null {
  const { process } = globalThis as { readonly process?: { readonly getBuiltinModule?: (name: "os") => { readonly availableParallelism: () => number } } };
  return process?.getBuiltinModule?.("os").availableParallelism() ?? null;
} // prettier-ignore

const populationsOf = (core: NetworkCore): Entity[] => core.entities.filter(({ synapses }) => synapses === null);

function chosen(what: string, given: unknown, names: readonly string[]): string {
  if (typeof given === "string" && names.includes(given)) return given;
  const candidates = nearest(String(given), names);
  throw new NeuroweaveError("not-supported", `there is no ${what} ${String(given)}`, {
    candidates,
    remedy: `Choose ${names.join(" or ")}.`,
  });
}
