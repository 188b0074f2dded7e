import {
  allToAll,
  convolution,
  createNetwork,
  defineBehavior,
  DeltaReceptor,
  fixedInDegree,
  fixedProbability,
  fromArrays,
  LIF,
  PairSTDP,
  PoissonSource,
  Recorder,
  SpikeTrain,
  uniform,
  WeightBounds,
  type EngineOptions,
  type Network,
  type Projection,
  type ProjectionOptions,
} from "neuroweave";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everything, woven } from "./network-with-projections.ts";
import { refusal } from "../equations/refusal.ts";

/** What a synapse and its source keep, so that it can be seen whose it is. */
const Mark = defineBehavior({
  name: "mark",
  parameters: { label: { default: 0 }, gain: { default: 1 } },
  state: { seen: { init: 0 }, z: { init: uniform(0, 1) }, sent: { init: 0, per: "source" } },
  requires: ["w"],
  adaptive: true,
  onPre: `
    seen += gain
    sent += 1
  `,
});

const behaviors = [PairSTDP({ A_plus: 0.1 }), WeightBounds(), Mark()];

/** Sources that spike at random, cells that learn from them, and any synapses between. */
function learning(
  options: Partial<ProjectionOptions> = {},
  engine: EngineOptions = {},
): { net: Network; projection: Projection } {
  const net = createNetwork({ dt: 0.5, seed: 6, ...engine });
  const source = net.population("source", 8, PoissonSource({ rate: 100 }));
  const target = net.population("target", 6, [LIF({ R: 5, I: 3.4 }), DeltaReceptor()]);
  const projection = net.projection("p", {
    source,
    target,
    connect: fixedProbability(0.5),
    weight: uniform(0, 1),
    axonal: 1,
    dendritic: 0.5,
    behaviors,
    ...options,
  });
  return { net, projection };
}

const plain = [PairSTDP({ A_plus: 0.1 }), WeightBounds(), Mark({ z: 0 })];

interface Synapse {
  readonly source: number;
  readonly target: number;
  readonly delay: number;
  readonly w: number;
  readonly kept: readonly number[];
}

function synapsesOf(projection: Projection): Synapse[] {
  const { sources, targets, values } = projection.weights();
  const delays = projection.delays().values;
  const kept = ["label", "gain", "seen", "z"].map((name) => projection.get(name));
  return Array.from(sources, (source, j) => ({
    source,
    target: targets[j]!,
    delay: delays[j]!,
    w: values[j]!,
    kept: kept.map((each) => each[j]!),
  }));
}

/** In the order of storage. */
const stored = (synapses: readonly Synapse[]): Synapse[] =>
  synapses.toSorted((a, b) => a.source - b.source || a.delay - b.delay || a.target - b.target);

