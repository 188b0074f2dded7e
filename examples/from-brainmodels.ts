/**
 * Coming from brainmodels. There, a model is a class, and a run is asked of the group:
 *
 *     neuron = brainmodels.neurons.AdExIF(1, monitors=["V", "w", "spike"])     # method="exp_auto"
 *     neuron.run(500., inputs=("input", 65.))
 *     neuron.mon.V
 *
 * Here `inputs` are stimuli, monitors are recorders, and `exp_auto` is the method `exponentialEuler`. brainmodels starts at V = 0, which
 * is above the threshold; the default here is rest, and `init_v: 0` gives the same start.
 *
 *     npx tsx examples/from-brainmodels.ts
 */
import { AdExIF, ConstantCurrent, createNetwork, Recorder } from "neuroweave";
import { isRunDirectly } from "./run-directly.ts";

/** Steps of the spikes in 500 ms under a constant input of 65: as brainmodels runs it, and from rest with forward Euler. */
export async function runLikeBrainmodels() {
  const net = createNetwork({ dt: 0.1 });
  const input = ConstantCurrent({ amplitude: 65 });
  const monitor = Recorder({ variables: ["v", "w"], every: 0.5 });
  const like = net.population("as brainmodels", 1, [AdExIF({ init_v: 0 }), input, monitor]);
  const rested = net.population("from rest, Euler", 1, [AdExIF(), input, monitor], { method: "euler" });
  await net.run(500);
  return {
    exponential: Array.from(like.spikes().steps),
    euler: Array.from(rested.spikes().steps),
    voltage: like.recorded("v").trace(),
    adaptation: like.recorded("w").trace(),
  };
}

if (isRunDirectly(import.meta.url)) {
  const { exponential, euler, voltage, adaptation } = await runLikeBrainmodels();
  console.log(`exp_auto from V = 0   ${exponential.length} spikes, steps ${exponential.slice(0, 6).join(" ")} …`);
  console.log(`Euler from rest       ${euler.length} spikes, steps ${euler.slice(0, 6).join(" ")} …`);
  console.log(`V and w at 0.5 ms     ${voltage[1]!.toFixed(6)} mV, ${adaptation[1]!.toFixed(6)}`);
}
