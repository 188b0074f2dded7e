/** Eight firing patterns of the adaptive exponential integrate-and-fire neuron, in two versions of one table. */

/** Values for `AdEx`: C in pF, gL and a in nS, voltages in mV, tau_w in ms, b and I in pA. */
export interface AdExValues {
  /** Capacitance in pF. */
  readonly C: number;
  /** Leak conductance in nS. */
  readonly gL: number;
  /** Leak reversal potential in mV. */
  readonly E_L: number;
  /** Threshold of spike initiation in mV. */
  readonly v_T: number;
  /** Sharpness of the upstroke in mV. */
  readonly delta_T: number;
  /** Coupling of adaptation to the voltage in nS. */
  readonly a: number;
  /** Time constant of adaptation in ms. */
  readonly tau_w: number;
  /** Jump of adaptation at a spike in pA. */
  readonly b: number;
  /** Voltage after a spike in mV. */
  readonly v_r: number;
  /** Step of current in pA. */
  readonly I: number;
}

/** A row of the table: a neuron and the current step that it is shown with. */
export interface AdExPattern {
  /** Letter of the panel. */
  readonly panel: string;
  /** What the pattern is called in the paper. */
  readonly name: string;
  /** To be given to `AdEx`. */
  readonly values: AdExValues;
}

const names = [
  "tonic spiking",
  "adaptation",
  "initial burst",
  "regular bursting",
  "delayed accelerating",
  "delayed regular bursting",
  "transient spiking",
  "irregular spiking",
] as const;

/** One column per symbol, one entry per pattern. */
const table = (columns: { readonly [Name in keyof AdExValues]: readonly number[] }): readonly AdExPattern[] =>
  names.map((name, row) => ({
    panel: "abcdefgh".charAt(row),
    name,
    values: Object.fromEntries(
      Object.entries(columns).map(([key, column]) => [key, column[row]]),
    ) as unknown as AdExValues,
  }));

const v_T = [-50, -50, -50, -50, -50, -50, -50, -50];
const delta_T = [2, 2, 2, 2, 2, 2, 2, 2];

/**
 * `paper`: Naud, Marcille, Clopath & Gerstner 2008, Biol. Cybern. 99:335, table 1. `notebook`: the table of ANNarchy's AdEx
 * notebook, which differs in rows f and g. With the notebook's values f never fires and g fires tonically; with the paper's, f bursts
 * after a delay and g fires once at the onset.
 */
export const adexPatterns: { readonly notebook: readonly AdExPattern[]; readonly paper: readonly AdExPattern[] } = {
  notebook: table({
    C: [200, 200, 130, 200, 200, 200, 100, 100],
    gL: [10, 12, 18, 10, 12, 12, 10, 12],
    E_L: [-70, -70, -58, -58, -70, -70, -65, -60],
    v_T,
    delta_T,
    a: [2, 2, 4, 2, -10, -6, -10, -11],
    tau_w: [30, 300, 150, 120, 300, 300, 90, 130],
    b: [0, 60, 120, 100, 0, 0, 30, 30],
    v_r: [-58, -58, -50, -46, -58, -58, -47, -48],
    I: [500, 500, 400, 210, 300, 110, 350, 160],
  }),
  paper: table({
    C: [200, 200, 130, 200, 200, 100, 100, 100],
    gL: [10, 12, 18, 10, 12, 10, 10, 12],
    E_L: [-70, -70, -58, -58, -70, -65, -65, -60],
    v_T,
    delta_T,
    a: [2, 2, 4, 2, -10, -10, 10, -11],
    tau_w: [30, 300, 150, 120, 300, 90, 90, 130],
    b: [0, 60, 120, 100, 0, 30, 100, 30],
    v_r: [-58, -58, -50, -46, -58, -47, -47, -48],
    I: [500, 500, 400, 210, 300, 110, 180, 160],
  }),
};