describe("pruning and growing", () => {
  it("moves everything that synapses keep with them, and begins the others, like a list that is edited", async () => {
    const growth = fc.record({
      source: fc.nat(7),
      target: fc.nat(5),
      w: fc.integer({ min: 0, max: 100 }).map((x) => x / 100),
      delay: fc.integer({ min: 1, max: 6 }).map((k) => k / 2),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat(100), { maxLength: 12 }),
        fc.array(growth, { maxLength: 8 }),
        fc.boolean(),
        async (prune, grow, own) => {
          const { net, projection } = learning({ delay: own ? uniform(0, 3) : 1 });
          projection.set({ label: Array.from({ length: projection.n }, (_, j) => j + 1) });
          await net.step(40);
          const [before, sent, x] = [synapsesOf(projection), projection.get("sent"), projection.get("x_post")];
          const gone = new Set(prune.map((j) => j % before.length));
          const expected = stored([
            ...before.filter((_, j) => !gone.has(j)),
            ...grow.map(({ source, target, w, delay }): Synapse => ({
              source,
              target,
              w,
              delay,
              kept: [0, 1, 0, Number.NaN],
            })),
          ]);
          projection.restructure({
            prune: [...gone],
            grow: {
              sources: grow.map((each) => each.source),
              targets: grow.map((each) => each.target),
              weight: grow.map((each) => each.w),
              delay: grow.map((each) => each.delay),
            },
          });
          const after = synapsesOf(projection);
          after.forEach(({ kept }) => expect(kept[3]! >= 0 && kept[3]! < 1).toBe(true));
          // What z begins with is drawn.
          const known = (list: readonly Synapse[]) =>
            list.map(({ kept, ...rest }) => ({ ...rest, kept: kept[0] === 0 ? kept.slice(0, 3) : kept }));
          expect(known(after)).toEqual(known(expected));
          expect(projection.get("sent")).toEqual(sent);
          expect(projection.get("x_post")).toEqual(x);
          await net.step(5);
        },
      ),
      { numRuns: 12, seed: 2, endOnFailure: true },
    );
  });

  it.each([{}, { device: "reference" }, { precision: "f32" }] as const)(
    "of nothing leaves the future as it was, whatever is on its way, with %j",
    async (engine) => {
      const [touched, untouched] = [woven(engine), woven(engine)];
      // What waits may be handled sooner, so that between runs synapses may be ahead; what comes of it is the same.
      const cells = (net: Network) => net.populations.map((each) => [each.state(), each.spikes()]);
      for (const steps of [13, 1, 6, 30]) {
        await touched.step(steps);
        await untouched.step(steps);
        expect(cells(touched)).toEqual(cells(untouched));
        if (steps === 30) expect(everything(touched)).toEqual(everything(untouched));
        for (const projection of touched.projections) projection.restructure({});
      }
    },
  );

  it("of nothing leaves learning as it was, with spikes on their way to synapses", async () => {
    const [touched, untouched] = [
      learning({ axonal: 4, delay: uniform(0, 3) }),
      learning({ axonal: 4, delay: uniform(0, 3) }),
    ];
    for (let round = 0; round < 20; round++) {
      await touched.net.step(7);
      await untouched.net.step(7);
      touched.projection.restructure({});
    }
    expect(everything(touched.net)).toEqual(everything(untouched.net));
    expect(untouched.net.find("target").spikes().ids.length).toBeGreaterThan(5);
  });

  it("at the start gives the network that is made with these synapses, to the bit", async () => {
    const edited = learning({ weight: 0.5, behaviors: plain });
    const { sources, targets } = edited.projection.weights();
    const stay = [...sources.keys()].filter((j) => j % 3 !== 0);
    const grow = { sources: [7, 0, 3], targets: [0, 5, 3] };
    edited.projection.restructure({
      prune: [...sources.keys()].filter((j) => j % 3 === 0),
      grow: { ...grow, weight: [0.1, 0.2, 0.9] },
    });
    const lists = {
      sources: [...stay.map((j) => sources[j]!), ...grow.sources],
      targets: [...stay.map((j) => targets[j]!), ...grow.targets],
    };
    const weights = [...stay.map(() => 0.5), 0.1, 0.2, 0.9];
    const made = learning({ weight: 1, connect: fromArrays({ ...lists, weights }), behaviors: plain });
    await edited.net.step(300);
    await made.net.step(300);
    expect(everything(edited.net)).toEqual(everything(made.net));
    expect(edited.net.find("target").spikes().ids.length).toBeGreaterThan(5);
    // And goes back to it.
    edited.net.reset();
    made.net.reset();
    expect(everything(edited.net)).toEqual(everything(made.net));
  });

  it("is part of a snapshot, which brings it to a network that was not changed and goes on in the same bits", async () => {
    const change = { prune: [0, 3, 4], grow: { sources: [1, 1], targets: [2, 2], weight: 0.3 } };
    const [whole, other] = [learning(), learning()];
    await whole.net.step(31);
    whole.projection.restructure(change);
    const bytes = whole.net.snapshot();
    await whole.net.step(70);
    other.net.restore(bytes);
    const fork = other.net.fork();
    for (const net of [other.net, fork]) {
      await net.step(70);
      expect(everything(net)).toEqual(everything(whole.net));
    }
  });

  it("lets spikes of pruned synapses arrive, and no later ones", async () => {
    const net = createNetwork({ dt: 1 });
    const source = net.population("source", 1, SpikeTrain({ times: [1, 3], ids: [0, 0] }));
    const target = net.population("target", 1, [LIF({ v_rest: -65 }), DeltaReceptor(), Recorder({ variables: ["v"] })]);
    const projection = net.projection("p", { source, target, connect: allToAll(), weight: 5, delay: 6 });
    await net.step(3);
    projection.restructure({ prune: [0] });
    await net.step(9);
    expect(projection.n).toBe(0);
    const v = target.recorded("v").trace(0);
    expect([...v.keys()].filter((k) => k > 0 && v[k]! > v[k - 1]!)).toEqual([7]);
    projection.restructure({ grow: { sources: [0], targets: [0], weight: 5 } });
    expect(projection.delays().values[0]).toBe(6);
  });

  it("keeps samples of what belongs to ends, and forgets those of synapses", async () => {
    const { net, projection } = learning({
      behaviors: [
        ...behaviors,
        Recorder({ name: "ends", variables: ["x_pre"] }),
        Recorder({ name: "own", variables: ["w"] }),
      ] as never,
    });
    await net.step(10);
    projection.restructure({ prune: [0] });
    expect(projection.recorded("x_pre").shape).toEqual([10, 8]);
    expect(projection.recorded("w").shape).toEqual([0, projection.n]);
    await net.step(5);
    expect(projection.recorded("x_pre").shape).toEqual([15, 8]);
    expect(projection.recorded("w").shape).toEqual([5, projection.n]);
  });

  it("of weights of fewer bits keeps them", () => {
    for (const weights of ["f32", "i16"] as const) {
      const { projection } = learning({ weights, behaviors: [] });
      const before = projection.weights().values;
      const largest = before.indexOf(Math.max(...before));
      const other = largest === 0 ? 1 : 0;
      projection.restructure({ prune: [other] });
      expect([...projection.weights().values]).toEqual([...before].filter((_, j) => j !== other));
    }
  });

  it("moves what belongs to weights with them, as an eligibility does", () => {
    const net = createNetwork({ dt: 0.1 });
    const [source, target] = [net.population("source", 3, PoissonSource()), net.population("target", 3, [LIF(), DeltaReceptor()])]; // prettier-ignore
    const kept = defineBehavior({ name: "kept", state: { e: { init: 0, per: "weight" } } });
    const synapses = net.projection("synapses", { source, target, connect: allToAll(), behaviors: [kept()] });
    synapses.set({ e: [0, 1, 2, 3, 4, 5, 6, 7, 8] });
    synapses.restructure({ prune: [0, 4], grow: { sources: [2], targets: [0], weight: 1 } });
    const pairs = synapses.weights();
    const expected = Array.from(pairs.sources, (s, j) => 3 * s + pairs.targets[j]!);
    const values = [...synapses.get("e")];
    expect(values).toHaveLength(8);
    // The synapse that grew lies beside one of the same pair, and begins at 0.
    expect(values.filter((x, j) => x !== expected[j])).toEqual([0]);
  });

  it("again and again takes no more memory than a few times", async () => {
    const { net, projection } = learning({ connect: allToAll() });
    const rounds = async (count: number): Promise<number> => {
      for (let round = 0; round < count; round++) {
        projection.restructure({ prune: [round % 40], grow: { sources: [3], targets: [2], weight: 0.1 } });
        await net.step(2);
      }
      return net.find("target").column("v").buffer.byteLength;
    };
    const few = await rounds(3);
    expect(await rounds(12)).toBe(few);
  });
});

