/** Events that behaviors of users bring along as lists or streams: what is accepted, and with which place the rest is refused. */
import { createNetwork, defineBehavior, SpikeTrain, type Network } from "neuroweave";
import { describe, expect, it } from "vitest";
import { canRun, places, reference } from "../devices/places.ts";
import { expectSameBits, timeout } from "../devices/twins.ts";
import { expectCure, refusal } from "../model/refusals.ts";

/** A behavior of a population whose state is 1 where there is an event, and which spikes there. */
const Marked = (events: { times?: ArrayLike<number>; ids?: ArrayLike<number>; stream?: unknown }, scope: "shared" | "instance" = "shared") =>
  defineBehavior({
    name: "marked",
    scope,
    state: { due: { init: 0 } },
    spike: "due > 0",
    events: { state: "due", times: [], ids: [], ...events } as never,
  }); // prettier-ignore

const network = (options = {}): Network => createNetwork({ dt: 0.5, seed: 1, ...options });

describe("events", () => {
  it("belong to a population or to one behavior of it, and are the same on every device", async () => {
    const times = [0, 3.5, 3.5, 1, 9.5, 9.5];
    const ids = [2, 0, 1, 2, 0, 0];
    const make = (options: object): Network => {
      const net = network(options);
      net.population("shared", 3, Marked({ times, ids })() as never);
      net.population("own", 3, Marked({ times, ids }, "instance")() as never);
      net.population("listed", 3, SpikeTrain({ times, ids }));
      return net;
    };
    const twin = make(reference.options);
    await twin.step(25);
    const { steps, ids: fired } = twin.find("shared").spikes();
    expect(Array.from(steps, (step, j) => [step, fired[j]])).toEqual([[0, 2], [2, 2], [7, 0], [7, 1], [19, 0]]); // prettier-ignore
    for (const name of ["own", "listed"]) expect(twin.find(name).spikes()).toEqual(twin.find("shared").spikes());
    for (const place of places) {
      const net = make(place.options);
      if (!(await canRun(place, net))) continue;
      await net.step(25);
      expectSameBits(net, twin);
    }
  }, timeout); // prettier-ignore

  it.each<[string, { times: readonly number[]; ids: readonly number[] }, string, RegExp]>([
    ["of which there are fewer than neurons", { times: [1, 2], ids: [0] }, "wrong-length", /2 times and 1 ids/],
    ["before the beginning", { times: [1, -0.5], ids: [0, 0] }, "out-of-range", /times\[1\] is -0.5/],
    ["at no time", { times: [NaN], ids: [0] }, "out-of-range", /times\[0\] is NaN/],
    ["at the end of all days", { times: [Infinity], ids: [0] }, "out-of-range", /times\[0\] is Infinity/],
    ["of half a neuron", { times: [1], ids: [0.5] }, "out-of-range", /ids\[0\] is 0.5, and there are 3 neurons/],
    ["of a neuron before the first", { times: [1], ids: [-1] }, "out-of-range", /ids\[0\] is -1/],
    ["of a neuron behind the last", { times: [1, 2], ids: [0, 3] }, "out-of-range", /ids\[1\] is 3/],
    ["later than steps are counted", { times: [2 ** 31], ids: [0] }, "out-of-range", /times\[0\] lies beyond step 2³²/],
  ])("%s are refused with their place, listed or streamed", async (_, lists, code, message) => {
    const listed = network();
    const refused = await refusal(() => listed.population("cells", 3, Marked(lists)() as never));
    expect(listed.populations).toEqual([]);
    const streamed = network();
    streamed.population("cells", 3, Marked({ stream: () => lists })() as never);
    const late = await refusal(() => streamed.step(3));
    expect(streamed.steps).toBe(0);
    for (const error of [refused, late]) {
      expect(error).toMatchObject({ code, entity: "cells", behavior: "marked" });
      expect(error.message).toMatch(message);
      expectCure(error);
    }
  });

  it("in the last step that is counted are taken, and do not come early", async () => {
    const net = network();
    const cells = net.population("cells", 1, SpikeTrain({ times: [1, (2 ** 32 - 2) * 0.5], ids: [0, 0] }));
    await net.step(100);
    expect([...cells.spikes().steps]).toEqual([2]);
  });

  it("that a stream gives before or behind what it is asked for are left out, and those given twice come once", async () => {
    const all = [1, 4, 4.5, 11, 18];
    const net = network();
    const generous = net.population("generous", 2, SpikeTrain({ stream: () => ({ times: [...all, ...all], ids: [...all, ...all].map((_, j) => j % 2) }) })); // prettier-ignore
    const listed = net.population("listed", 2, SpikeTrain({ times: [...all, ...all], ids: [...all, ...all].map((_, j) => j % 2) })); // prettier-ignore
    for (const steps of [1, 5, 2, 30]) await net.step(steps);
    expect(generous.spikes()).toEqual(listed.spikes());
    expect(listed.spikes().ids.length).toBe(10);
  });

  it.each<[string, unknown, RegExp]>([
    ["an error", new Error("the disk is gone"), /threw at step 0: the disk is gone/],
    ["something else", "the tape is torn", /threw at step 0: the tape is torn/],
  ])("of a stream that throws %s stop the run, which tells what it was", async (_, thrown, message) => {
    const net = network();
    let broken = true;
    const stream = (from: number): { times: number[]; ids: number[] } => {
      if (broken) throw thrown;
      return { times: [from], ids: [0] };
    };
    net.population("cells", 1, SpikeTrain({ stream }));
    const error = await refusal(() => net.step(3));
    expect(error).toMatchObject({ code: "host-threw", entity: "cells", behavior: "spikeTrain", cause: thrown });
    expect(error.message).toMatch(message);
    expectCure(error);
    expect(net.steps).toBe(0);
    broken = false;
    await net.step(3);
    expect(net.find("cells").spikes().ids.length).toBeGreaterThan(0);
  });
});
