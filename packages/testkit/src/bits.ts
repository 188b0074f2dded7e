/** All that a network shows, and where two of them differ. */
import type { Entity } from "@neuroweave/model";
import type { Network } from "neuroweave";

export type Shown = ReadonlyMap<string, ArrayLike<number>>;

export const entitiesOf = (net: Network): readonly Entity[] => [
  ...net.populations.map(({ entity }) => entity),
  ...net.projections.map(({ entity }) => entity),
  ...Object.values(net.signals).map(({ entity }) => entity),
];

/** Every variable and parameter, and every spike so far. */
export function shownBy(net: Network): Shown {
  const all = new Map<string, ArrayLike<number>>();
  for (const { name, columns } of entitiesOf(net))
    for (const variable of columns.names()) all.set(`${name}.${variable}`, columns.copy(variable));
  for (const population of net.populations) {
    const { steps, ids } = population.spikes();
    all.set(
      `spikes of ${population.name}`,
      Array.from(steps, (step, k) => step * population.n + ids[k]!),
    );
  }
  return all;
}

/** The first value of each variable that is not the same to the bit; payloads of NaN aside. */
export function differences(actual: Shown, expected: Shown): string[] {
  return [...expected].flatMap(([name, b]) => {
    const a = actual.get(name);
    if (a === undefined) return [`${name} is missing`];
    if (a.length !== b.length) return [`${name} has ${a.length} values instead of ${b.length}`];
    for (let k = 0; k < b.length; k++)
      if (!Object.is(a[k], b[k])) return [`${name}[${k}] is ${a[k]} instead of ${b[k]}`];
    return [];
  });
}

/** Some of a list, for a line of text. */
export const some = (list: readonly string[]): string =>
  list.length <= 3 ? list.join("; ") : `${list.slice(0, 3).join("; ")}; and ${list.length - 3} more`;
