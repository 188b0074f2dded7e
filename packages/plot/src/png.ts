export { svgToPng } from "./png/svg-to-png.ts";
export type { PngOptions } from "./png/svg-to-png.ts";
