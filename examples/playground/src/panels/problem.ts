/** A refusal, at the place that it is about. */
import { h, refill } from "../dom.ts";
import type { Refusal } from "../protocol.ts";

/** An empty place for refusals, which screen readers announce when one comes. */
export const problemPlace = (id: string): HTMLDivElement => h("div", { class: "problem", role: "alert", id });

export function showProblem(place: HTMLElement, refusal: Refusal | null): void {
  if (refusal === null) return refill(place);
  const { summary, caret, remedy, candidates } = refusal;
  refill(
    place,
    // It may begin with a name, which is not another one in capitals.
    h("strong", {}, summary),
    caret !== "" && h("pre", {}, caret),
    remedy !== "" && h("div", {}, capitalized(remedy)),
    candidates.length > 0 && !candidates.every((each) => remedy.includes(each)) && h("div", {}, `Nearest: ${candidates.join(", ")}`),
  );
} // prettier-ignore

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
