/** Whether every device, precision and number of threads gives the same bits; whether the order of stages is free; whether invariants hold. */
import { NeuroweaveError } from "@neuroweave/equations";
import type { EngineOptions, Network } from "neuroweave";
import { differences, shownBy, some, type Shown } from "../bits.ts";
import type { Scene } from "../scene.ts";
import { failed, passed, type Finding } from "./finding.ts";

interface Place {
  readonly name: string;
  readonly options: EngineOptions;
}

const places: readonly Place[] = [
  { name: "wasm", options: { device: "wasm" } },
  { name: "wasm with 2 threads", options: { device: "wasm", threads: { count: 2, always: true } } },
  { name: "native", options: { device: "native" } },
];

/** What a network shows after a first, a second and all steps of its scene. */
async function course(net: Network, steps: number): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  for (const part of [1, 2, Math.max(steps - 3, 1)]) {
    await net.step(part);
    shown.push(shownBy(net));
  }
  return shown;
}

function compare(actual: readonly Shown[], expected: readonly Shown[], what: string): string[] {
  for (const [k, each] of expected.entries()) {
    const found = differences(actual[k]!, each);
    if (found.length > 0) return [`${what}: ${some(found)}`];
  }
  return [];
}

/** The reference is run twice: what does not repeat itself is not the same anywhere. */
export async function checkSameBits({ make, steps, options }: Scene): Promise<Finding> {
  const wrong: string[] = [];
  const absent: string[] = [];
  const { without = [] } = options;
  for (const precision of ["f64", "f32"] as const) {
    const expected = await course(make({ device: "reference", precision }), steps);
    wrong.push(...compare(await course(make({ device: "reference", precision }), steps), expected, `${precision}, the reference once more`));
    for (const place of places) {
      if (without.includes(place.options.device as "wasm")) continue;
      try {
        const actual = await course(make({ ...place.options, precision }), steps);
        wrong.push(...compare(actual, expected, `${precision} on ${place.name}`));
      } catch (error) {
        if (!(error instanceof NeuroweaveError) || error.code !== "no-compiler") throw error;
        if (!absent.includes(place.name)) absent.push(place.name);
      }
    }
  }
  if (wrong.length > 0) return failed(some(wrong));
  const tried = places.filter(({ name, options: each }) => !absent.includes(name) && !without.includes(each.device as "wasm"));
  const left = [...absent.map((name) => `${name} is not here`), ...without.map((name) => `${name} was left out`)];
  return passed([`${["reference", ...tried.map(({ name }) => name)].join(", ")}; f64 and f32; ${steps} steps`, ...left].join("; "));
} // prettier-ignore

export async function checkShuffled({ make, steps }: Scene): Promise<Finding> {
  const expected = await course(make(), steps);
  for (const shuffle of [1, 2, 3]) {
    const wrong = compare(await course(make({ shuffle }), steps), expected, `shuffle ${shuffle}`);
    if (wrong.length > 0) return failed(some(wrong));
  }
  return passed("three other orders of stages");
}

export async function checkInvariants({ make, steps }: Scene): Promise<Finding> {
  const net = make({ debug: true });
  await net.step(steps);
  net.verify();
  return passed(`${steps} steps in debug mode`);
}
