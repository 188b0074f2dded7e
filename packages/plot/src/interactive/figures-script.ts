/** Part of the page's script: finds the figures of the page, draws them, and draws them anew when colors or widths change. */
export const figuresScript = String.raw`
const draw = { "lines": typeof drawLines === "undefined" ? null : drawLines, "raster": drawRaster, "heat map": drawHeatMap };
const drawn = [...document.querySelectorAll(".interactive")].map((part) => {
  const data = JSON.parse(part.querySelector("script").textContent);
  const [surface, toolbar, readout] = [".surface", ".toolbar", ".readout"].map((name) => part.querySelector(name));
  const figure = draw[data.kind]({ surface, toolbar, readout, data });
  part.classList.add("ready");
  return { surface, figure, width: surface.clientWidth };
});
const again = (always) => {
  for (const each of drawn) {
    if (!always && each.width === each.surface.clientWidth) continue;
    each.width = each.surface.clientWidth;
    each.figure.redraw();
  }
};
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => again(true));
new ResizeObserver(() => again(false)).observe(document.body);
`;
