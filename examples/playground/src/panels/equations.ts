/** The equations that the behaviors make together, typeset, with where each term comes from. */
import { h, refill } from "../dom.ts";
import type { ShownEquation } from "../protocol.ts";
import { section, type Panel, type Selection } from "./panel.ts";

function equation({ mathml, text, terms }: ShownEquation): HTMLElement {
  const shown = h("div", { class: "equation", tabindex: 0, role: "group", "aria-label": text });
  if (mathml === "") shown.append(h("code", {}, text));
  // Made by the typesetter from parsed expressions; nothing that a person wrote gets here unescaped.
  else shown.innerHTML = mathml;
  const from = terms.flatMap(({ text, behavior }, k) => [k > 0 ? " · " : "", h("code", {}, text), ` ← ${behavior}`]);
  return h("div", {}, shown, h("p", { class: "from" }, ...from));
}

export function equationsPanel(selection: Selection): Panel {
  const list = h("div", { class: "equations" });
  const note = h("span", { class: "note" });
  return {
    element: section("Composed equations", { id: "equations", class: "wide" }, [note], list),
    describe({ populations }) {
      const { name, method, equations } = populations.find((each) => each.name === selection.population)!;
      note.textContent = `of ${name}, integrated by ${method}`;
      refill(list, ...equations.map(equation));
    },
  };
}
