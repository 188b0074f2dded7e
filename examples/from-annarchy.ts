/**
 * Coming from ANNarchy: the notebook of AdEx firing patterns. There, a model is one block of equations, compiled by a C++ compiler:
 *
 *     AdEx = Neuron(
 *         parameters = dict(C=200., gL=10., E_L=-70., ...),          # one value each, per neuron later
 *         equations  = "C*dv/dt = ... ; tau_w*dw/dt = ...",
 *         spike = "v >= v_spike", reset = "v = v_r; w += b", refractory = 2.0)
 *     pop = net.create(8, AdEx)
 *     pop.C = [200., 200., ...]; ...; pop.I = [500., 500., ...]
 *     m = net.monitor(pop, ["v", "spike"])
 *     net.compile()
 *     net.simulate(500.)
 *     pop.I = 0.0
 *     net.simulate(50.)
 *     data = m.get()
 *
 * Here the model is a list of behaviors under ANNarchy's names, refractoriness is one more entry in it, and compiling needs no step of
 * its own. The step is the same to the bit: all equations advance together, then spikes, then resets.
 *
 *     npx tsx examples/from-annarchy.ts
 */
import { AdEx, classifyPattern, createNetwork, Recorder, Refractory, spikeTrainsOf } from "neuroweave";
import { isRunDirectly } from "./run-directly.ts";

/** Spike trains (ms), patterns and voltages of the eight neurons. */
export async function runLikeANNarchy() {
  const net = createNetwork({ dt: 0.1 });
  const cells = net.population(
    "patterns",
    8,
    [
      AdEx({
        C: [200, 200, 130, 200, 200, 200, 100, 100],
        gL: [10, 12, 18, 10, 12, 12, 10, 12],
        E_L: [-70, -70, -58, -58, -70, -70, -65, -60],
        v_T: -50,
        delta_T: 2,
        a: [2, 2, 4, 2, -10, -6, -10, -11],
        tau_w: [30, 300, 150, 120, 300, 300, 90, 130],
        b: [0, 60, 120, 100, 0, 0, 30, 30],
        v_r: [-58, -58, -50, -46, -58, -58, -47, -48],
        I: [500, 500, 400, 210, 300, 110, 350, 160],
        v_spike: 0,
      }),
      Refractory({ tau_ref: 2, hold: "all" }),
      Recorder({ variables: ["v"] }),
    ],
    { method: "euler" },
  );
  await net.run(500);
  cells.set({ I: 0 });
  await net.run(50);

  const trains = spikeTrainsOf(cells.spikes(), cells.n);
  const verdicts = trains.map((train) => classifyPattern(train, { onset: 0, offset: 500, resolution: net.dt }));
  return { trains, verdicts, voltage: cells.recorded("v") };
}

if (isRunDirectly(import.meta.url)) {
  const { trains, verdicts, voltage } = await runLikeANNarchy();
  trains.forEach((train, id) => {
    const { pattern, reason } = verdicts[id]!;
    console.log(`${"abcdefgh"[id]}  ${String(train.length).padStart(2)} spikes  ${pattern.padEnd(13)}  ${reason}`);
  });
  console.log(`recorded: ${voltage.shape[0]} samples of ${voltage.shape[1]} neurons`);
}
