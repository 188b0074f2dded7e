import type { Connector, ConnectorSite, Rows } from "@neuroweave/model";
import { refusal } from "./options.ts";

/** What a connector knows before anything is drawn. */
export type ConnectorEnds = Omit<ConnectorSite, "random">;

interface Rule {
  readonly name: string;
  readonly text: string;
  /** What the function of that name was given; own copies, in plain objects and lists. */
  readonly arguments: readonly unknown[];
  /** Refuses ends that the rule does not fit. */
  check?(ends: ConnectorEnds): void;
  /** Synapses to be expected between ends that have been checked. */
  expected(ends: ConnectorEnds): number;
  /** Makes the synapses, given what `expected` said. */
  build(site: ConnectorSite, expected: number): Rows;
}

const most = 2 ** 32 - 1;

/** A connector from a rule: its ends are checked before anything is counted or made. */
export function defineConnector({ name, text, arguments: given, check, expected, build }: Rule): Connector {
  const checked = (ends: ConnectorEnds): number => {
    check?.(ends);
    const count = expected(ends);
    if (count > most)
      throw refusal(
        "out-of-memory",
        `${text} from ${ends.source.name} to ${ends.target.name} would make about ${count.toPrecision(3)} synapses`,
        `A projection holds at most ${most}: split it, or connect fewer.`,
      );
    return count;
  };
  return Object.freeze<Connector>({
    kind: "connector",
    name,
    text,
    arguments: given,
    expected: checked,
    build: (site) => build(site, checked(site)),
  });
}
