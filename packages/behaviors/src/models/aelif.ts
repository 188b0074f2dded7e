import { Adaptation } from "../adaptation.ts";
import { ELIF } from "./elif.ts";

/**
 * Adaptive exponential integrate-and-fire neuron, under CoNeX's names. A spike adds beta to omega, whatever dt is; with
 * `dialect: "conex"` it adds beta · dt after the reset, as CoNeX's step does.
 */
export const AELIF = ELIF.with(Adaptation).named("AELIF", {
  doc: "Adaptive integrate-and-fire neuron with exponential spike initiation.",
  source: "CoNeX 0.1.5, AELIF",
});