describe("what cannot be pruned and grown", () => {
  const { net, projection } = learning({ connect: fixedInDegree(3), delay: uniform(0, 3) });
  const [sources, targets] = [[0], [0]];
  it.each([
    [{ prune: [18] }, "out-of-range"],
    [{ prune: [0.5] }, "out-of-range"],
    [{ prune: [1, 1] }, "invalid-value"],
    [{ prune: 3 }, "invalid-value"],
    [{ pruned: [] }, "unknown-name"],
    [null, "invalid-value"],
    [{ grow: { sources: [8], targets, weight: 1, delay: 1 } }, "out-of-range"],
    [{ grow: { sources, targets: [6], weight: 1, delay: 1 } }, "out-of-range"],
    [{ grow: { sources, targets: [], weight: 1, delay: 1 } }, "wrong-length"],
    [{ grow: { sources, targets, weight: [1, 1], delay: 1 } }, "wrong-length"],
    [{ grow: { sources, targets, weight: Number.NaN, delay: 1 } }, "not-finite"],
    [{ grow: { sources, targets, weight: uniform(0, 1), delay: 1 } }, "invalid-value"],
    [{ grow: { sources, targets, weight: 1, delays: 1 } }, "unknown-name"],
    [{ grow: { sources, targets, weight: 1 } }, "structure"],
    [{ grow: { sources, targets, weight: 1, delay: 0.3 } }, "off-grid"],
    [{ grow: { sources, targets, weight: 1.5, delay: 1 } }, "out-of-range"],
  ])("%j is refused, and nothing has changed", (changes, code) => {
    const before = everything(net);
    const error = refusal(() => projection.restructure(changes as never));
    expect([error.code, error.entity]).toEqual([code, "p"]);
    expect(everything(net)).toEqual(before);
  });

  it("values that were given as a list for the synapses do not say how others begin", () => {
    const given = learning({ connect: fixedInDegree(3), behaviors: [Mark({ label: new Float64Array(18) })] });
    expect(refusal(() => given.projection.restructure({ grow: { sources, targets, weight: 1 } })).code).toBe(
      "wrong-length",
    );
    given.projection.restructure({ prune: [2] });
    expect(given.projection.n).toBe(17);
  });

  it("weights that synapses share", () => {
    const image = createNetwork({ dt: 1 });
    const source = image.population("source", [4, 4], PoissonSource());
    const target = image.population("target", [2, 2], [LIF(), DeltaReceptor()]);
    const kernel = [
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ];
    const shared = image.projection("p", { source, target, connect: convolution({ kernel }) });
    expect(refusal(() => shared.restructure({ prune: [0] })).code).toBe("not-supported");
  });
});
