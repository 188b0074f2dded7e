import { afterEach, expect, it, vi } from "vitest";
import { allToAll, createNetwork, defineBehavior, DeltaReceptor, Fire, LIF, loadNetwork, NeuroweaveError, type Network, type Population } from "neuroweave"; // prettier-ignore
import { refusal } from "./refusals.ts";

afterEach(() => vi.restoreAllMocks());

const behaviors = () => [LIF({ I: 30 }), DeltaReceptor()];

function byHand(n: number): Network {
  const net = createNetwork({ dt: 0.1, seed: 3 });
  const made: Population[] = [];
  for (let i = 0; i < n; i++) made.push(net.population(`p${i}`, 1, behaviors()) as unknown as Population);
  for (let i = 0; i < n; i++)
    net.projection(`j${i}`, { source: made[i]!, target: made[(i * 3 + 1) % n]!, connect: allToAll(), weight: 0.1 + i / n, delay: 1 + (i % 3) }); // prettier-ignore
  return net;
}

const fileOf = (n: number) => ({
  format: "neuroweave network",
  version: 1,
  network: { dt: 0.1, seed: 3 },
  populations: Array.from({ length: n }, (_, i) => ({
    name: `p${i}`,
    n: 1,
    behaviors: [{ use: "LIF", values: { I: 30 } }, { use: "DeltaReceptor" }],
  })),
  projections: Array.from({ length: n }, (_, i) => ({
    name: `j${i}`,
    source: `p${i}`,
    target: `p${(i * 3 + 1) % n}`,
    connect: { use: "allToAll" },
    weight: 0.1 + i / n,
    delay: 1 + (i % 3),
  })),
});

/** The plan as text, and all that it holds. */
const said = (net: Network): string => `${net.explain()}\n${JSON.stringify(net.explain({ code: true }))}`;

/** How often somebody asks what takes part in an entity: planning begins with it. */
function lookups(build: () => unknown): number {
  const { entity } = createNetwork({ dt: 1 }).population("p", 1, LIF());
  const asked = vi.spyOn(Object.getPrototypeOf(entity) as typeof entity, "enabled");
  build();
  const count = asked.mock.calls.length;
  asked.mockRestore();
  return count;
}

it.each([
  ["by hand", (n: number) => byHand(n)],
  ["from a file", (n: number) => loadNetwork(fileOf(n))],
])("making a network %s looks at each population and projection as often, however many there are", (_, build) => {
  const [one, two, three] = [20, 40, 60].map((n) => lookups(() => build(n)));
  expect(one).toBeGreaterThan(20);
  expect(three! - two!).toBe(two! - one!);
});

it("so it does where behaviors wish for an order across all populations", () => {
  const Early = defineBehavior({ name: "early", state: { x: { init: 1 } }, equations: "x = 2" });
  const Late = defineBehavior({ name: "late", state: { y: { init: 1 } }, equations: "y = 3", after: "early" });
  const build = (n: number): Network => {
    const net = createNetwork({ dt: 0.1 });
    for (let i = 0; i < n; i++) net.population(`p${i}`, 1, i % 2 === 0 ? [Early()] : [Late()]);
    return net;
  };
  const [one, two, three] = [20, 40, 60].map((n) => lookups(() => build(n)));
  expect(three! - two!).toBe(two! - one!);
  const levels = build(6)
    .explain()
    .stages.map(({ level, behaviors: [name] }) => [level, name]);
  expect(levels).toEqual([
    [0, "early"],
    [0, "early"],
    [0, "early"],
    [1, "late"],
    [1, "late"],
    [1, "late"],
  ]);
});

it("what is refused among many is refused at its own place, and the others are made as if it had never been", async () => {
  const net = createNetwork({ dt: 0.1, seed: 3 });
  const Late = defineBehavior({
    name: "late",
    state: { y: { init: 1 } },
    equations: "y = 3",
    after: "leak",
    before: "leak",
  });
  for (let i = 0; i < 30; i++) {
    for (const bad of [[...behaviors(), Late()], [Fire()], [LIF({ I: Number.NaN })]])
      expect(() => net.population(`p${i}`, 1, bad as never)).toThrow(NeuroweaveError);
    net.population(`p${i}`, 1, behaviors());
  }
  for (let i = 0; i < 30; i++) {
    const [source, target] = [net.find(`p${i}`), net.find(`p${(i * 3 + 1) % 30}`)];
    const options = { source, target, connect: allToAll(), weight: 0.1 + i / 30, delay: 1 + (i % 3) };
    expect(() => net.projection(`j${i}`, { ...options, behaviors: [Late()] as never })).toThrow(NeuroweaveError);
    net.projection(`j${i}`, options);
  }
  const clean = byHand(30);
  expect(said(net)).toBe(said(clean));
  for (const each of [net, clean]) await each.run(60);
  expect(net.snapshot()).toEqual(clean.snapshot());

  const file = fileOf(30);
  file.populations[17]!.behaviors = [{ use: "Fire" } as never];
  const error = await refusal(() => void loadNetwork(file));
  expect(error).toMatchObject({ entity: "p17" });
  expect(error.message).toContain("populations[17]");
});

it("a network is the same whether it is built by hand or loaded: its plan in words, and its bits", async () => {
  const [hand, loaded] = [byHand(30), loadNetwork(fileOf(30))];
  expect(said(loaded)).toBe(said(hand));
  for (const net of [hand, loaded]) await net.run(60);
  expect(loaded.snapshot()).toEqual(hand.snapshot());
  expect(hand.find("p3").spikes().ids.length).toBeGreaterThan(0);
});
