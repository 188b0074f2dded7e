/** Threads that share a step: which there are, what becomes of them, and that nothing can be seen of them in the bits. */
import {
  createNetwork,
  defineBehavior,
  KWTA,
  LateralInhibition,
  LIF,
  NoisyCurrent,
  Phase,
  PopulationRate,
  Recorder,
  uniform,
  type EngineOptions,
  type Network,
} from "neuroweave";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createBuilder, emitProgram, teamStages, verify, type Program } from "@neuroweave/kernel";
import { assemble } from "@neuroweave/engine";
import { startTeam } from "../../packages/engine/src/devices/wasm-team.ts";
import { canRun, expectThreads, native, nativeTeam, reference, wasm, wasmTeam, type Place } from "../devices/places.ts";
import { expectSameBits } from "../devices/twins.ts";
import { everything, woven } from "../model/network-with-projections.ts";
import { refusal } from "../model/refusals.ts";
import { collectGarbage, fallTo, withoutWorkers, workers } from "./workers.ts";

const cell = { R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65 };

/** Noisy cells, enough for several threads. */
function noisy(options: EngineOptions, n = 200): Network {
  const net = createNetwork({ dt: 0.5, seed: "threads", ...options });
  net.population("cells", n, [LIF({ ...cell, I: uniform(3, 6) }), NoisyCurrent({ sigma: 3, tau: 4 })]);
  return net;
}

const extra = (net: Network, name: string): void =>
  void net.find("cells").attach(NoisyCurrent({ name, sigma: 1 }) as never);

const teams = [wasmTeam(2), nativeTeam(2)];

describe("a number of threads", () => {
  it.each([0, -1, 1.5, 257, 1000, NaN, Infinity, "two", {}, { count: 0 }, { count: 2.5, always: true }])(
    "is refused if it makes no sense: %j",
    (threads) => {
      expect(() => createNetwork({ dt: 1, threads: threads as never })).toThrow(
        expect.objectContaining({ code: "out-of-range", remedy: expect.stringContaining("from 1 to 256") }) as Error,
      );
    },
  );

  it.each([
    { count: 2, always: "yes" },
    { count: 2, alway: true },
  ])("is refused beside what is not known: %j", (threads) => {
    expect(() => createNetwork({ dt: 1, threads: threads as never })).toThrow(
      expect.objectContaining({ code: "invalid-value", remedy: expect.stringContaining("always: true") }) as Error,
    );
  });

  it("above that of the cores runs, and the plan says that it gains nothing", async () => {
    const net = noisy({ threads: { count: 40, always: true } }, 3000);
    await net.step(3);
    const { threads, notes } = net.explain();
    expect(threads).toBe(40);
    expect(notes.join()).toMatch(/40 threads take turns on (one core|\d+ cores), which gains nothing/);
  });

  it("is one where a step is too short to share, unless it is wanted always, and the plan says why", () => {
    expect(noisy({ threads: 2 }, 20).explain()).toMatchObject({
      threads: 1,
      notes: [expect.stringMatching(/one thread instead of 2: a step takes about .* µs, too little to share/)],
    });
    expect(noisy({ threads: { count: 2, always: true } }, 20).explain().threads).toBe(2);
    expect(noisy({ threads: 2 }, 50_000).explain().threads).toBe(2);
  });

  it("is one for a short step on every device, which runs like any other, and shared steps have its bits", async () => {
    const spikes = async (n: number, options: Parameters<typeof noisy>[0]): Promise<string> => {
      const net = noisy(options, n);
      await net.step(50);
      return net.populations.map((each) => `${each.spikes().steps.join()}:${each.spikes().ids.join()}`).join();
    };
    for (const n of [20, 50_000]) expect(await spikes(n, { threads: 2 })).toBe(await spikes(n, { device: "wasm" }));
  });

  it("is one on the reference, which says so, and one where nothing is said", () => {
    expect(noisy({ device: "reference", threads: { count: 4, always: true } }).explain()).toMatchObject({
      threads: 1,
      notes: ["one thread instead of 4: the device reference has one thread"],
    });
    expect(noisy({}).explain()).toMatchObject({ threads: 1, notes: [] });
  });

  it("is one in a page that gets no shared memory, and the plan says what to do", async () => {
    vi.stubGlobal("crossOriginIsolated", false);
    const net = noisy({ threads: { count: 2, always: true } });
    vi.unstubAllGlobals();
    await net.step(2);
    expect(net.explain()).toMatchObject({ threads: 1, notes: [expect.stringContaining("Cross-Origin-Opener-Policy")] });
  });
});

