/** A behavior as a card: a switch, its place in the order, its parameters and its equations. */
import { h } from "../dom.ts";
import type { BehaviorTexts, Change, Declared, ShownBehavior } from "../protocol.ts";
import { parameterField } from "./parameter.ts";
import { textsEditor } from "./texts.ts";

export interface CardOptions {
  /** Population or projection. */
  readonly owner: string;
  readonly inProjection: boolean;
  readonly behavior: ShownBehavior;
  /** Cards before and behind it, for its moves. */
  readonly before: ShownBehavior | undefined;
  readonly after: ShownBehavior | undefined;
  /** Parameters that another card shows, and which. */
  readonly elsewhere: ReadonlyMap<string, string>;
  readonly open: boolean;
  readonly toggle: (open: boolean) => void;
  /** Makes a change; what is refused is shown with the stack. */
  readonly change: (change: Change) => void;
  /** Sets a value; what is refused is shown in the place. */
  readonly set: (change: Change, input: HTMLElement, place: HTMLElement) => void;
  /** Throws `Refused`. */
  readonly rewrite: (texts: BehaviorTexts, declared: Declared) => Promise<void>;
}

export function card(options: CardOptions): HTMLLIElement {
  const { owner, behavior, open, toggle, change, before, after } = options;
  const { name, phase, priority, enabled, model, texts } = behavior;
  const id = `${owner}-${name}`.replaceAll(/[^\w-]/gu, "_");
  const of = { in: owner, behavior: name } as const;
  const power = h("button", { type: "button", class: "switch", role: "switch", "aria-checked": String(enabled), "aria-label": `${name} is on`, "data-focus": `${id}-switch`, on: { click: () => change({ do: "switch", ...of, enabled: !enabled }) } });
  const body = h("div", { class: "card-body", id: `${id}-body` });
  const expander = h("button", { type: "button", "aria-expanded": String(open), "aria-controls": body.id, "data-focus": `${id}-open` }, h("span", {}, ...breakable(name)));
  const fill = (): void => body.replaceChildren(...(expander.getAttribute("aria-expanded") === "true" ? content(options, id) : []));
  expander.addEventListener("click", () => {
    const opens = expander.getAttribute("aria-expanded") !== "true";
    expander.setAttribute("aria-expanded", String(opens));
    toggle(opens);
    fill();
  });
  const move = (text: string, label: string, neighbor: ShownBehavior | undefined, by: number): HTMLElement =>
    h("button", { type: "button", class: "quiet", title: label, "aria-label": label, disabled: !neighbor || behavior.fixed !== "", "data-focus": `${id}-${by}`, on: { click: () => change({ do: "prioritize", ...of, priority: neighbor!.priority + by }) } }, text);
  const remove = h("button", { type: "button", class: "quiet", title: `Remove ${name}`, "aria-label": `Remove ${name}`, "data-focus": `${id}-remove`, on: { click: () => change({ do: "remove", ...of }) } }, "✕");
  fill();
  const formula = (texts.equations ?? texts.spike ?? texts.onArrival ?? texts.onPost ?? texts.onPre ?? texts.onSpike ?? "").split("\n").find((line) => !line.startsWith("let "));
  return h(
    "li",
    { class: `card${enabled ? "" : " off"}`, "data-phase": phase.split(" ")[0], "data-behavior": name },
    h("div", { class: "card-head" }, power, h("h3", {}, expander), move("↑", `Move ${name} before ${before?.name ?? "nothing"}`, before, -1), move("↓", `Move ${name} behind ${after?.name ?? "nothing"}`, after, 1), remove),
    h("p", { class: "tagline" }, h("span", {}, `${phase} · ${priority}`), model !== null && h("span", {}, `part of ${model}`), behavior.own && h("span", {}, "edited here"), !enabled && h("span", {}, "off")),
    formula ? h("p", { class: "formula", title: formula }, formula) : null,
    body,
  );
} // prettier-ignore

function content({ owner, inProjection, behavior, elsewhere, change, set, rewrite }: CardOptions, id: string): HTMLElement[] {
  const { name, doc, source, parameters, priority, fixed } = behavior;
  const of = { in: owner, behavior: name } as const;
  const order = h("input", { type: "number", id: `${id}-priority`, step: 1, value: priority, disabled: fixed !== "", "data-focus": `${id}-priority`, on: { change: () => change({ do: "prioritize", ...of, priority: Number(order.value) }) } });
  return [
    ...(doc === "" ? [] : [h("p", {}, doc)]),
    ...(source === "" ? [] : [h("p", { class: "source" }, source)]),
    ...parameters.map((parameter) => {
      const other = elsewhere.get(parameter.name);
      if (other !== undefined) return h("div", { class: "parameter" }, h("div", { class: "words" }, h("code", {}, parameter.name), ` is shared with ${other}`));
      return parameterField({ id: `${id}-${parameter.name}`, parameter, set: (value, input, place) => set({ do: "set", ...of, parameter: parameter.name, value }, input, place) });
    }),
    textsEditor({ id, behavior, inProjection, rewrite }),
    h("label", { class: "field" }, "Priority", order, h("span", {}, "lower runs first")),
  ];
} // prettier-ignore

/** A name that may be broken before its capitals. */
const breakable = (name: string): (HTMLElement | string)[] =>
  name.split(/(?=[A-Z])/u).flatMap((part, k) => (k === 0 ? [part] : [h("wbr"), part]));
