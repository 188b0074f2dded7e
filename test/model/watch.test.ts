import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  createNetwork,
  defineBehavior,
  LIF,
  PoissonSource,
  SpikeTrain,
  type Network,
  type NeuroweaveError,
  type WatchOptions,
} from "neuroweave";
import { refusal } from "./refusals.ts";

const told = (net: Network): NeuroweaveError[] => {
  const anomalies: NeuroweaveError[] = [];
  net.on("anomaly", (error) => void anomalies.push(error));
  return anomalies;
};

/** x doubles from 2^1020: it is infinite after step 3. */
const Double = defineBehavior({
  name: "double",
  state: { x: { init: "pow(2, 1020)" }, y: { init: 0 } },
  equations: "x = 2 * x\n y = y + 1",
});

describe.each(["wasm", "reference"] as const)("on %s a state that is not finite", (device) => {
  const made = (options: WatchOptions): Network => {
    const net = createNetwork({ dt: 1, device });
    net.population("burst", 3, [Double()]);
    net.watch(options);
    return net;
  };

  it("stops the run where nothing else is said", async () => {
    const net = made({ silent: { below: 1, over: 5, then: "warn" } });
    expect(await refusal(() => net.run(20))).toMatchObject({ code: "non-finite-state" });
    expect(net.steps).toBe(4);
  });

  it("is told once with `warn`, and again after a reset, and the run goes on", async () => {
    const net = made({ nonFinite: "warn" });
    const anomalies = told(net);
    await net.run(20);
    await net.run(5);
    expect(anomalies.map(({ code }) => code)).toEqual(["non-finite-state"]);
    expect(anomalies[0]!.message).toContain("step 3");
    expect([...net.find("burst").get("y" as never)]).toEqual([25, 25, 25]);
    net.reset();
    await net.run(20);
    expect(anomalies.length).toBe(2);
  });

  it("is nobody's business with `ignore`, and stops runs again when nobody watches", async () => {
    const net = createNetwork({ dt: 1, device });
    net.population("burst", 3, [Double()]);
    const anomalies = told(net);
    const end = net.watch({ nonFinite: "ignore" });
    await net.run(20);
    expect(anomalies).toEqual([]);
    expect(net.steps).toBe(20);
    end();
    net.reset();
    expect(await refusal(() => net.run(20))).toMatchObject({ code: "non-finite-state" });
  });
});

it("judges the rates of whole intervals, of all populations that can spike, whatever the runs are", async () => {
  const trains = fc.array(fc.tuple(fc.nat(119), fc.nat(3)), { maxLength: 60 });
  const runs = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(trains, runs, fc.nat(40), fc.integer({ min: 1, max: 400 }), async (events, parts, below, above) => {
      const net = createNetwork({ dt: 1 });
      const times = events.map(([time]) => time);
      const cells = net.population("cells", 4, SpikeTrain({ times, ids: events.map(([, id]) => id) }));
      net.population("quiet", 2, defineBehavior({ name: "idle", state: { z: { init: 0 } }, equations: "z = 0" })());
      const anomalies = told(net);
      net.watch({ silent: { below: below + 0.5, over: 10, then: "warn" }, exploding: { above, over: 20, then: "warn" } });
      for (const part of parts) await net.run(part);
      // A naive twin: spikes of each interval, counted from the record.
      const { steps } = cells.spikes();
      const rate = (from: number, to: number): number =>
        steps.filter((step) => step >= from && step < to).length / 4 / ((to - from) / 1000);
      const expected: string[] = [];
      for (let border = 10; border <= net.steps; border += 10) {
        if (rate(border - 10, border) < below + 0.5) expected.push(`silent-population from ${border - 10} to ${border}`);
        if (border % 20 === 0 && rate(border - 20, border) > above)
          expected.push(`exploding-population from ${border - 20} to ${border}`);
      }
      const found = anomalies.map(({ code, message, entity }) => {
        expect(entity).toBe("cells");
        return `${code} ${/from \d+ to \d+/.exec(message)![0]}`;
      });
      expect(found).toEqual(expected);
    }),
    { numRuns: 40, seed: 8 },
  );
}); // prettier-ignore

it("stops at the border where it was found, and goes on when it is asked to", async () => {
  const net = createNetwork({ dt: 0.5, seed: 3 });
  const noise = net.population("noise", 50, PoissonSource({ rate: 100 }));
  net.population("cells", 5, LIF());
  net.watch({ exploding: { above: 40, over: 20 }, populations: ["noise"] });
  const error = await refusal(() => net.run(100));
  expect(error).toMatchObject({ code: "exploding-population", entity: "noise" });
  expect(error.message).toMatch(/fires \d+(\.\d+)? Hz from 0 to 20 ms, more than 40 Hz/);
  expect(net.t).toBe(20);
  expect(await refusal(() => net.run(100))).toMatchObject({ code: "exploding-population" });
  expect(net.t).toBe(40);
  noise.set({ rate: 1 });
  await net.run(100);
  expect(net.t).toBe(140);
});

it("judges no interval that it has not seen from its beginning", async () => {
  const net = createNetwork({ dt: 1 });
  net.population("cells", 4, LIF());
  const anomalies = told(net);
  await net.run(7);
  net.watch({ silent: { below: 1, over: 10, then: "warn" } });
  await net.run(13);
  expect(anomalies.map(({ message }) => /from \d+ to \d+/.exec(message)![0])).toEqual(["from 10 to 20"]);
  const bytes = net.snapshot();
  await net.run(7);
  net.restore(bytes);
  await net.run(9);
  expect(anomalies.length).toBe(1);
  await net.run(1);
  expect(anomalies.length).toBe(2);
  net.reset();
  await net.run(10);
  expect(anomalies.length).toBe(3);
});

it.each([
  [{ nonFinite: "stopp" }, "invalid-value"],
  [{ nonfinite: "stop" }, "unknown-name"],
  [{ silent: { below: 1 } }, "invalid-value"],
  [{ silent: { below: 0, over: 5 } }, "out-of-range"],
  [{ silent: { below: 1, over: 0.3 } }, "off-grid"],
  [{ exploding: { above: -1, over: 5 } }, "out-of-range"],
  [{ exploding: { above: 5, over: 5, than: "warn" } }, "unknown-name"],
  [{ populations: "cells" }, "invalid-value"],
  [{ populations: ["cels"] }, "unknown-name"],
])("refuses %j", async (options, code) => {
  const net = createNetwork({ dt: 1 });
  net.population("cells", 1, LIF());
  expect(await refusal(() => net.watch(options as never))).toMatchObject({ code });
});
