/** One parameter of a behavior: a slider and a number, or a list of numbers. */
import { h } from "../dom.ts";
import { niceStep } from "../numbers.ts";
import type { ShownParameter } from "../protocol.ts";
import { problemPlace } from "./problem.ts";

export interface ParameterOptions {
  /** Begins every id. */
  readonly id: string;
  readonly parameter: ShownParameter;
  /** Sets the value, and shows what is refused in the place. */
  readonly set: (value: number | readonly number[], input: HTMLElement, place: HTMLElement) => void;
}

/** What a slider goes over: the declared range as far as it has ends, else around the value and the default. */
function sliderRange({ min, max, standard, value }: ShownParameter): { low: number; high: number; step: number } {
  const middle = typeof value === "number" ? value : (standard ?? 1);
  const reach = Math.max(Math.abs(middle), Math.abs(standard ?? 0)) || 1;
  const around = middle < 0 || (standard ?? 0) < 0 || (min ?? -1) < 0 ? [middle - reach, middle + reach] : [0, 3 * reach];
  let low = Math.max(min ?? -Infinity, around[0]!);
  let high = Math.min(max ?? Infinity, around[1]!);
  if (!(high > low)) [low, high] = [middle - 1, middle + 1];
  const step = niceStep(high - low, 200);
  // Ends on the grid of steps, so that round numbers can be reached.
  return { low: Math.max(min ?? -Infinity, Math.floor(low / step) * step), high: Math.ceil(high / step) * step, step };
} // prettier-ignore

/** Numbers between commas or spaces; null where one is none. */
function numbersIn(text: string): number[] | null {
  const parts = text.split(/[\s,;]+/u).filter((part) => part !== "");
  const numbers = parts.map(Number);
  return parts.length > 0 && numbers.every(Number.isFinite) ? numbers : null;
}

const unitText = (unit: string): string => (unit === "1" ? "" : unit);

export function parameterField({ id, parameter, set }: ParameterOptions): HTMLElement {
  const { name, unit, doc, value, text, bound } = parameter;
  const place = problemPlace(`${id}-problem`);
  const label = (target: string): HTMLElement =>
    h("label", { for: target }, h("code", {}, name), h("span", { class: "doc" }, doc));
  if (bound !== null || (value === null && text !== ""))
    return h(
      "div",
      { class: "parameter" },
      h("div", { class: "words" }, h("code", {}, name), bound === null ? ` ${doc}: ${text}` : ` = ${bound}`),
    );
  if (typeof value !== "number") return listField({ id, parameter, set }, label, place);

  const { low, high, step } = sliderRange(parameter);
  const number = h("input", { type: "number", id, step: "any", value, "aria-describedby": place.id, "data-focus": id });
  const slider = h("input", {
    type: "range", min: low, max: high, step, value, "aria-label": `${name}${doc === "" ? "" : `, ${doc}`}`,
    "aria-valuetext": `${value} ${unitText(unit)}`, "data-focus": `${id}-slider`,
  }); // prettier-ignore
  const give = (x: number, from: HTMLInputElement): void => {
    if (from === slider) number.value = String(x);
    if (x > Number(slider.max)) slider.max = String(x);
    if (x < Number(slider.min)) slider.min = String(x);
    if (from === number) slider.value = String(x);
    slider.setAttribute("aria-valuetext", `${x} ${unitText(unit)}`);
    set(x, number, place);
  };
  slider.addEventListener("input", () => give(Number(Number(slider.value).toPrecision(12)), slider));
  number.addEventListener("change", () => give(number.value === "" ? Number.NaN : Number(number.value), number));
  return h(
    "div",
    { class: "parameter" },
    label(id),
    slider,
    h("div", { class: "number" }, number, h("span", { class: "unit" }, unitText(unit))),
    place,
  );
}

/** One value for each neuron. */
function listField({ id, parameter: { value, unit }, set }: ParameterOptions, label: (target: string) => HTMLElement, place: HTMLElement): HTMLElement {
  const list = h("input", { type: "text", class: "list", id, value: Array.isArray(value) ? value.join(", ") : "", "aria-describedby": place.id, "data-focus": id, inputmode: "decimal" });
  list.addEventListener("change", () => {
    const numbers = numbersIn(list.value);
    if (numbers === null) set(Number.NaN, list, place);
    else set(numbers.length === 1 ? numbers[0]! : numbers, list, place);
  });
  const note = `one value for each neuron${unitText(unit) === "" ? "" : `, in ${unit}`}`;
  return h("div", { class: "parameter" }, label(id), h("div", { class: "words" }, note), list, place);
} // prettier-ignore
