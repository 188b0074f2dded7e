/** Programs that are compiled hold what the emitters wrote, and nothing that a network calls its parts. */
import { createNetwork, defineBehavior, fixedInDegree, type Ingredient, type Network } from "neuroweave";
import { describe, expect, it } from "vitest";

/** Names that would end a comment, a text or a statement, or begin one. */
const hostile = [
  '") (memory 1) ;;', "(; never closed", "*/ system(\"id\"); /*", "// x\n#include </etc/passwd>", "a\nint main(void){}", "\\\n", "%s%n", "${x}",
  "`id`", "'; DROP", "\u0000end", "\u202Egnp", "漢字", "💥", "é".repeat(3000), "__attribute__((constructor))", "??/", "<svg onload=x>",
]; // prettier-ignore
/** What behaviors and symbols may be called is narrower; these are words of C, of WebAssembly or of the emitters. */
const words = [
  "int",
  "main",
  "system",
  "__builtin_trap",
  "asm",
  "module",
  "func",
  "i32",
  "f64",
  "NaN",
  "inf",
  "memory",
  "x".repeat(2000),
];

interface Names {
  readonly place: string;
  readonly word: string;
}

function network({ place, word }: Names, device: "wasm" | "native"): Network {
  const own = defineBehavior({
    name: word,
    parameters: { [`p_${word}`]: { default: 2 } },
    state: { [`s_${word}`]: { init: 1 }, v: { init: 0 } },
    inputs: { I: { default: 0 } },
    equations: `ds_${word}/dt = -p_${word} * s_${word} + I\nlet l_${word} = v * 2\ndv/dt = l_${word} - v`,
    spike: "v > 1",
    onSpike: `v = 0; s_${word} += 1`,
  });
  const synapses = defineBehavior({
    name: `t_${word}`,
    parameters: { [`q_${word}`]: { default: 0.5 } },
    state: { [`u_${word}`]: { init: 1 } },
    onPre: `u_${word} = u_${word} * q_${word}`,
  } as never) as (values: object) => Ingredient;
  const receptor = defineBehavior({
    name: `r_${word}`,
    scope: "instance",
    state: { [`g_${word}`]: { init: 0 } },
    inputs: { I: { default: 0 } },
    equations: `dg_${word}/dt = -g_${word}\nI += g_${word}`,
    onArrival: `g_${word} += arriving`,
  }) as (values: object) => Ingredient;
  const net = createNetwork({ dt: 0.5, seed: 1, device });
  const cells = net.population(place, 3, [own(), receptor({ name: `n_${word}` })] as readonly Ingredient[] as never);
  net.projection(`to ${place}`, {
    source: cells,
    target: cells,
    connect: fixedInDegree(2),
    receptor: `n_${word}`,
    weight: 0.1,
    behaviors: [synapses({})],
  } as never);
  net.region(`in ${place}`).add(cells);
  return net;
} // prettier-ignore

const codeOf = (names: Names, device: "wasm" | "native"): string =>
  network(names, device).explain({ code: true }).code!;

describe.each(["wasm", "native"] as const)("a program for %s", (device) => {
  const plain = codeOf({ place: "cells", word: "own" }, device);

  it("is the same to the letter whatever populations, projections and regions are called", () => {
    expect(plain.length).toBeGreaterThan(1000);
    for (const place of hostile) {
      const code = (): string => codeOf({ place, word: "own" }, device);
      // What ends comments of C is no name at all.
      if (place.includes("/")) expect(code, place).toThrow(expect.objectContaining({ code: "invalid-name" }) as Error);
      else expect(code(), place).toBe(plain);
    }
  });

  it("is the same to the letter whatever behaviors, states, parameters, intermediates and receptors are called", () => {
    for (const word of words) expect(codeOf({ place: "cells", word }, device), word).toBe(plain);
  });
});
