/**
 * The palette of Okabe & Ito (2008, Color Universal Design), which people with any common form of color blindness can
 * tell apart. Yellow is left out, since it vanishes on white; the order puts the colors first that are strong on both
 * papers. On dark paper blue and sky blue change places. Series beyond the palette start again from its first color.
 */
export const seriesColors: readonly SeriesColor[] = [
  { name: "blue", onLight: "#0072B2", onDark: "#56B4E9" },
  { name: "vermilion", onLight: "#D55E00", onDark: "#E8762C" },
  { name: "bluish green", onLight: "#009E73", onDark: "#1FB88C" },
  { name: "reddish purple", onLight: "#CC79A7", onDark: "#CC79A7" },
  { name: "orange", onLight: "#E69F00", onDark: "#E69F00" },
  { name: "sky blue", onLight: "#56B4E9", onDark: "#3E8FC7" },
];

/** A color in light and in dark surroundings. */
export interface SeriesColor {
  readonly name: string;
  readonly onLight: string;
  readonly onDark: string;
}

/** Paper and ink of figures, light and dark. Muted ink still has a contrast above 4.5 : 1. */
export const paper = {
  light: { paper: "#ffffff", ink: "#1b1f24", muted: "#5b636d", span: "#e8edf2" },
  dark: { paper: "#15181c", ink: "#e6e8eb", muted: "#9aa3ad", span: "#232a31" },
} as const;

/** The index into `seriesColors` of a series; any whole number is accepted. */
export function paletteIndex(index: number): number {
  const { length } = seriesColors;
  return ((Math.trunc(index) % length) + length) % length;
}

/**
 * The style sheet of one figure. Attributes of the elements carry the light colors, so figures are right where style
 * sheets are ignored; these rules only say what changes on a dark screen. Printing always uses the light ones.
 */
export function darkStyle(): string {
  const { dark } = paper;
  const series = seriesColors
    .map(({ onDark }, index) => `.nw-line-${index}{stroke:${onDark}}.nw-fill-${index}{fill:${onDark}}`)
    .join("");
  return (
    `@media screen and (prefers-color-scheme:dark){.nw-figure{color:${dark.ink}}.nw-paper{fill:${dark.paper}}` +
    `.nw-muted{fill:${dark.muted}}.nw-span{fill:${dark.span}}.nw-halo{stroke:${dark.paper}}${series}}`
  );
}
