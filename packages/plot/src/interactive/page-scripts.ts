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
  for (const script of scripts)
    if (/<\/script|<!--/iu.test(script))
      throw new NeuroweaveError("invalid-value", "a script would end its own element", {
        remedy: "give uPlot's own iife build",
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
  const resolve = createRequire(import.meta.url).resolve;
  const read = (name: string): string => readFileSync(resolve(`uplot/dist/${name}`), "utf8");
  return { script: read("uPlot.iife.min.js"), style: read("uPlot.min.css") };
}
