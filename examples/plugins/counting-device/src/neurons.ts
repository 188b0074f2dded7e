/** Kernels of populations: one lane is one neuron. */
import { paddedLength, type Program, type ProgramStage, type RowRule } from "@neuroweave/kernel";
import type { Counter } from "./counts.ts";
import { Interpreter } from "./interpreter.ts";
import type { Views } from "./views.ts";

type KernelStage = Extract<ProgramStage, { kind: "kernel" }>;

/** The row of a table, or of a ring of past values, at step k. */
function rowAt(rule: RowRule, k: number): number {
  if (rule.kind === "table") return Math.min(Math.floor(k / rule.every), rule.rows - 1);
  const row = (k - rule.lag) % rule.rows;
  return row < 0 ? row + rule.rows : row;
}

/** A function that does the kernel of a stage in step k, the j-th of a call. */
export function neuronKernel(stage: KernelStage, { suspect }: Program, counter: Counter, viewsNow: () => Views) {
  const { kernel, addresses, log, every = 1 } = stage;
  let views = viewsNow();
  let k = 0;
  let neuron = 0;
  const place = (slot: string): number => addresses.get(slot)! / views.size;
  const rowPlace = (slot: string, row: RowRule): number =>
    place(slot) + rowAt(row, k) * (kernel.slots.get(slot)!.narrow ? 1 : paddedLength(kernel.n));
  const interpreter = new Interpreter(kernel, counter, ({ slot, row }) => {
    const { shape, narrow } = kernel.slots.get(slot!)!;
    const lane = shape === "cell" || narrow ? 0 : neuron;
    return views.floats[(row ? rowPlace(slot!, row) : place(slot!)) + lane]!;
  });

  /** Effects of the neuron, all of whose values are computed ahead of the first of them. */
  const act = (): void => {
    const due = kernel.effects.map((effect) => {
      switch (effect.kind) {
        case "spikes":
          return [interpreter.value(effect.mask)];
        case "finite":
          return effect.values.map((value) => interpreter.value(value));
        case "store":
          return effect.when === undefined || interpreter.value(effect.when) === 1
            ? [interpreter.value(effect.value)]
            : [];
        default:
          return [interpreter.value(effect.value)];
      }
    });
    for (const [at, effect] of kernel.effects.entries()) {
      const values = due[at]!;
      if (effect.kind === "store" && values.length > 0) views.floats[place(effect.slot) + neuron] = values[0]!;
      if (effect.kind === "storeRow") views.floats[rowPlace(effect.slot, effect.row) + neuron] = values[0]!;
      if (effect.kind === "spikes" && values[0] === 1)
        views.words[log!.ids / 4 + views.words[log!.cursor / 4]!++] = neuron;
      if (effect.kind === "finite" && !values.every(Number.isFinite)) views.words[suspect / 4] = 1;
    }
  };

  return (step: number, j: number): void => {
    if (step % every !== 0) return;
    k = step;
    views = viewsNow();
    counter.step();
    interpreter.enterStep(k);
    for (neuron = 0; neuron < kernel.n; neuron++) {
      interpreter.enterLane(neuron);
      act();
    }
    if (log) views.words[log.ends / 4 + j] = views.words[log.cursor / 4]!;
  };
}
