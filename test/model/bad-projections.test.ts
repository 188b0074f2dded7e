import {
  allToAll,
  averagePool,
  ConductanceReceptor,
  convolution,
  createNetwork,
  defineBehavior,
  DeltaReceptor,
  fixedInDegree,
  fixedProbability,
  fixedTotal,
  fromArrays,
  GapJunction,
  lateral,
  Leak,
  locallyConnected,
  normal,
  oneToOne,
  Phase,
  PoissonSource,
  TsodyksMarkram,
  uniform,
  type Connector,
  type Network,
  type ProjectionOptions,
  type Rows,
} from "neuroweave";
import { describe, expect, it } from "vitest";
import { listed } from "../engine/wiring.ts";
import { everything } from "./network-with-projections.ts";
import { expectCure, refusal } from "./refusals.ts";
import { Cell } from "./tiny-behaviors.ts";

/** A network that runs: a source of 3 × 4, a target of 2 × 5 with two receptors, and a projection between them. */
function kept(precision: "f64" | "f32" = "f64"): Network {
  const net = createNetwork({ dt: 0.5, seed: 2, precision });
  const source = net.population("source", [3, 4], PoissonSource({ rate: 200 }));
  const target = net.population("target", [2, 5], [
    Cell(),
    ConductanceReceptor({ name: "g_exc", E: 3 }),
    ConductanceReceptor({ name: "g_inh", E: -1 }),
  ]); // prettier-ignore
  net.population("bare", 3, [Cell()]);
  net.population("still", 3, [Leak()]);
  net.projection("present", { source, target, connect: fixedProbability(0.5), receptor: "g_exc", weight: 0.1, delay: 3 });
  return net;
} // prettier-ignore

const allOf = (net: Network): unknown => ({
  seen: everything(net),
  names: [...net.populations, ...net.projections].map(({ name }) => name),
  text: String(net.explain()),
});

/**
 * The refusal of an attempt, after which the network is what it was and goes on as one that was never asked. What was taken of
 * the memory is given back: after three attempts the next population lies where it lies after one.
 */
async function refusedWhole(
  attempt: (net: Network) => unknown,
  make: () => Network = kept,
): ReturnType<typeof refusal> {
  const [net, twin, once] = [make(), make(), make()];
  await Promise.all([net, twin, once].map((each) => each.step(5)));
  const before = allOf(net);
  const error = await refusal(() => attempt(net));
  expect(allOf(net)).toEqual(before);
  await refusal(() => attempt(once));
  for (let again = 0; again < 2; again++) expect((await refusal(() => attempt(net))).message).toBe(error.message);
  const places = [net, once].map((each) => {
    const { columns } = each.population("next", 100, [Cell()]).entity;
    return ["spike", "v"].map((name) => columns.at(name).block!.address);
  });
  expect(places[0]).toEqual(places[1]);
  twin.population("next", 100, [Cell()]);
  await Promise.all([net.step(9), twin.step(9)]);
  expect(allOf(net)).toEqual(allOf(twin));
  expectCure(error);
  return error;
}

type Options = Partial<Record<keyof ProjectionOptions, unknown>>;

/** Asks for a projection from source to target with further options. */
const asking =
  (options: Options | ((net: Network) => Options)) =>
  (net: Network): unknown =>
    net.projection("wrong", {
      source: net.find("source"),
      target: net.find("target"),
      connect: allToAll(),
      receptor: "g_exc",
      ...(typeof options === "function" ? options(net) : options),
    } as ProjectionOptions);

const connector = (rows: unknown, expected: unknown = 1): Connector =>
  ({ kind: "connector", name: "own", text: "own()", expected: () => expected, build: () => rows as Rows }) as Connector;

const sources = 12;
const synapses = 120;
const many = (value: number, at: Readonly<Record<number, number>> = {}): number[] =>
  Array.from({ length: synapses }, (_, j) => at[j] ?? value);

type Case = readonly [what: string, options: Options | ((net: Network) => Options), code: string, ...parts: string[]];

