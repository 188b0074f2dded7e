/** The pipeline in one paragraph: plan, combine, lower, run the passes, lay out. Emitting and starting is the device's. */
import { withPlace } from "@neuroweave/equations";
import type { Kernel, Precision, Program, ProgramStage } from "@neuroweave/kernel";
import type { BehaviorInstance, Entity, NetworkCore, Recording } from "@neuroweave/model";
import { compare, planNetwork, writesOf, type Plan, type Stage } from "@neuroweave/schedule";
import { eventWords, listEvents, type EventWords } from "./event-list.ts";
import type { Histories } from "./histories.ts";
import { createLayout, type LogBlocks, type SampleBlocks } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { sumName } from "./names.ts";
import { requirementsOf } from "./requirements.ts";
import type { Scratch } from "./scratch.ts";
import { segmentsOf, type Segment } from "./segments.ts";
import { methodNamed, weave } from "./weave.ts";

/** A host behavior of the program, by its index. */
export interface HostEntry {
  readonly entity: Entity;
  readonly instance: BehaviorInstance;
  /** Whether it runs after the spikes of the step are known. */
  readonly afterFiring: boolean;
  /** Columns that simultaneous stages change: it sees what they were before. */
  readonly aside: readonly string[];
  /** Columns that it may change. */
  readonly writes: readonly string[];
}

/** A network ready for a device, and what the run loop must look after. */
export interface Compiled {
  readonly plan: Plan;
  readonly program: Program;
  readonly kernelOf: ReadonlyMap<Stage, string>;
  readonly kernels: readonly { readonly kernel: Kernel; readonly entity: Entity }[];
  readonly hosts: readonly HostEntry[];
  readonly logs: readonly (LogBlocks & { readonly entity: Entity; readonly keepsSpike: boolean })[];
  readonly samples: readonly (SampleBlocks & { readonly recording: Recording })[];
  readonly events: readonly EventWords[];
  /** Memory that a run changes: [address, bytes]. */
  readonly mutable: readonly (readonly [number, number])[];
}

/** Plans and lowers without touching memory: everything that can be refused is refused here. */
export function lowerNetwork(core: NetworkCore, precision: Precision, wanted: readonly Entity[] = core.entities) {
  for (const entity of wanted) requireMethods(entity);
  const plan = planNetwork(core.entities, wanted);
  for (const stage of plan.stages) prepareWrites(stage);
  const segments = segmentsOf(plan);
  const requirements = new Map(wanted.map((entity) => [entity, requirementsOf(entity, plan, segments)]));
  for (const [entity, { historyRows }] of requirements)
    if (historyRows.size > 0 && !segments.some((segment) => segment.entity === entity && segment.kind === "woven"))
      segments.unshift({ kind: "woven", entity, stages: [], first: true });
  const kernels = new Map<Segment, Kernel>();
  const advanced = new Set<Entity>();
  for (const segment of segments) {
    if (segment.kind === "events") listEvents(segment.entity, segment.instance);
    if (segment.kind !== "woven") continue;
    const { entity, stages, first } = segment;
    const { keep, historyRows, tables } = requirements.get(entity)!;
    const inputs = plan.inputs.get(entity)!;
    const summed = advanced.has(entity) ? new Set([...inputs.keys()].filter((name) => keep.has(sumName(name)))) : none;
    if (stages.some(({ kind }) => kind === "dynamics")) advanced.add(entity);
    const options = { precision, dt: core.dt, seed: core.seed, inputs, historyRows, tables, first, summed };
    const name = `kernel ${kernels.size} of ${entity.name}`;
    kernels.set(segment, weave(name, entity, stages, { ...options, keep: (each) => keep.has(each) }));
  }
  return { plan, segments, requirements, kernels };
}

function requireMethods(entity: Entity): void {
  const own = { method: entity.method ?? null, place: { entity: entity.name } };
  const pinned = entity.enabled().map(({ name, declaration }) => ({
    method: declaration.method,
    place: { entity: entity.name, behavior: name },
  }));
  for (const { method, place } of [own, ...pinned])
    try {
      if (method !== null) methodNamed(method);
    } catch (error) {
      throw withPlace(error, place);
    }
}

const none: ReadonlySet<string> = new Set();

/** A parameter that a behavior writes, or that a recorder samples, is per-neuron state. */
function prepareWrites(stage: Stage): void {
  const { entity } = stage;
  const named =
    stage.kind === "sample" ? (entity.recordings.get(stage.instance)?.request.variables ?? []) : writesOf(stage);
  for (const name of named)
    if (entity.symbols.get(name)?.kind === "parameter") entity.columns.toWritten(name, stage.kind !== "sample");
}

/** Compiles a network over its memory. */
export function compile(core: NetworkCore, memory: Memory, scratch: Scratch, histories: Histories): Compiled {
  const { plan, segments, requirements, kernels } = lowerNetwork(core, memory.precision);
  histories.keepOnly(core, (entity) => requirements.get(entity)!.historyRows);
  const layout = createLayout(core, memory, scratch, histories);
  const hosts: HostEntry[] = [];
  const logs: (LogBlocks & { entity: Entity; keepsSpike: boolean })[] = [];
  const samples: (SampleBlocks & { recording: Recording })[] = [];
  const events: EventWords[] = [];
  const stages: ProgramStage[] = [...layout.clearHostInputs(plan)];
  const kernelOf = new Map<Stage, string>();
  for (const segment of segments) {
    const { entity } = segment;
    if (segment.kind === "woven") {
      const kernel = kernels.get(segment)!;
      const { keep } = requirements.get(entity)!;
      const fires = kernel.effects.some(({ kind }) => kind === "spikes");
      const log = fires ? layout.spikeLog(entity) : null;
      if (log) logs.push({ ...log, entity, keepsSpike: keep.has("spike") });
      stages.push({ kind: "kernel", kernel, addresses: layout.addresses(entity, kernel, requirements.get(entity)!), log: log?.log ?? null }); // prettier-ignore
      for (const stage of segment.stages) kernelOf.set(stage, kernel.name);
    } else if (segment.kind === "set aside") {
      stages.push(...layout.setAside(entity, segment.names));
    } else if (segment.kind === "host") {
      const { position } = segment.stage;
      const fired = plan.stages.some(
        (stage) => stage.entity === entity && stage.kind === "fire" && compare(stage.position, position) < 0,
      );
      const writes = writesOf(segment.stage);
      const group = segments.find(
        (each) => each.kind === "set aside" && each.entity === entity && compare(each.stage.position, position) === 0,
      );
      const aside = group?.kind === "set aside" ? group.names.filter((name) => !writes.includes(name)) : [];
      const entry = { entity, instance: segment.instance, afterFiring: fired, writes, aside };
      stages.push({ kind: "host", index: hosts.push(entry) - 1 });
    } else if (segment.kind === "sample") {
      const recording = entity.recordings.get(segment.instance)!;
      const blocks = layout.samples(entity, segment.instance, recording);
      samples.push({ ...blocks, recording });
      stages.push(blocks.stage);
    } else {
      const words = eventWords(core, entity, segment.instance, memory, scratch);
      events.push(words);
      stages.push(words.stage);
    }
  }
  const program: Program = { precision: memory.precision, dt: core.dt, stages, suspect: layout.suspect };
  const all = [...kernels].map(([segment, kernel]) => ({ kernel, entity: segment.entity }));
  return { plan, program, kernelOf, kernels: all, hosts, logs, samples, events, mutable: layout.mutable(requirements) };
}
