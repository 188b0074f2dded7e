/** What the recorders of a network hold, in order of creation. */
import type { Network, Recorded } from "neuroweave";

export interface RecordedVariable {
  /** Population, projection or signal. */
  readonly member: string;
  readonly variable: string;
  readonly recorder: string;
  /** "1" where none is declared. */
  readonly unit: string;
  readonly recorded: Recorded;
}

interface Recording {
  readonly name: string;
  recorded(variable: string, recorder?: string): Recorded;
  readonly entity: {
    readonly recordings: ReadonlyMap<{ readonly name: string }, { readonly request: { readonly variables: readonly string[] } }>;
    readonly symbols: ReadonlyMap<string, { readonly declaration: { readonly unit?: string } }>;
  };
} // prettier-ignore

/** Every variable of every recorder, of populations, projections and signals. */
export function recordedVariables(network: Network): RecordedVariable[] {
  const members = [...network.populations, ...network.projections, ...Object.values(network.signals)] as unknown as Recording[]; // prettier-ignore
  return members.flatMap((member) =>
    [...member.entity.recordings].flatMap(([{ name: recorder }, { request }]) =>
      request.variables.map((variable) => ({
        member: member.name,
        variable,
        recorder,
        unit: member.entity.symbols.get(variable)?.declaration.unit ?? "1",
        recorded: member.recorded(variable, recorder),
      })),
    ),
  );
}
