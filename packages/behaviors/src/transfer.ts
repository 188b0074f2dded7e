import { defineBehavior, NeuroweaveError, Phase } from "@neuroweave/model";

/** What makes a rate r of the state x: `linear` x, `rectified` max(x, 0), `tanh` tanh(x). */
export type TransferFunction = "linear" | "rectified" | "tanh";

const functions: Readonly<Record<TransferFunction, string>> = { linear: "x", rectified: "max(x, 0)", tanh: "tanh(x)" };

/** The rate of a neuron, a function of its state after the step. */
export const Transfer = defineBehavior({
  name: "transfer",
  doc: "The rate is a function of the state.",
  source: "Dayan & Abbott 2001, Theoretical Neuroscience, section 7.2",
  priority: Phase.Firing,
  requires: ["x"],
  state: { r: { init: 0, unit: "1", doc: "rate, at the end of the step" } },
  options: { transfer: "linear" as TransferFunction },
  build({ transfer }) {
    if (Object.hasOwn(functions, transfer)) return { equations: `r = ${functions[transfer]}` };
    throw new NeuroweaveError("invalid-value", `there is no transfer function ${String(transfer)}`, {
      candidates: Object.keys(functions),
      remedy: `Choose one of ${Object.keys(functions).join(", ")}.`,
    });
  },
});
