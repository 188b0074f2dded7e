/** The engine behind a network: compiles when the structure has changed, runs, explains. */
import { NeuroweaveError, nearest } from "@neuroweave/equations";
import type { Device, DevicePlace, Precision, Program, RunningProgram } from "@neuroweave/kernel";
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
import { codeOf, notesOf, paceOf, warmUp } from "./answers.ts";
import { repadAll } from "./anomaly.ts";
import { createChannels } from "./channels.ts";
import { compile, lowerNetwork, type Compiled } from "./compile.ts";
import { handOver } from "./deliveries.ts";
import { derivativesOf } from "./derivatives.ts";
import { evaluateExpressions } from "./evaluate.ts";
import { createHostCalls } from "./host-calls.ts";
import { createHistories } from "./histories.ts";
import { requireInvariants } from "./invariants.ts";
import { createMemory } from "./memory.ts";
import { portableMath } from "./portable-math.ts";
import type { EngineOptions } from "./options.ts";
import { createRunner, type Runner } from "./runner.ts";
import { createScratch } from "./scratch.ts";
import { threadNotes, threadsOf, usableThreads } from "./threads.ts";
import { usualTuning, type Tuning } from "./tuning.ts";
import { createUpgrade, type Upgrade } from "./upgrade.ts";

/** A network compiled for its present structure. */
interface Current {
  readonly version: number;
  readonly compiled: Compiled;
  readonly runner: Runner;
  running: RunningProgram;
  readonly upgrade: Upgrade | null;
}

/** A runtime for one network on a device. Refuses precisions and thread counts that do not exist. */
export function createEngine(device: Device, options: Omit<EngineOptions, "device">, records: RecordFactory): Runtime {
  const precision = chosen("precision", options.precision ?? "f64", ["f64", "f32"]) as Precision;
  const threads = threadsOf(options.threads ?? 1);
  const first = device.changeover?.from ?? device;
  warmUp(first);
  const { threads: usable, shared, why } = usableThreads(threads, device);
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
  const memory = createMemory(precision, shared);
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
  /** Where programs run at present: a changeover changes it. */
  let present = first;
  /** Once a changeover has failed, it is not tried again. */
  let mayUpgrade = device.changeover !== null;

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
    const place = { memory: memory.wasm, host, warn };
    const running = await started(first, compiled.program, place);
    const suspect = scratch.words(null, "suspect", 1);
    const upgrade = mayUpgrade
      ? createUpgrade(
          () => started(device.changeover!.to, compiled.program, place),
          (message) => {
            mayUpgrade = false;
            warn(message);
          },
          first.name,
        )
      : null;
    present = first;
    const now: Current = { version, compiled, running, upgrade, runner: createRunner(core, compiled, () => now.running, memory, suspect, lastSpikes) }; // prettier-ignore
    current = now;
    for (const { entity, instance, rounded } of compiled.events)
      if (rounded > 0 && !warned.has(instance)) {
        warned.add(instance);
        const message = `${rounded} of the event times of ${instance.name} in ${entity.name} lie off the grid of ${core.dt} ms and were rounded to it`;
        if (!core.events.emit("warning", { message, entity: entity.name, behavior: instance.name }))
          console.warn(message);
      }
    core.events.emit("compiled", { device: present.name, kernels: compiled.kernels.length });
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
    present = device.changeover!.to;
    core.events.emit("device", { device: present.name, step: core.step });
  };
  return {
    storage: memory,
    device: device.name,
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
    async advance(core, steps, rest, stopped) {
      let now = await prepare(core);
      // Compiling takes a while, in which the structure may have changed again.
      while (current?.version !== core.version) now = await prepare(core);
      changeOver(core, now);
      histories.settle(core);
      const started = performance.now();
      try {
        const done = now.runner.advance(steps, stopped);
        if (options.debug === true) requireInvariants({ core, memory, channels, lastSpikes, evaluate });
        now.upgrade?.report({ steps: done, milliseconds: performance.now() - started, left: steps - done + rest });
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
      const text = code ? codeOf(present, compiled.program) : null;
      return explanationOf({
        dt: core.dt,
        seed: core.seed,
        device: device.name,
        precision,
        threads: compiled.program.team?.threads ?? 1,
        notes: [
          ...(device.changeover ? [`${device.name} runs on ${present.name} at present`] : []),
          ...(code && text === null ? [`device ${device.name} evaluates the plan and emits no program`] : []),
          ...notesOf(present, current?.running),
          ...threadNotes(
            threads.count,
            compiled.program.team?.threads ?? 1,
            compiled.alone ?? why,
            paceOf(present, current?.running),
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
        code: text,
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

/** Starts a program on a device; refuses what cannot run. */
async function started(device: Device, program: Program, place: DevicePlace): Promise<RunningProgram> {
  const running: unknown = await device.start(program, place);
  if (typeof (running as { readonly run?: unknown } | null | undefined)?.run !== "function")
    throw new NeuroweaveError("faulty-device", `the device ${device.name} has started nothing that runs`, {
      remedy: "Its author has to return { run } from `start`; until then choose another device.",
    });
  return running as RunningProgram;
}
