import { textOf, type Target } from "../target.ts";

/** Defects that the fuzzer must find: each letter is a block of its own, which only who sees blocks comes to. */
export const planted: Target = {
  name: "planted",
  seeds: ["start"],
  words: ["a", "b", "c", "d", "h"],
  enter: (input) => {
    const text = textOf(input);
    if (text[0] !== "a") return;
    if (text[1] === "b") {
      if (text[2] === "c") {
        if (text[3] === "d") throw new TypeError("four letters");
      }
    }
    if (text === "ah!") for (;;);
    if (text === "ap!") Object.assign(Object.prototype, { polluted: true });
    if (text === "am!") for (const all: number[][] = []; ;) all.push(Array.from({ length: 1e5 }, Math.abs));
  },
};
