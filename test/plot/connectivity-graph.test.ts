import { connectivityGraph, graphOf, neuronGraph } from "@neuroweave/plot";
import type { GraphLink, GraphNode } from "@neuroweave/plot";
import fc from "fast-check";
import { createNetwork, fixedProbability, LIF, CurrentReceptor, ConductanceReceptor } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../model/refusals.ts";
import { byClass, byName, findAll, readMarkup } from "./read-markup.ts";

const circles = (svg: string) =>
  findAll(readMarkup(svg), byClass("nw-node")).map((node) => {
    const [circle] = findAll(node, byName("circle"));
    const number = (name: string): number => Number(circle!.attributes.get(name));
    return { title: findAll(node, byName("title"))[0]!.text, x: number("cx"), y: number("cy"), r: number("r") };
  });
const linkParts = (svg: string) =>
  findAll(readMarkup(svg), byClass("nw-link")).map((link) => ({
    title: findAll(link, byName("title"))[0]!.text,
    line: findAll(link, byName("path"))[0]!.attributes,
    head: findAll(link, byName("path"))[1]!.attributes,
  }));

const network = () => {
  const net = createNetwork({ dt: 0.1, seed: 2 });
  const exc = net.population("exc", 400, [
    LIF(),
    CurrentReceptor({ name: "ampa" }),
    ConductanceReceptor({ name: "gaba" }),
  ]);
  const inh = net.population("inh", 100, [LIF(), CurrentReceptor({ name: "ampa" })]);
  const connect = fixedProbability(0.1);
  net.projection("exc→inh", { source: exc.slice(0, 50), target: inh, connect, receptor: "ampa", weight: 1 });
  net.projection("inh→exc", { source: inh, target: exc, connect, receptor: "gaba", weight: 1 });
  net.projection("exc→exc", { source: exc, target: exc, connect, receptor: "ampa", weight: -2 });
  return net;
};

