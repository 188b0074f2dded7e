/** Keeps what is looked at within what there is. */
import type { Selection } from "./panels/panel.ts";
import type { Description } from "./protocol.ts";

export function fitSelection(selection: Selection, { populations }: Description): void {
  const population = populations.find(({ name }) => name === selection.population) ?? populations[0];
  if (!population) return;
  const { n, variables, integrated } = population;
  selection.population = population.name;
  selection.neuron = Math.max(0, Math.min(selection.neuron, n - 1));
  const names = variables.map(({ name }) => name);
  if (selection.variable !== "" && !names.includes(selection.variable)) selection.variable = n === 1 ? "" : (names[0] ?? "");
  if (n === 1 && selection.variable === "v" && names.length > 1) selection.variable = "";
  const axes = integrated.filter((name) => names.includes(name));
  if (!axes.includes(selection.x)) {
    selection.x = axes.includes("v") ? "v" : (axes[0] ?? "");
    selection.y = axes.find((name) => name !== selection.x) ?? "";
  }
  if (selection.y !== "" && (!axes.includes(selection.y) || selection.y === selection.x)) selection.y = axes.find((name) => name !== selection.x) ?? "";
} // prettier-ignore