describe("a projection is refused, and nothing is half built:", () => {
  const foreign = createNetwork({ dt: 0.5 }).population("stranger", 4, [Cell(), DeltaReceptor()]);
  const ends: readonly Case[] = [
    ["no source", { source: undefined }, "invalid-value", "the source of wrong is no population"],
    ["the name of a target instead of it", { target: "target" }, "invalid-value", "the target of wrong is no population"],
    ["a projection as source", (net) => ({ source: net.findProjection("present") }), "invalid-value", "source of wrong"],
    ["a source of another network", { source: foreign }, "structure", "the source of wrong, stranger,", "this network"],
    ["a slice of another network", { target: foreign.slice(0, 2) }, "structure", "the target of wrong, stranger,"],
    ["a source that never spikes", (net) => ({ source: net.find("still") }), "missing-companion", "wrong", "still never spikes", "spike condition"],
  ];
  const receptors: readonly Case[] = [
    ["a receptor that the target lacks", { receptor: "g_ecx" }, "missing-companion", "target has no receptor g_ecx", "g_exc, g_inh"],
    ["a behavior that is no receptor", { receptor: "cell" }, "missing-companion", "target has no receptor cell", "g_exc, g_inh"],
    ["none of several receptors", { receptor: undefined }, "missing-companion", "wrong", "target", "g_exc, g_inh"],
    ["a target without receptors", (net) => ({ target: net.find("bare"), receptor: undefined }), "missing-companion", "bare", "ConductanceReceptor"],
    ["a receptor of another population", (net) => ({ target: net.find("bare") }), "missing-companion", "bare has no receptor g_exc"],
  ];
  const values: readonly Case[] = [
    ["too few weights", { weight: [1, 2] }, "wrong-length", "2 weights for 120 synapses"],
    ["too many weights", { weight: new Float32Array(121) }, "wrong-length", "121 weights for 120 synapses"],
    ["a weight that is NaN", { weight: NaN }, "not-finite", "weight", "NaN"],
    ["an infinite weight among others", { weight: many(1, { 4: Infinity }) }, "not-finite", "weight[4]", "Infinity"],
    ["a weight that is text", { weight: "0.1" }, "invalid-value", "weight", '"0.1"'],
    ["no weight at all", { weight: null }, "invalid-value", "weight", "null"],
    ["texts among weights", { weight: many(1, { 7: "1" as never }) }, "invalid-value", "weight[7]"],
    ["a rule without weights", { weight: (s: number, t: number) => (t === 3 ? NaN : s) }, "not-finite", "weight from 0 to 3", "NaN"],
    ["weights of the connector and of the projection", { connect: listed([{ source: 0, target: 0 }], { weights: Float64Array.of(1) }), weight: [2] }, "two-owners", "connector", "weight"],
    ["weights of the connector that overflow", { connect: listed([{ source: 0, target: 0 }], { weights: Float64Array.of(1e300) }), weight: 1e300 }, "not-finite", "weight 0", "Infinity"],
    ["weights that single precision cannot hold", { weight: many(1, { 9: 1e300 }), weights: "f32" }, "not-finite", "weight[9]", "1e+300"],
    ["too few delays", { delay: [1, 2, 3] }, "wrong-length", "3 delays for 12 sources and 120 synapses"],
    ["a negative delay", { delay: -0.5 }, "negative-duration", "-0.5 ms"],
    ["a negative delay among others", { delay: many(1, { 5: -0.5 }) }, "negative-duration", "delay 5 is -0.5 ms"],
    ["delays that are drawn below zero", { delay: normal(0, 3) }, "negative-duration", "normal(1.5, 0.75, { min: 0 })"],
    ["a rule of negative delays", { delay: () => -2 }, "negative-duration", "-2 ms"],
    ["a delay beyond the ring", { delay: 32768 }, "out-of-range", "32768 ms", "65535", "32767.5 ms"],
    ["delays that are drawn beyond the ring", { delay: uniform(0, 1e6) }, "out-of-range", "65535"],
    ["delays per source beyond the ring", { delay: Array.from({ length: sources }, (_, s) => 1e4 * s) }, "out-of-range", "65535"],
    ["a delay that is NaN", { delay: NaN }, "not-finite", "NaN"],
    ["a delay that is text", { delay: "1" }, "invalid-value", "delay", '"1"'],
    ["no delay at all", { delay: null }, "invalid-value", "delay", "null"],
    ["a rule without delays", { delay: () => undefined }, "not-finite", "delay from 0 to 0"],
    ["delays of the connector and of the projection", { connect: listed([{ source: 0, target: 0 }], { delays: Float64Array.of(1) }), delay: 2 }, "two-owners", "connector", "delay"],
    ["delays that may be of sources or of synapses", { connect: fromArrays({ sources: Array.from({ length: 12 }, (_, j) => j >> 1), targets: Array(12).fill(0) }), delay: Array.from({ length: 12 }, (_, j) => j) }, "invalid-value", "12 sources", "12 synapses", "rule"],
    ["weights stored as what does not exist", { weights: "f16" }, "invalid-value", "f16", "f64, f32 or i16"],
  ];
  const connectors: readonly Case[] = [
    ["no connector", { connect: undefined }, "invalid-value", "whom to connect"],
    ["a connector that was not called", { connect: allToAll }, "invalid-value", "whom to connect"],
    ["an in-degree larger than the source", { connect: fixedInDegree(13, { multapses: false }) }, "out-of-range", "13", "source", "target", "12"],
    ["more synapses than pairs", { connect: fixedTotal(121, { multapses: false }) }, "out-of-range", "121", "120"],
    ["pairs of populations of different size", { connect: oneToOne() }, "structure", "12 neurons of source", "10 of target"],
    ["a kernel whose output is another grid", { connect: convolution({ kernel: [[1, 1, 1], [1, 1, 1], [1, 1, 1]] }) }, "structure", "source, 3×4", "target has 2×5"],
    ["windows whose output is another grid", { connect: locallyConnected({ kernelSize: 2 }) }, "structure", "source", "target"],
    ["pools that do not fit", { connect: averagePool({ size: 2 } as never) }, "structure", "source", "target"],
    ["neighbours of another population", { connect: lateral({ kernel: [[1, 0, 1]] }) }, "structure", "source", "target"],
    ["lists that name neurons beyond", { connect: fromArrays({ sources: [0, 12], targets: [0, 0] }) }, "out-of-range", "12"],
    ["rows that are none", { connect: connector(undefined) }, "structure", "contract of Rows"],
    ["rows without pointers", { connect: connector({}) }, "structure", "pointers"],
    ["rows in plain lists", { connect: connector({ pointers: new Uint32Array(13).fill(1, 1), targets: [1] }) }, "structure", "targets"],
    ["rows that end at no neuron", { connect: connector({ pointers: new Uint32Array(13).fill(1, 1), targets: Uint16Array.of(10) }) }, "structure", "synapse 0 ends at 10 of 10 neurons"],
    ["rows that run backwards", { connect: connector({ pointers: new Uint32Array(13).fill(1, 1).fill(2, 1, 2), targets: Uint16Array.of(1) }) }, "structure", "row 1 ends before it begins"],
    ["rows that do not end", { connect: connector({ pointers: new Uint32Array(13), targets: Uint16Array.of(1) }) }, "structure", "from 0 to 1"],
    ["weights that are not shared", { connect: connector({ pointers: new Uint32Array(13).fill(1, 1), targets: Uint16Array.of(1), shared: { values: Float64Array.of(1), index: Uint16Array.of(1) } }) }, "structure", "synapse 0 has weight 1 of 1"],
    ["a connector's weights that are NaN", { connect: connector({ pointers: new Uint32Array(13).fill(1, 1), targets: Uint16Array.of(1), weights: Float64Array.of(NaN) }) }, "not-finite", "weight 0"],
    ["a connector that expects no number", { connect: connector({}, NaN) }, "structure", "NaN synapses"],
  ];
  const others: readonly Case[] = [
    ["an option that does not exist", { wieght: 2 } as never, "unknown-name", "wieght", "weight"],
    ["one behavior instead of a list", { behaviors: TsodyksMarkram() }, "invalid-value", "list"],
    ["a receptor as behavior of synapses", { behaviors: [DeltaReceptor()] }, "structure", "deltaReceptor", "population"],
    ["two behaviors of one name", { behaviors: [TsodyksMarkram(), TsodyksMarkram()] }, "duplicate-name", "tsodyksMarkram"],
    ["a coupling beside what acts on spikes", (net) => ({ source: net.find("bare"), behaviors: [GapJunction(), TsodyksMarkram()] }), "two-owners", "gapJunction", "tsodyksMarkram"],
    ["a coupling of what the source lacks", { behaviors: [GapJunction()] }, "unknown-name", "pre.v"],
    ["a behavior that reads what nobody has", { behaviors: [defineBehavior({ name: "lost", onPre: "efficacy = nowhere" })()] }, "unknown-symbol", "nowhere"],
    ["parameters of wrong length", { behaviors: [TsodyksMarkram({ U: [0.1, 0.2] })] }, "wrong-length", "U", "12"],
    ["parameters out of range", { behaviors: [TsodyksMarkram({ U: 2 })] }, "out-of-range", "U"],
    ["tags that are no list", { tags: "loop" }, "invalid-value", "tags"],
  ];

  const all = [...ends, ...receptors, ...values, ...connectors, ...others];
  it.each(all.map(([what, options, code, ...parts]) => ({ what, options, code, parts })))("$what", async ({ options, code, parts }) => {
    const error = await refusedWhole(asking(options));
    expect(error.code).toBe(code);
    expect(error.entity).toBe("wrong");
    for (const part of parts) expect(error.message).toContain(part);
  });

  it.each([null, undefined, 5])("options that are %s", async (options) => {
    const error = await refusedWhole((net) => net.projection("wrong", options as never));
    expect(error).toMatchObject({ code: "invalid-value", entity: "wrong" });
  });

  it("a source that has been removed", async () => {
    const gone = new Map<Network, unknown>();
    const make = (): Network => {
      const net = kept();
      const source = net.population("gone", 3, [Cell()]);
      net.remove(source);
      gone.set(net, source);
      return net;
    };
    const error = await refusedWhole((net) => asking({ source: gone.get(net) })(net), make);
    expect(error.code).toBe("structure");
    expect(error.message).toContain("the source of wrong, gone,");
  });

  it.each(["present", "target", "", "a/b", undefined])("the name %j", async (name) => {
    const error = await refusedWhole((net) =>
      net.projection(name as string, { source: net.find("source"), target: net.find("target"), connect: allToAll(), receptor: "g_exc" }),
    );
    expect(error.code).toBe(name === "present" || name === "target" ? "duplicate-name" : "invalid-name");
  }); // prettier-ignore

  it("weights of double precision in a network of single precision, and weights that it cannot hold", async () => {
    const single = (): Network => kept("f32");
    const error = await refusedWhole(asking({ weights: "f64" }), single);
    expect(error).toMatchObject({ code: "invalid-value", entity: "wrong" });
    for (const weight of [1e39, many(1, { 3: -1e39 })]) {
      const large = await refusedWhole(asking({ weight }), single);
      expect(large).toMatchObject({ code: "not-finite", entity: "wrong" });
    }
  });

  it("a probability that is none", async () => {
    for (const p of [-0.1, 1.000001, NaN, "0.5"])
      expect(await refusal(() => fixedProbability(p as number))).toMatchObject({ code: "out-of-range" });
  });

  it("a connector or a rule that throws: what it threw comes through", async () => {
    const thrown = new Error("my own");
    const attempts: Options[] = [
      { connect: { ...connector({}), build: () => { throw thrown; } } },
      { weight: () => { throw thrown; } },
      { delay: () => { throw thrown; } },
    ]; // prettier-ignore
    const [net, twin] = [kept(), kept()];
    for (const options of attempts) expect(() => asking(options)(net)).toThrow(thrown);
    await Promise.all([net.step(9), twin.step(9)]);
    expect(allOf(net)).toEqual(allOf(twin));
  });

  it("anything in the middle of a step", async () => {
    const errors: unknown[] = [];
    const net = kept();
    const Meddle = defineBehavior({
      name: "meddle",
      priority: Phase.Record,
      step() {
        const own = net.findProjection("present");
        for (const attempt of [
          () => asking({})(net),
          () => own.set({ w: 1 }),
          () => own.disable(),
          () => own.rewire(),
          () => own.attach(TsodyksMarkram()),
          () => own.column("w"),
          () => net.remove(own),
        ])
          try {
            attempt();
            errors.push("accepted");
          } catch (error) {
            errors.push((error as { code?: string }).code);
          }
      },
    });
    net.find("bare").attach(Meddle() as never);
    await net.step();
    expect(errors).toEqual(Array(7).fill("wrong-moment"));
  });
}); // prettier-ignore

