import { ExponentialUpstroke } from "../exponential-upstroke.ts";
import { LIF } from "./lif.ts";

/** Exponential integrate-and-fire neuron, under CoNeX's names. */
export const ELIF = LIF.with(ExponentialUpstroke).named("ELIF", {
  doc: "Integrate-and-fire neuron with exponential spike initiation.",
  source: "CoNeX 0.1.5, ELIF",
});
