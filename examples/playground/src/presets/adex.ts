import { adexPatterns, type AdExPattern } from "neuroweave";
import { fileOf, type Preset } from "./preset.ts";

const about = {
  paper: "Eight firing patterns of one model, with the values of Naud, Marcille, Clopath and Gerstner 2008, table 1.",
  notebook:
    "Eight firing patterns of one model, with the values of ANNarchy's notebook, which differ from the paper in two rows: delayed bursting never fires, and transient spiking is tonic.",
} as const;

/** One neuron for each row of a table. */
function patterns(id: keyof typeof adexPatterns): Preset {
  const rows: readonly AdExPattern[] = adexPatterns[id];
  const column = (name: keyof AdExPattern["values"]): number | number[] => {
    const values = rows.map((row) => row.values[name]);
    return values.every((x) => x === values[0]) ? values[0]! : values;
  };
  const names = ["C", "gL", "E_L", "v_T", "delta_T", "a", "tau_w", "b", "v_r"] as const;
  const values = Object.fromEntries(names.map((name) => [name, column(name)]));
  return {
    id: `adex-${id}`,
    group: "Adaptive exponential neuron",
    title: `Eight patterns, ${id}`,
    labels: { patterns: rows.map(({ panel, name }) => `${panel} ${name}`) },
    look: { neuron: 3, window: 550, speed: 0.1 },
    file: fileOf(`AdEx: eight patterns (${id})`, about[id], {
      network: { dt: 0.1, seed: 1 },
      populations: [
        {
          name: "patterns",
          n: rows.length,
          method: "euler",
          behaviors: [
            { use: "AdEx", values: { ...values, v_spike: 0 } },
            { use: "Refractory", values: { tau_ref: 2, hold: "all" } },
            { use: "StepCurrent", values: { amplitude: column("I"), start: 0, stop: 500 } },
          ],
        },
      ],
      run: { duration: 550 },
    }),
  };
}

export const adexPresets: readonly Preset[] = [patterns("notebook"), patterns("paper")];
