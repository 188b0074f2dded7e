/** Every check can fail: behaviors that are wrong in one way each are found by the check for it, and by it alone. */
import {
  checkBehavior,
  checkConnector,
  checkNames,
  expectConformance,
  type CheckName,
  type CheckOptions,
} from "@neuroweave/testkit";
import {
  ConstantCurrent,
  defineBehavior,
  DeltaReceptor,
  LIF,
  NeuroweaveError,
  oneToOne,
  Phase,
  type Connector,
  type HostContext,
} from "neuroweave";
import { describe, expect, it } from "vitest";

const words = { doc: "A behavior that is wrong in one way.", source: "Own design." };
const x = { x: { init: 0, unit: "1", doc: "a number that moves" } } as const;
const driven: CheckOptions = {
  with: [LIF({ R: 5 }), ConstantCurrent({ amplitude: 8 })],
  without: ["native"],
  steps: 80,
};

/** Code that is right but for what `step` does beside it. */
const host = (name: string, step: (context: HostContext) => void, more: object = {}) =>
  defineBehavior({
    ...words,
    name,
    priority: Phase.Homeostasis,
    state: x,
    step(context) {
      const { columns, n, dt } = context;
      for (let i = 0; i < n; i++) columns.x[i]! += dt;
      step(context as HostContext);
    },
    ...more,
  });

let calls = 0;

const wrong: readonly (readonly [what: string, behavior: object, fails: readonly CheckName[], message: RegExp, options?: CheckOptions])[] = [
  ["no doc", defineBehavior({ ...words, doc: "", name: "mute", state: x, equations: "dx/dt = 0.01" }), ["documentation"], /doc of mute is no sentence/],
  ["a parameter without doc", defineBehavior({ ...words, name: "terse", parameters: { a: { default: 0.1, unit: "1/ms" } }, state: x, equations: "dx/dt = a" }), ["documentation"], /terse\.a has no doc/],
  ["an option without words", defineBehavior({ ...words, name: "optional", options: { fast: true }, state: x, build: ({ fast }) => ({ equations: `dx/dt = ${fast ? 0.02 : 0.01}` }) }), ["documentation"], /option fast of optional/],
  ["no unit", defineBehavior({ ...words, name: "bare", state: { x: { init: 0, doc: "a number that moves" } }, equations: "dx/dt = 0.01" }), ["units"], /bare\.x has no unit/],
  ["a default that its range refuses", defineBehavior({ ...words, name: "narrow", parameters: { a: { default: 0.5, min: 0, max: 1, unit: "1", doc: "a share" }, b: { default: 1, min: 1, max: 0, unit: "1", doc: "no number" } }, state: x, equations: "dx/dt = a / 50" }), checkNames.filter((name) => name !== "documentation" && name !== "reads and writes"), /outside/],
  ["steps that are counted instead of time", defineBehavior({ ...words, name: "counter", priority: Phase.Trace, state: x, equations: "x = x + 0.01" }), ["convergence"], /relative differences 0\.50?, 0\.50?, 0\.50?/],
  ["a decay for each step", defineBehavior({ ...words, name: "stepwise", priority: Phase.Trace, state: { x: { init: 1, unit: "1", doc: "a number that decays" } }, equations: "x = 0.97 * x" }), ["convergence"], /x: relative/],
  ["noise that does not scale with the root of dt", defineBehavior({ ...words, name: "noisy", priority: Phase.Trace, state: x, equations: "x = x + normal(0, 1)" }), ["convergence"], /its variance is/],
  ["weights that move while nothing learns", defineBehavior({ ...words, name: "restless", priority: Phase.Learning, requires: ["w", "efficacy"], equations: "w += 0.001 * dt" }), ["freezing"], /did not learn, synapses\.w\[0\].*adaptive: true/, { without: ["native"] }],
  ["code that learns all the time", host("deaf", () => undefined, { adaptive: true }), ["freezing"], /did not learn, cells\.x\[0\]/],
  ["code that asks whether the network learns, and is not adaptive", host("nosy", ({ learning, columns }) => { if (!learning) columns["x"]![0]! += 1; }), ["freezing"], /not adaptive, and other/],
  ["a write that is not declared", host("sly", ({ columns, dt }) => void (columns["v"]![0]! -= 0.1 * dt), { requires: ["v"] }), ["reads and writes"], /changes v, which is not in its writes/],
  ["a parameter that is changed", host("careless", ({ parameters, dt }) => void (parameters["a"]![0]! += dt), { parameters: { a: { default: 1, unit: "1", doc: "a number" } } }), ["snapshot", "reads and writes"], /changes a, which|cells\.a\[0\] is/],
  ["a read that is not declared", host("curious", ({ columns, dt }) => void (columns["x"]![0]! += 0.001 * dt * columns["v"]![0]!)), ["reads and writes"], /reads v, which is not in its requires/],
  ["a write that never comes", host("idle", () => undefined, { requires: ["v"], writes: ["v"] }), ["reads and writes"], /says that it writes v, and did not/],
  ["functions of the machine", host("native", ({ columns, dt, n }) => { for (let i = 0; i < n; i++) columns["x"]![i]! += 0.1 * dt * Math.exp(-1); }), ["reads and writes"], /calls Math\.exp, which is not the same on every machine/],
  ["what is kept outside of the state", host("forgetful", ({ columns }) => void (columns["x"]![0]! += 1e-3 * (++calls % 7))), ["same bits on all devices", "shuffled stages", "snapshot", "network file"], /the reference once more|x\[0\] is|restored|shuffle/, { except: { convergence: "what it adds for each step is wrong as well", freezing: "two runs of it are never the same" } }],
  ["code that throws", host("thrower", ({ step }) => { if (step === 20) throw new Error("no more"); }), checkNames.filter((name) => !["documentation", "units", "ranges"].includes(name)), /no more/],
  ["nothing that moves", defineBehavior({ ...words, name: "still", state: x, equations: "dx/dt = 0" }), ["convergence"], /nothing moves/, { with: [], without: ["native"] }],
]; // prettier-ignore

