/** Threads and devices in a page, whose workers are Node's in a world that has nothing else of Node. */
import {
  createNetwork,
  defineBehavior,
  LIF,
  NoisyCurrent,
  uniform,
  type EngineOptions,
  type Network,
} from "neuroweave";
import { afterEach, describe, expect, it, vi } from "vitest";
import { assemble } from "@neuroweave/engine";
import { openWorker } from "../../packages/engine/src/devices/team-worker.ts";
import { reference, wasm, wasmTeam } from "../devices/places.ts";
import { expectSameBits, timeout } from "../devices/twins.ts";
import { refusal } from "../model/refusals.ts";
import { addresses, inPage, opened } from "./page.ts";

function noisy(options: EngineOptions): Network {
  const net = createNetwork({ dt: 0.5, seed: "page", ...options });
  const cell = { R: 5, tau: 10, threshold: -50, v_reset: -70, v_rest: -65 };
  net.population("cells", 200, [LIF({ ...cell, I: uniform(3, 6) }), NoisyCurrent({ sigma: 3, tau: 4 })]);
  return net;
}

afterEach(() => {
  for (const worker of opened.splice(0)) worker.terminate();
});

describe("in a page", () => {
  it.each([
    ["where the first thread may sleep", {}],
    ["whose main thread may not sleep", { document: {} }],
  ])("%s, threads share the steps, over changes of the structure, in the bits of the reference", async (_, globals) => {
    const twin = noisy(reference.options);
    await inPage(async () => {
      const net = noisy(wasmTeam(3).options);
      for (const name of [null, "more", "yet_more"]) {
        for (const each of [net, twin]) {
          if (name !== null) each.find("cells").attach(NoisyCurrent({ name, sigma: 1 }) as never);
          await each.step(25);
        }
        expectSameBits(net, twin);
      }
      expect(net.explain().threads).toBe(3);
    }, globals);
    expect(twin.find("cells").spikes().ids.length).toBeGreaterThan(20);
    // Two for each structure, of which those of the last one are still there; none is left to be fetched again.
    expect(opened.map(({ ended }) => ended)).toEqual([true, true, true, true, false, false]);
    expect([...addresses]).toEqual([]);
  }, timeout); // prettier-ignore

  it("a worker that fails is an error that says why, and the next run tries anew", async () => {
    await inPage(async () => {
      const net = noisy(wasmTeam(2).options);
      const { createObjectURL } = URL;
      URL.createObjectURL = () => createObjectURL(new Blob(['throw new Error("no room for more")']));
      const error = await refusal(() => net.step());
      expect(error).toMatchObject({ code: "thread-lost", remedy: expect.stringContaining("fewer threads") });
      expect(error.message).toContain("no room for more");
      expect(net.steps).toBe(0);
      URL.createObjectURL = createObjectURL;
      await net.step(20);
      const twin = noisy(reference.options);
      await twin.step(20);
      expectSameBits(net, twin);
    });
  }, timeout); // prettier-ignore

  it("a worker that is lost between two runs is missed by the next", async () => {
    await inPage(async () => {
      const [net, twin] = [noisy(wasmTeam(2).options), noisy(wasm.options)];
      await net.step(10);
      opened.at(-1)!.dispatchEvent(Object.assign(new Event("error"), { message: "out of memory" }));
      expect(await refusal(() => net.step(10))).toMatchObject({ code: "thread-lost" });
      expect(net.steps).toBe(10);
      await net.step(10);
      await twin.step(20);
      expectSameBits(net, twin);
    });
  }, timeout); // prettier-ignore

  it("the assembler is imported, and there is no native code", async () => {
    await inPage(async () => {
      vi.resetModules();
      const fresh = await import("neuroweave");
      const make = (options: EngineOptions): Network => {
        const net = fresh.createNetwork({ dt: 0.5, seed: "page", ...options });
        net.population("cells", 30, [fresh.LIF({ R: 5, I: 6 }), fresh.NoisyCurrent({ sigma: 3 })]);
        return net as unknown as Network;
      };
      const [net, twin] = [make(wasm.options), make(reference.options)];
      for (const each of [net, twin]) await each.step(100);
      expectSameBits(net, twin);
      const native = make({ device: "native" });
      await expect(native.step()).rejects.toMatchObject({
        code: "not-supported",
        remedy: expect.stringContaining('"wasm"'),
      });
      expect(native.steps).toBe(0);
    });
  }, timeout); // prettier-ignore

  it.each([
    ["the cores that the browser names", { hardwareConcurrency: 1 }, /2 threads take turns on one core/],
    ["those of a larger machine", { hardwareConcurrency: 8 }, null],
    ["no cores that nobody names", undefined, null],
  ])("a number of threads is compared with %s", async (_, navigator, note) => {
    await inPage(
      async () => {
        const { notes } = noisy(wasmTeam(2).options).explain();
        if (note) expect(notes).toEqual([expect.stringMatching(note)]);
        else expect(notes).toEqual([]);
      },
      { navigator },
    );
  });

  it("host code is called by the first thread alone", async () => {
    const hosted = (options: EngineOptions): { net: Network; steps: number[] } => {
      const net = noisy(options);
      const steps: number[] = [];
      const Host = defineBehavior({ name: "host", step: ({ step, inputs, random }) => {
        steps.push(step);
        inputs["I"]![step % 200]! += random();
      } }); // prettier-ignore
      net.find("cells").attach(Host() as never);
      return { net, steps };
    };
    const twin = hosted(reference.options);
    await twin.net.step(30);
    await inPage(async () => {
      const { net, steps } = hosted(wasmTeam(2).options);
      await net.step(30);
      expectSameBits(net, twin.net);
      expect(steps).toEqual(Array.from({ length: 30 }, (_, k) => k));
    });
  }, timeout); // prettier-ignore
});

