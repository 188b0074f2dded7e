import { createNetwork, defineBehavior } from "neuroweave";
import { must, textOf, type Target } from "../target.ts";

/** Equations of a behavior, compiled and run: the whole way from a text to a program. */
export const behaviors: Target = {
  name: "behaviors",
  seeds: [
    "dx/dt = -x / tau + I",
    "let a = x * y\ndx/dt = a - x\nk * dy/dt += exp(-y) + xi",
    "I += x > k ? 1 : sin(y)\ny = max(x, 0.5)",
    "x = delayed(y, 1) + normal(0, 1)",
  ],
  words: [
    "dx/dt", "dy/dt", " = ", " += ", "let a = ", "a", "x", "y", "tau", "k", "I", "exp(", "log(", "sqrt(", "clip(", "x, 0, 1)", "(", ")", "^", "*", "/",
    "+", "-", "xi", "uniform(0, 1)", "binomial(3, 0.5)", "delayed(x, 2)", "spike", "t", "dt", "i", "n", "?", ":", " and ", ">", "==", "\n", "1e30", "0.1",
    "learning", "refractory", "t_last_spike", "not ",
  ],
  enter: async (input) => {
    const Own = defineBehavior({
      name: "own",
      parameters: { tau: { default: 10 }, k: { default: 2 } },
      state: { x: { init: 1 }, y: { init: 0.5 } },
      inputs: { I: { default: 0 } },
      equations: textOf(input),
    });
    const make = (device: "reference" | "wasm") => {
      const net = createNetwork({ dt: 0.5, seed: 1, device });
      net.population("p", 2, Own() as never);
      return net;
    };
    const [one, other] = [make("reference"), make("wasm")];
    must(/^[\x20-\x7e\n]*$/.test(one.explain({ code: true }).code!), "the program has what no emitter writes");
    let refused: unknown;
    for (const net of [one, other]) await net.step(2).catch((error: unknown) => void (refused = error));
    if (refused !== undefined) throw refused;
    const bits = (net: typeof one): string =>
      Object.values(net.state()).map((values) => new BigUint64Array(Float64Array.from(values, (x) => (Number.isNaN(x) ? Number.NaN : x)).buffer).join()).join(";");
    must(bits(one) === bits(other), "two devices give different bits");
  },
}; // prettier-ignore
