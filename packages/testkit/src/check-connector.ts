/** `checkConnector`: whether a rule makes sound synapses, the same each time, and comes back from a file. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { Connector, Rows } from "@neuroweave/model";
import {
  createNetwork,
  DeltaReceptor,
  formatNetworkFile,
  LIF,
  loadNetwork,
  type Network,
  type Plugin,
} from "neuroweave";
import { failed, onOneLine, passed, type Finding } from "./checks/finding.ts";
import { differences, shownBy, some } from "./bits.ts";
import { reportOf, type ConformanceReport } from "./report.ts";

export interface ConnectorCheckOptions {
  /** Shapes of the source and the target; [6, 5] for both, within one population, unless given. */
  readonly source?: number | readonly number[];
  readonly target?: number | readonly number[];
  /** The plugin that has the connector: by its name a file calls it. */
  readonly plugin?: Plugin;
}

/** A network with one projection of the connector, and what the connector was asked and gave. */
function scene(connector: Connector, options: ConnectorCheckOptions, seed: number | string) {
  const { source: from = [6, 5], target: to, plugin } = options;
  const asked: { expected: number; rows: Rows | null } = { expected: 0, rows: null };
  const spy: Connector = {
    ...connector,
    expected: (site) => (asked.expected = connector.expected(site)),
    build: (site) => (asked.rows = connector.build(site)),
  };
  const net = createNetwork({ dt: 1, seed, ...(plugin && plugin.name !== "neuroweave" ? { plugins: [plugin] } : {}) });
  const cells = [LIF(), DeltaReceptor()] as const;
  const source = net.population("source", from, cells);
  const target = to === undefined ? source : net.population("target", to, cells);
  net.projection("synapses", { source, target, connect: spy });
  return { net, asked: { ...asked, rows: asked.rows! }, sources: source.n, targets: target.n };
} // prettier-ignore

/** Rows as the engine relies on them. */
function soundRows(connector: Connector, options: ConnectorCheckOptions): Finding {
  const { asked, sources, targets: n } = scene(connector, options, 1);
  const { pointers, targets, weights, shared, delays } = asked.rows;
  const wrong: string[] = [];
  if (pointers.length !== sources + 1 || pointers[0] !== 0 || pointers.at(-1) !== targets.length) wrong.push(`pointers go from 0 to the number of synapses in ${sources + 1} entries`);
  if (pointers.some((each, k) => k > 0 && each < pointers[k - 1]!)) wrong.push("pointers ascend");
  if (targets.some((each) => each >= n)) wrong.push(`targets are below ${n}`);
  for (const [name, list] of Object.entries({ weights, delays, "shared.index": shared?.index }))
    if (list && list.length !== targets.length) wrong.push(`${name} has one entry for each synapse`);
  for (const [name, list] of Object.entries({ weights, delays })) if (list?.some((x) => !Number.isFinite(x))) wrong.push(`${name} are finite`);
  if (weights && shared) wrong.push("weights are either shared or not");
  return wrong.length > 0 ? failed(`it must be that ${some(wrong)}`) : passed(`${targets.length} synapses from ${sources} to ${n} neurons`);
} // prettier-ignore

const rowsOf = ({ asked }: ReturnType<typeof scene>): string =>
  JSON.stringify(asked.rows, (_, value: unknown) => (ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value)); // prettier-ignore

function repeats(connector: Connector, options: ConnectorCheckOptions): Finding {
  const first = rowsOf(scene(connector, options, 1));
  scene(connector, options, 2);
  return rowsOf(scene(connector, options, 1)) === first
    ? passed("the same synapses from the same seed, whatever was made in between")
    : failed("the same seed makes other synapses: draw from `random` of the site, and keep nothing between calls");
}

/** Mean of what is made against what is expected, within five standard errors of a Poisson count. */
function expects(connector: Connector, options: ConnectorCheckOptions): Finding {
  const tries = 60;
  const made = Array.from({ length: tries }, (_, seed) => scene(connector, options, seed).asked);
  const mean = made.reduce((sum, { rows }) => sum + rows.targets.length, 0) / tries;
  const expected = made[0]!.expected;
  const detail = `${expected.toPrecision(4)} expected, ${mean.toPrecision(4)} made in the mean of ${tries}`;
  return Math.abs(mean - expected) <= 5 * Math.sqrt(expected / tries) + 1e-9 ? passed(detail) : failed(detail);
}

async function comesBack(connector: Connector, { plugin, ...shapes }: ConnectorCheckOptions): Promise<Finding> {
  const { net } = scene(connector, { plugin, ...shapes } as ConnectorCheckOptions, 1);
  const text = formatNetworkFile(net.toJSON());
  const copy: Network = loadNetwork(text, plugin && plugin.name !== "neuroweave" ? { plugins: [plugin] } : {});
  if (formatNetworkFile(copy.toJSON()) !== text) return failed("the file of the copy is another");
  await Promise.all([net.step(20), copy.step(20)]);
  const wrong = differences(shownBy(copy), shownBy(net));
  const way = text.includes('"fromArrays"') ? "as lists of synapses" : "as a call";
  return wrong.length > 0 ? failed(some(wrong)) : passed(way);
}

function described(connector: Connector, { plugin }: ConnectorCheckOptions): Finding {
  if (!connector.text.startsWith(`${connector.name}(`)) return failed(`its text ${connector.text} is not a call of ${connector.name}`);
  if (!Object.isFrozen(connector)) return failed("it is not frozen");
  if (!plugin) return passed(connector.text);
  const words = plugin.connectors.get(connector.name);
  if (words === undefined) return failed(`the plugin has no connector ${connector.name}`);
  const silent = [...words.arguments, ...words.options].filter(({ doc }) => doc.trim().length < 4).map(({ name }) => name);
  if (!words.doc.endsWith(".") || words.source.length < 5 || silent.length > 0) return failed(`doc, source or words are missing${silent.length > 0 ? `: ${silent.join(", ")}` : ""}`);
  return passed(`${connector.text}; ${words.arguments.length + words.options.length} words`);
} // prettier-ignore

/**
 * Checks a connector, as it was called: `checkConnector(nearest(3))`. Its rows are sound and repeatable, `expected` is what it makes, and a
 * network with it comes back from its file.
 */
export async function checkConnector(connector: Connector, options: ConnectorCheckOptions = {}): Promise<ConformanceReport> {
  if (connector?.kind !== "connector")
    throw new NeuroweaveError("invalid-value", "what is to be checked is no connector", { remedy: "Give what a call of it returns." });
  const suite = { description: described, rows: soundRows, repetition: repeats, expectation: expects, "network file": comesBack };
  const checks = [];
  for (const [name, check] of Object.entries(suite)) {
    let finding: Finding;
    try {
      finding = await check(connector, options);
    } catch (error) {
      if (!(error instanceof NeuroweaveError)) throw error;
      finding = failed(onOneLine(error.message));
    }
    checks.push({ name, ...finding });
  }
  return reportOf(connector.text, checks);
} // prettier-ignore
