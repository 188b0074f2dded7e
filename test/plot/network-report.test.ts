import { networkReport, raster } from "@neuroweave/plot";
import type { NetworkReportOptions } from "@neuroweave/plot";
import {
  COBACell, ConstantCurrent, createNetwork, defineBehavior, fixedProbability, KWTA, PairSTDP, PoissonSource, WeightBounds,
} from "neuroweave"; // prettier-ignore
import { describe, expect, it } from "vitest";
import { byClass, byName, findAll, readMarkup } from "./read-markup.ts";
import type { MarkupNode } from "./read-markup.ts";

const Odd = defineBehavior({
  name: "odd",
  doc: `<b>bold</b> & "quoted"`,
  source: "</td><script>alert(1)</script>",
  parameters: { strength: { default: 0.25, unit: "1", doc: "how <odd> it is" } },
  equations: "I += strength",
});
const net = createNetwork({ dt: 0.1, seed: "one <seed>" });
const exc = net.population("exc", 80, [COBACell(), ConstantCurrent({ amplitude: 3 }), Odd({ strength: 0.5 })]);
const inh = net.population("inh", 20, [COBACell(), KWTA({ k: 3 })]);
const twin = net.population("twin", 20, [COBACell(), KWTA({ k: 3 })]);
const input = net.population("input", 10, PoissonSource({ rate: 20 }));
net.projection("input→exc", { source: input, target: exc, connect: fixedProbability(0.5), receptor: "g_exc", weight: 1, behaviors: [PairSTDP(), WeightBounds({ min: 0, max: 2 })] }); // prettier-ignore
net.projection("inh→exc", { source: inh, target: exc, connect: fixedProbability(0.5), receptor: "g_inh", weight: 4 });
net.projection("twin→inh", { source: twin, target: inh, connect: fixedProbability(0.5), receptor: "g_inh", weight: 4 });
const plan = net.explain();
const svg = raster({ title: "Spikes", times: [1], ids: [0], n: 2 });
const options: NetworkReportOptions = {
  title: "A network",
  explanation: plan,
  figures: [{ svg, caption: "Spikes of a run" }],
  settings: { duration: "200 ms", warm: true },
  notes: ["A note."],
  version: "1.2.3",
  networkFile: `{ "dt": 0.1, "text": "</pre><script>" }`,
};
const html = networkReport(options);
const page = readMarkup(html);

/** Cells of the table with a caption. */
const rowsOf = (caption: string): string[][] => {
  const table = findAll(page, byName("table")).find((each) =>
    findAll(each, byName("caption"))[0]?.text.endsWith(` ${caption}`),
  );
  expect(table, caption).toBeDefined();
  return findAll(findAll(table!, byName("tbody"))[0]!, byName("tr")).map((row) =>
    findAll(row, byName("td")).map(({ text }) => text),
  );
};
const sectionOf = (heading: string): MarkupNode =>
  findAll(page, byName("section")).find(({ children }) => children[0]?.text === heading)!;

