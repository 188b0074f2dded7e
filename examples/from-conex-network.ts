/**
 * A network that was written for CoNeX, line by line: the old call in a comment, the new one below it. It prints the same spike
 * counts and thresholds.
 *
 * What carries over by name: LIF and its parameters, KWTA, the homeostases, priorities. What is said otherwise:
 *
 *     Neocortex(dt=1)                                    createNetwork({ dt: 1 })
 *     NeuronGroup(net=net, size=12, behavior={…})        net.population("exc", 12, […])
 *     NeuronDimension(depth=1, height=3, width=4)        [1, 3, 4]
 *     SynapseGroup(net=net, src=a, dst=b, tag="Apical")  net.projection(name, { source: a, target: b, receptor: "Apical", … })
 *     SimpleDendriticInput, SparseDendriticInput         connect: allToAll(), fixedProbability(p)
 *     One2One-, Conv2d-, Local2d-, LateralDendriticInput connect: oneToOne(), and the connectors of kernels and windows
 *     current_coef, and −1 where the source is "inh"     factors of the weight
 *     DelayInitializer of either side                    delay: (i, j) => (src[i] + dst[j] + 1) * dt
 *     CurrentNormalization(norm)                         factor norm / (sum of the weights of a target), while they do not learn
 *     SimpleDendriteStructure, SimpleDendriteComputation ProximalDendrite, DistalDendrite, ApicalDendrite
 *     SynapseInit, NeuronAxon, Fire                      nothing: axons, their buffers and firing come with projections and models
 *     CorticalLayer, CorticalColumn                      corticalLayer, corticalColumn
 *
 *     npx tsx examples/from-conex-network.ts
 */
import {
  ActivityBaseHomeostasis,
  allToAll,
  ApicalDendrite,
  createNetwork,
  KWTA,
  LIF,
  ProximalDendrite,
  Recorder,
  SpikeTrain,
  spikeTrainsOf,
  type Population,
} from "neuroweave";
import { isRunDirectly } from "./run-directly.ts";

const iterations = 400;
const inputs = 20;

// script = {t: [j for j in range(20) if (7*j + 3*t + (j*t) % 5) % 11 == 0] for t in range(1, 401)}
const script = Array.from({ length: iterations }, (_, step) => step + 1).flatMap((t) =>
  Array.from({ length: inputs }, (_, id) => ({ t, id })).filter(({ id }) => (7 * id + 3 * t + ((id * t) % 5)) % 11 === 0),
); // prettier-ignore

/** Iterations, counted from 1 as CoNeX does, in which each neuron spiked. */
function spikeIterations(cells: Population): number[][] {
  const { steps, ids } = cells.spikes();
  return spikeTrainsOf({ times: steps, ids }, cells.n).map((train) => Array.from(train, (step) => step + 1));
}

