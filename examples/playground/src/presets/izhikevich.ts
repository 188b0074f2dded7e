import { izhikevichPresets, presetInputs, type IzhikevichPreset } from "neuroweave";
import { fileOf, type Preset } from "./preset.ts";

/** A panel of figure 1 of Izhikevich 2004, stepped as its script does. */
function panel(preset: IzhikevichPreset): Preset {
  const { name, panel, values, dt, duration } = preset;
  const inputs = Array.from(presetInputs(preset), (x) => Number(x.toPrecision(12)));
  return {
    id: `izhikevich-${panel}`,
    group: "Izhikevich 2004",
    title: `${panel} ${name}`,
    look: { window: duration, speed: 0.05 },
    file: fileOf(
      `Izhikevich: ${name}`,
      `Panel ${panel} of figure 1 of Izhikevich 2004, with its values, its input and its steps of ${dt} ms.`,
      {
        network: { dt, seed: 1 },
        populations: [
          {
            name: "neuron",
            n: 1,
            method: "euler",
            behaviors: [
              { use: "Izhikevich", values: { ...values, sequential: true, strict: true } },
              { use: "TimedCurrent", values: { values: inputs, every: dt } },
            ],
          },
        ],
        run: { duration },
      },
    ),
  };
}

export const izhikevich: readonly Preset[] = izhikevichPresets.slice(0, 20).map(panel);
