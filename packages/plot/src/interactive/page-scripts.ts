import { NeuroweaveError } from "@neuroweave/equations";
import { figuresScript } from "./figures-script.ts";
import { heatMapScript } from "./heat-map-script.ts";
import { linesScript } from "./lines-script.ts";
import { rasterScript } from "./raster-script.ts";
import { viewScript } from "./view-script.ts";

/** The text of uPlot (script and style sheet), where it cannot be read from the installed package. */
export interface ChartLibrary {
  readonly script: string;
  readonly style: string;
}

export interface PageScripts {
  readonly scripts: readonly string[];
  readonly style: string;
}

/** What a page with interactive figures runs: uPlot where there are lines, and the scripts of this package. */
export function pageScripts(withLines: boolean, library?: ChartLibrary): PageScripts {
  const uplot = withLines ? (library ?? installedLibrary()) : undefined;
  const own = [viewScript, ...(withLines ? [linesScript] : []), rasterScript, heatMapScript, figuresScript].join("\n");
  const scripts = [...(uplot ? [uplot.script] : []), `"use strict";(() => {\n${own}\n})();`];
  for (const text of [...scripts, uplot?.style ?? ""])
    if (/<\/(script|style)|<!--/iu.test(text))
      throw new NeuroweaveError("invalid-value", "a script or style sheet would end its own element", {
        remedy: "give the texts of uPlot's own uPlot.iife.min.js and uPlot.min.css",
      });
  return { scripts, style: uplot?.style ?? "" };
}

/** uPlot as installed beside this package; only where there is a file system. */
function installedLibrary(): ChartLibrary {
  const builtin = globalThis.process?.getBuiltinModule;
  if (typeof builtin !== "function")
    throw new NeuroweaveError("not-supported", "uPlot cannot be read from the installed package here", {
      remedy:
        "pass library: { script, style } with the texts of uPlot.iife.min.js and uPlot.min.css, or write the page in Node",
    });
  const { createRequire } = builtin("node:module");
  const { readFileSync } = builtin("node:fs");
  const require = createRequire(import.meta.url);
  return {
    script: readFileSync(require.resolve("uplot/dist/uPlot.iife.min.js"), "utf8"),
    style: readFileSync(require.resolve("uplot/dist/uPlot.min.css"), "utf8"),
  };
}
