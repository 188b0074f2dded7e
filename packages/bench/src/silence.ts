/** Whether a network that has fallen silent costs more than an active one: conductances that decay towards 0 and never get there. */
import { NeuroweaveError } from "@neuroweave/equations";
import { interleave } from "./measure.ts";
import { cobaLoop } from "./network-loops/coba.ts";
import { cobaNetwork, cobaValues } from "./network-models/vogels-abbott.ts";
import { dt } from "./networks.ts";
import type { Benchmark } from "./section.ts";
import { scaled, speedup, type Spread } from "./spread.ts";

const n = 4000;

/** Time constants of silence, of the slower receptor. */
const constants = 2000;

/** 200 ms. */
const steps = 2000;

const silentSteps = Math.round((constants * cobaValues.tau_inh) / dt);

/** Rest below the threshold, and conductances too small to make a spike. */
const silentValues = { ...cobaValues, v_rest: -60, initial: 0.01 };

export const silence: Benchmark = async ({ quick, report }) => {
  const active = cobaNetwork(n, "euler");
  const silent = cobaNetwork(n, "euler", silentValues);
  const activeLoop = cobaLoop(active.start(), "euler", dt);
  const silentLoop = cobaLoop(silent.start(), "euler", dt);
  const rounds = quick ? 5 : 11;
  const parts = 10;
  let spikes = 0;
  for (let part = 0; part < parts; part++) {
    spikes += silentLoop.advance(silentSteps / parts);
    await silent.advance(silentSteps / parts);
    report(part + 1, parts + rounds);
  }
  spikes += silent.spikeCount();
  const counts = [activeLoop.advance(steps)];
  await active.advance(steps);
  counts.push(active.spikeCount());
  if (spikes > 0 || counts[0] !== counts[1] || counts[0] === 0)
    throw new NeuroweaveError(
      "internal",
      `the silent network spikes ${spikes} times, the active one ${counts.join(" and ")} times`,
      {
        remedy: "Silence must be silent, and the active network as active as its loop.",
      },
    );
  const work = (steps * dt) / 1000;
  const times = await interleave(
    [
      { name: "plain, active", run: () => activeLoop.advance(steps), work },
      { name: "plain, silent", run: () => silentLoop.advance(steps), work },
      { name: "wasm, active", run: () => active.advance(steps), work, prepare: () => active.forget() },
      { name: "wasm, silent", run: () => silent.advance(steps), work, prepare: () => silent.forget() },
    ],
    { rounds, samples: quick ? 1 : 3 },
    (round) => report(parts + round, parts + rounds),
  );
  const [plainActive, plainSilent, wasmActive, wasmSilent] = times.map((each) => scaled(each, 1e-6)) as [
    Spread,
    Spread,
    Spread,
    Spread,
  ];
  const since = `silent for ${constants.toLocaleString("en-US")} time constants`;
  return {
    title: `COBA ${n.toLocaleString("en-US")}, Euler, f64`,
    unit: "ms per biological second",
    reference: "the same, active",
    rows: [
      { name: "plain JavaScript, active", time: plainActive },
      { name: `plain JavaScript, ${since}`, time: plainSilent, speedup: speedup(plainActive, plainSilent) },
      { name: "wasm, active", time: wasmActive },
      {
        name: `wasm, ${since}`,
        time: wasmSilent,
        speedup: speedup(wasmActive, wasmSilent),
        goal: { of: "speedup", atLeast: 1 },
      },
    ],
    notes: ["no spike while silent; the active ones spike alike"],
  };
};
