/** A device that interprets the kernels of a program and counts what it computes. */
import { evaluateProgram, type Delivery, type Kernel, type Program, type ProgramStage } from "@neuroweave/kernel";
import { defineDevice, type Device } from "neuroweave";
import { Counter, lineOf, type KernelCounts } from "./counts.ts";
import { neuronKernel } from "./neurons.ts";
import { delivery, sweep } from "./synapses.ts";
import { viewsOf, type Views } from "./views.ts";

/** A device, and what it has counted. */
export interface CountingDevice extends Device {
  /** What the program that was started last has computed, kernel by kernel, in the order of the step. */
  readonly counts: () => readonly KernelCounts[];
}

/** Does a stage in step k, the j-th of a call. */
type Run = (k: number, j: number) => void;

/**
 * A device that counts for itself: give each network one of its own to have counts of that network alone. `net.explain().notes` has a line for each
 * kernel.
 */
export function countingDevice(): CountingDevice {
  let latest: readonly Counter[] = [];
  const device = defineDevice({
    name: "counting",
    doc: "Interprets kernels neuron by neuron and synapse by synapse, slowly, and counts every operation.",
    source: "Own design.",
    start(program, { memory, host }) {
      const counters = new Map<Kernel, Counter>();
      const counterOf = (kernel: Kernel): Counter => {
        const found = counters.get(kernel) ?? new Counter(kernel.name);
        counters.set(kernel, found);
        return found;
      };
      const runs = runsOf(program, counterOf, viewsOf(memory, program.precision));
      const all = [...counters.values()];
      latest = all;
      const { run } = evaluateProgram(program, memory, host, (stage, k, j) => {
        const own = runs.get(stage);
        own?.(k, j);
        return own !== undefined;
      });
      return { run, notes: () => all.map((each) => lineOf(each.counts())) };
    },
  });
  return Object.freeze({ ...device, counts: () => latest.map((each) => each.counts()) });
}

/** The stages that have kernels. All others, which only move numbers about, are left to the reference. */
function runsOf(program: Program, counterOf: (kernel: Kernel) => Counter, views: () => Views): Map<ProgramStage, Run> {
  const deliver = (pass: Delivery) => delivery(pass, program, counterOf(pass.kernel), views);
  const runs = new Map<ProgramStage, Run>();
  for (const stage of program.stages) {
    if (stage.kind === "kernel") runs.set(stage, neuronKernel(stage, program, counterOf(stage.kernel), views));
    if (stage.kind === "sweep") {
      const counter = counterOf(stage.sweep.kernel);
      const pass = sweep(stage.sweep, program, counter, views);
      runs.set(stage, (k) => (counter.step(), pass(k)));
    }
    if (stage.kind === "deliver") {
      const pass = deliver(stage.delivery);
      const counter = counterOf(stage.delivery.kernel);
      runs.set(stage, (k) => (counter.step(), pass(k)));
    }
    if (stage.kind === "collect") {
      const passes = stage.deliveries.map((each) => ({ each, pass: deliver(each), counter: counterOf(each.kernel) }));
      runs.set(stage, (k) => {
        for (const { counter } of passes) counter.step();
        for (let ago = stage.longest; ago >= 1; ago--)
          for (const { each, pass } of passes)
            if (each.delay.kind === "collected" || (each.delay.kind === "one" && each.delay.steps === ago))
              pass(k, k - ago);
      });
    }
  }
  return runs;
}
