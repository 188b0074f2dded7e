/**
 * Coming from CoNeX. There, a population is a dictionary of behaviors by priority, and each runs as Python of its own:
 *
 *     net = Neocortex(dt=1)
 *     NeuronGroup(net=net, size=4, behavior={
 *         240: Dendrite(drive=[1, 3, 4, 8]),         # a Behavior whose forward() sets neurons.I
 *         260: AELIF(R=5, tau=10, threshold=-45, v_reset=-70, v_rest=-65, delta=2, theta_rh=-55,
 *                    alpha=0.1, beta=0.5, w_tau=100, init_v=...),
 *         340: Fire(),
 *         600: Recorder(["v", "omega"]), 601: EventRecorder(["spikes"]),
 *     })
 *     net.initialize()
 *     net.simulate_iterations(200)
 *
 * Here the priorities are the same numbers, named: Phase.Current is 240, Phase.Dynamics 260, Phase.Firing 340, Phase.Record 600. Each
 * behavior brings its own; all that are declared are fused into one kernel. Iterations count from 1 there, steps from 0 here.
 *
 *     npx tsx examples/from-conex.ts
 */
import { AELIF, createNetwork, defineBehavior, ELIF, LIF, Phase, spikeTrainsOf, type Population } from "neuroweave";
import { isRunDirectly } from "./run-directly.ts";

/** CoNeX's `forward(neurons)` is `step(context)`; `neurons.I += …` is an addition to `inputs.I`, which begins at zero. */
const Dendrite = defineBehavior({
  name: "dendrite",
  priority: Phase.Current,
  parameters: { drive: { default: 0, unit: "nA", doc: "proximal input" } },
  step({ inputs, parameters }) {
    inputs["I"]!.set(parameters.drive);
  },
});

const drives = [1, 3, 4, 8];
const membrane = { R: 5, tau: 10, v_reset: -70, v_rest: -65 };
const upstroke = { delta: 2, theta_rh: -55 };
const adaptation = { alpha: 0.1, beta: 0.5, w_tau: 100 };

/** The iterations in which each of the four neurons fires, for CoNeX's models and for AELIF as it is printed in papers. */
export async function runLikeCoNeX(dt = 1, iterations = 200) {
  const net = createNetwork({ dt });
  const n = drives.length;
  const input = Dendrite({ drive: drives });
  const full = { ...membrane, ...upstroke, ...adaptation, threshold: -45 };
  const lif = net.population("LIF", n, [LIF({ ...membrane, threshold: -50 }), input]);
  const elif = net.population("ELIF", n, [ELIF({ ...membrane, ...upstroke, threshold: -45 }), input]);
  // CoNeX adds beta · dt to omega, after the reset; the default is a jump of beta per spike, whatever dt is.
  const conex = net.population("AELIF like CoNeX", n, [AELIF({ ...full, dialect: "conex" }), input]);
  const printed = net.population("AELIF", n, [AELIF(full), input]);
  await net.step(iterations);

  const iterationsOf = (cells: Population): number[][] => {
    const { steps, ids } = cells.spikes();
    return spikeTrainsOf({ times: steps, ids }, cells.n).map((train) => Array.from(train, (step) => step + 1));
  };
  return {
    LIF: iterationsOf(lif),
    ELIF: iterationsOf(elif),
    AELIF: iterationsOf(conex),
    printedAELIF: iterationsOf(printed),
  };
}

if (isRunDirectly(import.meta.url)) {
  for (const [dt, iterations] of [
    [1, 200],
    [0.1, 600],
  ] as const) {
    console.log(`dt = ${dt} ms, spikes by iteration`);
    for (const [model, trains] of Object.entries(await runLikeCoNeX(dt, iterations)))
      trains.forEach((train, id) =>
        console.log(`  ${model.padEnd(12)} I = ${drives[id]}  ${train.join(" ") || "silent"}`),
      );
  }
}
