/** What Pfister & Gerstner fitted their rule to, and the amplitudes and time constants that they found. */
import { NeuroweaveError } from "@neuroweave/model";
import type { Pairing } from "./pairing.ts";

/**
 * The data of a fit. `visual-cortex`: pairs at .1 to 50 Hz (Sjöström, Turrigiano & Nelson 2001). `hippocampal-culture`: pairs, triplets
 * and quadruplets (Wang, Gerkin, Nauen & Bi 2005).
 */
export type TripletFit = "visual-cortex" | "hippocampal-culture";

/** `full`: pairs and triplets potentiate and depress. `minimal`: without the terms that the data do not need. */
export type TripletTerms = "full" | "minimal";

/** What decides the values: the data, the terms, and which spikes interact. */
export interface TripletChoice {
  readonly fit: TripletFit;
  readonly terms: TripletTerms;
  readonly pairing: Pairing;
}

/** Amplitudes without unit (for weights of about 1), time constants in ms. */
export interface TripletValues {
  readonly A2_plus: number;
  readonly A3_plus: number;
  readonly A2_minus: number;
  readonly A3_minus: number;
  readonly tau_x: number;
  readonly tau_y: number;
}

type Row = readonly [
  A2_plus: number,
  A3_plus: number,
  A2_minus: number,
  A3_minus: number,
  tau_x: number,
  tau_y: number,
];

/*
 * Tables 3 and 4 of the paper. Where A3_minus is 0, tau_x has no effect and the paper gives none; that of the full fit stands in its place.
 * tau_plus = 16.8 ms and tau_minus = 33.7 ms are those of Bi & Poo 2001 in all of them.
 */
const rows: Readonly<Record<`${TripletFit} ${TripletTerms} ${"all" | "nearest"}`, Row>> = {
  "visual-cortex full all": [5e-10, 6.2e-3, 7e-3, 2.3e-4, 101, 125],
  "visual-cortex minimal all": [0, 6.5e-3, 7.1e-3, 0, 101, 114],
  "visual-cortex full nearest": [8.8e-11, 5.3e-2, 6.6e-3, 3.1e-3, 714, 40],
  "visual-cortex minimal nearest": [0, 5e-2, 8e-3, 0, 714, 40],
  "hippocampal-culture full all": [6.1e-3, 6.7e-3, 1.6e-3, 1.4e-3, 946, 27],
  "hippocampal-culture minimal all": [5.3e-3, 8e-3, 3.5e-3, 0, 946, 40],
  "hippocampal-culture full nearest": [4.6e-3, 9.1e-3, 3e-3, 7.5e-9, 575, 47],
  "hippocampal-culture minimal nearest": [4.6e-3, 9.1e-3, 3e-3, 0, 575, 48],
};

const fits: readonly string[] = ["visual-cortex", "hippocampal-culture"] satisfies TripletFit[];
const terms: readonly string[] = ["full", "minimal"] satisfies TripletTerms[];
const pairings: readonly string[] = ["all", "nearest"] satisfies Pairing[];

/** The values of a fit. Refuses what the paper did not fit. */
export function tripletValues(choice: TripletChoice): TripletValues {
  check("fit", choice.fit, fits);
  check("set of terms", choice.terms, terms);
  check("pairing", choice.pairing, pairings);
  const pairing = choice.pairing as "all" | "nearest";
  const [A2_plus, A3_plus, A2_minus, A3_minus, tau_x, tau_y] = rows[`${choice.fit} ${choice.terms} ${pairing}`];
  return { A2_plus, A3_plus, A2_minus, A3_minus, tau_x, tau_y };
}

function check(what: string, given: string, known: readonly string[]): void {
  if (known.includes(given)) return;
  throw new NeuroweaveError("invalid-value", `triplets have no ${what} ${String(given)}`, {
    candidates: known,
    remedy: `Choose one of ${known.join(", ")}.`,
  });
}
