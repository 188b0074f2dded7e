/** The standard library through the suite that every plugin goes through. */
import { checkBehavior, checkModel, type CheckOptions } from "@neuroweave/testkit";
import { standardCatalog, standardPlugin } from "neuroweave";
import { expect, it } from "vitest";
import { scenes } from "./library-scenes.ts";

const entries = Object.entries(standardCatalog()).flatMap(([kind, list]) =>
  kind === "connectors" || kind === "devices" ? [] : list,
);

/** Symbols that take whatever unit the input or the weight has. */
const open = { units: "some of its symbols have the unit of the input or the weight that it is used with" };
const hasOpenUnits = (name: string): boolean => {
  const { parameters, states } = entries.find((each) => each.name === name)!;
  return [...parameters, ...states].some(({ unit }) => unit === "");
};

/** Compiling each of them in C takes long: that is for the long mode. */
const long = process.env["NEUROWEAVE_LONG"] === "1";

it.each(entries.map(({ name }) => name))("%s conforms", async (name) => {
  expect(Object.keys(scenes)).toContain(name);
  const given = scenes[name]!;
  const except = { ...(hasOpenUnits(name) ? open : {}), ...given.except };
  const options: CheckOptions = { ...given, plugin: standardPlugin, without: long ? [] : ["native"], except };
  const behavior = standardPlugin.behaviors.get(name);
  const report = behavior ? await checkBehavior(behavior, options) : await checkModel(standardPlugin.models.get(name)!, options);
  expect(report.checks.filter(({ ok }) => !ok)).toEqual([]);
}); // prettier-ignore
