/** The engine behind a network: compiles when the structure has changed, runs, explains. */
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import type { Precision, RunningProgram } from "@neuroweave/kernel";
import type { BehaviorInstance, Entity, NetworkCore, RecordFactory, Runtime } from "@neuroweave/model";
import {
  createOrder,
  creationOrder,
  describePopulation,
  describeProjection,
  describeStages,
  explanationOf,
  shuffledOrder,
  type TieOrder,
} from "@neuroweave/schedule";
import { repadAll } from "./anomaly.ts";
import { createChannels } from "./channels.ts";
import { compile, lowerNetwork, type Compiled } from "./compile.ts";
import { handOver } from "./deliveries.ts";
import { derivativesOf } from "./derivatives.ts";
import { devices, type DeviceName } from "./devices/index.ts";
import { evaluateExpressions } from "./evaluate.ts";
import { createHostCalls } from "./host-calls.ts";
import { createHistories } from "./histories.ts";
import { requireInvariants } from "./invariants.ts";
import { createMemory } from "./memory.ts";
import { portableMath } from "./portable-math.ts";
import { createRunner, type Runner } from "./runner.ts";
import { createScratch } from "./scratch.ts";
import { threadNotes, threadsOf, usableThreads, type ThreadsOption } from "./threads.ts";
import { usualTuning, type Tuning } from "./tuning.ts";
import { createUpgrade, type Upgrade } from "./upgrade.ts";

/** How programs are made and run. Nothing here changes results, but for `precision`. */
export interface EngineOptions {
  /**
   * `wasm` unless chosen otherwise. `auto` begins with it, compiles natively in the background where the run is long enough, and
   * changes over at a step border: the event `device` says when. `native` fails where there is no C compiler.
   */
  readonly device?: DeviceName | "auto";
  /** `f64` unless chosen otherwise. */
  readonly precision?: Precision;
  /**
   * Threads that share a step; the bits do not depend on how many there are. 1 unless chosen otherwise. Steps that are too short to
   * gain stay on one thread, and `explain()` says so; with `always` they do not.
   */
  readonly threads?: ThreadsOption;
  /**
   * Where delays into a receptor differ, what spikes bring waits in a ring with a row for each step to come. A ring of more than so many
   * bytes is done without: each step collects what arrives in it from the rows of all spikes on their way (one ten times as large, where a
   * spike has a synapse in every tenth step only). 2¹⁸ unless chosen otherwise; the bits do not depend on it.
   */
  readonly largestRing?: number;
  /**
   * For tests: orders stages that may be in any order by this number instead of by creation; the bits must be the same for every number.
   */
  readonly shuffle?: number;
  /** For tests: checks after every portion of a run what holds at every step border (`net.verify()`), which takes long. */
  readonly debug?: boolean;
}

/** A network compiled for its present structure. */
interface Current {
  readonly version: number;
  readonly compiled: Compiled;
  readonly runner: Runner;
  running: RunningProgram;
  readonly upgrade: Upgrade | null;
}

