/** A model that grows by one behavior at a time, under the same current. */
import {
  AELIF,
  ConstantCurrent,
  createNetwork,
  ELIF,
  LIF,
  Recorder,
  type Explanation,
  type PlannedEquation,
} from "neuroweave";

/** Protocol: ms and nA. */
export const growthProtocol = { dt: 0.1, duration: 200, current: 5 } as const;

/** One stage of the growth. */
export interface GrownModel {
  readonly name: string;
  /** What was added to the model before it. */
  readonly added: string;
  readonly times: Float64Array;
  readonly voltage: Float64Array;
  readonly spikes: Float64Array;
  /** Differential equations as composed, each term with the behavior that it came from. */
  readonly dynamics: readonly PlannedEquation[];
  /** Spike condition and what a spike changes. */
  readonly firing: readonly PlannedEquation[];
}

export interface Growth {
  readonly models: readonly GrownModel[];
  /** What is run when AELIF is alone in a network. */
  readonly plan: Explanation;
}

/** Runs LIF, ELIF and AELIF side by side and asks the network what it made of them. */
export async function growth(): Promise<Growth> {
  const { dt, duration, current } = growthProtocol;
  const membrane = { R: 5, tau: 10, threshold: -45, v_reset: -70, v_rest: -65 };
  const upstroke = { delta: 2, theta_rh: -55 };
  const adaptation = { alpha: 0.1, beta: 0.5, w_tau: 100 };

  const net = createNetwork({ dt });
  const drive = ConstantCurrent({ amplitude: current });
  const voltage = Recorder({ variables: ["v"] });
  net.population("LIF", 1, [LIF(membrane), drive, voltage]);
  net.population("ELIF", 1, [ELIF({ ...membrane, ...upstroke }), drive, voltage]);
  const full = [AELIF({ ...membrane, ...upstroke, ...adaptation }), drive, voltage] as const;
  net.population("AELIF", 1, full);
  await net.run(duration);

  const alone = createNetwork({ dt });
  alone.population("AELIF", 1, full);

  const plan = net.explain();
  const added = ["Leak, CurrentInput, Fire", "+ ExponentialUpstroke", "+ Adaptation"];
  const models = net.populations.map((cells, index) => {
    const recorded = cells.recorded("v");
    return {
      name: cells.name,
      added: added[index]!,
      times: recorded.times,
      voltage: recorded.trace(),
      spikes: cells.spikes().times,
      dynamics: equationsOf(plan, cells.name, "dynamics").filter(({ text }) => text.includes("/dt")),
      firing: equationsOf(plan, cells.name, "fire"),
    };
  });
  return { models, plan: alone.explain() };
}

function equationsOf(plan: Explanation, population: string, kind: "dynamics" | "fire"): readonly PlannedEquation[] {
  return plan.stages
    .filter((stage) => stage.entity === population && stage.kind === kind)
    .flatMap(({ equations }) => equations);
}
