import {
  allToAll,
  createNetwork,
  CouplingReceptor,
  CurrentReceptor,
  defineBehavior,
  DeltaReceptor,
  EProp,
  LearningSignal,
  LIF,
  Phase,
  PseudoDerivative,
  RateCoupling,
  RateNeuron,
  Recorder,
  SpikeTrain,
  TimedCurrent,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { hostStream } from "../../packages/model/src/random.ts";
import { refusal } from "../equations/refusal.ts";
import { gradient, membrane, run, times, triangle, type Layer } from "./e-prop-twin.ts";

/** A threshold that each spike raises. */
const Raised = defineBehavior({
  name: "raised",
  parameters: { v_th: { default: -50 }, beta_a: { default: 0 }, tau_a: { default: 60 } },
  state: { a: { init: 0 } },
  requires: ["threshold"],
  method: "exact",
  equations: "tau_a * da/dt = -a",
  onSpike: "a += 1",
});
const Follow = defineBehavior({
  name: "follow",
  priority: Phase.Dynamics + 1,
  requires: ["threshold", "v_th", "beta_a", "a"],
  equations: "threshold = v_th + beta_a * a",
});

function layerOf(dt: number, response: Layer["response"], beta: number): Layer {
  const random = hostStream("e-prop", response);
  const steps = Math.round(120 / dt);
  const spikes = Array.from({ length: 5 }, () =>
    [...new Set(Array.from({ length: 8 }, () => Math.floor(random() * 100)))].map((ms) => Math.round(ms / dt)),
  );
  return {
    dt,
    steps,
    inputs: 5,
    cells: 3,
    spikes,
    response,
    beta,
    feedback: [0.8, -0.5, 1.1],
    wanted: (k) => 1 + Math.sin((2 * Math.PI * k * dt) / 60),
  };
}

function weightsOf({ inputs, cells, response }: Layer): number[] {
  const random = hostStream("weights", response);
  return Array.from({ length: inputs * cells }, () => (response === "delta" ? 12 : 9) * random());
}

/** The layer as a network. */
function network(layer: Layer, weight: readonly number[], eta_e: number) {
  const { dt, response, beta } = layer;
  const net = createNetwork({ dt, seed: 1 });
  const events = layer.spikes.flatMap((steps, id) => steps.map((k) => [k * dt, id] as const));
  const source = net.population("source", layer.inputs, [
    SpikeTrain({ times: events.map(([t]) => t), ids: events.map(([, id]) => id) }),
  ]);
  const cells = net.population(
    "cells",
    layer.cells,
    [
      LIF(membrane),
      PseudoDerivative(triangle),
      LearningSignal(),
      DeltaReceptor({ name: "delta" }),
      CurrentReceptor({ name: "current", tau: times.tau_s }),
      CouplingReceptor({ name: "feedback", into: "error" }),
      ...(beta > 0 ? [Raised({ beta_a: beta, tau_a: times.tau_a }), Follow()] : []),
    ],
    { method: "exact" },
  );
  const synapses = net.projection("in", {
    source,
    target: cells,
    connect: allToAll(),
    receptor: response,
    weight: [...weight],
    behaviors: [
      EProp({
        eta_e,
        tau_e: membrane.tau,
        response,
        tau_s: times.tau_s,
        R_e: membrane.R,
        tau_out: times.tau_out,
        threshold: beta > 0 ? "adaptive" : "fixed",
        beta_a: beta,
        tau_a: times.tau_a,
      }),
      Recorder({ variables: ["e_bar"] }),
    ],
  });
  return { net, cells, synapses };
}

describe.each([
  ["delta", 0],
  ["current", 0],
  ["delta", 4],
  ["current", 4],
] as const)("e-prop with response %s and a threshold that a spike raises by %d mV", (response, beta) => {
  it.each([1, 0.5])("finds the gradient of back-propagation through time, at a dt of %s", async (dt) => {
    const layer = layerOf(dt, response, beta);
    const weights = weightsOf(layer);
    const { net, cells, synapses } = network(layer, weights, 0);
    await net.step(layer.steps);
    const { outputs, courses } = run(layer, weights);
    const spikes = courses.map(({ spiked }) => spiked.reduce((sum, each) => sum + each, 0));
    expect(Math.min(...spikes)).toBeGreaterThan(0);
    expect([0, 1, 2].map((j) => cells.spikes().ids.filter((id) => id === j).length)).toEqual(spikes);

    const eligibility = synapses.recorded("e_bar").values;
    const expected = gradient(layer, weights);
    const largest = Math.max(...expected.map(Math.abs));
    expect(largest).toBeGreaterThan(0.1);
    for (const [index, derivative] of expected.entries()) {
      let sum = 0;
      for (const [k, y] of outputs.entries())
        sum += dt * layer.feedback[index % 3]! * (y - layer.wanted(k)) * eligibility[k * 15 + index]!;
      expect(Math.abs(sum - derivative)).toBeLessThan(1e-6 * largest);
    }
  });
});

describe("e-prop", () => {
  it("moves weights down the product of learning signal and eligibility, in every ms", async () => {
    const layer = layerOf(0.5, "delta", 0);
    const weights = weightsOf(layer);
    const { net, cells, synapses } = network(layer, weights, 1e-3);
    const signals = [0.7, -0.4, 0];
    cells.set({ error: signals });
    await net.step(layer.steps);
    const eligibility = synapses.recorded("e_bar").values;
    for (const [index, w] of synapses.get("w").entries()) {
      let moved = 0;
      for (let k = 0; k < layer.steps; k++) moved -= 0.5 * 1e-3 * signals[index % 3]! * eligibility[k * 15 + index]!;
      expect(w).toBeCloseTo(weights[index]! + moved, 12);
    }
    expect(synapses.get("w")[2]).toBe(weights[2]);
    expect(synapses.get("w")[0]).not.toBe(weights[0]);
  });

  it("comes to the same weights for every dt, the nearer the smaller it is", async () => {
    const found: Float64Array[] = [];
    for (const dt of [1, 0.5, 0.25, 0.125]) {
      const layer = layerOf(dt, "current", 0);
      const { net, cells, synapses } = network(layer, weightsOf(layer).map((w) => w / 4), 1e-2); // prettier-ignore
      cells.set({ error: 1 });
      await net.step(layer.steps);
      expect(cells.spikes().ids).toHaveLength(0);
      found.push(synapses.get("w"));
    }
    const moved = found.slice(1).map((w, i) => Math.hypot(...w.map((each, j) => each - found[i]![j]!)));
    expect(moved[0]).toBeGreaterThan(0);
    expect(moved[1]! / moved[0]!).toBeLessThan(0.6);
    expect(moved[2]! / moved[1]!).toBeLessThan(0.6);
  });

  it("halves an error with all of it within the network: read-out, error and feedback", async () => {
    const layer = layerOf(1, "current", 0);
    const { net, cells } = network(layer, weightsOf(layer), 2);
    const values = Array.from({ length: layer.steps }, (_, k) => -layer.wanted(k));
    const output = net.population("output", 1, [
      RateNeuron({ tau: 1e-4 }),
      CurrentReceptor({ name: "trace", tau: times.tau_out }),
      TimedCurrent({ values, every: 1 }),
      Recorder({ variables: ["r"] }),
    ]);
    net.projection("out", {
      source: cells,
      target: output,
      connect: allToAll(),
      receptor: "trace",
      weight: [...layer.feedback],
    });
    net.projection("back", {
      source: output,
      target: cells,
      connect: allToAll(),
      receptor: "feedback",
      weight: [...layer.feedback],
      behaviors: [RateCoupling()],
    });
    const errors: number[] = [];
    const start = net.snapshot();
    for (let trial = 0; trial < 14; trial++) {
      const weights = net.findProjection("in").get("w");
      net.restore(start);
      net.findProjection("in").set({ w: weights });
      await net.step(layer.steps);
      errors.push(Array.from(output.recorded("r").values).reduce((sum, x) => sum + x * x, 0));
    }
    expect(errors.at(-1)!).toBeLessThan(errors[0]! / 2);
  });

  it("stands still while the network does not learn, and refuses options that do not exist", async () => {
    const layer = layerOf(1, "delta", 0);
    const { net, cells, synapses } = network(layer, weightsOf(layer), 1);
    net.learning = false;
    cells.set({ error: 1 });
    await net.step(layer.steps);
    expect([...synapses.get("w")]).toEqual(weightsOf(layer));
    for (const wrong of [{ response: "alpha" }, { threshold: "high" }, { signal: "1L" }])
      expect(["invalid-value", "invalid-name"]).toContain(refusal(() => EProp(wrong as never)).code);
  });
});
