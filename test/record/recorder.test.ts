import { LIF, NoisyCurrent } from "@neuroweave/behaviors";
import { Phase } from "@neuroweave/model";
import { Recorder } from "@neuroweave/record";
import { createNetwork } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../equations/refusal.ts";

describe("a recorder", () => {
  it("asks for samples of its variables, at its interval and priority", () => {
    const plain = Recorder({ variables: ["v"] });
    expect(plain.name).toBe("recorder");
    expect(plain.declaration.sample).toEqual({ variables: ["v"], every: undefined, keep: undefined });
    expect(plain.declaration.priority).toBe(Phase.Record);
    const other = Recorder({ variables: ["v", "I"], every: 2, keep: 7, name: "early", priority: Phase.Input });
    expect(other.name).toBe("early");
    expect(other.declaration.sample).toEqual({ variables: ["v", "I"], every: 2, keep: 7 });
    expect(other.declaration.priority).toBe(Phase.Input);
  });

  it("does not change with the list that it was given", () => {
    const variables: ("v" | "I")[] = ["v"];
    const recorder = Recorder({ variables });
    variables.push("I");
    expect(recorder.declaration.sample?.variables).toEqual(["v"]);
  });

  it.each([
    ["an empty list", { variables: [] }, "wrong-length"],
    ["no list", { variables: "v" }, "invalid-value"],
    ["no names", { variables: [1] }, "invalid-value"],
    ["a name twice", { variables: ["v", "v"] }, "duplicate-name"],
    ["an interval of zero", { variables: ["v"], every: 0 }, "out-of-range"],
    ["an interval that is no number", { variables: ["v"], every: Number.NaN }, "out-of-range"],
    ["no samples to keep", { variables: ["v"], keep: 0 }, "out-of-range"],
    ["a broken number of samples", { variables: ["v"], keep: 1.5 }, "out-of-range"],
    ["an option that does not exist", { variables: ["v"], evry: 1 }, "unknown-name"],
  ])("refuses %s", (_, options, code) => {
    expect(refusal(() => Recorder(options as { variables: string[] })).code).toBe(code);
  });

  it("refuses, when it is attached, an interval off the grid and variables that are not there", () => {
    const net = createNetwork({ dt: 0.4 });
    expect(refusal(() => net.population("a", 1, [LIF(), Recorder({ variables: ["v"], every: 1 })])).code).toBe(
      "off-grid",
    );
    const misspelt = refusal(() => net.population("a", 1, [LIF(), Recorder({ variables: ["vv" as "v"] })]));
    expect(misspelt).toMatchObject({ code: "unknown-name", candidates: expect.arrayContaining(["v"]) });
    expect(net.population("a", 1, [LIF(), Recorder({ variables: ["v"], every: 0.8 })]).n).toBe(1);
  });
});

describe("a recording in a network", () => {
  it("can be read while it runs, paused, cleared and bounded", async () => {
    const net = createNetwork({ dt: 0.5 });
    const cells = net.population("cells", 2, [
      LIF({ I: [0, 10] }),
      Recorder({ variables: ["v"], every: 1 }),
      Recorder({ variables: ["I"], keep: 3, name: "last" }),
    ]);
    const window = cells.recorded("v");
    expect(window.shape).toEqual([0, 2]);
    await net.run(5);
    expect([...window.times]).toEqual([0, 1, 2, 3, 4]);
    expect([...cells.recorded("I").times]).toEqual([3.5, 4, 4.5]);
    cells.pauseRecording(true, "recorder");
    await net.run(2);
    cells.pauseRecording(false, "recorder");
    await net.run(2);
    expect([...window.times]).toEqual([0, 1, 2, 3, 4, 7, 8]);
    cells.clearRecording("recorder");
    expect(window.shape).toEqual([0, 2]);
    await net.run(1);
    expect([...window.times]).toEqual([9]);
    expect(window.at(18)[0]).toBe(-65);
    expect([...cells.recorded("I").times]).toEqual([8.5, 9, 9.5]);
  });

  it("of a private variable is read by its full name, or bare while that is clear", async () => {
    const net = createNetwork({ dt: 1 });
    const cells = net.population("cells", 1, [
      LIF(),
      NoisyCurrent({ name: "one", mean: 1, sigma: 0 }),
      NoisyCurrent({ name: "two", mean: 2, sigma: 0 }),
      Recorder({ variables: ["two.current"] }),
    ]);
    await net.run(2);
    expect([...cells.recorded("two.current").trace()]).toEqual([2, 2]);
    expect(refusal(() => cells.recorded("current")).code).toBe("ambiguous-name");
  });
});