describe("the report of a network", () => {
  it("holds every parameter of every population and projection with value, default, unit and meaning", () => {
    for (const { name, parameters } of [...plan.populations, ...plan.projections]) {
      const rows = rowsOf(`Parameters and inputs of ${name}`);
      expect(rows).toEqual(
        parameters.map((each) => [
          each.name, each.value, each.default, each.unit === "1" || each.unit === "" ? "–" : each.unit, each.owners.join(", "), each.doc || "–",
        ]), // prettier-ignore
      );
    }
    expect(rowsOf("Parameters and inputs of exc")).toContainEqual([
      "strength",
      "0.5",
      "0.25",
      "–",
      "odd",
      "how <odd> it is",
    ]);
  });

  it("holds every behavior with doc and source, and every variable", () => {
    for (const { name, behaviors, states } of plan.populations) {
      expect(rowsOf(`Behaviors of ${name}`).map((row) => row.slice(2))).toEqual(
        behaviors.map(({ doc, source }) => [doc || "–", source || "–"]),
      );
      if (states.length > 0)
        expect(rowsOf(`Variables of ${name}`).map(([first]) => first)).toEqual(states.map((each) => each.name));
    }
    for (const { name, attached } of plan.projections.filter((each) => each.attached.length > 0))
      expect(rowsOf(`Behaviors of ${name}`)).toHaveLength(attached.length);
  });

  it("sets the equations, and tells the behavior that each term came from", () => {
    const section = sectionOf("exc");
    expect(findAll(section, byName("math")).length).toBeGreaterThan(3);
    const origins = findAll(section, byClass("origins")).flatMap((list) =>
      findAll(list, byName("div")).map((pair) => pair.children.map(({ text }) => text)),
    );
    const expected = plan.stages
      .filter(({ entity }) => entity === "exc")
      .flatMap(({ equations }) =>
        equations.flatMap(({ terms }) => terms.map(({ text, behavior }) => [text, behavior])),
      );
    expect(origins).toEqual(expected);
    expect(expected).toContainEqual(["strength", "odd"]);
  });

  it("says of which population the equations are, where several have the same", () => {
    expect(sectionOf("twin").text).toContain("Its equations are those of inh.");
    expect(findAll(sectionOf("twin"), byName("math"))).toEqual([]);
  });

  it("has the plan as picture and as table, with every stage", () => {
    expect(findAll(sectionOf("The plan of a step"), byName("svg"))).toHaveLength(1);
    const rows = rowsOf("Stages in their order; those with the same kernel number run as one");
    expect(rows.map(([index, phase, entity]) => [index, phase, entity])).toEqual(
      plan.stages.map(({ index, phase, priority, entity }) => [String(index), `${phase} (${priority})`, entity]),
    );
  });

  it("says with what it ran and how to run it again", () => {
    const settings = Object.fromEntries(rowsOf("What the network ran with"));
    expect(settings).toEqual({ "time step": "0.1 ms", seed: "one <seed>", device: plan.device, precision: "f64", threads: "1", neuroweave: "1.2.3", duration: "200 ms", warm: "true" }); // prettier-ignore
    const codes = findAll(sectionOf("How to run this again"), byName("code")).map(({ text }) => text);
    expect(codes[0]).toContain(`npx neuroweave run network.json --seed "one <seed>" --dt 0.1 --device ${plan.device}`);
    expect(codes[0]).toContain("npm install neuroweave@1.2.3");
    expect(codes[1]).toBe(options.networkFile);
  });

  it("has no id twice, no script, and loads nothing", () => {
    const ids = findAll(page, ({ attributes }) => attributes.has("id")).map(({ attributes }) => attributes.get("id"));
    expect(new Set(ids).size).toBe(ids.length);
    expect(findAll(page, byName("script"))).toEqual([]);
    for (const { attributes } of findAll(page, () => true))
      for (const [key, value] of attributes) {
        expect(key).not.toMatch(/^(src|on.*|srcset|action)$/u);
        if (key !== "xmlns") expect(value).not.toMatch(/https?:|url\(/u);
      }
    expect(html).toContain(`content="default-src 'none'; style-src`);
  });

  it("shows hostile names as text, wherever a network takes a name", () => {
    const hostile = `</td><img src="x" onerror='a'>`;
    const rename = <T>(value: T): T => JSON.parse(JSON.stringify(value), (key, each: unknown) => (["name", "doc", "unit", "source", "value", "entity", "behavior", "connector", "text", "kind", "phase", "weight", "delay"].includes(key) && typeof each === "string" ? `${each}${hostile}` : each)) as T; // prettier-ignore
    const renamed = rename({
      ...plan,
      projections: plan.projections.map((each) => ({ ...each, source: "exc", target: "inh" })),
    });
    const ends = {
      ...renamed,
      projections: renamed.projections.map((each) => ({ ...each, source: `exc${hostile}`, target: `inh${hostile}` })),
    };
    const shown = readMarkup(
      networkReport({ ...options, explanation: ends, title: hostile, settings: { [hostile]: hostile } }),
    );
    expect(findAll(shown, byName("img"))).toEqual([]);
    expect(findAll(shown, byName("h1"))[0]!.text).toBe(hostile);
    expect(findAll(shown, byName("h3")).map(({ text }) => text)).toContain(`exc${hostile}`);
  });

  it("has scripts only with interactive figures, and gives the same bytes again", () => {
    const interactive = [{ kind: "raster" as const, title: "Spikes", times: [1], ids: [0], n: 2 }];
    const live = networkReport({ ...options, interactive });
    expect(findAll(readMarkup(live), byClass("interactive"))).toHaveLength(1);
    expect(live).toContain("script-src 'unsafe-inline'");
    expect(networkReport({ ...options, interactive })).toBe(live);
    expect(networkReport(options)).toBe(html);
  });

  it("draws many that do the same as one, and says where there are too many for a picture", () => {
    const copies = (count: number) => {
      const names = Array.from({ length: count }, (_, j) => `twin ${j}`);
      const [stages, [one]] = [plan.stages.filter(({ entity }) => entity === "twin"), plan.populations.filter(({ name }) => name === "twin")]; // prettier-ignore
      return {
        ...plan,
        projections: [],
        kernels: [],
        populations: names.map((name) => ({ ...one!, name })),
        stages: names.flatMap((entity, j) =>
          stages.map((stage, k) => ({ ...stage, entity, index: j * stages.length + k })),
        ),
      };
    };
    const many = readMarkup(networkReport({ ...options, explanation: copies(20) }));
    const picture = findAll(many, byName("svg")).find((svg) => findAll(svg, byClass("nw-stage")).length > 0);
    expect(findAll(picture!, byName("text")).map(({ text }) => text)).toContain("twin 0 and 19 alike");
    expect(findAll(picture!, byClass("nw-stage"))).toHaveLength(copies(1).stages.length);
    expect(findAll(many, byClass("nw-node"))).toHaveLength(20);
    const most = readMarkup(networkReport({ ...options, explanation: copies(301) }));
    expect(findAll(most, byClass("nw-node"))).toEqual([]);
    expect(most.text).toContain("There are too many populations (301) for a picture.");
  });

  it("is complete for a network without anything", () => {
    const empty = readMarkup(networkReport({ title: "Empty", explanation: createNetwork({ dt: 1 }).explain() }));
    expect(findAll(empty, byName("h2")).map(({ text }) => text)).toEqual([
      "The run",
      "The network",
      "The plan of a step",
      "How to run this again",
    ]);
  });
});
