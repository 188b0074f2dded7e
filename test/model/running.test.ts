import { createNetwork, defineBehavior, Recorder, type NetworkEventMap } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal, refusedWithoutTrace } from "./refusals.ts";
import { Cell, Counter, Decay } from "./tiny-behaviors.ts";

function counting() {
  const net = createNetwork({ dt: 0.5 });
  const p = net.population("p", 2, [Counter()]);
  return { net, p };
}

const Beat = defineBehavior({ name: "beat", spike: "t == 2 * i" });

describe("running", () => {
  it("takes as many steps as are asked for, in ms or in steps", async () => {
    const { net, p } = counting();
    await net.run(1.5);
    await net.step(4);
    await net.step();
    await net.run(0);
    await net.step(0);
    expect([net.steps, p.get("count")[0]]).toEqual([8, 8]);
  });

  it("ends in the same bits however it is cut into runs", async () => {
    const make = () => {
      const net = createNetwork({ dt: 0.1, seed: 4 });
      const Noisy = defineBehavior({ name: "noisy", equations: "I += normal(0, 3)" });
      const p = net.population("p", 3, [Cell({ I: 1.2 }), Noisy(), Recorder({ variables: ["v", "I"], every: 0.3 })]);
      return { net, p };
    };
    const [whole, cut] = [make(), make()];
    await whole.net.step(200);
    for (const steps of [1, 2, 30, 17, 0, 50, 100]) await cut.net.step(steps);
    expect(cut.p.get("v")).toEqual(whole.p.get("v"));
    expect(cut.p.spikes()).toEqual(whole.p.spikes());
    expect([...cut.p.recorded("I").values]).toEqual([...whole.p.recorded("I").values]);
    expect([...cut.p.recorded("v").times]).toEqual(Array.from({ length: 67 }, (_, j) => 3 * j * 0.1));
  });

  it("waits, before the first step and with everything started, for what is to be done then; where that throws, nothing runs", async () => {
    const { net, p } = counting();
    const order: string[] = [];
    net.on("compiled", () => void order.push("compiled"));
    net.on("progress", () => void order.push("progress"));
    const ready = async (): Promise<void> => {
      await Promise.resolve();
      order.push(`ready at ${net.steps}`);
    };
    await net.step(3, { ready });
    await net.run(0, { ready });
    expect(order).toEqual(["compiled", "ready at 0", "progress", "ready at 3", "progress"]);
    const no = (): never => {
      throw new Error("no");
    };
    await expect(net.run(2, { ready: no })).rejects.toThrow("no");
    expect([net.steps, p.get("count")[0]]).toEqual([3, 3]);
  });

  it("that cannot begin never comes to be ready", async () => {
    const { net } = counting();
    let called = 0;
    const ready = (): void => void called++;
    expect((await refusal(() => net.run(0.7, { ready }))).code).toBe("off-grid");
    expect((await refusal(() => net.run(Number.POSITIVE_INFINITY, { ready }))).code).toBe("not-finite");
    expect([called, net.steps]).toEqual([0, 0]);
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "3", null])("refuses %j steps", async (steps) => {
    const { net } = counting();
    const error = await refusedWithoutTrace(net, () => net.step(steps as never));
    expect(error.code).toBe("out-of-range");
  });

  it("until a condition holds at a step border, and tells whether it came to hold", async () => {
    const { net, p } = counting();
    expect(await net.runUntil(() => p.get("count")[0] === 5, { max: 100 })).toBe(true);
    expect(net.steps).toBe(5);
    expect(await net.runUntil(() => true, { max: 100 })).toBe(true);
    expect(net.steps).toBe(5);
    expect(await net.runUntil((network) => network.steps > 1000, { max: 10 })).toBe(false);
    expect(net.steps).toBe(25);
    expect((await refusedWithoutTrace(net, () => net.runUntil(() => true, undefined as never))).code).toBe(
      "not-finite",
    );
  });

  it("goes on after a condition or a listener that throws", async () => {
    const { net, p } = counting();
    const fault = new Error("mine");
    const condition = (): boolean => {
      if (net.steps === 3) throw fault;
      return false;
    };
    await expect(net.runUntil(condition, { max: 10 })).rejects.toBe(fault);
    expect(net.steps).toBe(3);
    for (const event of ["run:start", "spikes", "progress", "run:end"] as const) {
      const other = createNetwork({ dt: 1 });
      const cells = other.population("cells", 2, [Beat(), Counter()]);
      const listener = (): never => {
        throw fault;
      };
      other.on(event, listener);
      await expect(other.step(5), event).rejects.toBe(fault);
      other.off(event, listener);
      const { steps } = other;
      expect(cells.get("count")[0], event).toBe(steps);
      await other.step(5);
      expect(cells.get("count")[0], event).toBe(steps + 5);
      expect([...cells.spikes().steps], event).toEqual([0, 2].filter((k) => k < steps + 5));
    }
    await net.step(2);
    expect(p.get("count")[0]).toBe(5);
  });

  it("stops at the next step border when it is aborted, from outside or from within", async () => {
    const { net } = counting();
    const aborted = new AbortController();
    aborted.abort();
    await net.run(100, { signal: aborted.signal });
    expect(net.steps).toBe(0);

    const timed = new AbortController();
    setTimeout(() => timed.abort(), 50);
    await net.step(Number.MAX_SAFE_INTEGER, { signal: timed.signal });
    const { steps } = net;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(net.steps).toBe(steps);

    const inside = new AbortController();
    const cells = createNetwork({ dt: 1 });
    cells.population("cells", 3, [Beat()]);
    cells.on("spikes", ({ step }) => {
      if (step === 2) inside.abort();
    });
    await cells.step(1000, { signal: inside.signal });
    expect(cells.steps).toBe(3);

    const host = new AbortController();
    const hosted = createNetwork({ dt: 1 });
    const Abort = defineBehavior({ name: "abort", step: ({ step }) => step === 4 && host.abort() });
    hosted.population("p", 1, [Abort()]);
    expect(await hosted.runUntil(() => false, { max: 1000, signal: host.signal })).toBe(false);
    expect(hosted.steps).toBe(5);
  });

  it("refuses a second run while one goes on, and the first is not disturbed", async () => {
    const { net, p } = counting();
    const first = net.step(50_000);
    const error = await refusal(() => net.step());
    expect(error.code).toBe("wrong-moment");
    expect(error.remedy).toBeTruthy();
    await first;
    expect(p.get("count")[0]).toBe(50_000);
  });

  it("takes changes into account that are made while the first step is being compiled", async () => {
    const { net, p } = counting();
    const run = net.step(3);
    p.attach(Decay({ tau: 1 }) as never).set({ count: 10 });
    await run;
    expect(p.get("count")[0]).toBe(13);
    expect(p.get("x" as never)[0]).toBe(0.125);
  });

  it("lets go of the event loop now and then", async () => {
    const { net } = counting();
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 300);
    await net.step(Number.MAX_SAFE_INTEGER, { signal: stop.signal });
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(1);
  });

  it("lets go of the event loop in a loop of short runs too", async () => {
    const { net } = counting();
    await net.step(10);
    const timed = new AbortController();
    setTimeout(() => timed.abort(), 0);
    const end = performance.now() + 5000;
    while (!timed.signal.aborted && performance.now() < end) await net.step(10);
    expect(timed.signal.aborted).toBe(true);
  });

  it("takes changes that listeners make between steps into account at the next step", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 4, [Beat(), Counter(), Decay({ tau: 2 })]);
    net.on("spikes", ({ step }) => {
      expect(net.steps).toBe(step + 1);
      if (step === 2) p.disable("counter");
      if (step === 4) p.enable("counter").set({ tau: 4 });
    });
    await net.step(7);
    expect(p.get("count")[0]).toBe(5);
    let x = 1;
    for (let k = 0; k < 7; k++) x = x + -x * (1 / (k < 5 ? 2 : 4));
    expect(p.get("x")[0]).toBe(x);
  });

  it("gives every listener of spikes a network that is complete: samples, spikes and snapshots of that step", async () => {
    const net = createNetwork({ dt: 1 });
    const p = net.population("p", 2, [Beat(), Counter(), Recorder({ variables: ["count"] })]);
    const seen: unknown[] = [];
    net.on("spikes", ({ step }) => {
      const twin = net.fork().find("p");
      for (const each of [p, twin])
        seen.push([
          step,
          [...each.recorded("count" as never).trace()],
          [...each.spikes().steps],
          [...each.get("spike")],
        ]);
    });
    await net.step(4);
    const first = [0, [1], [0], [1, 0]];
    const second = [2, [1, 2, 3], [0, 2], [0, 1]];
    expect(seen).toEqual([first, first, second, second]);
  });
});

