import { escapeText } from "../markup.ts";
import { paletteIndex, seriesColors } from "../palette.ts";
import { payloadOf } from "./interactive-figure.ts";
import type { InteractiveFigure } from "./interactive-figure.ts";

/**
 * One figure as the page's script finds it: places for its buttons, its drawing and its read-out, and its numbers as JSON. Its
 * title is left out where the heading above says it.
 */
export function drawInteractive(figure: InteractiveFigure, heading: string): string {
  const { kind, title } = figure;
  const payload = JSON.stringify(payloadOf(figure)).replaceAll("<", "\\u003c");
  const read = kind === "lines" ? "Shift with left or right reads the values" : "Shift with arrows reads values";
  const keys = `Arrow keys move, plus and minus zoom, 0 shows everything. ${read}.`;
  return [
    '<div class="interactive">',
    `<div class="interactive-head">${title === heading ? "" : `<h3>${escapeText(title)}</h3>`}`,
    `<div class="toolbar" role="toolbar" aria-label="${escapeText(`View of ${title}`)}"></div></div>`,
    `<div class="surface" tabindex="0" role="application" aria-label="${escapeText(`${title}. ${whatIsIn(figure)} ${keys}`)}"></div>`,
    groupLegend(figure),
    `<p class="readout" role="status"></p>`,
    `<p class="keys">${keys}${kind === "lines" ? " Drag across a part to enlarge it; names below switch lines on and off." : " Drag to move; the wheel zooms once the figure is chosen."}</p>`,
    "<noscript><p>This figure is drawn by a script, and scripts are switched off here.</p></noscript>",
    `<script type="application/json">${payload}</script>`,
    "</div>",
  ].join("");
}

/** Names of the groups of a raster beside their colors. */
function groupLegend(figure: InteractiveFigure): string {
  if (figure.kind !== "raster" || figure.groups === undefined || figure.groups.length < 2) return "";
  const entries = figure.groups.map(
    ({ label }, index) => `<li><span class="swatch series-${paletteIndex(index)}"></span>${escapeText(label)}</li>`,
  );
  return `<ul class="legend">${entries.join("")}</ul>`;
}

/** What a figure holds, in a sentence. */
export function whatIsIn(figure: InteractiveFigure): string {
  const many = (count: number): string => count.toLocaleString("en-US");
  if (figure.kind === "lines")
    return `${figure.series.map(({ label }) => label).join(", ")}: ${many(figure.times.length)} values.`;
  if (figure.kind === "raster") return `${many(figure.times.length)} spikes of ${many(figure.n)} neurons.`;
  return `${many(figure.rows)} rows of ${many(figure.columns)} values.`;
}

/** The style of interactive figures; colors of lines as in static ones. */
export const interactiveStyle = `
.interactive{border:1px solid var(--rule);border-radius:.5rem;padding:.75rem}
.interactive-head{display:flex;flex-wrap:wrap;gap:.5rem 1rem;align-items:baseline;justify-content:space-between;margin-bottom:.5rem}
.interactive h3{margin:0;font-size:1.05rem}
.toolbar{display:flex;margin-inline-start:auto;flex-wrap:wrap;gap:.25rem}
.toolbar button{font:inherit;font-size:.9rem;min-width:2.2rem;min-height:2.2rem;padding:0 .5rem;color:var(--ink);background:var(--tint);border:1px solid var(--rule);border-radius:.35rem;cursor:pointer}
.toolbar button:hover{border-color:var(--muted)}
.toolbar button:focus-visible,.surface:focus-visible,.u-legend th:focus-visible{outline:2px solid var(--link);outline-offset:2px}
.surface{border-radius:.25rem;overflow:hidden;touch-action:pan-y}
.surface canvas{display:block;touch-action:pan-y;cursor:crosshair}
.readout{min-height:1.6em;margin:.35rem 0 0;font-variant-numeric:tabular-nums;max-width:none}
.keys{margin:0;color:var(--muted);font-size:.85rem;max-width:none}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1rem;margin:.35rem 0 0;padding:0;list-style:none;font-size:.9rem}
.swatch{display:inline-block;width:.8em;height:.8em;margin-inline-end:.4em;border-radius:.15em}
${seriesColors.map((_, index) => `.series-${index}{background:var(--series-${index})}`).join("")}
.uplot{font-family:inherit;width:100%}
.uplot .u-legend{font-size:.9rem;text-align:left;margin-top:.25rem;font-variant-numeric:tabular-nums;min-width:0}
.uplot .u-legend th,.uplot .u-legend td{border:0;padding:.15rem .3rem}
.u-legend th[role="switch"]{cursor:pointer;min-height:1.5rem}
.u-select{background:color-mix(in srgb,var(--link) 20%,transparent)}
.u-hz .u-cursor-x,.u-vt .u-cursor-y{border-right-color:var(--muted)}
.u-hz .u-cursor-y,.u-vt .u-cursor-x{border-bottom-color:var(--muted)}
@media print{.toolbar,.keys{display:none}}
`.trim();
