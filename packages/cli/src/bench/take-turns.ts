/** Networks take turns, so that what else the machine does falls on all of them. */
import { createHash } from "node:crypto";
import type { Network } from "neuroweave";
import { contenderName, type Contender } from "./contenders.ts";

export interface Measured {
  readonly name: string;
  readonly contender: Contender;
  /** Wall time of a biological second in each round, in seconds. */
  readonly times: readonly number[];
  readonly spikes: number;
  /** SHA-256 of all spikes: steps and neurons. */
  readonly digest: string;
}

export interface Refused {
  readonly name: string;
  readonly why: string;
}

export interface TurnsRequest {
  readonly contenders: readonly Contender[];
  make(contender: Contender): Promise<Network>;
  readonly duration: number;
  readonly rounds: number;
  report(done: number, of: number, name: string): void;
}

/**
 * Wall times of `rounds` runs of each network, each from its reset; odd rounds go through them backwards. One run before that counts for
 * nothing but compilers and caches. Who cannot be made or run is told with the reason.
 */
export async function takeTurns({ contenders, make, duration, rounds, report }: TurnsRequest): Promise<(Measured | Refused)[]> {
  const entries = contenders.map((contender) => ({ contender, name: contenderName(contender), times: [] as number[], spikes: 0, digest: "", net: undefined as Network | undefined, why: "" }));
  const total = entries.length * (rounds + 1);
  let done = 0;
  for (let round = 0; round <= rounds; round++)
    for (const entry of round % 2 === 0 ? entries : entries.toReversed()) {
      report(done++, total, entry.name);
      if (entry.why !== "") continue;
      try {
        entry.net ??= await make(entry.contender);
        if (round > 0) entry.net.reset();
        const started = performance.now();
        await entry.net.run(duration);
        if (round > 0) entry.times.push((performance.now() - started) / duration);
        Object.assign(entry, spikesOf(entry.net));
      } catch (error) {
        if (!mayBeMissing(entry.contender, error)) throw error;
        entry.why = error instanceof Error ? error.message.split("\n", 1)[0]! : String(error);
      }
    }
  report(total, total, "");
  return entries.map(({ name, contender, times, spikes, digest, why }) => (why === "" ? { name, contender, times, spikes, digest } : { name, why }));
} // prettier-ignore

/** Without a compiler or threads a bench has fewer contenders; every other error is one of the network. */
function mayBeMissing({ device, threads }: Contender, error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return (device === "native" || threads > 1) && ["no-compiler", "compiler-failed", "missing-package", "library-failed", "not-supported", "thread-lost"].includes(String(code));
} // prettier-ignore

function spikesOf(network: Network): { spikes: number; digest: string } {
  const hash = createHash("sha256");
  let spikes = 0;
  for (const population of network.populations) {
    const { steps, ids } = population.spikes();
    hash.update(steps).update(ids);
    spikes += ids.length;
  }
  return { spikes, digest: hash.digest("hex") };
}

/** Middle value; the mean of the two middle ones of an even number. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
