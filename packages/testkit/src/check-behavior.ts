/** `checkBehavior` and `checkModel`: all checks, one after the other. */
import { checkOptions, nearest, NeuroweaveError } from "@neuroweave/equations";
import { checkConvergence } from "./checks/convergence.ts";
import { checkDocumentation } from "./checks/documentation.ts";
import { onOneLine, type Finding } from "./checks/finding.ts";
import { checkFreezing } from "./checks/freezing.ts";
import { checkNetworkFile } from "./checks/network-file.ts";
import { checkRanges } from "./checks/ranges.ts";
import { checkReadsAndWrites } from "./checks/reads-and-writes.ts";
import { checkInvariants, checkSameBits, checkShuffled } from "./checks/same-bits.ts";
import { checkSnapshot } from "./checks/snapshot.ts";
import { checkUnits } from "./checks/units.ts";
import { checkNames, type CheckName, type CheckOptions } from "./options.ts";
import { reportOf, requireReasons, type CheckResult, type ConformanceReport } from "./report.ts";
import { sceneOf, type Definition, type Scene } from "./scene.ts";

const checks: Readonly<Record<CheckName, (scene: Scene) => Finding | Promise<Finding>>> = {
  documentation: checkDocumentation,
  units: checkUnits,
  ranges: checkRanges,
  "same bits on all devices": checkSameBits,
  "shuffled stages": checkShuffled,
  invariants: checkInvariants,
  convergence: checkConvergence,
  snapshot: checkSnapshot,
  freezing: checkFreezing,
  "reads and writes": checkReadsAndWrites,
  "network file": checkNetworkFile,
};

/**
 * Puts a behavior into a small network and checks all that a behavior of Neuroweave keeps to; the report has a line for each of `checkNames`. An error
 * that a check runs into is a failure of that check. Refuses options that make no scene: an empty reason, a check or a key that does not exist.
 *
 *     expectConformance(await checkBehavior(SlowPotassium, { with: [LIF(), ConstantCurrent({ amplitude: 8 })] }));
 */
export async function checkBehavior(behavior: object, options: CheckOptions = {}): Promise<ConformanceReport> {
  return checked(definitionOf(behavior, "definition", "defineBehavior"), options);
}

/** The same for a model of populations or of projections. */
export async function checkModel(model: object, options: CheckOptions = {}): Promise<ConformanceReport> {
  return checked(definitionOf(model, "model definition", "defineModel"), options);
}

function definitionOf(given: object, kind: string, maker: string): Definition {
  if ((given as { kind?: unknown } | null)?.kind === kind) return given as Definition;
  throw new NeuroweaveError("invalid-value", `what is to be checked is no ${kind}`, { remedy: `Give what ${maker} returns, without calling it.` }); // prettier-ignore
}

async function checked(definition: Definition, options: CheckOptions): Promise<ConformanceReport> {
  checkOptions("checkBehavior", options, known);
  for (const name of Object.keys(options.except ?? {}))
    if (!checkNames.includes(name as CheckName))
      throw new NeuroweaveError("unknown-name", `there is no check ${name}`, {
        candidates: nearest(name, checkNames),
        remedy: `There are ${checkNames.join(", ")}.`,
      });
  requireReasons("the check", options.except ?? {});
  requireReasons("the variable", options.perStep ?? {});
  const scene = sceneOf(definition, options);
  const results: CheckResult[] = [];
  for (const name of checkNames) {
    const reason = options.except?.[name];
    const finding = reason === undefined ? await found(name, scene) : { ok: true, detail: `left out: ${reason}` };
    results.push({ name, ...finding });
  }
  return reportOf(scene.name, results);
}

async function found(name: CheckName, scene: Scene): Promise<Finding> {
  try {
    return await checks[name](scene);
  } catch (error) {
    if (!(error instanceof NeuroweaveError)) throw error;
    return { ok: false, detail: onOneLine(error.message) };
  }
}

const known = ["values", "with", "on", "source", "target", "receptor", "signals", "n", "dt", "steps", "method", "plugin", "without", "except", "perStep", "scene"]; // prettier-ignore
