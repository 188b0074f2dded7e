/** Lines in a color of the palette. */
import { element } from "../markup.ts";
import { paletteIndex, seriesColors } from "../palette.ts";

/** The dashes of curves that were computed, beside the full lines of what was measured. */
const theoryDash = "6 3";

/** A path stroked in a color of the palette. */
export const stroke = (color: number, d: string, thickness: number, opacity?: number): string =>
  stroked(color, d, thickness, { "stroke-opacity": opacity });

/** A path stroked in dashes in a color of the palette. */
export const dashedLine = (color: number, d: string, thickness: number): string =>
  stroked(color, d, thickness, { "stroke-dasharray": theoryDash });

function stroked(
  color: number,
  d: string,
  thickness: number,
  look: Readonly<Record<string, string | number | undefined>>,
): string {
  if (d === "") return "";
  const index = paletteIndex(color);
  return element("path", {
    d,
    class: `nw-line-${index}`,
    fill: "none",
    stroke: seriesColors[index]!.onLight,
    "stroke-width": thickness,
    ...look,
    "stroke-linejoin": "round",
  });
}