describe("too many synapses for the memory", () => {
  const crowd = (): Network => {
    const net = kept();
    net.population("crowd", 60_000, [Cell(), DeltaReceptor()]);
    return net;
  };
  const among = (options: Options) => (net: Network) =>
    asking({ source: net.find("crowd"), target: net.find("crowd"), receptor: undefined, ...options })(net);

  it.each([
    ["all to all", { connect: allToAll() }, "3.60e+9", "GiB"],
    ["a probability", { connect: fixedProbability(0.2), weight: uniform(0, 1), delay: uniform(0, 3) }, "7.20e+8", "7.4 GiB"],
    ["an in-degree", { connect: fixedInDegree(20_000), weight: 1 }, "1.20e+9", "2.2 GiB"],
  ] as const)("by %s are refused before anything is made, with the estimate", async (_, options, count, size) => {
    const error = await refusedWhole(among(options), crowd);
    expect(error).toMatchObject({ code: "out-of-memory", entity: "wrong" });
    expect(error.message).toContain(count);
    expect(error.message).toContain(size);
    expect(error.remedy).toMatch(/[Ff]ewer/);
  });

  it.each([
    ["one for all, which waits at the sources", { delay: 32_000 }],
    ["drawn ones, which wait at the targets", { delay: uniform(0, 32_000) }],
  ])("by delays over which too much would be on its way are refused when they are given: %s", async (_, options) => {
    const error = await refusedWhole(among({ connect: fixedInDegree(1), ...options }), crowd);
    expect(error).toMatchObject({ code: "out-of-memory", entity: "wrong" });
    expect(error.message).toMatch(/would need \d+\.\d GiB/);
    expect(error.remedy).toContain("shorter delays");
  });

  it("never get as far as the connector's work", async () => {
    let asked = 0;
    const own = { ...connector({}, 2e9), build: () => (asked++, {}) } as unknown as Connector;
    const error = await refusedWhole(asking({ connect: own }));
    expect(error.code).toBe("out-of-memory");
    expect(error.message).toContain("2.00e+9");
    expect(asked).toBe(0);
  });
}); // prettier-ignore

