/** Named priorities, in CoNeX's order. A lower priority runs first, across the whole network. */
export const Phase = {
  /** Rewards, neuromodulators, network-wide signals. */
  Signal: 100,
  /** Arriving spikes, stimuli, noise and draws take their value for this step. */
  Input: 180,
  /** Host behaviors that add to inputs. */
  Current: 240,
  /** Differential equations advance by dt. */
  Dynamics: 260,
  /** k-winners-take-all and the like. */
  Competition: 300,
  /** Spike condition, spike, `onSpike`, reset. */
  Firing: 340,
  /** Slow control of thresholds and excitability. */
  Homeostasis: 360,
  /** Pre- and postsynaptic traces. */
  Trace: 460,
  /** Weights change. */
  Learning: 500,
  /** Weights are rescaled. */
  Normalization: 520,
  /** Weights are clipped. */
  Bounds: 540,
  /** Variables are sampled. */
  Record: 600,
} as const;

/** Names of the phases, which stand for priorities. */
export type PhaseName = keyof typeof Phase;

/** `Dynamics`, or for a priority between phases the phase before it and the distance: `Firing + 1`. */
export function phaseLabel(priority: number): string {
  let label = String(priority);
  for (const [name, number] of Object.entries(Phase)) {
    if (number > priority) break;
    label = number === priority ? name : `${name} + ${priority - number}`;
  }
  return label;
}
