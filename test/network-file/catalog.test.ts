/** The catalogue has everything that is exported, and says of each what it is. */
import * as neuroweave from "neuroweave";
import { createNetwork, loadNetwork, NeuroweaveError, standardCatalog, type CatalogEntry } from "neuroweave";
import * as connect from "@neuroweave/connect";
import { describe, expect, it } from "vitest";

const entries: readonly CatalogEntry[] = Object.values(standardCatalog()).flat();
const behaviors = entries.filter(({ kind }) => kind !== "connector" && kind !== "device");
const kindOf = (value: unknown): unknown => (value as { kind?: unknown } | null)?.kind;

/** Needed where defaults do not make one. */
const needed: Readonly<Record<string, object>> = {
  Recorder: { variables: ["v"] },
  TimedCurrent: { every: 1 },
  TimedPoissonSource: { every: 1 },
};

describe("the catalogue", () => {
  it("has every behavior and model that the package exports, and no other", () => {
    const exported = Object.entries(neuroweave)
      .filter(([, each]) => ["definition", "model definition"].includes(kindOf(each) as string))
      .map(([name]) => name);
    expect(behaviors.map(({ name }) => name).sort()).toEqual([...exported, "Recorder"].sort());
  });

  it("has every connector that the package exports, and no other", () => {
    expect(standardCatalog().connectors.map(({ name }) => name)).toEqual(Object.keys(connect).sort());
  });

  it("is sorted by name in every list", () => {
    for (const list of Object.values(standardCatalog())) {
      const names = (list as readonly CatalogEntry[]).map(({ name }) => name);
      expect(names).toEqual(names.toSorted());
      expect(names.length).toBeGreaterThan(0);
    }
  });

  it.each(entries)("says what $name is and where it comes from", ({ kind, doc, source, parameters, options }) => {
    expect(doc).toMatch(/\.$/);
    expect(source.length).toBeGreaterThan(5);
    for (const option of options) expect(option.doc, option.name).not.toBe("");
    // What a connector is given first has no default.
    for (const { name, default: value } of parameters) expect(value === undefined, name).toBe(kind === "connector");
  });

  it.each(behaviors)("knows options and words that $name takes, and none besides", ({ name, options }) => {
    const make = (neuroweave as unknown as Record<string, (values: object) => unknown>)[name]!;
    const given = needed[name] ?? {};
    expect(() => make(given)).not.toThrow();
    for (const { name: option, values = [] } of options) {
      for (const value of values) expect(() => make({ ...given, [option]: value }), `${option}: ${value}`).not.toThrow();
      if (typeof values[0] !== "string") continue;
      expect(() => make({ ...given, [option]: "no such word" }), option).toThrow(NeuroweaveError);
    }
  }); // prettier-ignore

  it.each(standardCatalog().connectors)("has the arguments of $name in their order", ({ name, parameters, options }) => {
    const make = (connect as unknown as Record<string, (...args: never[]) => unknown>)[name]!;
    const all = [...parameters.map(({ name }) => name), ...(options.length > 0 ? ["options"] : [])];
    expect(make.toString().slice(0, 200)).toMatch(/^function/);
    // Arguments with defaults are not counted.
    expect([all.length, all.length - 1]).toContain(make.length);
    for (const { name: option } of options) {
      const args = [...parameters.map(() => 1), { [`${option}x`]: 1 }] as never[];
      expect(() => make(...args)).toThrow(NeuroweaveError);
    }
  }); // prettier-ignore

  it("names what a file may use: every entry with a population place is read from a file", () => {
    const file = (use: string, values: object) => ({
      format: "neuroweave network",
      version: 1,
      network: { dt: 1 },
      populations: [{ name: "cells", n: 2, behaviors: [{ use, values }] }],
    });
    for (const { name } of standardCatalog().models)
      expect(() => loadNetwork(file(name, {})), name).not.toThrow();
    for (const { name } of standardCatalog().sources)
      expect(() => loadNetwork(file(name, needed[name] ?? {})), name).not.toThrow();
    expect(createNetwork({ dt: 1 }).toJSON().populations).toEqual([]);
  }); // prettier-ignore
});
