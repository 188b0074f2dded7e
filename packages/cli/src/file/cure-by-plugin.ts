/** What a program is told to give as `plugins`, whoever types a command gives as `--plugin`. */
import { NeuroweaveError } from "@neuroweave/equations";

const inFiles = /there is no (behavior or model|connector) \S+$/u;

/** A refusal of a name that a plugin may have, with the option in its cure; everything else as it is. */
export function curedByPlugin(error: unknown): unknown {
  if (!(error instanceof NeuroweaveError)) return error;
  const { code, summary, remedy = "", candidates } = error;
  const again = (cure: string) =>
    new NeuroweaveError(code, summary, { ...(candidates ? { candidates } : {}), remedy: cure }, { cause: error });
  if (summary.startsWith("there is no device "))
    return again(`${remedy.split(";", 1)[0]!}; a device of a plugin is there with --plugin NAME.`);
  const kind = code === "unknown-name" ? inFiles.exec(summary)?.[1] : undefined;
  if (kind === undefined) return error;
  return again(
    kind === "connector"
      ? "If a plugin has it, name that: --plugin NAME. neuroweave list connectors shows those that are always there."
      : 'If a plugin has it, name that: --plugin NAME. One without code of its own can be declared under "behaviors".',
  );
}
