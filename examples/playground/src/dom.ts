/** Elements of the page, made in one call. */

type Listeners = { readonly [Type in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[Type]) => void };

export type Child = Node | string | null | undefined | false;

export interface Attributes {
  readonly on?: Listeners;
  readonly [name: string]: string | number | boolean | null | undefined | Listeners;
}

/** An element. A `true` attribute is empty, one that is false, null or undefined is left out. */
export function h<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  const { on = {}, ...rest } = attributes;
  for (const [name, value] of Object.entries(rest))
    if (value !== false && value !== null && value !== undefined)
      element.setAttribute(name, value === true ? "" : String(value as string | number));
  for (const [type, listener] of Object.entries(on)) element.addEventListener(type, listener as EventListener);
  append(element, children);
  return element;
}

function append(parent: Element, children: readonly Child[]): void {
  for (const child of children) if (child !== null && child !== undefined && child !== false) parent.append(child);
}

/** Other children in the place of those that are there; focus stays on the element with the same `data-focus`, if there is one. */
export function refill(parent: Element, ...children: readonly Child[]): void {
  const focused = parent.contains(document.activeElement) ? document.activeElement?.getAttribute("data-focus") : null;
  parent.replaceChildren();
  append(parent, children);
  if (focused) parent.querySelector<HTMLElement>(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

/** Options of a list under headings. */
export function options(
  groups: readonly {
    readonly label: string;
    readonly items: readonly { readonly value: string; readonly text: string }[];
  }[],
): HTMLElement[] {
  return groups.map(({ label, items }) =>
    h("optgroup", { label }, ...items.map(({ value, text }) => h("option", { value }, text))),
  );
}