describe("a thread that is lost", () => {
  afterEach(() => void vi.restoreAllMocks());

  it("between two runs is missed by the next, which leaves the network where it was, and then it goes on", async () => {
    const [net, twin] = [noisy(wasmTeam(3).options), noisy(reference.options)];
    const before = new Set(workers());
    await net.step(20);
    await twin.step(20);
    const own = workers().filter((worker) => !before.has(worker));
    expect(own).toHaveLength(2);
    await own[1]!.terminate();
    expect(await refusal(() => net.step(10))).toMatchObject({
      code: "thread-lost",
      message: expect.stringContaining("thread 2"),
    });
    expect(net.steps).toBe(20);
    expectSameBits(net, twin);
    await net.step(30);
    await twin.step(30);
    expectSameBits(net, twin);
  });

  it("in the middle of a run is given up in the end, and the network is at the border of the step before", async () => {
    const known = new Set(workers());
    const now = performance.now.bind(performance);
    let ahead = 0;
    // Each look at the clock is worth ten seconds from the moment on at which the worker ends.
    vi.spyOn(performance, "now").mockImplementation(() => now() + (ahead === 0 ? 0 : 10_000 * ahead++));
    let times = 1;
    const Killer = defineBehavior({
      name: "killer",
      priority: Phase.Current,
      step({ step }) {
        if (step !== 17 || times-- <= 0) return;
        ahead = 1;
        for (const worker of workers()) if (!known.has(worker)) void worker.terminate();
      },
    });
    const Idle = defineBehavior({ name: "killer", priority: Phase.Current, step() {} });
    const [net, twin] = [noisy(wasmTeam(2).options), noisy(reference.options)];
    net.find("cells").attach(Killer() as never);
    twin.find("cells").attach(Idle() as never);
    expect(await refusal(() => net.step(30))).toMatchObject({ code: "thread-lost" });
    ahead = 0;
    expect(net.steps).toBe(17);
    await twin.step(17);
    expectSameBits(net, twin);
    for (const each of [net, twin]) await each.step(40);
    expectSameBits(net, twin);
  });

  it("while all wait for it ends the call with an error, however many steps are left", async () => {
    const { program, memory } = counting();
    const bytes = await assemble(emitProgram(program));
    const team = await startTeam(bytes, program.team!, memory, () => {}, { patience: 300 });
    expect(team.run(0, 5)).toBe(5);
    const x = new Float64Array(memory.buffer, 4096, 64);
    expect([...x]).toEqual(Array.from({ length: 64 }, () => 5));
    team.workers[0]!.close();
    expect(() => team.run(5, 1000)).toThrow(expect.objectContaining({ code: "thread-lost" }) as Error);
    await expect.poll(() => team.workers[0]!.lost(), { timeout: 10_000 }).toBe(true);
    expect(() => team.run(5, 1)).toThrow(expect.objectContaining({ code: "thread-lost" }) as Error);
    team.dispose!();
    const again = await startTeam(bytes, program.team!, memory, () => {});
    const [first] = x;
    expect(again.run(5, 7)).toBe(7);
    expect(x[0]).toBe(first! + 7);
    again.dispose!();
  });

  it("from the beginning is an error that says why, no thread stays behind, and the next run tries anew", async () => {
    const before = workers().length;
    const net = noisy(wasmTeam(3).options);
    await withoutWorkers(async () => {
      expect(await refusal(() => net.step())).toMatchObject({
        code: "thread-lost",
        message: expect.stringContaining("no room for more"),
        remedy: expect.stringContaining("fewer threads"),
      });
    });
    expect(net.steps).toBe(0);
    expect(await fallTo(before)).toBe(true);
    await net.step(3);
    const twin = noisy(reference.options);
    await twin.step(3);
    expectSameBits(net, twin);
  });
});

