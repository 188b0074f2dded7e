import { NeuroweaveError } from "@neuroweave/model";

/** The form that an option names; refuses a name that has none. */
export function formNamed<F>(what: string, given: string, forms: Readonly<Record<string, F>>): F {
  if (Object.hasOwn(forms, given)) return forms[given]!;
  throw new NeuroweaveError("invalid-value", `there is no ${what} ${String(given)}`, {
    candidates: Object.keys(forms),
    remedy: `Choose one of ${Object.keys(forms).join(", ")}.`,
  });
}