/** A runtime for one network. Refuses devices, precisions and thread counts that do not exist. */
export function createEngine(options: EngineOptions, records: RecordFactory): Runtime {
  const name = chosen("device", options.device ?? "wasm", [...Object.keys(devices), "auto"]) as DeviceName | "auto";
  const precision = chosen("precision", options.precision ?? "f64", ["f64", "f32"]) as Precision;
  const threads = threadsOf(options.threads ?? 1);
  const device = devices[name === "auto" ? "wasm" : name];
  device.warmUp();
  const { threads: usable, why } = usableThreads(threads, device);
  const { largestRing = usualTuning.largestRing } = options;
  if (!(largestRing >= 0))
    throw new NeuroweaveError("out-of-range", `largestRing is ${String(largestRing)}`, {
      remedy: "Give a number of bytes, 0 or more.",
    });
  const { shuffle } = options;
  if (shuffle !== undefined && !Number.isSafeInteger(shuffle))
    throw new NeuroweaveError("invalid-value", `shuffle is ${String(shuffle)}`, { remedy: "Give a whole number." });
  if (options.debug !== undefined && typeof options.debug !== "boolean")
    throw new NeuroweaveError("invalid-value", `debug is ${String(options.debug)}`, { remedy: "Give true or false." });
  const ties = (): TieOrder => (shuffle === undefined ? creationOrder : shuffledOrder(shuffle));
  const tuning: Tuning = { threads: usable, largestRing, ties };
  const memory = createMemory(precision, usable.count > 1 && device.sharesMemory);
  const scratch = createScratch(memory);
  const histories = createHistories(memory);
  const channels = createChannels(memory);
  const waiting = (target: Entity, receptor: string): number | undefined => channels.waiting(target, receptor);
  const order = createOrder();
  const lowered = (core: NetworkCore, wanted?: readonly Entity[]) =>
    lowerNetwork(core, { precision, waiting, largestRing, ties, order }, wanted);
  const evaluate: Runtime["evaluate"] = (entity, expressions, count) =>
    evaluateExpressions(entity, expressions, memory, count);
  const lastSpikes = new Map<Entity, Uint32Array>();
  const warned = new WeakSet<BehaviorInstance>();
  let current: Current | undefined;
  /** Where programs run at present: `auto` changes it. */
  let present: DeviceName = device.name;
  /** Once compiling has failed, `auto` does not try again. */
  let mayUpgrade = name === "auto";

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
    current?.upgrade?.cancel();
    current?.running.dispose?.();
    current = undefined;
  };

  const prepare = async (core: NetworkCore): Promise<Current> => {
    if (current?.version === core.version) return current;
    const { version } = core;
    retire();
    const compiled = compile(core, memory, scratch, histories, channels, tuning);
    const warn = (message: string): void => {
      if (!core.events.emit("warning", { message })) console.warn(message);
    };
    for (const entity of populationsOf(core))
      if (!compiled.logs.some((log) => log.entity === entity)) lastSpikes.set(entity, readSpikes(entity));
    const host = createHostCalls(core, compiled, memory, scratch, lastSpikes);
    const running = await device.start(compiled.program, memory, host, warn);
    const suspect = scratch.words(null, "suspect", 1);
    const upgrade = mayUpgrade
      ? createUpgrade(
          () => devices.native.start(compiled.program, memory, host, warn),
          (message) => {
            mayUpgrade = false;
            warn(message);
          },
        )
      : null;
    present = device.name;
    const now: Current = { version, compiled, running, upgrade, runner: createRunner(core, compiled, () => now.running, memory, suspect, lastSpikes) }; // prettier-ignore
    current = now;
    for (const { entity, instance, rounded } of compiled.events)
      if (rounded > 0 && !warned.has(instance)) {
        warned.add(instance);
        const message = `${rounded} of the event times of ${instance.name} in ${entity.name} lie off the grid of ${core.dt} ms and were rounded to it`;
        if (!core.events.emit("warning", { message, entity: entity.name, behavior: instance.name }))
          console.warn(message);
      }
    core.events.emit("compiled", { device: present, kernels: compiled.kernels.length });
    return now;
  };
  /** Changes over to the faster program, if it is ready. */
  const changeOver = (core: NetworkCore, now: Current): void => {
    const faster = now.upgrade?.take();
    if (!faster) return;
    now.running.dispose?.();
    now.running = faster;
    // Other vectors go through other parts of the padding.
    repadAll(core.entities);
    present = "native";
    core.events.emit("device", { device: present, step: core.step });
  };
  return {
    storage: memory,
    device: name,
    precision,
    records,
    math: portableMath,
    evaluate,
    validate: (core, entity) => void lowered(core, [entity]),
    deliverPending(core, projection) {
      const { target, receptor } = projection.synapses!;
      handOver(core, { target: target.entity, receptor, leaving: projection }, channels, memory, scratch);
    },
    decidePending(core, projection) {
      const { target, receptor } = projection.synapses!;
      if (core.step === 0 || !channels.handlesOnArrival(target.entity, receptor)) return false;
      handOver(core, { target: target.entity, receptor, leaving: null }, channels, memory, scratch);
      return true;
    },
    async advance(core, steps, stopped) {
      let now = await prepare(core);
      // Compiling takes a while, in which the structure may have changed again.
      while (current?.version !== core.version) now = await prepare(core);
      changeOver(core, now);
      histories.settle(core);
      const started = performance.now();
      try {
        const done = now.runner.advance(steps, stopped);
        if (options.debug === true) requireInvariants({ core, memory, channels, lastSpikes, evaluate });
        now.upgrade?.report({ steps: done, milliseconds: performance.now() - started, left: steps - done });
        return done;
      } catch (error) {
        // The next run starts new threads.
        if (error instanceof NeuroweaveError && error.code === "thread-lost") retire();
        throw error;
      }
    },
    verify: (core) => requireInvariants({ core, memory, channels, lastSpikes, evaluate }),
    explain(core, { code }) {
      const compiled = compile(core, memory, scratch, histories, channels, tuning);
      return explanationOf({
        dt: core.dt,
        seed: core.seed,
        device: name,
        precision,
        threads: compiled.program.team?.threads ?? 1,
        notes: [
          ...(name === "auto" ? [`auto runs on ${present} at present`] : []),
          ...(code && devices[present].code(compiled.program) === null
            ? [`device ${name} evaluates the plan and emits no program`]
            : []),
          ...threadNotes(
            threads.count,
            compiled.program.team?.threads ?? 1,
            compiled.alone ?? why,
            current?.running.pace?.(),
          ),
        ],
        populations: populationsOf(core).map(describePopulation),
        projections: core.entities.flatMap((each) =>
          each.synapses ? [describeProjection(each, scratch.bytes(each))] : [],
        ),
        stages: describeStages(compiled.plan, (stage) => compiled.kernelOf.get(stage) ?? null),
        kernels: compiled.kernels.map(({ kernel, entity }) => ({
          name: kernel.name,
          entity: entity.name,
          stages: compiled.plan.stages.flatMap((stage, index) =>
            compiled.kernelOf.get(stage) === kernel.name ? [index] : [],
          ),
        })),
        code: code ? devices[present].code(compiled.program) : null,
      });
    },
    derivatives(core, entity, asked) {
      compile(core, memory, scratch, histories, channels, tuning);
      histories.refresh(core);
      return derivativesOf(core, entity, memory, scratch, histories, asked);
    },
    rewind(core) {
      for (const entity of populationsOf(core)) lastSpikes.set(entity, readSpikes(entity));
      channels.clear();
    },
    hidden(core) {
      try {
        if (current?.version !== core.version) compile(core, memory, scratch, histories, channels, tuning);
      } catch (error) {
        // A network that cannot run yet keeps the past that it has.
        if (!(error instanceof NeuroweaveError)) throw error;
      }
      return new Map([...histories.dump(core), ...channels.dump(core)]);
    },
    checkHidden(core, hidden) {
      try {
        const variable = histories.misfit(core, hidden, rowsIn(lowered(core)));
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

const populationsOf = (core: NetworkCore): Entity[] => core.entities.filter(({ synapses }) => synapses === null);

function chosen(what: string, given: unknown, names: readonly string[]): string {
  if (typeof given === "string" && names.includes(given)) return given;
  const candidates = nearest(String(given), names);
  throw new NeuroweaveError("not-supported", `there is no ${what} ${String(given)}`, {
    candidates,
    remedy: `Choose ${names.join(" or ")}.`,
  });
}