describe("events", () => {
  function listen(net: ReturnType<typeof createNetwork>, ...names: (keyof NetworkEventMap)[]) {
    const heard: [string, object][] = [];
    for (const name of names) net.on(name, (event: object) => heard.push([name, event]));
    return heard;
  }

  it("say when a run starts and ends", async () => {
    const { net } = counting();
    const heard = listen(net, "run:start", "run:end");
    await net.run(2);
    await net.step(3);
    expect(heard).toEqual([
      ["run:start", { t: 0, duration: 2 }],
      ["run:end", { t: 2, steps: 4 }],
      ["run:start", { t: 2, duration: 1.5 }],
      ["run:end", { t: 3.5, steps: 3 }],
    ]);
  });

  it("report progress, at the end at least", async () => {
    const { net } = counting();
    const reports: { t: number; fraction: number; realTimeFactor: number }[] = [];
    net.on("progress", (report) => reports.push(report));
    await net.run(5000);
    const last = reports.at(-1)!;
    expect([last.t, last.fraction]).toEqual([5000, 1]);
    expect(last.realTimeFactor).toBeGreaterThan(0);
    const fractions = reports.map(({ fraction }) => fraction);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  });

  it("tell of every change of structure", () => {
    const net = createNetwork({ dt: 1 });
    const heard = listen(net, "structure");
    const p = net.population("p", 1, [Decay()]);
    p.attach(Counter()).disable("counter").disable("counter").enable("counter").detach("counter");
    net.remove(p);
    expect(heard.map(([, event]) => event)).toEqual(
      ["population", "attached", "disabled", "enabled", "detached", "removed"].map((change) => ({
        change,
        entity: "p",
      })),
    );
  });

  it("tell when a plan was compiled: before the first step, and before the next one after a change", async () => {
    const { net, p } = counting();
    const heard = listen(net, "compiled");
    expect(heard.length).toBe(0);
    await net.step(5);
    await net.step(5);
    expect(heard).toEqual([["compiled", { device: "wasm", kernels: 1 }]]);
    p.disable("counter")
      .enable("counter")
      .attach(Decay() as never);
    expect(heard.length).toBe(1);
    await net.step();
    expect(heard.length).toBe(2);
    net.reset();
    await net.step();
    expect(heard.length).toBe(2);
  });

  it("hand out the spikes of every population and step", async () => {
    const net = createNetwork({ dt: 0.5 });
    const Twice = defineBehavior({ name: "twice", spike: "t == 1 or (t == 2 and i > 0)" });
    net.population("a", 3, [Twice()]);
    net.population("b", 1, [Twice()]);
    const heard: unknown[] = [];
    net.on("spikes", ({ population, step, t, ids }) => heard.push([population, step, t, [...ids]]));
    await net.step(6);
    expect(heard).toEqual([["a", 2, 1, [0, 1, 2]], ["b", 2, 1, [0]], ["a", 4, 2, [1, 2]]]); // prettier-ignore
  });

  it("tell of snapshots, and stop telling who listens no more", async () => {
    const { net } = counting();
    await net.step(3);
    const heard: object[] = [];
    const listener = (event: object): void => void heard.push(event);
    net.on("snapshot", listener);
    const bytes = net.snapshot();
    expect(heard).toEqual([{ step: 3, bytes: bytes.length }]);
    net.off("snapshot", listener);
    net.snapshot();
    expect(heard.length).toBe(1);
  });
});
