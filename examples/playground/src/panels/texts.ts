/** The equations of a behavior, to be edited while the network runs. */
import { Refused } from "../connection.ts";
import { h, refill } from "../dom.ts";
import type { BehaviorTexts, Declared, ShownBehavior, TextPart } from "../protocol.ts";
import { problemPlace, showProblem } from "./problem.ts";

const titles: Readonly<Record<TextPart, string>> = {
  equations: "Equations",
  spike: "Spikes where",
  onSpike: "At a spike",
  onArrival: "When spikes arrive",
  onPre: "At a spike of the source",
  onPost: "At a spike of the target",
};

export interface TextsOptions {
  readonly id: string;
  readonly behavior: ShownBehavior;
  readonly inProjection: boolean;
  /** Makes the change. Throws `Refused`. */
  readonly rewrite: (texts: BehaviorTexts, declared: Declared) => Promise<void>;
}

export function textsEditor({ id, behavior, inProjection, rewrite }: TextsOptions): HTMLElement {
  const parts = (Object.keys(titles) as TextPart[]).filter((part) => part in behavior.texts || (behavior.own && (part === "equations" || (part === "onSpike" && !inProjection))));
  const areas = new Map(parts.map((part) => {
    const text = behavior.texts[part] ?? "";
    const area = h("textarea", { id: `${id}-${part}`, rows: rowsOf(text), spellcheck: "false", autocapitalize: "off", "data-focus": `${id}-${part}`, "aria-describedby": `${id}-texts-problem` });
    area.value = text;
    return [part, area] as const;
  }));
  const place = problemPlace(`${id}-texts-problem`);
  const apply = h("button", { type: "button", class: "apply", "data-focus": `${id}-apply` }, "Apply");
  const revert = h("button", { type: "button", "data-focus": `${id}-revert` }, "Revert");
  const changed = (): boolean => [...areas].some(([part, area]) => area.value !== (behavior.texts[part] ?? "")) || fields.length > 0;
  const update = (): void => {
    apply.disabled = revert.disabled = !changed();
  };
  const give = async (): Promise<void> => {
    const texts = Object.fromEntries([...areas].map(([part, area]) => [part, area.value]));
    for (const area of areas.values()) area.removeAttribute("aria-invalid");
    try {
      await rewrite(texts, declared());
      showProblem(place, null);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const [line = ""] = error.refusal.caret.split("\n");
      const faulty = [...areas.values()].find((area) => line !== "" && area.value.includes(line)) ?? [...areas.values()][0];
      faulty?.setAttribute("aria-invalid", "true");
      showProblem(place, error.refusal);
    }
  };
  apply.addEventListener("click", () => void give());
  revert.addEventListener("click", () => {
    for (const [part, area] of areas) {
      area.value = behavior.texts[part] ?? "";
      area.removeAttribute("aria-invalid");
    }
    fields.length = 0;
    refill(added);
    showProblem(place, null);
    update();
  });
  for (const area of areas.values()) {
    area.addEventListener("input", update);
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) void give();
    });
  }

  /** Symbols that the equations are to have in addition. */
  const fields: { readonly kind: HTMLSelectElement; readonly name: HTMLInputElement; readonly value: HTMLInputElement; readonly unit: HTMLInputElement }[] = [];
  const added = h("div", { class: "texts" });
  const declared = (): Declared => fields.filter(({ name }) => name.value.trim() !== "").map(({ kind, name, value, unit }) => ({ kind: kind.value as "parameter", name: name.value.trim(), value: Number(value.value), unit: unit.value.trim() }));
  const declare = h("button", { type: "button", class: "quiet", "data-focus": `${id}-declare` }, "+ New symbol");
  declare.addEventListener("click", () => {
    const kind = h("select", {}, h("option", { value: "parameter" }, "parameter"), h("option", { value: "state" }, "variable"));
    const [name, value, unit] = [h("input", { type: "text" }), h("input", { type: "number", step: "any", value: 1 }), h("input", { type: "text" })];
    fields.push({ kind, name, value, unit });
    added.append(h("div", { class: "declare" }, h("label", {}, "Kind", kind), h("label", {}, "Name", name), h("label", {}, "Value", value), h("label", {}, "Unit", unit)));
    name.focus();
    update();
  });
  update();
  if (behavior.fixed !== "") return h("p", { class: "source" }, behavior.fixed);
  return h(
    "div",
    { class: "texts" },
    ...[...areas].map(([part, area]) => h("label", { for: area.id }, titles[part], area)),
    place,
    added,
    h("div", { class: "row" }, apply, revert, declare),
  );
} // prettier-ignore

/** Lines that a text takes in a card. */
const rowsOf = (text: string): number =>
  Math.min(
    14,
    text.split("\n").reduce((rows, line) => rows + Math.max(1, Math.ceil(line.length / 40)), 0),
  );
