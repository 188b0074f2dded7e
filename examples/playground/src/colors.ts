/** Colors of the page as its style sheet has them now. */

export interface Colors {
  readonly ink: string;
  readonly muted: string;
  readonly line: string;
  readonly paper: string;
  readonly accent: string;
  readonly series: readonly string[];
}

export function currentColors(): Colors {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ink: of("--ink"),
    muted: of("--muted"),
    line: of("--line"),
    paper: of("--paper"),
    accent: of("--accent"),
    series: Array.from({ length: 6 }, (_, k) => of(`--series-${k}`)),
  };
}

export const seriesColor = ({ series }: Colors, index: number): string => series[index % series.length]!;
