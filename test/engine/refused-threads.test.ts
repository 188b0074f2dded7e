/** A system that gives fewer threads than are asked for: what there were have ended, and the network can run otherwise. */
import { createNetwork, LIF, NoisyCurrent, uniform, type EngineOptions, type Network } from "neuroweave";
import { existsSync, readdirSync } from "node:fs";
import { describe, expect, it, vi } from "vitest";
import { canRun, nativeTeam, wasm } from "../devices/places.ts";
import { expectSameBits, timeout } from "../devices/twins.ts";
import { refusal } from "../model/refusals.ts";
import { realCompiler, script } from "./native-fakes.ts";

/** A compiler of this machine, under which only so many threads can be started. */
function stingy(given: number): string {
  const few = `static int few(pthread_t *t, void *(*f)(void *), void *x) { static int asked; return asked++ < ${given} ? pthread_create(t, 0, f, x) : 11; }`;
  return script(`case "$*" in *-dM*) exec "${realCompiler!}" "$@";; esac
sed -e 's/pthread_create(\\([^,]*\\), 0, /few(\\1, /' -e 's|^#include <pthread.h>|&\\n${few.replaceAll("&", "\\&")}|' | exec "${realCompiler!}" "$@"`);
}

function noisy(options: EngineOptions): Network {
  const net = createNetwork({ dt: 0.5, seed: "few", ...options });
  net.population("cells", 100, [LIF({ R: 5, I: uniform(3, 6) }), NoisyCurrent({ sigma: 3, tau: 4 })]);
  return net;
}

/** Threads of this process; 0 where nobody tells. */
const tasks = (): number => (existsSync("/proc/self/task") ? readdirSync("/proc/self/task").length : 0);

describe("native code", () => {
  it.each([0, 1])("for which the system has %d more threads is refused with the cure, and leaves no thread behind", async (given) => {
    const net = noisy(nativeTeam(3).options);
    if (realCompiler === null) return void (await canRun(nativeTeam(3), net));
    vi.stubEnv("CC", stingy(given));
    // The compiler itself is called by threads of this process, which stay.
    const before = await noisy({ device: "native" }).step(1).then(tasks);
    const error = await refusal(() => net.step(5));
    expect(error).toMatchObject({ code: "not-supported", remedy: expect.stringContaining("fewer threads") });
    expect(error.message).toContain("2 more threads");
    expect(net.steps).toBe(0);
    if (before > 0) await expect.poll(tasks).toBeLessThanOrEqual(before);
    const [fits, twin] = [noisy(given === 1 ? nativeTeam(2).options : { device: "native" }), noisy(wasm.options)];
    for (const each of [fits, twin]) await each.step(60);
    expectSameBits(fits, twin);
    expect(twin.find("cells").spikes().ids.length).toBeGreaterThan(10);
  }, timeout); // prettier-ignore
});
