/**
 * Coming from BrainPy. There, a model is an object that a runner drives, and functions hook into it:
 *
 *     neuron = bp.dyn.Izhikevich(1)
 *     runner = bp.DSRunner(neuron, monitors=["V", "u", "spike"], inputs=("input", 10.), dt=0.1)
 *     runner.run(200.)
 *
 *     field = bp.rates.QIF(1, tau=1., eta=-5., delta=1., J=15., method="rk4")
 *     bp.DSRunner(field, inputs=("input", bp.inputs.section_input([0., 3., 0.], [20., 30., 30.]), "iter"))
 *
 *     neuron.add_inp_fun(key, fun)        adds to the input in every update
 *     neuron.add_bef_update(key, fun)     runs before the update of the model
 *     neuron.add_aft_update(key, fun)     runs after it
 *     bp.DSRunner(…, fun_monitors={key: fun})   a function of the state, sampled
 *
 * Here all four hooks are one thing: a behavior with a `step`, at the priority at which it is to run.
 *
 *     npx tsx examples/from-brainpy.ts
 */
import {
  ConstantCurrent,
  createNetwork,
  defineBehavior,
  Izhikevich,
  Phase,
  QIFMeanField,
  Recorder,
  SineCurrent,
  StepCurrent,
} from "neuroweave";
import { isRunDirectly } from "./run-directly.ts";

/** Spike times (ms) of Izhikevich's neuron under a constant input of 10, from BrainPy's start. */
export async function runLikeDSRunner() {
  const net = createNetwork({ dt: 0.1 });
  const neuron = net.population("neuron", 1, [
    Izhikevich({ init_v: -70 }),
    ConstantCurrent({ amplitude: 10 }),
    Recorder({ variables: ["v", "u"] }),
  ]);
  await net.run(200);
  return { spikes: Array.from(neuron.spikes().times), voltage: neuron.recorded("v").trace() };
}

/** Peak and final rate of the QIF mean field under a step of input from 20 to 50. */
export async function runRateModel() {
  const net = createNetwork({ dt: 0.01 });
  const field = net.population("field", 1, [
    QIFMeanField({ tau: 1, eta: -5, delta: 1, J: 15, init_r: 0.1, init_v: -2 }),
    StepCurrent({ amplitude: 3, start: 20, stop: 50 }),
    Recorder({ variables: ["r"] }),
  ]);
  await net.run(80);
  const rate = field.recorded("r").trace();
  const peak = rate.reduce((a, b) => Math.max(a, b));
  // Samples are of the ends of steps: number k was taken at (k + 1) · dt.
  return { peak, peakTime: (rate.indexOf(peak) + 1) * net.dt, settled: rate.at(-1)! };
}

/** `add_inp_fun`: a sine, written by hand. `math` has the same bits on every machine. */
const InputFunction = defineBehavior({
  name: "inputFunction",
  priority: Phase.Current,
  step({ inputs, math, t }) {
    const cycles = (20 * t) / 1000;
    inputs["I"]!.fill(8 + 6 * math.sin(2 * Math.PI * (cycles - Math.floor(cycles))));
  },
});

/** `add_bef_update`: what it changes beside its own state it names in `writes`. */
const BeforeUpdate = defineBehavior({
  name: "beforeUpdate",
  priority: Phase.Dynamics - 1,
  requires: ["v"],
  writes: ["v"],
  step({ columns }) {
    for (let i = 0; i < columns["v"]!.length; i++) columns["v"]![i] = Math.max(columns["v"]![i]!, -80);
  },
});

/** `add_aft_update`: after `Firing`, `spikes` holds the neurons that fired in this step. */
const AfterUpdate = defineBehavior({
  name: "afterUpdate",
  priority: Phase.Record - 1,
  state: { fired: { init: 0, unit: "1", doc: "spikes so far" } },
  step({ columns, spikes }) {
    for (const id of spikes) columns.fired[id]! += 1;
  },
});

/** `fun_monitors`: a state of the behavior's own, which a recorder samples like any other. */
const Distance = defineBehavior({
  name: "distance",
  priority: Phase.Record - 1,
  requires: ["v"],
  state: { above: { init: 0, unit: "mV", doc: "distance of the voltage from -65 mV" } },
  step({ columns }) {
    for (let i = 0; i < columns.above.length; i++) columns.above[i] = columns["v"]![i]! + 65;
  },
});

/** All hooks at once, beside the same neurons with a declared stimulus. */
export async function runWithHooks() {
  const net = createNetwork({ dt: 0.1 });
  const hooked = net.population("hooked", 3, [
    Izhikevich({ c: [-65, -55, -50] }),
    InputFunction(),
    BeforeUpdate(),
    AfterUpdate(),
    Distance(),
    Recorder({ variables: ["above"], every: 1 }),
  ]);
  const declared = net.population("declared", 3, [
    Izhikevich({ c: [-65, -55, -50] }),
    SineCurrent({ amplitude: 6, frequency: 20, offset: 8 }),
    BeforeUpdate(),
  ]);
  await net.run(300);
  return {
    hooked: hooked.spikes(),
    declared: declared.spikes(),
    fired: hooked.get("fired"),
    above: hooked.recorded("above"),
  };
}

if (isRunDirectly(import.meta.url)) {
  const { spikes } = await runLikeDSRunner();
  console.log(`Izhikevich   spikes at ${spikes.map((time) => time.toFixed(1)).join(", ")} ms`);
  const { peak, peakTime, settled } = await runRateModel();
  console.log(`QIF          peak ${peak.toFixed(3)} at ${peakTime.toFixed(2)}, settles at ${settled.toFixed(6)}`);
  const { hooked, declared, fired, above } = await runWithHooks();
  console.log(
    `hooks        ${hooked.ids.length} spikes, with SineCurrent ${declared.ids.length}; per neuron ${fired.join(", ")}`,
  );
  console.log(`monitor      ${above.shape[0]} samples of ${above.shape[1]} neurons`);
}
