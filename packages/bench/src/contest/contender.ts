/** Who takes part: ours on every device and thread count, a loop by hand in C, and other simulators. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { compile } from "../bounds/program.ts";
import type { Compiler } from "../bounds/compiler.ts";
import type { Place } from "../networks.ts";
import { startPlayer, type Player } from "./player.ts";
import type { Task } from "./task.ts";

export interface Contender {
  readonly name: string;
  readonly kind: "ours" | "plain" | "bound" | "peer";
  readonly threads: number;
  /** Whether it is meant for a task at all; without it, for every task. */
  takes?(task: Task): boolean;
  /** Builds the network of a task; throws why that cannot be. */
  start(task: Task): Promise<Player>;
}

const minutes = (count: number): number => count * 60_000;

/** ms that building and a run of anybody may take. */
export const patience = { build: minutes(10), turn: minutes(5) };

const places = [
  { device: "wasm", threads: 1 },
  { device: "wasm", threads: 2 },
  { device: "native", threads: 1 },
  { device: "native", threads: 2 },
] as const satisfies readonly Place[];

/** What lets Node read TypeScript: a tool of the workspace. */
const loader = createRequire(new URL("../../../../package.json", import.meta.url)).resolve("tsx");

/** A script of this folder in a process of its own. */
const script = (name: string, file: URL, args: readonly object[]): Promise<Player> =>
  startPlayer({
    name,
    file: process.execPath,
    args: ["--import", loader, fileURLToPath(file), ...args.map((each) => JSON.stringify(each))],
    patience,
  });

/** Ours through the public face. */
export const ours: readonly Contender[] = places.map((place) => {
  const { device, threads } = place;
  const name = threads === 1 ? device : `${device}, ${threads} threads`;
  return {
    name,
    kind: "ours",
    threads,
    start: (task) => script(name, new URL("ours.ts", import.meta.url), [task, place]),
  };
});

/** A loop in plain JavaScript over the same synapses. */
export const plain: Contender = {
  name: "plain JavaScript",
  kind: "plain",
  threads: 1,
  start: (task) => script("plain JavaScript", new URL("plain.ts", import.meta.url), [task]),
};

/** Seeds of the graphs and of what a network begins with. */
const boundSeed = 1;

/** The loop by hand, compiled into a folder. */
export const boundIn = (folder: string, compiler: Compiler): Contender => ({
  name: "C by hand",
  kind: "bound",
  threads: 1,
  async start(task) {
    const file = await compile(task, compiler, folder);
    const { n, steps, variant } = task;
    return startPlayer({ name: "C by hand", file, args: [n, steps, boundSeed, variant].map(String), patience });
  },
});
