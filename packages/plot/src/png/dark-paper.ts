/** The rule of `darkStyle`, whose inner rules hold on dark screens only. */
const darkRule = /@media screen and \(prefers-color-scheme:dark\)\{((?:[^{}]*\{[^{}]*\})*)\}/gu;

/** A figure whose colors are those for dark screens, whatever shows it. */
export function onDarkPaper(svg: string): string {
  return svg.replace(darkRule, "$1");
}