describe("the graph of a network", () => {
  it("has a circle for each population and a line for each projection, said in words", () => {
    const plan = network().explain();
    const svg = connectivityGraph({ title: "Network", ...graphOf(plan) });
    expect(circles(svg).map(({ title }) => title)).toEqual(["exc: 400 neurons", "inh: 100 neurons"]);
    expect(linkParts(svg).map(({ title }) => title)).toEqual(
      plan.projections.map(
        ({ name, synapses, source, receptor, target }) =>
          `${name}: ${synapses} synapses from ${source} to ${receptor} of ${target}`,
      ),
    );
    expect(graphOf(plan).links.map(({ sign }) => sign)).toEqual(["excitatory", "inhibitory", "inhibitory"]);
  });

  const nodes: GraphNode[] = [
    { name: "small", n: 10 },
    { name: "middle", n: 1000 },
    { name: "large", n: 100_000 },
  ];
  const link = (part: Partial<GraphLink>): GraphLink => ({ name: "l", source: "small", target: "large", receptor: "r", synapses: 10, ...part }); // prettier-ignore

  it("shows more neurons as larger circles and more synapses as broader lines, receptors by color, disabled ones pale", () => {
    const links = [
      link({ synapses: 10 }),
      link({ synapses: 100_000, source: "middle" }),
      link({ receptor: "q", source: "large", target: "middle", enabled: false, sign: "inhibitory" }),
    ];
    const svg = connectivityGraph({ title: "N", nodes, links });
    const radii = circles(svg).map(({ r }) => r);
    expect([...radii].sort((a, b) => a - b)).toEqual(radii);
    expect(new Set(radii).size).toBe(3);
    const parts = linkParts(svg);
    const broad = (j: number): number => Number(parts[j]!.line.get("stroke-width"));
    expect(broad(1)).toBeGreaterThan(broad(0));
    expect(parts.map(({ line }) => line.get("class"))).toEqual(["nw-line-0", "nw-line-0", "nw-line-1"]);
    expect(Number(parts[2]!.line.get("stroke-opacity"))).toBeLessThan(Number(parts[0]!.line.get("stroke-opacity")));
    expect(parts[0]!.head.get("d")).toMatch(/Z$/u);
    expect(parts[2]!.head.get("d")).not.toMatch(/Z$/u);
  });

  it("keeps circles apart, of any graph, in either layout, and gives the same bytes again", () => {
    const graph = fc.integer({ min: 1, max: 12 }).chain((count) =>
      fc.record({
        sizes: fc.array(fc.integer({ min: 1, max: 1e6 }), { minLength: count, maxLength: count }),
        pairs: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 25 }),
        layout: fc.constantFrom("force" as const, "circle" as const),
      }),
    );
    fc.assert(
      fc.property(graph, ({ sizes, pairs, layout }) => {
        const options = {
          title: "Any",
          layout,
          nodes: sizes.map((n, j) => ({ name: `p${j}`, n })),
          links: pairs.map(([a, b], j) => link({ name: `l${j}`, source: `p${a}`, target: `p${b}`, synapses: j })),
        };
        const svg = connectivityGraph(options);
        expect(connectivityGraph(options)).toBe(svg);
        expect(svg).not.toMatch(/NaN|Infinity/u);
        const drawn = circles(svg);
        drawn.forEach((one, j) =>
          drawn.slice(j + 1).forEach((other) => {
            expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.r + other.r);
          }),
        );
      }),
      { numRuns: 40 },
    );
  });

  it("takes hostile names as text, and refuses ends that are no node and nodes of one name", async () => {
    const name = `"><script>alert(1)</script>`;
    const svg = connectivityGraph({ title: name, nodes: [{ name, n: 3 }], links: [link({ name, source: name, target: `${name}[0, 2)`, receptor: name })] }); // prettier-ignore
    expect(findAll(readMarkup(svg), byName("script"))).toEqual([]);
    expect(circles(svg)[0]!.title).toBe(`${name}: 3 neurons`);
    const missing = await refusal(() => connectivityGraph({ title: "N", nodes, links: [link({ target: "huge" })] }));
    expect(missing.code).toBe("unknown-name");
    expect(missing.message).toContain("huge");
    const twice = await refusal(() => connectivityGraph({ title: "N", nodes: [nodes[0]!, nodes[0]!], links: [] }));
    expect(twice.code).toBe("duplicate-name");
    expect(connectivityGraph({ title: "N", nodes: [], links: [] })).toContain("no populations");
  });
});

describe("the neurons of a projection", () => {
  const ends = { source: { name: "a", n: 3 }, target: { name: "b", n: 4 } };

  it("are two columns with a line for each synapse, by sign and strength", () => {
    const svg = readMarkup(
      neuronGraph({ title: "W", ...ends, sources: [0, 1, 2], targets: [3, 0, 1], values: [1, -0.5, 0] }),
    );
    expect(findAll(svg, byName("circle"))).toHaveLength(7);
    const [strong] = findAll(svg, (node) => byClass("nw-line-0")(node) && !node.attributes.get("d")!.endsWith("h18"));
    const [weak] = findAll(svg, (node) => byClass("nw-line-1")(node) && !node.attributes.get("d")!.endsWith("h18"));
    expect(Number(strong!.attributes.get("stroke-width"))).toBeGreaterThan(
      Number(weak!.attributes.get("stroke-width")),
    );
  });

  it("are one circle within a population, and refused where they are too many or do not exist", async () => {
    const self = { source: { name: "a", n: 5 }, target: { name: "a", n: 5 } };
    const svg = readMarkup(neuronGraph({ title: "W", ...self, sources: [0, 2], targets: [1, 2], values: [1, 1] }));
    expect(findAll(svg, byName("circle"))).toHaveLength(5);
    const ask = (options: object) =>
      refusal(() => neuronGraph({ title: "W", ...ends, sources: [0], targets: [0], values: [1], ...options }));
    expect((await ask({ sources: [3] })).code).toBe("out-of-range");
    expect((await ask({ values: [] })).code).toBe("wrong-length");
    expect((await ask({ target: { name: "b", n: 198 } })).message).toContain("201 neurons");
  });
});
