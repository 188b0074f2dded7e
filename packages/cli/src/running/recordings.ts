/** `--record`: variables to be sampled. */
import type { Network } from "neuroweave";
import { NeuroweaveError } from "@neuroweave/equations";
import { Recorder } from "neuroweave";
import { exitCodes } from "../exit-codes.ts";
import { Failure, usageFailure } from "../failure.ts";
import { memberOf, type Member } from "../file/assignments.ts";

export interface RecordRequest {
  /** `population.variable`. */
  readonly name: string;
  /** Interval in ms; every step where it is left out. */
  readonly every: number | undefined;
}

/** Reads `population.variable` and `population.variable@every`. */
export function readRecordRequests(texts: readonly string[]): RecordRequest[] {
  return texts.map((text) => {
    const [name = "", interval, ...rest] = text.split("@");
    const every = interval === undefined ? undefined : Number(interval);
    const wrong = rest.length > 0 || !/^[^.].*\.[^.]+$/u.test(name) || interval === "" || (every !== undefined && !(every > 0)); // prettier-ignore
    if (!wrong) return { name, every };
    throw usageFailure("invalid-value", `--record ${text} names no variable`, {
      remedy: "Write --record population.variable, or population.variable@INTERVAL with the interval in ms.",
    });
  });
}

/** Attaches recorders: one for each member and interval. Refuses variables that are not there, with the nearest names. */
export function attachRecorders(network: Network, requests: readonly RecordRequest[]): void {
  const groups = new Map<string, { readonly member: Member; readonly every: number | undefined; readonly variables: Set<string> }>();
  for (const { name, every } of requests) {
    const { member, rest } = memberOf(network, name);
    const key = JSON.stringify([member.name, every]);
    const group = groups.get(key) ?? { member, every, variables: new Set<string>() };
    group.variables.add(rest);
    groups.set(key, group);
  }
  for (const { member, every, variables } of groups.values()) {
    const taken = new Set([...member.entity.recordings.keys()].map(({ name }) => name));
    let name = "recorder";
    for (let count = 2; taken.has(name); count++) name = `recorder${count}`;
    try {
      member.attach(Recorder({ name, variables: [...variables], ...(every === undefined ? {} : { every }) }));
    } catch (error) {
      throw error instanceof NeuroweaveError ? new Failure(exitCodes.usage, error) : error;
    }
  }
} // prettier-ignore
