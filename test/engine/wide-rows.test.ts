/** What is stored in two bytes where that suffices, in four where it does not: the bits are those of a network that is small enough. */
import {
  CurrentReceptor,
  createNetwork,
  DeltaReceptor,
  fromArrays,
  LIF,
  PairSTDP,
  SpikeTrain,
  type EngineOptions,
  type Network,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { canRun, native, reference, wasm, wasmTeam } from "../devices/places.ts";
import { timeout } from "../devices/twins.ts";

const steps = 60;
const cell = { R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65 };

describe("a projection from more than 65 536 sources", () => {
  /** Twelve sources that spike, behind so many that are silent, onto four cells whose synapses learn. */
  function learning(silent: number, options: EngineOptions): Network {
    const net = createNetwork({ dt: 1, seed: 1, ...options });
    const times = Array.from({ length: 90 }, (_, k) => 1 + ((7 * k) % (steps - 2)));
    const ids = times.map((_, k) => silent + ((5 * k) % 12));
    const source = net.population("source", silent + 12, SpikeTrain({ times, ids }));
    const target = net.population("target", 4, [LIF({ ...cell, I: 2.4 }), CurrentReceptor({ name: "in" })] as never);
    const pairs = Array.from({ length: 30 }, (_, k) => [silent + (k % 12), (k * k) % 4] as const);
    const unique = [...new Map(pairs.map((pair) => [pair.join(), pair])).values()];
    net.projection("p", {
      source,
      target,
      receptor: "in",
      connect: fromArrays({ sources: unique.map(([s]) => s), targets: unique.map(([, t]) => t) }),
      weight: 3,
      delay: 2,
      behaviors: [PairSTDP({ A_plus: 0.05, A_minus: 0.04 })],
    } as never);
    return net;
  }

  it.each([wasm, wasmTeam(2), native, reference])("learns at postsynaptic spikes what it learns from twelve, on $name", async (place) => {
    const [wide, narrow] = [learning(65_530, place.options), learning(0, reference.options)];
    if (!(await canRun(place, wide))) return;
    for (const net of [wide, narrow]) await net.step(steps);
    const [w, expected] = [wide, narrow].map((net) => Float64Array.from(net.findProjection("p").column("w")));
    expect(w).toEqual(expected);
    expect(wide.find("target").spikes()).toEqual(narrow.find("target").spikes());
    expect(wide.find("target").spikes().ids.length).toBeGreaterThan(4);
    expect(new Set(w).size).toBeGreaterThan(3);
  }, timeout); // prettier-ignore
});

describe("a source with more than 65 535 synapses", () => {
  const targets = 66_000;
  const spikes = [
    { time: 1, source: 0 },
    { time: 2, source: 1 },
    { time: 9, source: 0 },
    { time: 20, source: 1 },
  ] as const;
  const weightOf = (t: number): number => 0.5 + (t % 7);
  const delayOf = (source: number, t: number, longest: number): number => 1 + ((t + 3 * source) % longest);
  const reaches = (source: number, t: number): boolean => source === 0 || t % 100 === 0;

  /** Two sources onto cells that keep what they get: one reaches all, one every hundredth, with delays of their own. */
  function fanned(options: EngineOptions, longest: number): Network {
    const net = createNetwork({ dt: 1, seed: 1, ...options });
    const source = net.population("source", 2, SpikeTrain({ times: spikes.map(({ time }) => time), ids: spikes.map((each) => each.source) }));
    const target = net.population("target", targets, [LIF({ tau: 1e15, v_rest: 0, v_reset: 0, threshold: 1e9 }), DeltaReceptor({ name: "in" })] as never);
    const pairs = [0, 1].flatMap((s) => Array.from({ length: targets }, (_, t) => [s, t] as const).filter(([, t]) => reaches(s, t)));
    net.projection("p", {
      source,
      target,
      receptor: "in",
      connect: fromArrays({
        sources: pairs.map(([s]) => s),
        targets: pairs.map(([, t]) => t),
        weights: pairs.map(([, t]) => weightOf(t)),
        delays: pairs.map(([s, t]) => delayOf(s, t, longest)),
      }),
    } as never);
    return net;
  } // prettier-ignore

  it.each([
    { place: wasm, longest: 9 },
    { place: wasmTeam(3), longest: 9 },
    { place: wasm, longest: 300 },
    { place: reference, longest: 9 },
  ])("reaches each after its delay, collected on $place.name from delays up to $longest ms, as if it had waited there", async ({ place, longest }) => {
    const collected = fanned({ ...place.options, largestRing: 0 }, longest);
    const waiting = fanned({ ...wasm.options, largestRing: 2 ** 30 }, longest);
    for (const until of [4, 11, 34]) {
      for (const net of [collected, waiting]) await net.step(until - net.steps);
      const [one, other] = [collected, waiting].map((net) => net.find("target").get("v"));
      expect(one!.findIndex((v, t) => v !== other![t])).toBe(-1);
      for (let t = 0; t < targets; t += 50) {
        const arrived = spikes.filter(({ time, source }) => reaches(source, t) && time + delayOf(source, t, longest) < until);
        expect(one![t]).toBeCloseTo(arrived.length * weightOf(t), 9);
      }
    }
  }, timeout); // prettier-ignore
});