describe.each([
  ["of Node", <T>(body: () => Promise<T>) => body()],
  ["of a page", <T>(body: () => Promise<T>) => inPage(body)],
])("a worker %s", (_, there) => {
  it("whose module does not link is an error that says so", async () => {
    const bytes = await assemble('(module (import "nowhere" "f" (func)) (func (export "serve") (param i32 i32)))');
    const module = await WebAssembly.compile(bytes);
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const assignment = { module, memory, me: 1, seen: 0, abort: 64, phase: 128 };
    const error = await there(() => refusal(() => openWorker(assignment)));
    expect(error).toMatchObject({ code: "thread-lost", remedy: expect.stringContaining("fewer threads") });
    expect(error.message).toContain("nowhere");
  }, timeout); // prettier-ignore

  it("that serves and has left is no error, and one that traps tells the others", async () => {
    const bytes = await assemble(`(module
      (import "neuroweave" "memory" (memory 1 1 shared))
      (func (export "serve") (param $me i32) (param $seen i32)
        (i32.atomic.store (i32.const 0) (i32.add (local.get $me) (local.get $seen)))
        (if (i32.eqz (local.get $seen))
          (then (drop (memory.atomic.wait32 (i32.const 4) (i32.const 0) (i64.const -1))) unreachable))))`);
    const module = await WebAssembly.compile(bytes);
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true });
    const words = new Int32Array(memory.buffer);
    const lost: boolean[] = [];
    await there(async () => {
      for (const seen of [5, 0]) {
        Atomics.store(words, 1, 0);
        const worker = await openWorker({ module, memory, me: 2, seen, abort: 64, phase: 128 });
        await expect.poll(() => Atomics.load(words, 0), { timeout: 30_000 }).toBe(2 + seen);
        // Not before it is known to be ready: what a worker says just before it ends may come after its end.
        Atomics.store(words, 1, 1);
        Atomics.notify(words, 1);
        if (seen === 0) await expect.poll(() => worker.lost(), { timeout: 30_000 }).toBe(true);
        lost.push(Atomics.load(words, 64 / 4) === 2);
        worker.close();
      }
    });
    expect(lost).toEqual([false, true]);
  }, timeout); // prettier-ignore
});
