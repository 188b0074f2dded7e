import { NeuroweaveError, type BehaviorBody } from "@neuroweave/model";

/**
 * How homeostasis counts time. `default`: in ms, so that a finer dt changes only the precision. `conex`: in steps, as CoNeX 0.1.5
 * does. At dt = 1 ms both are the same.
 */
export type HomeostasisDialect = "default" | "conex";

/** The form of a dialect; refuses one that does not exist. */
export function formOf(
  dialect: HomeostasisDialect,
  forms: Readonly<Record<HomeostasisDialect, BehaviorBody>>,
): BehaviorBody {
  if (Object.hasOwn(forms, dialect)) return forms[dialect];
  throw new NeuroweaveError("invalid-value", `homeostasis has no dialect ${String(dialect)}`, {
    candidates: Object.keys(forms),
    remedy: `The dialects are ${Object.keys(forms).join(" and ")}.`,
  });
}
