/**
 * A behavior of one's own, declared: a slow potassium current that every spike strengthens. It is a file like any other; whoever
 * imports it can add it to any model that has a `v` and an input `I`.
 *
 *     npx tsx examples/own-behavior.ts
 */
import { AELIF, ConstantCurrent, createNetwork, defineBehavior, Phase } from "neuroweave";
import { isRunDirectly } from "./run-directly.ts";

export const SlowPotassium = defineBehavior({
  name: "slowPotassium",
  doc: "A slow potassium current, activated by spikes.",
  priority: Phase.Dynamics,
  parameters: {
    g_k: { default: 0.5, unit: "nS", min: 0, doc: "peak conductance" },
    tau_k: { default: 80, unit: "ms", min: 0.1, doc: "decay" },
    E_k: { default: -90, unit: "mV", doc: "reversal" },
  },
  state: { k: { init: 0, unit: "1", doc: "activation" } },
  requires: ["v", "I"],
  equations: `
    tau_k * dk/dt = -k
    I += -g_k * k * (v - E_k)
  `,
  onSpike: `k += 0.2`,
});

/** Spike times (ms) of AELIF without the new behavior and with it, and what the input has become. */
export async function attachSlowPotassium() {
  const net = createNetwork({ dt: 0.1 });
  const cell = { R: 5, tau: 10, threshold: -45 };
  const drive = ConstantCurrent({ amplitude: 8 });
  const plain = net.population("plain", 1, [AELIF(cell), drive]);
  const slowed = net.population("slowed", 1, [AELIF.with(SlowPotassium)({ ...cell, g_k: 0.3 }), drive]);
  // It can also be attached to a population that exists, between any two steps.
  const later = net.population("later", 1, [AELIF(cell), drive]);
  await net.run(100);
  later.attach(SlowPotassium({ g_k: 0.3 }));
  await net.run(200);
  const dynamics = net.explain().stages.find(({ entity, kind }) => entity === "slowed" && kind === "dynamics")!;
  return {
    plain: plain.spikes().times,
    slowed: slowed.spikes().times,
    later: later.spikes().times,
    input: dynamics.equations.find(({ text }) => text.startsWith("I = "))!.text,
  };
}

if (isRunDirectly(import.meta.url)) {
  const { plain, slowed, later, input } = await attachSlowPotassium();
  console.log(`AELIF                    ${plain.length} spikes in 300 ms`);
  console.log(`with SlowPotassium       ${slowed.length} spikes`);
  console.log(`attached after 100 ms    ${later.length} spikes`);
  console.log(`its input is now         ${input}`);
}
