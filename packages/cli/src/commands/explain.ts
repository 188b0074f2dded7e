/** `neuroweave explain FILE`. */
import { defineCommand } from "../command-line/command.ts";
import { exitCodes } from "../exit-codes.ts";
import { endingWith } from "../failure.ts";
import { findFile } from "../file/found-file.ts";
import { openNetworkSource } from "../file/load-network.ts";
import { loadPlugins } from "../file/load-plugins.ts";
import { wrapped } from "../screen/layout.ts";
import { networkOptions, networkRequest } from "../file/network-request.ts";

export const explain = defineCommand({
  name: "explain",
  summary: "show the composed equations, the order and the parameters of a network",
  about: ["Nothing is run. Every term is shown with the behavior that it comes from."],
  operands: [{ name: "FILE", doc: "an experiment (.ts, .js) or a network file (.json)" }],
  options: {
    code: { type: "switch", doc: "the emitted program too" },
    markdown: { type: "switch", doc: "as Markdown with typeset equations" },
    ...networkOptions,
  },
  examples: ["neuroweave explain column.ts", "neuroweave explain column.json --markdown > column.md"],
  async run({ options, operands: [given], screen }) {
    const request = networkRequest(options);
    const file = findFile(given!);
    const source = await openNetworkSource(file, await loadPlugins(options.plugin));
    const { network } = await source.make(request);
    const explanation = await endingWith(exitCodes.failed, () => network.explain({ code: options.code }));
    const text = options.markdown ? explanation.toMarkdown().trimEnd() : String(explanation).trimEnd();
    screen.print(
      ...text.split("\n").flatMap((line) => (screen.onTerminal ? hanging(line, screen.terminal.width) : [line])),
    );
    screen.document({ command: "explain", file: source.shown, ...explanation });
    return exitCodes.done;
  },
});

/** A line in parts that fit, the later ones indented more than the first. */
const hanging = (line: string, width: number): string[] => wrapped(line, width, `${/^ */u.exec(line)![0]}    `);
