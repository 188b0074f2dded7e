import { findAll } from "./read-markup.ts";
import type { MarkupNode } from "./read-markup.ts";

/** Places of data on a figure with one frame, found as a reader finds them: from the tick labels and where they stand. */
export interface ReadAxes {
  readonly x: (value: number) => number;
  readonly y: (value: number) => number;
}

interface Tick {
  readonly value: number;
  readonly at: number;
}

/**
 * Reads the axes of a figure with one frame. Two ticks of a linear or logarithmic axis give its scale; those between
 * must agree.
 */
export function readAxes(
  svg: MarkupNode,
  scales: { readonly x?: "logarithmic"; readonly y?: "logarithmic" } = {},
): ReadAxes {
  const [sheet] = findAll(svg, ({ name, attributes }) => name === "g" && attributes.get("aria-hidden") === "true");
  const [offsetX, offsetY] = translation(sheet!);
  const labels = findAll(sheet!, ({ name, children }) => name === "g" && children[0]?.name === "text");
  const ticks = labels.map(({ children }) =>
    children.map((text) => ({ value: readNumber(text.text), place: translation(text) })),
  );
  const along = (axis: 0 | 1, offset: number): Tick[] =>
    ticks
      .filter((list) => list.every(({ place }) => place[1 - axis] === list[0]!.place[1 - axis]) && list.length > 1)
      .map((list) => list.map(({ value, place }) => ({ value, at: place[axis] + offset })))[0]!;
  return {
    x: scaleThrough(along(0, offsetX), scales.x),
    y: scaleThrough(along(1, offsetY), scales.y),
  };
}

function scaleThrough(ticks: readonly Tick[], scale?: "logarithmic"): (value: number) => number {
  const forward = scale === "logarithmic" ? Math.log : (value: number): number => value;
  const [first, last] = [ticks[0]!, ticks.at(-1)!];
  const perUnit = (last.at - first.at) / (forward(last.value) - forward(first.value));
  const place = (value: number): number => first.at + perUnit * (forward(value) - forward(first.value));
  for (const { value, at } of ticks) {
    if (Math.abs(place(value) - at) > 0.1) throw new Error(`the tick ${value} stands at ${at}, not ${place(value)}`);
  }
  return place;
}

function translation({ attributes }: MarkupNode): readonly [number, number] {
  const [, x, y] = /translate\(([-\d.]+),([-\d.]+)\)/u.exec(attributes.get("transform") ?? "") ?? [];
  return [Number(x), Number(y)];
}

/** A tick label as a number: −0.5, 10,000, 10⁻³, 2×10⁵. */
function readNumber(label: string): number {
  const plain = label.replaceAll(",", "").replaceAll("−", "-");
  const [, factor = "1", power] = /^(?:([\d.]+)×)?10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)$/u.exec(plain) ?? [];
  if (power === undefined) return Number(plain);
  const exponent = Array.from(power, (digit) => "-0123456789"["⁻⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)]!).join("");
  return Number(factor) * 10 ** Number(exponent);
}
