/** The twenty patterns of Izhikevich's model, in the numerical scheme that their published inputs were chosen for. */
import {
  createNetwork,
  Izhikevich,
  izhikevichPresets,
  presetInputs,
  Recorder,
  TimedCurrent,
  type IzhikevichPreset,
} from "neuroweave";

/** A preset with what it did. Times in ms. */
export interface ShownPreset extends IzhikevichPreset {
  readonly times: Float64Array;
  readonly voltage: Float64Array;
  readonly spikes: Float64Array;
  /** The current at `times`. */
  readonly current: Float64Array;
}

/**
 * The panels A to T of Izhikevich 2004. Each has a step of its own, so presets of one step share a network. Euler with the
 * old u, then u with the new v (`sequential`), a spike above and not at 30 mV (`strict`): several panels sit so close to a
 * threshold that another scheme, or a smaller step, shows another pattern.
 */
export async function izhikevichPatterns(): Promise<readonly ShownPreset[]> {
  const panels = izhikevichPresets.filter(({ panel }) => /^[A-T]$/u.test(panel));
  const shown = new Map<string, ShownPreset>();
  for (const dt of new Set(panels.map((preset) => preset.dt))) {
    const together = panels.filter((preset) => preset.dt === dt);
    for (const each of await runTogether(together, dt)) shown.set(each.panel, each);
  }
  return panels.map(({ panel }) => shown.get(panel)!);
}

async function runTogether(presets: readonly IzhikevichPreset[], dt: number): Promise<readonly ShownPreset[]> {
  const net = createNetwork({ dt });
  const inputs = presets.map((preset) => presetInputs(preset));
  const cells = presets.map(({ panel, values }, index) =>
    net.population(
      panel,
      1,
      [
        Izhikevich({ ...values, sequential: true, strict: true }),
        TimedCurrent({ values: inputs[index]!, every: dt }),
        Recorder({ variables: ["v"] }),
      ],
      { method: "euler" },
    ),
  );
  await net.step(Math.max(...inputs.map(({ length }) => length)));
  return presets.map((preset, index) => {
    const { length } = inputs[index]!;
    const recorded = cells[index]!.recorded("v");
    return {
      ...preset,
      times: recorded.times.slice(0, length),
      voltage: recorded.trace().slice(0, length),
      spikes: cells[index]!.spikes().times.filter((time) => time <= preset.duration),
      current: inputs[index]!,
    };
  });
}
