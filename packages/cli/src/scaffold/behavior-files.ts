/** What `neuroweave new behavior` writes: a declared behavior that can be run at once, and its test. */
import type { ScaffoldName } from "./names.ts";

/** The behavior itself. */
export const behaviorSource = ({ camel, pascal }: ScaffoldName): string => `\
/** ${pascal}: a current that every spike strengthens. Change the equations to what you need. */
import { defineBehavior, Phase } from "neuroweave";

export const ${pascal} = defineBehavior({
  name: "${camel}",
  doc: "A current that every spike strengthens and that decays.",
  source: "Own design.",
  priority: Phase.Dynamics,
  // Default, unit, range and meaning of every parameter; the range is checked wherever a value is given.
  parameters: {
    strength: { default: 0.3, unit: "nS", min: 0, doc: "conductance at full activation" },
    decay: { default: 80, unit: "ms", min: 0.1, doc: "time constant of the activation" },
    reversal: { default: -90, unit: "mV", doc: "voltage at which the current changes its sign" },
  },
  state: {
    activation: { init: 0, unit: "1", doc: "how much of the conductance is open" },
  },
  // What the population must have from other behaviors.
  requires: ["v", "I"],
  // \`=\` where the behavior owns the equation, \`+=\` where others may add to it.
  equations: \`
    decay * dactivation/dt = -activation
    I += -strength * activation * (v - reversal)
  \`,
  onSpike: "activation += 0.2",
});
`;

/** An experiment that shows what it does. */
export const behaviorExperiment = ({ kebab, pascal }: ScaffoldName, imported: string): string => `\
/** Two neurons that get the same current: one as it is, one with ${pascal}. \`neuroweave run ${kebab}.ts\` */
export const parameters = { amplitude: 8 };

export default function experiment({ network, parameters: { amplitude } }: ExperimentFileOptions<typeof parameters>) {
  const net = createNetwork({ dt: 0.1, seed: 1, ...network });
  const cell = LIF({ R: 5, tau: 10, threshold: -45 });
  const drive = ConstantCurrent({ amplitude });
  const without = net.population("without", 1, [cell, drive]);
  const record = Recorder({ variables: ["v", "activation"], every: 0.5 });
  const changed = net.population("with", 1, [cell, drive, ${imported}, record]);
  return {
    network: net,
    duration: 300, // ms
    measure: () => ({
      "spikes without it": without.spikes().ids.length,
      "spikes with it": changed.spikes().ids.length,
    }),
  };
}
`;

/** The file: behavior and experiment. */
export function behaviorFile(name: ScaffoldName): string {
  const [comment = "", , ...body] = behaviorSource(name).split("\n");
  const imports = [
    'import { ConstantCurrent, createNetwork, defineBehavior, LIF, Phase, Recorder } from "neuroweave";',
    'import type { ExperimentFileOptions } from "neuroweave";',
  ];
  return [comment, ...imports, ...body, behaviorExperiment(name, name.pascal)].join("\n");
}

/** Its test, for the test runner of Node. \`from\` is the module of the behavior. */
export const behaviorTest = ({ pascal }: ScaffoldName, from: string): string => `\
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConstantCurrent, createNetwork, LIF } from "neuroweave";
import { ${pascal} } from "${from}";

function cells(behaviors: readonly object[]) {
  const net = createNetwork({ dt: 0.1, seed: 1 });
  const model = [LIF({ R: 5, tau: 10, threshold: -45 }), ConstantCurrent({ amplitude: 8 }), ...behaviors];
  return { net, population: net.population("cells", 1, model as never) };
}

test("the activation decays with its time constant", () => {
  const { population } = cells([${pascal}({ decay: 50 })]);
  population.set({ activation: 0.5 } as never);
  const derivatives: Readonly<Record<string, Float64Array>> = population.derivatives();
  assert.equal(derivatives["activation"]?.[0], -0.5 / 50);
});

test("a neuron with it spikes less often, and without strength as often as before", async () => {
  const counts: number[] = [];
  for (const behaviors of [[], [${pascal}({ strength: 0 })], [${pascal}({ strength: 0.3 })]]) {
    const { net, population } = cells(behaviors);
    await net.run(300);
    counts.push(population.spikes().ids.length);
  }
  const [plain = 0, weak = 0, strong = 0] = counts;
  assert.equal(weak, plain);
  assert.ok(strong > 0 && strong < plain);
});
`;
