/** Where networks run, one list for all tests of devices: every device, alone and with several threads. */
import type { EngineOptions, Network } from "neuroweave";
import { expect } from "vitest";
import { compilerHere } from "../compiler.ts";

export interface Place {
  readonly name: string;
  /** Whether a program is compiled in C, which takes a compiler and a second or so. */
  readonly compiled: boolean;
  readonly threads: number;
  readonly options: Pick<EngineOptions, "device" | "threads">;
}

/** So many threads, however little there is to do for them. */
const place = (device: "wasm" | "native" | "reference", threads = 1): Place => ({
  name: threads === 1 ? device : `${device} with ${threads} threads`,
  compiled: device === "native",
  threads,
  options: threads === 1 ? { device } : { device, threads: { count: threads, always: true } },
});

export const reference = place("reference");
export const wasm = place("wasm");
export const native = place("native");
export const wasmTeam = (threads: number): Place => place("wasm", threads);
export const nativeTeam = (threads: number): Place => place("native", threads);

/** All that is compared with the reference. */
export const places: readonly Place[] = [wasm, wasmTeam(2), wasmTeam(3), native, nativeTeam(2)];

/** Whether a network can run in a place. Where it takes a compiler and there is none, or no Node, its run must be refused with that reason. */
export async function canRun({ compiled }: Place, net: Network): Promise<boolean> {
  if (!compiled || compilerHere()) return true;
  const before = net.steps;
  const code = "process" in globalThis ? "no-compiler" : "not-supported";
  await expect(net.step()).rejects.toMatchObject({ code });
  expect(net.steps).toBe(before);
  return false;
}

/** Holds that as many threads share a step as were asked for. */
export const expectThreads = (net: Network, { name, threads }: Place): void =>
  expect(net.explain().threads, name).toBe(threads);
