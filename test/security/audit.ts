/**
 * `npm run audit`: asks the registry whether known weaknesses concern what is installed. High and critical ones fail; where the registry
 * does not answer, that is said, and nothing fails: a check of a change must not depend on it.
 */
import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";

interface AuditReport {
  readonly advisories: Readonly<Record<string, { readonly severity: string; readonly module_name: string; readonly title: string }>>;
} // prettier-ignore

/** What is to be said of the output of `pnpm audit --json`, and whether it fails. */
export function verdict(output: string): { readonly text: string; readonly fails: boolean } {
  let report: Partial<AuditReport> | null;
  try {
    report = JSON.parse(output) as Partial<AuditReport> | null;
  } catch {
    report = null;
  }
  if (typeof report?.advisories !== "object") {
    const why = output.trim().split("\n", 1)[0]!.slice(0, 200) || "no answer";
    return { text: `Not audited: the registry did not answer as expected (${why}).`, fails: false };
  }
  const all = Object.values(report.advisories);
  const lines = all.map((each) => `${each.severity}: ${each.module_name}: ${each.title}`).sort();
  const fails = all.some(({ severity }) => severity === "high" || severity === "critical");
  return { text: ["Audited.", ...lines, `${all.length} known weaknesses`].join("\n"), fails };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const { stdout, stderr } = spawnSync("npx", ["--yes", "pnpm@12.21.0", "audit", "--json"], {
    encoding: "utf8",
    timeout: 60_000,
  });
  const { text, fails } = verdict(stdout || stderr || "");
  console.log(text);
  if (fails) process.exitCode = 1;
}
