/** What holds of the explanation of every model and network that runs on every device, before and after its changes. */
import { parseStatements, print } from "@neuroweave/equations";
import { createNetwork, type Network } from "neuroweave";
import { describe, expect, it } from "vitest";
import { models } from "../devices/models.ts";
import { networks } from "../devices/networks.ts";

const made: (readonly [string, () => Network])[] = [
  ...models.map(({ name, make, method, dt = 0.1 }) => {
    const build = (): Network => {
      const net = createNetwork({ dt, device: "reference" });
      net.population("cells", 3, make(3) as never, method === undefined ? {} : { method });
      return net;
    };
    return [name, build] as const;
  }),
  ...networks.flatMap(({ name, make, change, dt = 0.1 }) =>
    [undefined, change].slice(0, change ? 2 : 1).map((change) => {
      const build = (): Network => {
        const net = createNetwork({ dt, seed: "networks", device: "reference" });
        make(net, "f64");
        change?.(net);
        return net;
      };
      return [change ? `${name}, changed` : name, build] as const;
    }),
  ),
];

/** Kinds of stages whose equations are text of the language. */
const spelled = new Set(["dynamics", "assign", "sweep", "fire", "deliver", "couple"]);

const balanced = (latex: string): boolean => {
  let open = 0;
  for (const [bracket] of latex.replaceAll(/\\[{}]/g, "").matchAll(/[{}]/g)) {
    open += bracket === "{" ? 1 : -1;
    if (open < 0) return false;
  }
  return open === 0;
};

const cellsOf = (row: string): number => row.replaceAll("\\|", "").split("|").length;

describe.each(made)("the explanation of %s", (_, build) => {
  const net = build();
  const plan = net.explain();
  const text = plan.toString();
  const markdown = plan.toMarkdown();

  it("spells equations in the language that they are read in", () => {
    for (const { kind, equations } of plan.stages)
      for (const { text, latex } of equations) {
        expect(balanced(latex), latex).toBe(true);
        // What arrives and whether a neuron spikes is never written in equations, but shown as if it were.
        const [equation = ""] = text.replace(/^(arriving|spike) /, "shown ").split(", 0 while ");
        if (spelled.has(kind)) expect(parseStatements(equation).map(print)).toEqual([equation]);
      }
  });

  it("shows no factor of one", () => {
    for (const { equations } of plan.stages)
      for (const { text, terms } of equations)
        for (const each of [text, ...terms.map((term) => term.text)])
          expect(each).not.toMatch(/(^|[^\w.])1 \*|[*/] 1(?![\w.])/);
  });

  it("has every population, projection and behavior, and says which are off", () => {
    const behaviors = [...plan.populations, ...plan.projections.map((each) => ({ ...each, behaviors: each.attached }))];
    for (const { name, behaviors: all } of behaviors) {
      expect(text).toContain(name);
      for (const behavior of all) expect(text).toContain(behavior.name);
    }
    const off = (entities: readonly { readonly enabled: boolean }[]): number =>
      entities.filter(({ enabled }) => !enabled).length;
    const marks = off(plan.projections) + plan.projections.reduce((sum, { attached }) => sum + off(attached), 0);
    expect(text.match(/\(disabled\)/g) ?? []).toHaveLength(marks);
    expect(text.match(/^ {2}disabled /gm) ?? []).toHaveLength(
      plan.populations.filter(({ behaviors }) => off(behaviors) > 0).length,
    );
  });

  it("gives the range of weights, and a size in which they fit", () => {
    for (const [at, projection] of net.projections.entries()) {
      const { weight, synapses, bytesPerSynapse } = plan.projections[at]!;
      const { values } = projection.weights();
      expect(synapses).toBe(values.length);
      if (synapses === 0) continue;
      const [low, high = low] = weight.replace(/ \(.*/, "").split(" … ").map(Number);
      expect(low).toBeCloseTo(Math.min(...values), 4);
      expect(high).toBeCloseTo(Math.max(...values), 4);
      expect(bytesPerSynapse).toBeGreaterThan(0);
    }
  });

  it("has tables whose rows are as wide as their heads", () => {
    for (const table of markdown.split(/\n\n+/).filter((part) => part.startsWith("|"))) {
      const [head = "", ...rows] = table.split("\n");
      for (const row of rows) expect(cellsOf(row), row).toBe(cellsOf(head));
    }
  });
});