export async function portNetwork() {
  // net = Neocortex(dt=1.0, dtype=torch.float64)
  const dt = 1;
  const net = createNetwork({ dt });

  // src = NeuronGroup(net=net, size=20, behavior={340: Script(script), 380: NeuronAxon(max_delay=3)})
  // Iteration t is step t − 1.
  const events = { times: script.map(({ t }) => (t - 1) * dt), ids: script.map(({ id }) => id) };
  const source = net.population("input", inputs, SpikeTrain(events));

  // lif = dict(R=5.0, tau=10.0, threshold=-55.0, v_reset=-70.0, v_rest=-65.0)
  const lif = { R: 5, tau: 10, threshold: -55, v_reset: -70, v_rest: -65 };

  // exc = NeuronGroup(net=net, tag="exc", size=NeuronDimension(depth=1, height=3, width=4), behavior={
  const exc = net.population(
    "exc",
    [1, 3, 4],
    [
      // 220: SimpleDendriteStructure(Proximal_max_delay=3, Apical_max_delay=3),
      // 240: SimpleDendriteComputation(I_tau=2.0, apical_provocativeness=0.6),
      ProximalDendrite({ name: "Proximal", I_tau: 2 }),
      ApicalDendrite({ name: "Apical", I_tau: 2, provocativeness: 0.6 }),
      // 260: LIF(init_v=…, **lif), 340: Fire(),
      LIF(lif),
      // 300: KWTA(k=2),
      KWTA({ k: 2 }),
      // 341: ActivityBaseHomeostasis(activity_rate=5, window_size=50, updating_rate=0.2, decay_rate=0.9),
      ActivityBaseHomeostasis({
        activity_rate: 5,
        window_size: 50,
        updating_rate: 0.2,
        decay_rate: 0.9,
        dialect: "conex",
      }),
      // 600: Recorder(["v"]), 601: EventRecorder(["spikes"])
      Recorder({ variables: ["v"] }),
    ],
  ); // })

  // inh = NeuronGroup(net=net, tag="inh", size=3, behavior={220: …, 240: …, 260: LIF(init_v=…, **lif), 340: Fire(), 380: NeuronAxon()})
  const inh = net.population("inh", 3, [LIF(lif), ProximalDendrite({ name: "Proximal" })]);

  // SynapseGroup(net=net, src=src, dst=exc, tag="Proximal", behavior={
  //     2: SynapseInit(), 3: WeightInitializer(weights=[[(5*i + 3*j) % 13 / 13 …]]), 180: SimpleDendriticInput(current_coef=5.0),
  //     4: DelayInitializer(delays=[i % 3 …]), 5: DelayInitializer(delays=[j % 2 …], destination=True)})
  net.projection("input→exc", {
    source,
    target: exc,
    connect: allToAll(),
    receptor: "Proximal",
    weight: (i, j) => (((5 * i + 3 * j) % 13) / 13) * 5,
    delay: (i, j) => ((i % 3) + (j % 2) + 1) * dt,
  });

  // SynapseGroup(net=net, src=exc, dst=inh, tag="Proximal", behavior={… (i + 2*j) % 4 / 4 …, SimpleDendriticInput(current_coef=20.0)})
  const onto = { connect: allToAll(), receptor: "Proximal" };
  net.projection("exc→inh", { source: exc, target: inh, weight: (i, j) => (((i + 2 * j) % 4) / 4) * 20, ...onto });

  // SynapseGroup(net=net, src=inh, dst=exc, tag="Proximal", behavior={… (3*i + j) % 5 / 5 …, SimpleDendriticInput(current_coef=4.0)})
  // The sign that CoNeX takes from the tag of the source.
  net.projection("inh→exc", { source: inh, target: exc, weight: (i, j) => (((3 * i + j) % 5) / 5) * -4, ...onto });

  // SynapseGroup(net=net, src=exc, dst=exc, tag="Apical", behavior={… 0.25 if abs(i - j) == 1 else 0 …,
  //     5: DelayInitializer(delays=[1] * 12, destination=True)})
  net.projection("neighbors", {
    source: exc,
    target: exc,
    connect: allToAll(),
    receptor: "Apical",
    weight: (i, j) => (Math.abs(i - j) === 1 ? 0.25 : 0),
    delay: 2 * dt,
  });

  // net.initialize(); net.simulate_iterations(400)
  await net.step(iterations);

  return {
    exc: spikeIterations(exc),
    inh: spikeIterations(inh),
    // exc.threshold
    thresholds: Array.from(exc.get("threshold")),
    // net["v", 0]
    voltage: exc.recorded("v"),
  };
}

if (isRunDirectly(import.meta.url)) {
  const { exc, inh, thresholds } = await portNetwork();
  // print([len(s) for s in spikes]); print(exc.threshold)
  console.log("spikes of exc", exc.map(({ length }) => length).join(" "));
  console.log("spikes of inh", inh.map(({ length }) => length).join(" "));
  console.log("thresholds   ", thresholds.map((x) => x.toFixed(6)).join(" "));
}
