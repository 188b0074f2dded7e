import { defineBehavior } from "@neuroweave/model";

/** Each spike moves the voltage at once by the weight. A voltage that is held (refractory) does not move. */
export const DeltaReceptor = defineBehavior({
  name: "deltaReceptor",
  doc: "A spike moves the voltage at once, by the weight of its synapse.",
  source: "Brunel 2000, J. Comput. Neurosci. 8:183, eq. 2",
  scope: "instance",
  requires: ["v"],
  onArrival: "v += arriving",
});
