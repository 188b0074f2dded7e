/** FORCE: recursive least squares on the weights of a read-out, while its output feeds back into the network. */
import { defineBehavior, Phase, recursiveLeastSquares, type RecursiveReadout } from "neuroweave";

const source = "Sussillo & Abbott 2009, Neuron 63:544, eqs. 4 and 5";

export interface ForceOptions {
  /** Number of neurons that the read-out listens to: sources of its projection, each with one synapse. */
  readonly inputs: number;
  /** Small for fast learning; in squared units of what is read. */
  readonly alpha: number;
  /** Weights change each so many steps. */
  readonly every: number;
  /** Variable of the sources that is read. */
  readonly of: string;
  /** What the output should be at a time in ms. */
  readonly target: (t: number) => number;
}

/**
 * Behaviors for a projection onto one neuron that passes w · x on at once (`RateCoupling`). What the sources have at the end of step k
 * makes the output of step k + 1, so that is what the error is taken of. They learn while the network does; the inverse correlation
 * lives as long as they, and is in no snapshot.
 */
export function forceLearning({ inputs, alpha, every, of, target }: ForceOptions) {
  const Heard = defineBehavior({
    name: "heard",
    doc: "What a read-out listens to.",
    source,
    priority: Phase.Trace,
    state: { heard: { init: 0, per: "source", doc: "variable of the source" } },
    equations: `heard = pre.${of}`,
  });
  let readout: RecursiveReadout | undefined;
  const Force = defineBehavior({
    name: "force",
    doc: "Weights of a read-out follow recursive least squares.",
    source,
    adaptive: true,
    priority: Phase.Learning,
    requires: ["w", "heard"],
    writes: ["w"],
    state: { moved: { init: 0, per: "target", doc: "length of the last change of the weights" } },
    step({ columns, step, t, dt, learning }) {
      if (!learning || step % every !== 0) return;
      readout ??= recursiveLeastSquares({ inputs, alpha });
      const w = columns["w"]!;
      readout.weights.values.set(w);
      readout.learn(columns["heard"]!, target(t + dt));
      columns.moved[0] = Math.hypot(...readout.weights.values.map((each, i) => each - w[i]!));
      w.set(readout.weights.values);
    },
  });
  return [Heard(), Force()] as const;
}
