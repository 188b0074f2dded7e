/**
 * A short bench that fails where ours has become more than 30 % slower: ratios of processor times to a loop of plain JavaScript
 * and to a loop by hand in C, in turns, against those in `guard.json`. `--update` writes them anew.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { NeuroweaveError } from "@neuroweave/equations";
import { findCompiler } from "./bounds/compiler.ts";
import { boundIn, ours, plain, type Contender } from "./contest/contender.ts";
import { boundOf, contest, ratio, type Result } from "./contest/contest.ts";
import { beginningOf, brunel, coba, cuba, lif, type Task } from "./contest/task.ts";
import { better, lineOf, readStored, updated, verdictsOf, type Ratios, type Stored } from "./guard-rows.ts";

const file = fileURLToPath(new URL("../guard.json", import.meta.url));

/** Runs of some tens of milliseconds. */
const tasks: readonly Task[] = [
  lif(1000),
  beginningOf(cuba(4000), 5000),
  beginningOf(coba(4000, "euler"), 5000),
  beginningOf(brunel(2500), 2000),
];

const turns = 9;

/** Times that a task with a loss is measured again. */
const tries = 4;

interface Measured {
  readonly portable: Ratios;
  readonly compiled: Ratios;
  readonly absent: readonly string[];
}

function ratiosOf(result: Result): Measured {
  const portable: Record<string, number> = {};
  const compiled: Record<string, number> = {};
  const { task, standings, absent } = result;
  const loop = standings.find(({ kind }) => kind === "plain");
  const bound = boundOf(result);
  for (const own of standings.filter(({ kind }) => kind === "ours")) {
    const name = `${task.title}, ${own.name}`;
    const into = own.name === "wasm" ? portable : compiled;
    if (loop) into[`${name} over plain JavaScript`] = ratio(loop, own).median;
    if (bound) compiled[`${name} over C by hand`] = ratio(bound, own).median;
  }
  return { portable, compiled, absent: absent.map(({ name, reason }) => `${task.title}, ${name}: ${reason}`) };
}

/** Measures until nothing is lost against what was before, and not more often than is worth it. */
async function measured(task: Task, contenders: readonly Contender[], before: Ratios): Promise<Measured> {
  const once = async (): Promise<Measured> => ratiosOf(await contest(task, contenders, { turns, report: () => {} }));
  let best = await once();
  for (let k = 0; k < tries; k++) {
    if (!verdictsOf({ ...best.portable, ...best.compiled }, before).some(({ lost }) => lost)) break;
    console.log(`  again: ${task.title}`);
    const again = await once();
    best = {
      portable: better(best.portable, again.portable),
      compiled: better(best.compiled, again.compiled),
      absent: again.absent,
    };
  }
  return best;
}

async function main(update: boolean): Promise<boolean> {
  const folder = mkdtempSync(join(tmpdir(), "neuroweave-guard-"));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const contenders: Contender[] = [plain, ...ours.filter(({ threads }) => threads === 1)];
  const leftOut: string[] = [];
  let vectors = "none";
  try {
    const compiler = await findCompiler();
    vectors = compiler.vectors;
    contenders.push(boundIn(folder, compiler));
  } catch (error) {
    leftOut.push(`C by hand: ${reasonOf(error)}`);
  }
  const stored = readStored(readFileSync(file, "utf8"));
  const before: Ratios = { ...stored["portable"], ...stored[vectors] };
  const tables: Record<string, Record<string, number>> = { portable: {}, [vectors]: {} };
  let kept = true;
  for (const task of tasks) {
    const found = await measured(task, contenders, update ? {} : before);
    leftOut.push(...found.absent);
    Object.assign(tables["portable"]!, found.portable);
    Object.assign(tables[vectors]!, found.compiled);
    if (Object.keys(found.portable).length === 0)
      throw new NeuroweaveError("internal", `${task.title} could not be measured: ${found.absent.join("; ")}`, {
        remedy: "See why wasm or the plain loop takes no part.",
      });
    for (const verdict of verdictsOf({ ...found.portable, ...found.compiled }, before)) {
      console.log(lineOf(verdict));
      kept &&= !verdict.lost;
    }
  }
  if (stored[vectors] === undefined && vectors !== "none")
    leftOut.push(`compiled code: no ratios are stored for ${vectors}; --update adds them`);
  for (const each of leftOut) console.log(`  left out: ${each}`);
  if (update) {
    writeFileSync(file, updated(stored, tables satisfies Stored));
    console.log(`ratios are written to ${file}`);
    return true;
  }
  console.log(
    kept
      ? "Nothing has become more than 30 % slower."
      : "Ours has become more than 30 % slower. If that is meant, run the guard with --update.",
  );
  return kept;
}

const reasonOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split("\n", 1)[0]!;

process.once("SIGINT", () => process.exit(130));
try {
  const args = process.argv.slice(2);
  const unknown = args.find((each) => each !== "--update");
  if (unknown !== undefined)
    throw new NeuroweaveError("unknown-name", `there is no option ${unknown}`, { remedy: "The only one is --update." });
  if (!(await main(args.includes("--update")))) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof NeuroweaveError && error.code !== "internal" ? error.message : error);
  process.exitCode = 1;
}
