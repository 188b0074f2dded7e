import {
  createNetwork,
  defineBehavior,
  normal,
  Recorder,
  SpikeTrain,
  uniform,
  type Network,
  type ProjectionOptions,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { expectCure, refusal } from "../model/refusals.ts";
import { listed, paired } from "./wiring.ts";

/** Keeps what arrives in this step. */
const Letterbox = defineBehavior({
  name: "letterbox",
  scope: "instance",
  state: { got: { init: 0 } },
  onArrival: "got = arriving",
});

type Wiring = Partial<ProjectionOptions>;

/** Spikes of n neurons, all at one moment, into as many letterboxes. */
function post(device: "wasm" | "reference", dt: number, n: number, spike: number, wiring: Wiring): Network {
  const net = createNetwork({ dt, device, seed: 4 });
  const ids = Array.from({ length: n }, (_, i) => i);
  const source = net.population("source", n, SpikeTrain({ times: ids.map(() => spike * dt), ids }));
  const target = net.population("target", n, [Letterbox(), Recorder({ variables: ["letterbox.got"] })]);
  net.projection("p", { source, target, connect: paired(n), ...wiring });
  return net;
}

/** The steps in which something arrived at a neuron. */
function arrivals(net: Network, neuron = 0): number[] {
  const { steps, trace } = { steps: net.find("target").recorded("letterbox.got" as never), trace: neuron };
  return Array.from(steps.trace(trace)).flatMap((got, k) => (got === 0 ? [] : [k]));
}

describe.each(["wasm", "reference"] as const)("on %s a spike of step 3", (device) => {
  it.each([
    [0.1, 0, 4],
    [0.1, 0.1, 4],
    [0.1, 0.2, 5],
    [0.1, 0.3, 6],
    [0.1, 0.7, 10],
    [0.1, 1.5, 18],
    [0.1, 2.50000001, 28],
    [0.25, 0.25, 4],
    [0.25, 10, 43],
    [1, 0, 4],
    [1, 1, 4],
    [1, 2, 5],
    [0.7, 2.1, 6],
    [5, 20, 7],
  ])("with dt %d and delay %d arrives in step %i and never again", async (dt, delay, step) => {
    // The step that the semantics promise: k + max(1, round(d / dt)).
    expect(step).toBe(3 + Math.max(1, Math.round(delay / dt)));
    // Alone a projection may keep spikes; beside another that has delays of its own what they bring must wait in a ring.
    for (const beside of [false, true]) {
      const net = post(device, dt, 3, 3, { delay });
      const [source, target] = [net.find("source"), net.find("target")];
      if (beside) net.projection("mixed", { source, target, connect: paired(3), weight: 0, delay: [dt, 3 * dt, 50 * dt].map((each) => each) as never }); // prettier-ignore
      await net.step(120);
      for (const neuron of [0, 1, 2]) expect(arrivals(net, neuron)).toEqual([step]);
      expect(net.findProjection("p").delays().values).toEqual(new Float64Array(3).fill(Math.max(1, Math.round(delay / dt)) * dt));
    }
  }); // prettier-ignore

  it("arrives after the longest delay that there is, 65535 steps", async () => {
    for (const delay of [65535, [65535, 1]] as const) {
      const net = post(device, 1, 2, 3, { delay: delay as number });
      await net.step(3 + 65535);
      expect(arrivals(net)).toEqual([]);
      await net.step(2);
      expect(arrivals(net)).toEqual([3 + 65535]);
      if (typeof delay !== "number") expect(arrivals(net, 1)).toEqual([4]);
    }
  });

  it("arrives per synapse or per source where delays are lists", async () => {
    const pairs = [0, 0, 0, 1, 2, 2].map((source, j) => ({ source, target: [2, 0, 1, 0, 1, 0][j]! }));
    const perSynapse = post(device, 0.5, 3, 3, { connect: listed(pairs), delay: [2, 0.5, 1, 1.5, 0, 2.5] });
    await perSynapse.step(20);
    expect([0, 1, 2].map((neuron) => arrivals(perSynapse, neuron))).toEqual([[4, 6, 8], [4, 5], [7]]);
    const perSource = post(device, 0.5, 3, 3, { connect: listed(pairs), delay: [1, 0, 2] });
    await perSource.step(20);
    expect([0, 1, 2].map((neuron) => arrivals(perSource, neuron))).toEqual([[4, 5, 7], [5, 7], [5]]);
  });

  it.each([
    ["a distribution", normal(1, 0.8, { min: 0 })],
    ["another", uniform(0, 3)],
  ])("arrives after what %s drew, rounded to the grid, one step at least", async (_, delay) => {
    const n = 60;
    const net = post(device, 0.5, n, 3, { delay });
    await net.step(40);
    const { values } = net.findProjection("p").delays();
    expect(new Set(values).size).toBeGreaterThan(4);
    expect(Math.min(...values)).toBe(0.5);
    for (const [neuron, ms] of values.entries()) {
      expect(ms / 0.5).toBe(Math.round(ms / 0.5));
      expect(arrivals(net, neuron)).toEqual([3 + ms / 0.5]);
    }
  });

  it("arrives after what a rule says of source, target and distance, rounded to the grid", async () => {
    const pairs = [0, 1, 2].flatMap((source) => [0, 1, 2].map((target) => ({ source, target })));
    const seen: number[][] = [];
    const delay = (source: number, target: number, distance: number): number => {
      seen.push([source, target, distance]);
      return 0.1 + 0.4 * source + 1.3 * distance;
    };
    const net = post(device, 0.5, 3, 3, { connect: listed(pairs), delay });
    expect(seen).toEqual(pairs.map(({ source, target }) => [source, target, Math.abs(source - target)]));
    await net.step(20);
    for (const target of [0, 1, 2]) {
      const steps = [0, 1, 2].map((s) => 3 + Math.max(1, Math.round((0.1 + 0.4 * s + 1.3 * Math.abs(s - target)) / 0.5)));
      expect(arrivals(net, target)).toEqual([...new Set(steps)].sort((a, b) => a - b));
    }
  }); // prettier-ignore

  it("that has no synapse, or goes through a projection without any, arrives nowhere", async () => {
    const net = post(device, 0.5, 3, 3, { connect: listed([{ source: 1, target: 2 }]), delay: 1 });
    net.projection("none", { source: net.find("source"), target: net.find("target"), connect: listed([]), delay: 2 });
    await net.step(20);
    expect([0, 1, 2].map((neuron) => arrivals(net, neuron))).toEqual([[], [], [5]]);
    expect(net.findProjection("none").n).toBe(0);
    expect(net.findProjection("none").weights().values).toHaveLength(0);
  });
});

describe("a delay off the grid is refused, with the two nearest that fit", () => {
  it.each([
    [0.1, 0.25, "0.2 ms and 0.3 ms"],
    [0.1, 0.05, "0 ms and 0.1 ms"],
    [0.7, 1, "0.7 ms and 1.4 ms"],
    [1, 1.5, "1 ms and 2 ms"],
  ])("with dt %d a delay of %d", async (dt, delay, nearest) => {
    for (const given of [delay, [dt, delay, dt]]) {
      const error = await refusal(() => post("wasm", dt, 3, 3, { delay: given }));
      expect(error).toMatchObject({ code: "off-grid", entity: "p" });
      expect(error.message).toContain(`${delay} ms`);
      expect(error.remedy).toContain(nearest);
      expectCure(error);
    }
  });
});
