/** A canvas of the size that it has on the page, in pixels of the screen. */
import { h } from "../dom.ts";

export interface Surface {
  readonly element: HTMLDivElement;
  readonly canvas: HTMLCanvasElement;
  readonly context: CanvasRenderingContext2D;
  /** Width and height in CSS pixels. */
  readonly width: number;
  readonly height: number;
  /** Says in words what is drawn. */
  describe(text: string): void;
}

/** Fills its place in width; `resized` is called whenever its size has changed. */
export function surface(height: number, label: string, resized: () => void): Surface {
  const canvas = h("canvas", { role: "img", "aria-label": label, style: `height:${height}px` });
  const element = h("div", { class: "plot" }, canvas);
  const context = canvas.getContext("2d", { alpha: true })!;
  let width = 0;
  const fit = (): void => {
    const ratio = devicePixelRatio || 1;
    width = element.clientWidth;
    const [w, hgt] = [Math.max(1, Math.round(width * ratio)), Math.round(height * ratio)];
    if (canvas.width === w && canvas.height === hgt) return;
    canvas.width = w;
    canvas.height = hgt;
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    resized();
  };
  new ResizeObserver(fit).observe(element);
  return {
    element,
    canvas,
    context,
    get width() {
      return width;
    },
    height,
    describe: (text) => canvas.setAttribute("aria-label", text),
  };
}
