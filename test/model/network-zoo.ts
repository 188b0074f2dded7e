/** A network with one of everything that carries state from step to step. */
import { createNetwork, defineBehavior, Phase, Recorder, Refractory, uniform, type Network } from "neuroweave";
import { Cell, Drive } from "./tiny-behaviors.ts";

const Echo = defineBehavior({
  name: "echo",
  parameters: { gain: { default: 0.2 } },
  state: { y: { init: 0.5 } },
  equations: "dy/dt = -0.3 * delayed(y, 1.5) + gain * delayed(v, 0.5)",
});

const Noise = defineBehavior({
  name: "noise",
  scope: "instance",
  priority: Phase.Input,
  equations: "I += normal(0, 2) + uniform(-1, 1)",
});

const Diffuse = defineBehavior({ name: "diffuse", state: { z: { init: 0 } }, equations: "dz/dt = -z / 5 + 0.1 * xi" });

const Adapt = defineBehavior({
  name: "adapt",
  priority: Phase.Homeostasis,
  parameters: { theta: { default: 1 } },
  equations: "theta += 0.01 * (spike - 0.02)",
});

/** A host with state and draws of its own, that also counts spikes. */
const Wander = defineBehavior({
  name: "wander",
  priority: Phase.Current,
  parameters: { reach: { default: 0.5 } },
  state: { place: { init: 0 }, heard: { init: 0 } },
  step({ columns, parameters, inputs, spikes, random, n }) {
    for (let i = 0; i < n; i++) {
      columns.place[i] = columns.place[i]! * 0.9 + parameters.reach[i]! * (random() - 0.5);
      inputs["I"]![i] = inputs["I"]![i]! + columns.place[i]!;
    }
    for (const id of spikes) columns.heard[id] = columns.heard[id]! + 1;
  },
});

export interface ZooOptions {
  readonly hosts: boolean;
  readonly device?: "wasm" | "reference";
  readonly precision?: "f64" | "f32";
}

/** Two populations of it; `hosts` adds a behavior written in TypeScript. */
export function zoo(options: ZooOptions = { hosts: true }): Network {
  const { hosts, device = "wasm", precision = "f64" } = options;
  const net = createNetwork({ dt: 0.5, seed: 11, device, precision });
  const cells = net.population(
    "cells",
    5,
    [
      Cell({ tau_m: uniform(3, 8), init_v: uniform(0, 1), I: 1.5, theta: 1 }),
      Drive({ amplitude: [0, 0.5, 1, 1.5, 2] }),
      Noise(),
      Noise({ name: "more" }),
      Echo(),
      Adapt({ theta: 1 }),
      Refractory({ tau_ref: 1.5 }),
      ...(hosts ? [Wander()] : []),
      Recorder({ variables: ["v", "y"], every: 1 }),
      Recorder({ name: "spikes", variables: ["spike", "I"], keep: 4 }),
    ],
    { tags: ["cortex"], keepSpikes: 20 },
  );
  net.population("field", 3, [Diffuse(), Recorder({ variables: ["z"], every: 1.5 })], { method: "eulerMaruyama" });
  cells.set({ amplitude: 0.25 });
  return net;
}

/** Everything that was recorded. */
export function records(net: Network): unknown {
  return net.populations.map((population) => ({
    spikes: population.spikes(),
    samples: [...population.entity.recordings].map(([{ name }, recording]) => ({
      name,
      paused: recording.paused,
      variables: recording.request.variables.map((variable) => {
        const { times, values, shape } = recording.read(variable);
        return { variable, times: [...times], values: [...values], shape };
      }),
    })),
  }));
}
