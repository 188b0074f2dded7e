import { createRequire } from "node:module";
import { checkNumber, NeuroweaveError } from "@neuroweave/equations";
import { Resvg } from "@resvg/resvg-js";
import { onDarkPaper } from "./dark-paper.ts";

export interface PngOptions {
  /** Pixels of the picture for each pixel of the figure, 2 by default; `width` overrules it. */
  readonly scale?: number;
  /** Width of the picture in pixels; its height follows. */
  readonly width?: number;
  /** A CSS color below everything. Figures of this package bring their own paper, which covers it. */
  readonly background?: string;
  /** The colors that figures of this package have on a dark screen; "light" by default. */
  readonly paper?: "light" | "dark";
}

const mostPixels = 100_000_000;

/**
 * Draws an SVG as a PNG, without a browser, for Node. Text is set in DejaVu Sans, which comes with this package, and
 * in no font of the machine: so a picture has the same pixels everywhere, and text on a machine without fonts.
 *
 * Throws `invalid-value` for a text that is no SVG, and `out-of-range` for sizes that are not positive or make a
 * picture of more than 100 million pixels.
 */
export function svgToPng(svg: string, options: PngOptions = {}): Uint8Array {
  const { scale = 2, width, background, paper = "light" } = options;
  checkNumber("svgToPng: scale", scale, { above: 0 });
  if (width !== undefined) checkNumber("svgToPng: width", width, { min: 1 });
  const drawing = parse(paper === "dark" ? onDarkPaper(svg) : svg, {
    fitTo: width === undefined ? { mode: "zoom", value: scale } : { mode: "width", value: Math.round(width) },
    ...(background === undefined ? {} : { background }),
    font: {
      loadSystemFonts: false,
      fontFiles: fontFiles(),
      defaultFontFamily: fontName,
      sansSerifFamily: fontName,
      serifFamily: fontName,
      monospaceFamily: fontName,
    },
  });
  const zoom = width === undefined ? scale : Math.round(width) / drawing.width;
  const pixels = drawing.width * drawing.height * zoom * zoom;
  if (pixels > mostPixels) {
    throw new NeuroweaveError(
      "out-of-range",
      `svgToPng: the picture would have ${Math.round(pixels / 1e6)} million pixels`,
      {
        remedy: "choose a smaller scale or width; 100 million pixels are drawn at most",
      },
    );
  }
  return Uint8Array.from(drawing.render().asPng());
}

const fontName = "DejaVu Sans";

/** The fonts of the package `dejavu-fonts-ttf`, which hold Greek, arrows and raised digits; free to pass on. */
function fontFiles(): string[] {
  const require = createRequire(import.meta.url);
  try {
    return [
      require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans.ttf"),
      require.resolve("dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf"),
    ];
  } catch (error) {
    throw new NeuroweaveError("missing-package", `svgToPng: the fonts are not installed: ${String(error)}`, {
      remedy: "install dejavu-fonts-ttf, without which text would be left out",
    });
  }
}

function parse(svg: string, options: ConstructorParameters<typeof Resvg>[1]): Resvg {
  try {
    return new Resvg(svg, options);
  } catch (error) {
    throw new NeuroweaveError("invalid-value", `svgToPng: the text is no SVG that can be drawn: ${String(error)}`, {
      remedy: "pass the text of one <svg> element, such as the figures of this package return, and colors of CSS",
    });
  }
}
