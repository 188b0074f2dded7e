import { defineBehavior, NeuroweaveError, Phase } from "@neuroweave/model";
import { formOf, type HomeostasisDialect } from "./homeostasis-dialect.ts";

/** `change` and `shift` of one step; `high` and `low` are expressions. */
const equations = (high: string, low: string, step: string): string => `
  let excess = (v > ${high} ? v - ${high} : 0) + (v < ${low} ? v - ${low} : 0)
  let grown = learning > 0 ? exhaustion + excess * eta_ip${step} : exhaustion
  exhaustion = grown
  v = v - grown${step}
`;

/** A bound as text: the number that was given, or the target. */
function boundOf(name: string, given: number | undefined): string {
  if (given === undefined) return "target_voltage";
  if (typeof given === "number" && Number.isFinite(given)) return `(${given})`;
  throw new NeuroweaveError("invalid-value", `${name} is ${String(given)}`, {
    remedy: "Give a finite number in mV, or leave it out for target_voltage.",
  });
}

/**
 * Keeps the voltage in a band: what is above `max_ta` or below `min_ta` adds to an exhaustion, which is drawn from the
 * voltage. While the network does not learn, the exhaustion stays as it is and is drawn on. With dt, the exhaustion grows by eta_ip · excess · dt and takes itself times dt; with `dialect: "conex"` each step
 * counts one, whatever dt.
 */
export const VoltageBaseHomeostasis = defineBehavior({
  name: "voltageBaseHomeostasis",
  doc: "An exhaustion that integrates excess voltage is drawn from the voltage.",
  source: "CoNeX 0.1.5, VoltageBaseHomeostasis",
  priority: Phase.Competition + 1,
  parameters: {
    target_voltage: { default: -65, unit: "mV", doc: "both bounds of the band, where they are not given" },
    eta_ip: { default: 0.001, doc: "speed: exhaustion for each mV and ms (step with dialect conex)" },
  },
  state: { exhaustion: { init: 0, doc: "what is drawn from the voltage in each ms (step with dialect conex), in mV" } },
  requires: ["v"],
  options: {
    /** Upper bound of the band in mV; `target_voltage` unless given. */
    max_ta: undefined as number | undefined,
    /** Lower bound of the band in mV; `target_voltage` unless given. */
    min_ta: undefined as number | undefined,
    dialect: "default" as HomeostasisDialect,
  },
  build({ max_ta, min_ta, dialect }) {
    const [high, low] = [boundOf("max_ta", max_ta), boundOf("min_ta", min_ta)];
    return formOf(dialect, {
      default: { equations: equations(high, low, " * dt") },
      conex: { equations: equations(high, low, "") },
    });
  },
});
