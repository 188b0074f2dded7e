/** Whether a network with the subject in it comes back from its file. */
import { formatNetworkFile, loadNetwork, type BehaviorDefinition, type ModelDefinition } from "neuroweave";
import { differences, shownBy, some } from "../bits.ts";
import { pluginsOf, type Scene } from "../scene.ts";
import { failed, passed, type Finding } from "./finding.ts";

/** Declarations go as data, or by the name of their plugin; host code is given to whoever reads the file. */
export async function checkNetworkFile({ make, definition, members, options, steps }: Scene): Promise<Finding> {
  const net = make();
  const text = formatNetworkFile(net.toJSON());
  const hasCode = members.some(({ declaration }) => declaration.step !== null);
  const given: Record<string, BehaviorDefinition | ModelDefinition> =
    hasCode && !options.plugin && definition.kind === "definition" ? { [definition.behavior]: definition } : {};
  const copy = loadNetwork(text, { behaviors: given, plugins: pluginsOf(options) });
  if (formatNetworkFile(copy.toJSON()) !== text) return failed("the file of the copy is another");
  const start = differences(shownBy(copy), shownBy(net));
  if (start.length > 0) return failed(`at step 0: ${some(start)}`);
  await Promise.all([net.step(steps), copy.step(steps)]);
  const wrong = differences(shownBy(copy), shownBy(net));
  const way = options.plugin ? "by its name" : hasCode ? "by code that is given" : "as data";
  return wrong.length > 0 ? failed(some(wrong)) : passed(`${way}, ${text.length} characters`);
}
