import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compilerHere } from "../compiler.ts";
import { canRun, expectThreads, native, nativeTeam, reference, wasm, wasmTeam } from "../devices/places.ts";
import { stateOf } from "../devices/state-of.ts";
import { timeout } from "../devices/twins.ts";
import { expectTwins } from "./compare-with-naive.ts";
import { builtNetwork, drawnPlan, naiveTwin } from "./random-networks.ts";

const steps = 40;

describe("a random network", () => {
  it.each(["wasm", "reference"] as const)("on %s has the bits of its naive twin at every step", async (device) => {
    let spikes = 0;
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const plan = drawnPlan(draw, steps);
        const [net, naive] = [builtNetwork(plan, { device }), naiveTwin(plan)];
        for (let k = 0; k < steps; k++) {
          await net.step();
          naive.advance(1);
          expectTwins(net, naive);
        }
        spikes += naive.history.length;
      }),
      { numRuns: 45, seed: 20_250, endOnFailure: true },
    );
    expect(spikes).toBeGreaterThan(1000);
  });

  /** Compiling in C takes a while: few networks go through it, the same in every run. */
  it.each([
    { place: wasmTeam(2), numRuns: 12 },
    { place: wasmTeam(3), numRuns: 6 },
    { place: native, numRuns: 5 },
    { place: nativeTeam(2), numRuns: 5 },
    { place: nativeTeam(3), numRuns: 4 },
  ])(
    "of populations that have to be divided has them on $place.name too",
    async ({ place, numRuns }) => {
      let spikes = 0;
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (draw) => {
          const plan = drawnPlan(draw, steps, 150);
          const [net, naive] = [builtNetwork(plan, place.options), naiveTwin(plan)];
          if (!(await canRun(place, net))) return;
          for (const count of [1, 1, 8, 30]) {
            await net.step(count);
            naive.advance(count);
            expectTwins(net, naive);
          }
          expectThreads(net, place);
          spikes += naive.history.length;
        }),
        { numRuns, seed: 20_252, endOnFailure: true },
      );
      expect(spikes === 0 || spikes > 1000).toBe(true);
    },
    timeout,
  );

  it.each([
    { place: reference, numRuns: 12 },
    { place: wasm, numRuns: 20 },
    { place: wasmTeam(2), numRuns: 8 },
    { place: native, numRuns: 5 },
    { place: nativeTeam(2), numRuns: 5 },
  ])(
    "that collects what arrives, whatever its delays are, has them on $place.name",
    async ({ place, numRuns }) => {
      let collections = 0;
      await fc.assert(
        fc.asyncProperty(fc.gen(), async (draw) => {
          const plan = drawnPlan(draw, steps, 150);
          const net = builtNetwork(plan, { ...place.options, largestRing: 0 });
          const naive = naiveTwin(plan);
          if (!(await canRun(place, net))) return;
          for (const count of [1, 1, 8, 30]) {
            await net.step(count);
            naive.advance(count);
            expectTwins(net, naive);
          }
          const emitted = builtNetwork(plan, { device: "wasm", largestRing: 0 }).explain({ code: true }).code;
          if (emitted?.includes("(call $collect")) collections++;
        }),
        { numRuns, seed: 20_253, endOnFailure: true },
      );
      if (compilerHere() || !place.compiled) expect(collections).toBeGreaterThan(0);
    },
    timeout,
  );

  it("in single precision has the same bits on both devices", async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (draw) => {
        const plan = drawnPlan(draw, steps);
        const [one, other] = (["wasm", "reference"] as const).map((device) => builtNetwork(plan, { device, precision: "f32" }));
        for (let k = 0; k < steps; k += 4) {
          await Promise.all([one!.step(4), other!.step(4)]);
          expect(stateOf(one!)).toEqual(stateOf(other!));
        }
      }),
      { numRuns: 15, seed: 20_251, endOnFailure: true },
    );
  }); // prettier-ignore
});
