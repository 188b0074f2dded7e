import {
  createNetwork,
  defineBehavior,
  DeltaReceptor,
  fromArrays,
  LIF,
  Recorder,
  SpikeTrain,
  type NeuroweaveError,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "./refusals.ts";
import { Counter } from "./tiny-behaviors.ts";

/** x doubles exactly, from 2^start: it overflows where 2^1024 is reached. */
const Double = defineBehavior({
  name: "double",
  state: { x: { init: "pow(2, 1000 - i)" }, y: { init: 5 } },
  equations: "x = 2 * x\n y = y + 1",
});

describe.each(["wasm", "reference"] as const)("a state that is no longer finite, on %s", (device) => {
  it.each([false, true])(
    "stops the run at the end of that step, with who, what, when and the last finite value (host: %s)",
    async (hosted) => {
      const net = createNetwork({ dt: 0.5, device });
      const Idle = defineBehavior({ name: "idle", step: () => undefined });
      net.population("calm", 2, [Counter()]);
      const p = net.population("burst", 3, [
        Double(),
        Recorder({ variables: ["x", "y"] }),
        ...(hosted ? [Idle()] : []),
      ]);
      const anomalies: NeuroweaveError[] = [];
      const ends: number[] = [];
      net.on("anomaly", (error) => anomalies.push(error));
      net.on("run:end", ({ steps }) => ends.push(steps));
      const error = await refusal(() => net.step(1000));
      expect(error).toMatchObject({ code: "non-finite-state", entity: "burst" });
      expect(error.message).toMatch(/\bx\b.*neuron 0.*Infinity.*step 23.*11\.5 ms/s);
      expect(error.message).toContain(String(2 ** 1023));
      expect(error.remedy).toBeTruthy();
      expect(anomalies).toEqual([error]);
      expect(ends).toEqual([24]);

      expect(net.steps).toBe(24);
      expect([...p.get("x")]).toEqual([Number.POSITIVE_INFINITY, 2 ** 1023, 2 ** 1022]);
      expect([...p.get("y")]).toEqual([29, 29, 29]);
      expect([...net.find("calm").get("count" as never)]).toEqual([24, 24]);
      expect(p.recorded("y").trace(0).length).toBe(24);
      expect(p.recorded("x").at(23)[0]).toBe(Number.POSITIVE_INFINITY);
    },
  );

  it("can be read, reset, restored, forked and mended", async () => {
    const net = createNetwork({ dt: 0.5, device });
    const p = net.population("burst", 3, [Double(), Counter()]);
    await net.step(20);
    const bytes = net.snapshot();
    const saved = net.state();
    await refusal(() => net.step(1000));
    expect(net.fork().state()).toEqual(net.state());
    net.restore(bytes);
    expect([net.steps, net.state()]).toEqual([20, saved]);
    await refusal(() => net.step(1000));
    net.reset();
    expect([net.steps, [...p.get("x")]]).toEqual([0, [2 ** 1000, 2 ** 999, 2 ** 998]]);
    await refusal(() => net.step(1000));
    p.set({ x: 1 });
    await net.step(10);
    expect([net.steps, [...p.get("x")], p.get("count")[0]]).toEqual([34, [1024, 1024, 1024], 34]);
  });

  it("is found in whatever neuron it is, and never in the padding", async () => {
    for (const n of [1, 2, 3, 5, 6, 7]) {
      const Divide = defineBehavior({ name: "divide", state: { x: { init: 1 } }, equations: "x = 1 / (n - i)" });
      const fine = createNetwork({ dt: 1, device });
      fine.population("p", n, [Divide()]);
      await fine.step(3);
      const Root = defineBehavior({ name: "root", state: { x: { init: 1 } }, equations: "x = sqrt(n - 1.5 - i)" });
      const net = createNetwork({ dt: 1, device });
      net.population("p", n, [Root()]);
      const error = await refusal(() => net.step(3));
      expect(error.message).toMatch(new RegExp(`neuron ${n - 1} became NaN in step 0 .*it was 1 before`));
    }
  });

  it("may be a parameter that a behavior writes", async () => {
    const Grow = defineBehavior({
      name: "grow",
      parameters: { rate: { default: 2 ** 1000 } },
      equations: "rate = i == 2 ? 2 * rate : rate",
    });
    const net = createNetwork({ dt: 1, device });
    const p = net.population("p", 3, [Grow(), Counter()]);
    const error = await refusal(() => net.step(50));
    expect(error).toMatchObject({ code: "non-finite-state", entity: "p" });
    expect(error.message).toMatch(/rate of neuron 2 became Infinity in step 23 /);
    expect([net.steps, p.get("count")[0]]).toEqual([24, 24]);
  });

  it("is found in what the host writes", async () => {
    const Write = defineBehavior({
      name: "write",
      writes: ["x"],
      step: ({ columns, step }) => void (columns["x"]![1] = step === 3 ? Number.NaN : step),
    });
    const Still = defineBehavior({ name: "still", state: { x: { init: 0 } } });
    const net = createNetwork({ dt: 1, device });
    const p = net.population("p", 2, [Write(), Still(), Counter()]);
    const error = await refusal(() => net.step(10));
    expect(error).toMatchObject({ code: "non-finite-state", entity: "p" });
    expect(error.message).toMatch(/x of neuron 1 became NaN in step 3 .*it was 2 before/);
    expect([net.steps, p.get("count")[0]]).toEqual([4, 4]);
  });
});

describe.each(["wasm", "reference"] as const)("what synapses keep, on %s,", (device) => {
  it.each([
    ["of each synapse", {}, 5, /grow\.x of synapse 5 became Infinity in step 9 .*it was 8 before/],
    ["of each source", { per: "source" }, 2, /grow\.x of source 2 became Infinity in step 9 .*it was 8 before/],
  ] as const)(
    "stops the run when it is no longer finite, though nobody transmits it: %s",
    async (_, per, place, says) => {
      for (const precision of ["f64", "f32"] as const) {
        const Grow = defineBehavior({
          name: "grow",
          scope: "instance",
          state: { x: { init: 1, ...per } },
          onPre: "x = t < 8 ? t + 1 : x / 0",
        });
        const net = createNetwork({ dt: 1, device, precision });
        const source = net.population("source", 3, SpikeTrain({ times: [5, 6, 7, 8], ids: [0, 2, 2, 2] }));
        const cells = net.population("cells", 3, [LIF(), DeltaReceptor()]);
        const connect = fromArrays({ sources: [0, 0, 1, 1, 1, 2], targets: [0, 1, 0, 1, 2, 2] });
        const projection = net.projection("p", {
          source,
          target: cells,
          connect,
          weight: 0,
          behaviors: [Grow()] as never,
        });
        const error = await refusal(() => net.step(30));
        expect(error).toMatchObject({ code: "non-finite-state", entity: "p" });
        expect(error.message).toMatch(says);
        expect(net.steps).toBe(10);
        expect(projection.get("x")[place]).toBe(Infinity);
      }
    },
  );
});
