import { definePlugin } from "neuroweave";
import { Afterhyperpolarization } from "./afterhyperpolarization.ts";
import { MCurrent } from "./m-current.ts";
import { SlowCell } from "./slow-cell.ts";

export { Afterhyperpolarization, MCurrent, SlowCell };

export const plugin = definePlugin({
  name: "neuroweave-slow-currents",
  version: "0.1.0",
  doc: "Slow potassium currents, and a cell that has them.",
  neuroweave: "^0.1.0",
  behaviors: { Afterhyperpolarization, MCurrent },
  models: { SlowCell },
});
