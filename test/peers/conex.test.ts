import { describe, expect, it } from "vitest";
import { AELIF, ConstantCurrent, createNetwork, ELIF, LIF, Recorder, StepCurrent } from "neuroweave";
import { recordedBy, spikeSteps, worst } from "./recorded.ts";

interface Case {
  readonly model: "LIF" | "ELIF" | "AELIF";
  readonly params: Readonly<Record<string, number>>;
  readonly input: "constant" | "step";
  readonly dt: number;
  readonly iterations: number;
  readonly init_v: number;
  /** Counted from 1, per neuron. */
  readonly spike_iterations: readonly (readonly number[])[];
  /** After every `sample_every`-th iteration, per neuron. */
  readonly v: readonly (readonly number[])[];
  readonly omega?: readonly (readonly number[])[];
  readonly sample_every: number;
}

const recorded = recordedBy<{ amplitudes: number[]; cases: Record<string, Case> }>("conex-neurons");

async function run({ model, params, input, dt, iterations, init_v }: Case) {
  const net = createNetwork({ dt, seed: 1 });
  const { amplitudes: amplitude } = recorded;
  const drive =
    input === "constant" ? ConstantCurrent({ amplitude }) : StepCurrent({ amplitude, start: 30, stop: 130 });
  const values = { ...params, init_v };
  const variables = ["v"] as const;
  const cells =
    model === "AELIF"
      ? net.population("cells", 4, [
          AELIF({ ...values, dialect: "conex" }),
          drive,
          Recorder({ variables: ["v", "omega"] }),
        ])
      : net.population("cells", 4, [model === "LIF" ? LIF(values) : ELIF(values), drive, Recorder({ variables })]);
  await net.step(iterations);
  return { spikes: cells.spikes(), trace: (name: string, neuron: number) => cells.recorded(name as "v").trace(neuron) };
}

describe("CoNeX 0.1.5 neurons, recorded", () => {
  for (const [name, each] of Object.entries(recorded.cases))
    it(`${name}: the same spikes, and the same voltages`, async () => {
      const { spikes, trace } = await run(each);
      // LIF was recorded with 11 decimals: half a unit of the last is the best that can be asked.
      const tolerance = each.model === "LIF" ? 6e-12 : 1e-9;
      for (let neuron = 0; neuron < 4; neuron++) {
        expect(spikeSteps(spikes, neuron).map((k) => k + 1)).toEqual(each.spike_iterations[neuron]);
        const stepOf = (j: number): number => (j + 1) * each.sample_every - 1;
        expect(worst(trace("v", neuron), each.v[neuron]!, stepOf)).toBeLessThan(tolerance);
        if (each.omega) expect(worst(trace("omega", neuron), each.omega[neuron]!, stepOf)).toBeLessThan(tolerance);
      }
    });
});
