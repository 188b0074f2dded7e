/** What the engine says of its own accord: to who listens, else on the console; and what it says of threads. */
import { createNetwork, LIF, SpikeTrain } from "neuroweave";
import { afterEach, describe, expect, it, vi } from "vitest";
import { threadNotes } from "../../packages/engine/src/threads.ts";
import { refusal } from "../model/refusals.ts";
import { emptyFolder } from "./native-fakes.ts";

afterEach(() => void vi.restoreAllMocks());

describe("a warning", () => {
  it("of event times off the grid is on the console where nobody listens, once for each behavior", async () => {
    const said = vi.spyOn(console, "warn").mockImplementation(() => {});
    const net = createNetwork({ dt: 1, seed: 1 });
    net.population("one", 1, SpikeTrain({ times: [1.4, 2], ids: [0, 0] }));
    net.population("other", 1, SpikeTrain({ times: [1.5, 2.5], ids: [0, 0] }));
    await net.step(3);
    net.population("more", 1, LIF());
    await net.step(3);
    expect(said.mock.calls).toEqual([
      ["1 of the event times of spikeTrain in one lie off the grid of 1 ms and were rounded to it"],
      ["2 of the event times of spikeTrain in other lie off the grid of 1 ms and were rounded to it"],
    ]);
  });

  it("of native code that cannot be had is on the console where nobody listens, and the run goes on", async () => {
    vi.stubEnv("PATH", emptyFolder());
    const said: string[] = [];
    const stop = new AbortController();
    vi.spyOn(console, "warn").mockImplementation((message) => {
      said.push(String(message));
      stop.abort();
    });
    const net = createNetwork({ dt: 0.1, seed: 1, device: "auto" });
    net.population("cells", 50, LIF({ I: 1 }));
    await net.step(2 ** 40, { signal: stop.signal });
    expect(said).toEqual([expect.stringMatching(/the network stays on wasm: no C compiler is found/)]);
    const { steps } = net;
    await net.step(10);
    expect(net.steps).toBe(steps + 10);
    expect(said).toHaveLength(1);
  });
});

describe("of threads the plan says", () => {
  it.each<[string, Parameters<typeof threadNotes>, readonly (string | RegExp)[]]>([
    ["nothing before anything is measured", [2, 2, null], []],
    ["nothing while only one way is measured", [2, 2, null, { together: 0.01, alone: null }], []],
    ["nothing while only the other is", [2, 2, null, { together: null, alone: 0.01 }], []],
    ["that a step is shared where that is faster", [2, 2, null, { together: 0.012, alone: 0.02 }], ["a step takes 12 µs on 2 threads and 20 µs on one: it is shared"]],
    ["that one does it where that is faster", [2, 2, null, { together: 0.2, alone: 0.0205 }], ["a step takes 200 µs on 2 threads and 21 µs on one: one does it"]],
    ["why there are fewer", [4, 1, "the page says no", { together: 1, alone: 1 }], ["one thread instead of 4: the page says no"]],
  ])("%s", (_, given, expected) => {
    vi.stubGlobal("navigator", { hardwareConcurrency: 8 });
    vi.stubGlobal("process", Object.create(process, { getBuiltinModule: { value: undefined } }));
    const notes = threadNotes(...given);
    vi.unstubAllGlobals();
    expect(notes).toEqual(expected);
  }); // prettier-ignore

  it("what a run has measured, once both ways have been tried", async () => {
    const net = createNetwork({ dt: 0.1, seed: 1, threads: 2 });
    net.population("cells", 60_000, LIF({ I: 1 }));
    for (let run = 0; run < 20 && !net.explain().notes.some((note) => note.startsWith("a step takes")); run++) await net.step(50); // prettier-ignore
    expect(net.explain().notes).toContainEqual(expect.stringMatching(/^a step takes .* µs on 2 threads and .* µs on one: (it is shared|one does it)$/)); // prettier-ignore
  });
});

it.each([-1, NaN, "much"])("a largest ring of %s bytes is refused with the cure", async (largestRing) => {
  const error = await refusal(() => createNetwork({ dt: 1, largestRing: largestRing as never }));
  expect(error).toMatchObject({ code: "out-of-range", remedy: expect.stringContaining("0 or more") });
  expect(error.message).toContain(String(largestRing));
});
