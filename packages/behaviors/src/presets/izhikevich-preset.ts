/** What a preset of Izhikevich's model holds, and its input at any time. */
import type { RecoveryForm } from "../izhikevich-recovery.ts";

/** A piece of an input: `value + slope · (t − after)` while after < t < until, both in ms. */
export interface InputPiece {
  /** Before everything unless given. */
  readonly after?: number;
  /** Behind everything unless given. */
  readonly until?: number;
  /** Current, at `after` where there is a slope. */
  readonly value: number;
  /** Per ms; 0 unless given. */
  readonly slope?: number;
}

/** Parameters of `Izhikevich` that a preset sets. */
export interface IzhikevichValues {
  /** Rate of recovery per ms. */
  readonly a: number;
  /** Sensitivity of recovery to the voltage. */
  readonly b: number;
  /** Voltage after a spike in mV. */
  readonly c: number;
  /** Jump of recovery at a spike. */
  readonly d: number;
  /** Coefficient of v; 5 unless given. */
  readonly p2?: number;
  /** Constant term; 140 unless given. */
  readonly p3?: number;
  /** Form of the recovery equation. */
  readonly recovery?: RecoveryForm;
  /** Voltage at the beginning in mV. */
  readonly init_v: number;
  /** b·v unless given. */
  readonly init_u?: number;
}

/** One panel of a figure: a neuron, and the current that it is shown with. */
export interface IzhikevichPreset {
  /** What the pattern is called in the paper. */
  readonly name: string;
  /** Letter of the panel in figure 1 of the paper of 2004, or the abbreviation of the paper of 2003. */
  readonly panel: string;
  /** To be given to `Izhikevich`. */
  readonly values: IzhikevichValues;
  /** Current where no piece says otherwise, and the pieces; the first that applies counts. */
  readonly input: { readonly elsewhere: number; readonly pieces: readonly InputPiece[] };
  /** What the script runs, in ms. */
  readonly duration: number;
  /** Step of the script in ms. */
  readonly dt: number;
}

/** Current of a preset at t ms. */
export function presetInput({ input }: IzhikevichPreset, t: number): number {
  const piece = input.pieces.find(({ after = -Infinity, until = Infinity }) => after < t && t < until);
  if (piece === undefined) return input.elsewhere;
  const { after = 0, value, slope = 0 } = piece;
  return slope === 0 ? value : value + slope * (t - after);
}

/** Current of a preset for each step of length dt, for `TimedCurrent({ values, every: dt })`. */
export function presetInputs(preset: IzhikevichPreset, dt: number = preset.dt): Float64Array {
  return Float64Array.from({ length: Math.round(preset.duration / dt) + 1 }, (_, k) => presetInput(preset, k * dt));
}
