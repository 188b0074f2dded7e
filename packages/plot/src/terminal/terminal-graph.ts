import { nodeIndex } from "../graph/network-graph.ts";
import type { GraphLink, NetworkGraph } from "../graph/network-graph.ts";
import { inkedPieces } from "./inked-text.ts";
import { plainText } from "./plain-text.ts";
import type { TextPlotOptions } from "./text-frame.ts";

/** How a graph or a schedule is written; its height is that of its content. */
export type TextListOptions = Pick<TextPlotOptions, "width" | "unicode" | "color" | "title">;

/**
 * Populations and the projections that leave them, as lines of text: "→" (">") excites, "⊣" ("|") inhibits. Longer lines than
 * `width` (80) are cut, and say so. `graphOf(net.explain())` is such a graph. Throws `unknown-name` for a link between
 * populations that are not there.
 */
export function terminalConnectivityGraph({ nodes, links }: NetworkGraph, options: TextListOptions = {}): string {
  const { unicode = true, title = "" } = options;
  const from = links.map((link) => nodeIndex(nodes, link.source, link.name));
  for (const { name, target } of links) nodeIndex(nodes, target, name);
  const room = Math.max(0, ...links.map((link) => headOf(link, nodes[nodeIndex(nodes, link.source, link.name)]!.name).length)); // prettier-ignore
  const lines = nodes.flatMap(({ name, n }, node) => {
    const own = links.filter((_, k) => from[k] === node);
    return [
      inkedPieces([{ text: plainText(name), ink: "strong" }, { text: `, ${n} ${n === 1 ? "neuron" : "neurons"}` }], options),
      ...own.map((link) => lineOf(link, name, room, unicode, options)),
    ];
  }); // prettier-ignore
  const head = title === "" ? [] : [inkedPieces([{ text: plainText(title), ink: "strong" }], options)];
  return [...head, ...(lines.length === 0 ? ["no populations"] : lines)].join("\n");
}

/** The target, behind the part of the population that the link leaves where it is not the whole. */
function headOf({ source, target }: GraphLink, node: string): string {
  return plainText(source === node ? target : `${source.slice(node.length)} ${target}`);
}

function lineOf(link: GraphLink, node: string, room: number, unicode: boolean, options: TextListOptions): string {
  const inhibitory = link.sign === "inhibitory";
  const mark = inhibitory ? (unicode ? "⊣" : "|") : unicode ? "→" : ">";
  const rest = `${headOf(link, node).padEnd(room)}  ${link.synapses} synapses, ${plainText(link.receptor)} (${plainText(link.name)})`;
  const off = link.enabled === false ? ", switched off" : "";
  return inkedPieces([{ text: "  " }, { text: mark, ink: inhibitory ? "negative" : "positive" }, { text: ` ${rest}${off}` }], options);
} // prettier-ignore
