/** What a suite of checks has found. */
import { NeuroweaveError } from "@neuroweave/equations";

/** One check: whether it passed, and what was compared, found or left out. */
export interface CheckResult {
  readonly name: string;
  readonly ok: boolean;
  readonly detail: string;
}

export interface ConformanceReport {
  /** Name of what was checked. */
  readonly subject: string;
  /** Whether every check passed. */
  readonly ok: boolean;
  readonly checks: readonly CheckResult[];
  /** The report as lines of text. */
  toString(): string;
}

export function reportOf(subject: string, checks: readonly CheckResult[]): ConformanceReport {
  const ok = checks.every((each) => each.ok);
  const lines = checks.map((each) => `  ${each.ok ? "ok    " : "FAILED"}  ${each.name}: ${each.detail}`);
  const text = [`${subject} ${ok ? "conforms" : "does not conform"}`, ...lines].join("\n");
  return { subject, ok, checks, toString: () => text };
}

/** Throws the failed checks of a report, so that the test of any runner fails with them. Gives the report back. */
export function expectConformance(report: ConformanceReport): ConformanceReport {
  if (report.ok) return report;
  const failed = report.checks.filter((each) => !each.ok);
  throw new NeuroweaveError(
    "conformance",
    `${report.subject} fails ${failed.map((each) => `"${each.name}"`).join(", ")}\n${failed.map(({ name, detail }) => `  ${name}: ${detail}`).join("\n")}`,
    { remedy: "Repair it, or leave the check out with its reason: except: { \"network file\": \"…\" }." },
  );
} // prettier-ignore

/** Refuses what is left out without a sentence that says why. */
export function requireReasons(what: string, reasons: Readonly<Record<string, string>>): void {
  for (const [name, reason] of Object.entries(reasons))
    if (typeof reason !== "string" || reason.trim().length < 10)
      throw new NeuroweaveError("invalid-value", `${what} ${name} is left out without a reason`, {
        remedy: "Say why, in a sentence that the report repeats.",
      });
}
