/** A process of its own: the loop of plain JavaScript over one of our networks, in the part of a contender. */
import { createInterface } from "node:readline";
import { adexLoop, lifLoop, type PlainLoop } from "../baselines.ts";
import { brunelLoop } from "../network-loops/brunel.ts";
import { cobaLoop } from "../network-loops/coba.ts";
import { cubaLoop } from "../network-loops/cuba.ts";
import { brunelNetwork } from "../network-models/brunel.ts";
import { cobaNetwork, cubaNetwork } from "../network-models/vogels-abbott.ts";
import { adexValues, dt, lifValues } from "../networks.ts";
import type { Task } from "./task.ts";

const answer = (values: object): void => void process.stdout.write(`${JSON.stringify(values)}\n`);

/** Gives what makes a loop at its beginning; nothing where there is no loop. */
function loopOf({ network, variant, n, parameters }: Task): (() => PlainLoop) | undefined {
  if (network === "lif") return () => lifLoop(lifValues(n), dt);
  if (network === "adex") return () => adexLoop(adexValues(n), dt);
  if (network === "cuba") {
    const start = cubaNetwork(n).start();
    return () => cubaLoop(start, dt);
  }
  if (network === "coba") {
    const method = variant === "euler" ? "euler" : "exponentialEuler";
    const start = cobaNetwork(n, method).start();
    return () => cobaLoop(start, method, dt);
  }
  if (network === "brunel") {
    const start = brunelNetwork(n, parameters["share"]!).start();
    return () => brunelLoop(start, dt);
  }
  return undefined;
}

const task = JSON.parse(process.argv[2] ?? "") as Task;
const make = loopOf(task);
if (make) {
  answer({ ready: 1, version: `V8 ${process.versions.v8}` });
  for await (const _ of createInterface(process.stdin)) {
    const loop = make();
    const cpu = process.cpuUsage();
    const begun = performance.now();
    const spikes = loop.advance(task.steps);
    const seconds = (performance.now() - begun) / 1000;
    const { user, system } = process.cpuUsage(cpu);
    answer({ seconds, cpu: (user + system) * 1e-6, spikes });
  }
} else answer({ refused: `there is no loop for ${task.network}` });
process.exit();