describe("a projection that exists refuses, and stays as it is:", () => {
  const present = (net: Network) => net.findProjection("present");
  it.each<[string, (net: Network) => unknown, string, string]>([
    ["weights of wrong length", (net) => present(net).set({ w: [1, 2] }), "wrong-length", "w"],
    ["weights that are not finite", (net) => present(net).set({ w: NaN }), "not-finite", "w"],
    ["names that it does not have", (net) => present(net).set({ wight: 1 } as never), "unknown-name", "wight"],
    ["to detach its weights", (net) => present(net).detach("synapses"), "structure", "weights"],
    ["to detach what it has not", (net) => present(net).detach("stdp"), "unknown-name", "stdp"],
    ["behaviors that do not fit", (net) => present(net).attach(DeltaReceptor()), "structure", "deltaReceptor"],
    ["to be wired by what does not fit", (net) => present(net).rewire({ connect: oneToOne() }), "structure", "12 neurons of source"],
    ["to be wired with delays that do not fit", (net) => present(net).rewire({ delay: [1, 2] }), "wrong-length", "2 delays"],
    ["to be wired from elsewhere", (net) => present(net).rewire({ source: net.find("bare") } as object), "structure", "source of present is not part"],
    ["to be wired with behaviors", (net) => present(net).rewire({ behaviors: [] } as object), "structure", "behaviors of present is not part"],
    ["to be wired with what does not exist", (net) => present(net).rewire({ wieght: 1 } as object), "unknown-name", "no option wieght"],
    ["to be wired off the grid", (net) => present(net).rewire({ delay: 0.7 }), "off-grid", "0.5 ms and 1 ms"],
    ["to be wired by too many", (net) => present(net).rewire({ connect: connector({}, 1e10) }), "out-of-memory", "1.00e+10"],
    ["to be wired by what breaks its contract", (net) => present(net).rewire({ connect: connector({}) }), "structure", "contract of Rows"],
    ["that its source is removed", (net) => net.remove(net.find("source")), "structure", "present"],
    ["that its target is removed", (net) => net.remove(net.find("target")), "structure", "present"],
  ])("%s", async (_, attempt, code, part) => {
    const error = await refusedWhole(attempt);
    expect(error.code).toBe(code);
    expect(error.message).toContain(part);
  });

  it("to run while its receptor is disabled or gone, or its source never spikes, until that is cured", async () => {
    const [net, twin] = [kept(), kept()];
    for (const change of ["disable", "detach"] as const) {
      net.find("target")[change]("g_exc" as never);
      const error = await refusal(() => net.step());
      expect(error).toMatchObject({ code: "missing-companion", entity: "present" });
      expect(error.message).toContain("g_exc");
      expectCure(error);
      if (change === "disable") net.find("target").enable("g_exc");
    }
    net.find("target").attach(ConductanceReceptor({ name: "g_exc", E: 3 }) as never);
    net.find("source").disable("poissonSource");
    expect(await refusal(() => net.step())).toMatchObject({ code: "missing-companion", entity: "present" });
    net.find("source").enable("poissonSource");
    await Promise.all([net.step(9), twin.step(9)]);
    expect(net.find("target").get("g_exc.g" as never)).toEqual(twin.find("target").get("g_exc.g" as never));
  });

  it("everything once it has been removed", async () => {
    const net = kept();
    const gone = present(net);
    net.remove(gone);
    const attempts = [
      () => gone.weights(),
      () => gone.delays(),
      () => gone.get("w"),
      () => gone.column("w"),
      () => gone.set({ w: 1 }),
      () => gone.disable(),
      () => gone.enable(),
      () => gone.rewire(),
      () => gone.attach(TsodyksMarkram()),
      () => net.remove(gone),
    ];
    for (const attempt of attempts) {
      const error = await refusal(attempt);
      expect(error, String(attempt)).toMatchObject({ code: "structure", entity: "present" });
      expect(error.message).toContain("no longer");
    }
    expect(await refusal(() => net.findProjection("present"))).toMatchObject({ code: "unknown-name" });
    net.remove(net.find("source"));
    await net.step(3);
  });

  it("weights of single precision that are not finite there", async () => {
    const net = kept();
    asking({ weights: "f32", weight: many(0.1) })(net);
    const before = net.findProjection("wrong").get("w");
    const error = await refusal(() => net.findProjection("wrong").set({ w: many(0.1, { 2: 1e39 }) }));
    expect(error).toMatchObject({ code: "not-finite", entity: "wrong" });
    expect(net.findProjection("wrong").get("w")).toEqual(before);
  });
}); // prettier-ignore
