/** The behaviors of the population or projection that is chosen, as cards in the order in which they run. */
import { Refused, type Connection } from "../connection.ts";
import { h, refill } from "../dom.ts";
import { whole } from "../numbers.ts";
import type { CatalogueEntry, Change, Description, ShownBehavior, ShownPopulation, ShownProjection } from "../protocol.ts"; // prettier-ignore
import { card } from "./card.ts";
import { section, type Panel, type Selection } from "./panel.ts";
import { problemPlace, showProblem } from "./problem.ts";

export interface StackPanel extends Panel {
  offer(catalogue: readonly CatalogueEntry[]): void;
}

export interface StackOptions {
  readonly selection: Selection;
  readonly ask: Connection["ask"];
  /** Another population was chosen. */
  readonly chosen: (population: string) => void;
  /** The network has another structure. */
  readonly restructured: (description: Description, change: Change) => void;
  /** Only values have changed. */
  readonly revalued: (change: Change) => void;
}

export function stackPanel({ selection, ask, chosen, restructured, revalued }: StackOptions): StackPanel {
  let description: Description | null = null;
  let catalogue: readonly CatalogueEntry[] = [];
  let owner = "";
  const open = new Map<string, boolean>();
  const tabs = h("div", { class: "tabs", role: "tablist", "aria-label": "Populations and projections" });
  const facts = h("div", { class: "facts" });
  const list = h("ol", { class: "cards" });
  const problem = problemPlace("stack-problem");
  const choice = h("select", { id: "add-behavior", "data-focus": "add-behavior" });
  const add = h("button", { type: "button", "data-focus": "add", on: { click: () => void change({ do: "add", in: owner, use: choice.value }) } }, "Add");
  const write = h("button", { type: "button", "data-focus": "write", on: { click: () => void change({ do: "write", in: owner, into: inputOf() }) } }, "Write one");
  const inputOf = (): string => description!.populations.find(({ name }) => name === owner)?.inputs[0] ?? "";
  const adder = h("div", { class: "adder" }, h("label", { for: "add-behavior" }, "Add a behavior", choice), add, write);
  const content = h("div", { role: "tabpanel", id: "stack-content", "aria-labelledby": "stack-title" }, facts, problem, list, adder);
  const element = section("Behaviors", { id: "stack" }, [], tabs, content);
  element.tabIndex = -1;

  const ownerShown = (): ShownPopulation | ShownProjection =>
    [...description!.populations, ...description!.projections].find(({ name }) => name === owner)!;

  const make = async (change: Change): Promise<void> => {
    const { description: next } = await ask({ kind: "change", change });
    showProblem(problem, null);
    if (next) restructured(next, change);
    else revalued(change);
  };
  const change = async (wanted: Change): Promise<void> => {
    try {
      if (wanted.do === "add") open.set(`${owner}/${wanted.use.charAt(0).toLowerCase()}${wanted.use.slice(1)}`, true);
      if (wanted.do === "write") open.set(`${owner}/ownBehavior`, true);
      await make(wanted);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      showProblem(problem, error.refusal);
      problem.scrollIntoView({ block: "nearest" });
    }
  };

  /** Values that wait for the one before: only the last of a field counts. */
  let setting = false;
  let next: (() => Promise<void>) | null = null;
  const set = (wanted: Change, input: HTMLElement, place: HTMLElement): void => {
    next = async () => {
      try {
        await make(wanted);
        input.removeAttribute("aria-invalid");
        showProblem(place, null);
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        input.setAttribute("aria-invalid", "true");
        showProblem(place, error.refusal);
      }
    };
    if (setting) return;
    setting = true;
    void (async () => {
      while (next) {
        const call = next;
        next = null;
        await call();
      }
      setting = false;
    })();
  };

  const cards = (behaviors: readonly ShownBehavior[], inProjection: boolean): HTMLElement[] => {
    const shownIn = new Map<string, string>();
    return behaviors.map((behavior, index) => {
      const elsewhere = new Map(behavior.parameters.flatMap(({ name, bound }) => (shownIn.has(name) && bound === null ? [[name, shownIn.get(name)!] as const] : [])));
      for (const { name, bound } of behavior.parameters) if (!shownIn.has(name) && bound === null && behavior.shares) shownIn.set(name, behavior.name);
      const key = `${owner}/${behavior.name}`;
      return card({
        owner,
        inProjection,
        behavior,
        before: behaviors[index - 1],
        after: behaviors[index + 1],
        elsewhere: behavior.shares ? elsewhere : new Map(),
        open: open.get(key) ?? (behavior.phase === "Input" && behaviors.length < 16),
        toggle: (on) => void open.set(key, on),
        change: (wanted) => void change(wanted),
        set,
        rewrite: (texts, declared) => make({ do: "rewrite", in: owner, behavior: behavior.name, texts, declared }),
      });
    });
  };

  const fillFacts = (shown: ShownPopulation | ShownProjection): void => {
    if ("n" in shown) {
      const size = h("input", { type: "number", id: "size", min: 1, max: 20_000, step: 1, value: shown.n, "data-focus": "size", on: { change: () => void change({ do: "resize", in: owner, n: Number(size.value) }) } });
      const method = h("select", { id: "method", "data-focus": "method", on: { change: () => void change({ do: "integrate", in: owner, method: method.value }) } }, ...[...new Set([shown.method, ...description!.methods])].map((name) => h("option", { value: name }, name)));
      method.value = shown.method;
      return refill(facts, h("label", { class: "field" }, "Neurons", size), h("label", { class: "field" }, "Method", method));
    }
    const weight = h("input", { type: "number", step: "any", id: "weight", value: shown.weight ?? "", "data-focus": "weight", on: { change: () => void change({ do: "weigh", in: owner, weight: Number(weight.value) }) } });
    const power = h("button", { type: "button", class: "switch", role: "switch", "aria-checked": String(shown.enabled), "aria-label": `${owner} transmits`, "data-focus": "transmits", on: { click: () => void change({ do: "connect", in: owner, enabled: !shown.enabled }) } });
    refill(
      facts,
      h("p", { class: "note" }, `${shown.source} to ${shown.receptor} of ${shown.target}: ${whole(shown.synapses)} synapses by ${shown.connector}, delay ${shown.delay}`),
      h("span", { class: "field" }, power, "transmits"),
      shown.weight !== null && h("label", { class: "field" }, "Weight", weight),
    );
  };

  const render = (): void => {
    const { populations, projections } = description!;
    const names = [...populations, ...projections].map(({ name }) => name);
    if (!names.includes(owner)) owner = selection.population;
    const tab = (name: string): HTMLElement => h("button", { type: "button", role: "tab", "aria-selected": String(name === owner), "aria-controls": "stack-content", tabindex: name === owner ? 0 : -1, "data-focus": `tab-${name}`, on: { click: () => choose(name), keydown: (event) => step(event, names) } }, name);
    refill(tabs, ...names.map(tab));
    tabs.hidden = names.length < 2;
    const shown = ownerShown();
    fillFacts(shown);
    refill(list, ...cards(shown.behaviors, "source" in shown));
    const where = "source" in shown ? "projection" : "population";
    const kinds = [...new Set(catalogue.filter((each) => each.where === where).map(({ kind }) => kind))];
    const chosenBefore = choice.value;
    refill(choice, ...kinds.map((kind) => h("optgroup", { label: kind }, ...catalogue.filter((each) => each.kind === kind && each.where === where).map(({ name, doc }) => h("option", { value: name, title: doc }, name)))));
    if (chosenBefore !== "" && [...choice.options].some(({ value }) => value === chosenBefore)) choice.value = chosenBefore;
    adder.hidden = kinds.length === 0;
    write.hidden = inputOf() === "";
  };
  const choose = (name: string): void => {
    owner = name;
    showProblem(problem, null);
    render();
    if (description!.populations.some((each) => each.name === name)) chosen(name);
  };
  const step = ({ key }: KeyboardEvent, names: readonly string[]): void => {
    const by = key === "ArrowRight" ? 1 : key === "ArrowLeft" ? -1 : 0;
    if (by === 0) return;
    choose(names[(names.indexOf(owner) + by + names.length) % names.length]!);
    tabs.querySelector<HTMLElement>('[aria-selected="true"]')?.focus();
  };

  return {
    element,
    offer(offered) {
      catalogue = offered;
      if (description) render();
    },
    describe(next) {
      description = next;
      render();
    },
    restart() {
      owner = selection.population;
      showProblem(problem, null);
    },
  };
} // prettier-ignore
