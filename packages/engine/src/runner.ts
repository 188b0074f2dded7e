/** The run loop: calls of many steps, draining of logs, roll-back on faults. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { RunningProgram } from "@neuroweave/kernel";
import type { Entity, NetworkCore } from "@neuroweave/model";
import { anomalyError, findAnomaly, repadAll } from "./anomaly.ts";
import type { Compiled } from "./compile.ts";
import { longestCall } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { savedState } from "./saved-state.ts";

/** Wall time after which `advance` returns, in ms. */
const patience = 40;

export interface Runner {
  advance(steps: number, stopped: () => boolean): number;
}

/** Runs a compiled network. `lastSpikes` holds the neurons that fired in the last step done. */
export function createRunner(
  core: NetworkCore,
  compiled: Compiled,
  running: () => RunningProgram,
  memory: Memory,
  suspect: { view(): Uint32Array },
  lastSpikes: Map<Entity, Uint32Array>,
): Runner {
  const { logs, samples, events, hosts, mutable } = compiled;
  const { keep: save, bringBack: rollBack } = savedState(mutable, memory);
  /** Makes ready for so many steps, or for fewer, whose number it gives. */
  const prepare = (wanted: number): number => {
    suspect.view()[0] = 0;
    for (const { cursor } of logs) cursor.view()[0] = 0;
    for (const { cursor, enabled, recording } of samples) {
      cursor.view()[0] = 0;
      enabled.view()[0] = recording.paused ? 0 : 1;
    }
    return events.reduce((steps, { seek }) => seek(core.step, steps), wanted);
  };

  /** Steps until some buffer could overflow, the caller's wish aside. */
  const longest = (): number => {
    let steps = longestCall;
    for (const { stage, capacity } of samples) {
      const first = Math.ceil(core.step / stage.every) * stage.every;
      steps = Math.min(steps, first - core.step + capacity * stage.every);
    }
    const stepwise = hosts.length > 0 || core.events.listenerCount("spikes") > 0;
    return stepwise ? 1 : steps;
  };

  const drain = (done: number): void => {
    const first = core.step;
    for (const { entity, ids, cursor, ends, keepsSpike } of logs) {
      const stops = ends.view().slice(0, done);
      const all = ids.view().slice(0, cursor.view()[0]);
      entity.emitted += all.length;
      if (!entity.spikeRecord.paused) entity.spikeRecord.append(first, stops, all);
      const last = all.slice(done > 1 ? stops[done - 2] : 0);
      if (!keepsSpike) showSpikes(entity, lastSpikes.get(entity), last);
      lastSpikes.set(entity, last);
    }
    for (const { stage, cursor, recording, buffer, stride } of samples) {
      const count = cursor.view()[0]!;
      const start = Math.ceil(first / stage.every) * stage.every;
      if (count > 0) recording.append(start, count, buffer().slice(0, count * stride));
    }
  };

  /** Hands out the spikes of the one step that was done, at its border: listeners find a complete network. */
  const announce = (step: number): void => {
    const heard = core.events.listenerCount("spikes") > 0 ? logs : [];
    const news = heard.map(({ entity }) => ({ population: entity.name, ids: lastSpikes.get(entity)! }));
    for (const each of news) if (each.ids.length > 0) core.events.emit("spikes", { ...each, step, t: step * core.dt });
  };

  /** The error of a non-finite state after `done` steps of this call, or undefined on a false alarm. */
  const investigate = (done: number): Error | undefined => {
    const { then, told } = core.nonFinite;
    if (then === "ignore" || (then === "warn" && told)) {
      repadAll(core.entities);
      return undefined;
    }
    const anomaly = findAnomaly(core.entities);
    if (!anomaly) {
      repadAll(core.entities);
      return undefined;
    }
    const { entity, variable, neuron } = anomaly;
    const read = (): number => entity.columns.copy(variable)[neuron]!;
    const error = (before: number): Error => anomalyError(anomaly, core.step + done - 1, core.dt, before);
    if (done === 1) {
      // Host code may run in this step, and is not run twice.
      const after = savedState(mutable, memory);
      after.keep();
      rollBack();
      const before = read();
      after.bringBack();
      return error(before);
    }
    rollBack();
    prepare(done - 1);
    running().run(core.step, done - 1);
    const before = read();
    rollBack();
    prepare(done);
    running().run(core.step, done);
    return error(before);
  };

  return {
    advance(steps, stopped) {
      const { version } = core;
      const started = performance.now();
      let done = 0;
      let call = 16;
      while (done < steps && core.version === version && !stopped()) {
        save();
        const wanted = prepare(Math.min(steps - done, call, longest()));
        let ran: number;
        try {
          ran = running().run(core.step, wanted);
          requireSteps(ran, wanted);
        } catch (error) {
          rollBack();
          throw error;
        }
        const doubtful = suspect.view()[0] !== 0 || hostsAreDoubtful(compiled);
        const error = doubtful ? investigate(ran) : undefined;
        drain(ran);
        core.step += ran;
        done += ran;
        announce(core.step - 1);
        if (error) {
          core.events.emit("anomaly", error as ReturnType<typeof anomalyError>);
          if (core.nonFinite.then === "stop") throw error;
          core.nonFinite.told = true;
        }
        if (performance.now() - started > patience) break;
        call = Math.min(call * 4, longestCall);
      }
      return done;
    },
  };
}

/** Refuses what no program does: a run that stands still would never end. */
function requireSteps(ran: number, wanted: number): void {
  if (Number.isInteger(ran) && ran >= 1 && ran <= wanted) return;
  throw new NeuroweaveError("faulty-device", `the device was asked for ${wanted} steps, and says that it did ${String(ran)}`, {
    remedy: "The network is at the step border before. Choose another device; checkDevice of the test kit shows its author what is wrong.",
  });
} // prettier-ignore

/** Whether a column that host code may change is not finite, or so large that its sum is not. */
function hostsAreDoubtful({ hosts }: Compiled): boolean {
  for (const { entity, writes } of hosts)
    for (const name of writes) {
      const values = entity.columns.at(name).block!.view();
      let sum = 0;
      for (let i = 0; i < values.length; i++) sum += values[i]!;
      if (!Number.isFinite(sum)) return true;
    }
  return false;
}

/** Keeps the column `spike` equal to the last step where the program does not store it. */
function showSpikes(entity: Entity, before: Uint32Array | undefined, now: Uint32Array): void {
  const column = entity.columns.view("spike");
  if (before) for (const id of before) column[id] = 0;
  else column.fill(0);
  for (const id of now) column[id] = 1;
}