/** A program of two threads that counts steps in 64 neurons, and its memory. */
function counting(): { readonly program: Program; readonly memory: WebAssembly.Memory } {
  const memory = new WebAssembly.Memory({ initial: 2, maximum: 65536, shared: true });
  const n = 64;
  const b = createBuilder({ precision: "f64", dt: 1, n });
  const x = b.load({ name: "x", shape: "column" });
  b.effect({ kind: "store", slot: "x", value: b.apply("add", x, b.constant(1)) }, { name: "x", shape: "column" });
  const kernel = verify(b.finish("counting"));
  const stage = { kind: "kernel" as const, kernel, addresses: new Map([["x", 4096]]), log: null, uniforms: new Map() };
  const bounds = 2048;
  new Uint32Array(memory.buffer, bounds, 3).set([0, 32, 64]);
  const stages = teamStages([{ stage, share: { bounds, own: null } }], "f64");
  const team = { threads: 2, stages, control: 1024, mayBeAlone: false };
  return { program: { precision: "f64", dt: 1, stages: [stage], sharedMemory: true, team, suspect: 512 }, memory };
}

describe("threads that are not needed any more", () => {
  it("end, however often the structure changes", async () => {
    const before = workers().length;
    const [net, twin] = [noisy(wasmTeam(3).options), noisy(reference.options)];
    for (let round = 0; round < 12; round++) {
      for (const each of [net, twin]) {
        if (round % 2 === 0) extra(each, "more");
        else each.find("cells").detach("more");
        await each.step(4);
      }
      expectSameBits(net, twin);
    }
    expect(await fallTo(before + 2)).toBe(true);
    await net.step(3);
  });

  it("do not take those with them that came after, when they are collected", async () => {
    const net = noisy(wasmTeam(2).options);
    for (let round = 0; round < 6; round++) {
      extra(net, `more${round}`);
      await net.step(2);
      for (let pause = 0; pause < 3; pause++) {
        collectGarbage();
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await net.step(2);
    }
    expect(net.steps).toBe(24);
  });

  it.each([false, true])("end with a network that is forgotten (with host code: %s)", async (hosted) => {
    const before = workers().length;
    const Host = defineBehavior({ name: "host", step({ network }) { void network; } }); // prettier-ignore
    for (let round = 0; round < 4; round++) {
      const net = noisy(wasmTeam(2).options);
      if (hosted) net.find("cells").attach(Host() as never);
      await net.step(2);
    }
    expect(await fallTo(before + 1)).toBe(true);
  });
});

describe.each(teams)("on $name,", (place: Place) => {
  const { options } = place;

  it("host code that throws is heard of as on one thread, and later runs are as if it never had", async () => {
    let bombs = 2;
    const hosted = (each: EngineOptions, throwing: boolean): Network => {
      const net = noisy(each);
      const Bomb = defineBehavior({
        name: "bomb",
        priority: Phase.Current,
        step({ inputs, spikes, step, random }) {
          if (throwing && step === 9 && bombs-- > 0) throw new Error("no further");
          for (const id of spikes) inputs["I"]![id]! += random();
        },
      });
      net.find("cells").attach(Bomb() as never);
      return net;
    };
    const [net, twin] = [hosted(options, true), hosted(reference.options, false)];
    if (!(await canRun(place, net))) return;
    for (let attempt = 0; attempt < 2; attempt++) {
      const error = await refusal(() => net.step(20));
      expect(error).toMatchObject({ code: "host-threw", entity: "cells" });
      expect(error.message).toContain("no further");
      expect(net.steps).toBe(9);
    }
    await twin.step(9);
    expectSameBits(net, twin);
    for (const each of [net, twin]) await each.step(50);
    expectSameBits(net, twin);
    expectThreads(net, place);
  });

  it("listeners, recorders, signals and competitions see what they see on the reference", async () => {
    const make = (each: EngineOptions) => {
      const net = createNetwork({ dt: 0.5, seed: "seen", ...each });
      const cells = net.population(
        "cells",
        [10, 15],
        [
          LIF({ ...cell, I: uniform(5, 12), init_v: uniform(-60, -46) }),
          KWTA({ k: 3, dimension: 1 }),
          LateralInhibition({ strength: 0.5 }),
          PopulationRate({ tau: 5 }),
          Recorder({ variables: ["v", "I", "spike"], every: 1.5 }),
        ],
      );
      net.population("others", 90, [LIF({ ...cell, I: uniform(3, 9) }), NoisyCurrent({ sigma: 4, tau: 3 })]);
      const heard: string[] = [];
      net.on("spikes", ({ population, step, ids }) => heard.push(`${population} ${step}: ${[...ids].join(" ")}`));
      return { net, cells, heard };
    };
    const [actual, expected] = [make(options), make(reference.options)];
    if (!(await canRun(place, actual.net))) return;
    for (const { net } of [actual, expected]) for (const steps of [1, 2, 40]) await net.step(steps);
    expectSameBits(actual.net, expected.net);
    expect(actual.heard.length).toBeGreaterThan(20);
    expect(actual.heard).toEqual(expected.heard);
    for (const name of ["v", "I", "spike"] as const)
      expect(actual.cells.recorded(name).values).toEqual(expected.cells.recorded(name).values);
    expectThreads(actual.net, place);
  });

  it("a state that is no longer finite is reported as on the reference, whoever has the neuron", async () => {
    for (const last of [3, 150]) {
      const Double = defineBehavior({
        name: "double",
        state: { x: { init: `i == ${last} ? pow(2, 1000) : 1` }, y: { init: 5 } },
        equations: "x = (i < 200 ? 2 : 1) * x\n y = y + 1",
      });
      const make = (each: EngineOptions): Network => {
        const net = noisy(each);
        net.population("burst", 201, [Double()]);
        return net;
      };
      const [net, twin] = [make(options), make(reference.options)];
      if (!(await canRun(place, net))) return;
      const [error, expected] = [await refusal(() => net.step(60)), await refusal(() => twin.step(60))];
      expect(error).toMatchObject({ code: "non-finite-state", entity: "burst", message: expected.message });
      expect(error.message).toMatch(new RegExp(`x of neuron ${last} became Infinity in step 23`));
      expectSameBits(net, twin);
      net.find("burst").set({ x: 1 });
      twin.find("burst").set({ x: 1 });
      for (const each of [net, twin]) await each.step(30);
      expectSameBits(net, twin);
    }
  });

  it("a network goes on from a snapshot of any other place, and so does each other from its", async () => {
    const [whole, first] = [woven(wasm.options), woven(options)];
    if (!(await canRun(place, first))) return;
    await whole.step(80);
    await first.step(40);
    for (const other of [wasm, native, reference]) {
      const second = woven(other.options);
      if (!(await canRun(other, second))) continue;
      second.restore(first.snapshot());
      await second.step(20);
      const third = woven(options);
      third.restore(second.snapshot());
      await third.step(20);
      expect(everything(third), other.name).toEqual(everything(whole));
      expectThreads(third, place);
    }
  });

  it("forks are networks of their own, and a reset begins anew", async () => {
    const [net, twin] = [woven(options), woven(reference.options)];
    if (!(await canRun(place, net))) return;
    await net.step(25);
    await twin.step(25);
    const fork = net.fork();
    await fork.step(30);
    expect(everything(net)).toEqual(everything(twin));
    await twin.step(30);
    expect(everything(fork)).toEqual(everything(twin));
    expectThreads(fork, place);
    net.reset();
    await net.step(55);
    expectSameBits(net, twin);
  });

  it("many networks run beside one another", async () => {
    const nets = Array.from({ length: 5 }, () => noisy(options));
    const twin = noisy(reference.options);
    if (!(await canRun(place, nets[0]!))) return;
    await Promise.all(nets.map((net) => net.step(60)));
    await twin.step(60);
    for (const net of nets) expectSameBits(net, twin);
  });
});
