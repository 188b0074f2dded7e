/** The connectors of the library through the suite for connectors. */
import { checkConnector, expectConformance } from "@neuroweave/testkit";
import { standardPlugin } from "neuroweave";
import { expect, it } from "vitest";
import { connectors } from "../connect/every-connector.ts";

it.each(connectors)("%s conforms", async (_, connector) => {
  expectConformance(await checkConnector(connector, { plugin: standardPlugin }));
});

it("every connector of the library is among them", () => {
  const checked = new Set(connectors.map(([, { name }]) => name));
  expect([...standardPlugin.connectors.keys()].filter((name) => !checked.has(name))).toEqual([]);
});