describe("a behavior with", () => {
  it.each(wrong.map(([what, ...rest]) => ({ what, rest })))("$what is found", async ({ rest: [behavior, fails, message, options = {}] }) => {
    const report = await checkBehavior(behavior, options.without ? options : { ...driven, ...options });
    expect(report.ok).toBe(false);
    expect(report.checks.filter(({ ok }) => !ok).map(({ name }) => name), String(report)).toEqual(checkNames.filter((name) => fails.includes(name)));
    for (const { ok, detail } of report.checks) if (!ok) expect(detail).toMatch(message);
    expect(() => expectConformance(report)).toThrow(NeuroweaveError);
  }); // prettier-ignore

  it("every check is failed by one of them", () => {
    const failed = new Set(wrong.flatMap(([, , fails]) => fails));
    expect(checkNames.filter((name) => !failed.has(name))).toEqual([]);
  });
});

describe("the suite", () => {
  const Right = defineBehavior({
    ...words,
    name: "right",
    parameters: { a: { default: 0.01, unit: "1/ms", min: 0, doc: "pace" } },
    state: x,
    equations: "dx/dt = a * (1 - x)",
  });

  it("passes what is right, and says what was compared and left out", async () => {
    const report = await checkBehavior(Right, {
      ...driven,
      except: { "network file": "tried elsewhere in this file" },
    });
    expect(expectConformance(report)).toBe(report);
    expect(report.checks.map(({ name }) => name)).toEqual(checkNames);
    expect(String(report)).toMatch(/^right conforms\n/);
    expect(String(report)).toMatch(/reference, wasm, wasm with 2 threads; f64 and f32; 80 steps; native was left out/);
    expect(String(report)).toMatch(/network file: left out: tried elsewhere/);
  });

  it.each<[string, object, CheckOptions, RegExp]>([
    ["an instance", Right(), {}, /no definition/],
    ["a model", LIF, {}, /no definition/],
    ["no reason", Right, { except: { units: "" } }, /without a reason/],
    [
      "a check that does not exist",
      Right,
      { except: { speed: "it is slow, and nobody cares" } as never },
      /no check speed/,
    ],
  ])("refuses %s", async (_, behavior, options, message) => {
    await expect(checkBehavior(behavior, options)).rejects.toThrow(message);
  });
});

describe("a connector", () => {
  const right = oneToOne();
  const changed = (changes: Partial<Connector>): Connector => Object.freeze({ ...right, ...changes });

  it("that is right passes", async () => {
    expectConformance(await checkConnector(right));
  });

  it.each<[string, Connector, string]>([
    ["says that it makes more than it does", changed({ expected: () => 1000 }), "expectation"],
    ["is not called by its text", changed({ text: "other()" }), "description"],
    ["makes other synapses each time", changed({ build: (site) => ({ ...right.build(site), weights: Float64Array.from({ length: site.source.n }, () => ++calls) }) }), "repetition"],
    ["gives weights that are no numbers", changed({ build: (site) => ({ ...right.build(site), weights: new Float64Array(site.source.n).fill(NaN) }) }), "rows"],
  ])("that %s is found", async (_, connector, check) => {
    const report = await checkConnector(connector, { source: 5, target: 5 });
    expect(report.checks.find(({ name }) => name === check)?.ok, String(report)).toBe(false);
  }); // prettier-ignore
});

it("receptors, rules and signals are put where they belong", async () => {
  const Kick = defineBehavior({ ...words, name: "kick", scope: "instance", requires: ["v"], priority: Phase.Input, state: { got: { init: 0, unit: "mV", doc: "what came last" } }, onArrival: "got = arriving\nv += arriving" });
  const Rule = defineBehavior({ ...words, name: "rule", adaptive: true, priority: Phase.Learning, requires: ["w", "efficacy"], parameters: { eta: { default: 0.1, unit: "1", min: 0, doc: "part of the way to 1" } }, onPre: "w += eta * (1 - w)" });
  const Slow = defineBehavior({ ...words, name: "slow", requires: ["value"], priority: Phase.Signal + 20, equations: "value += 0.1 * dt * (1 - value)" });
  expectConformance(await checkBehavior(Rule, { without: ["native"] }));
  expectConformance(await checkBehavior(Slow, { without: ["native"], on: "signal" }));
  const report = await checkBehavior(Kick, { without: ["native"], with: [LIF({ R: 5 })], except: { convergence: "what came last is there for one step" } });
  expectConformance(report);
  expect([LIF, DeltaReceptor]).toHaveLength(2);
}); // prettier-ignore
