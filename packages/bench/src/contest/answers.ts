/** What contenders, which are processes of their own, write: one line of JSON for each thing that they are asked. */
import { NeuroweaveError } from "@neuroweave/equations";

/** Written once, when the network stands. */
export interface Ready {
  /** What it took to get there in s, where the contender tells. */
  readonly buildSeconds?: number;
  /** The version of the simulator and of what it stands on. */
  readonly version?: string;
  /** Parameters that were taken over, by name. Absent where they were compiled in. */
  readonly parameters?: Readonly<Record<string, number>>;
}

/** Written after every run. */
export interface Reading {
  /** Of the simulation loop, on the clock. */
  readonly seconds: number;
  /** The same in processor time, where the contender tells. */
  readonly cpu?: number;
  readonly spikes: number;
}

/** Written instead of either: what cannot be done, and whether that is how the contender is. */
interface Refusal {
  readonly refused: string;
}

const malformed = (name: string, line: string): NeuroweaveError =>
  new NeuroweaveError("invalid-value", `${name} answers ${JSON.stringify(line.slice(0, 200))}`, {
    remedy: "An answer is one line of JSON with what `Ready` or `Reading` name.",
  });

function objectIn(name: string, line: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw malformed(name, line);
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw malformed(name, line);
  const answer = value as Readonly<Record<string, unknown>> & Partial<Refusal>;
  if (typeof answer.refused === "string")
    throw new NeuroweaveError("not-supported", answer.refused, { remedy: "See what the contender says." });
  return answer;
}

const isNumber = (value: unknown): value is number => typeof value === "number" && Number.isFinite(value);

/** Whether a line is an answer at all, and no chatter of a library. */
export const isAnswer = (line: string): boolean => line.startsWith("{");

export function readReady(name: string, line: string): Ready {
  const { ready, build_seconds, version, parameters } = objectIn(name, line);
  if (ready === undefined) throw malformed(name, line);
  if (parameters !== undefined) {
    const values = typeof parameters === "object" && parameters !== null ? Object.values(parameters) : [undefined];
    if (!values.every(isNumber)) throw malformed(name, line);
  }
  return {
    ...(isNumber(build_seconds) ? { buildSeconds: build_seconds } : {}),
    ...(typeof version === "string" ? { version } : {}),
    ...(parameters === undefined ? {} : { parameters: parameters as Readonly<Record<string, number>> }),
  };
}

export function readReading(name: string, line: string): Reading {
  const { seconds, cpu, spikes } = objectIn(name, line);
  if (!isNumber(seconds) || seconds <= 0 || !isNumber(spikes) || spikes < 0) throw malformed(name, line);
  return { seconds, spikes, ...(isNumber(cpu) && cpu > 0 ? { cpu } : {}) };
}
