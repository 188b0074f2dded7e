// What a user's script does: import, compose a model that nobody has compiled before, and run it up to a spike.
// Prints moments in ms since the epoch, and the processor time
// in ms that all threads have used in between.
const now = () => performance.timeOrigin + performance.now();
const processorTime = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

const usedBefore = processorTime();
const start = now();
const { createNetwork, CurrentInput, defineBehavior, defineModel, ExponentialUpstroke, Fire, Leak } =
  await import("neuroweave");
const imported = now();

const SlowPotassium = defineBehavior({
  name: "slowPotassium",
  parameters: {
    tau: { default: 10, unit: "ms", min: 1e-6 },
    g_k: { default: 0.5, min: 0 },
    E_k: { default: -90, unit: "mV" },
    tau_k: { default: 80, unit: "ms", min: 1e-6 },
  },
  state: { k: { init: 0 } },
  requires: ["v"],
  equations: `
    tau_k * dk/dt = -k
    tau * dv/dt += -g_k * k * (v - E_k)
  `,
  onSpike: "k += 0.2",
});
const Neuron = defineModel("Neuron", [Leak, CurrentInput, ExponentialUpstroke, Fire, SlowPotassium], {
  method: "euler",
});

const net = createNetwork({ dt: 0.1, seed: 1 });
const cells = net.population("cells", 100, Neuron({ R: 5, I: 12 }));
const built = now();

await net.run(5);
const spikes = cells.spikes().times.length;
const spiked = now();
const processor = processorTime() - usedBefore;
console.log(JSON.stringify({ start, imported, built, spiked, processor, spikes }));
