/** The library on every device: the same bits as by the meaning of its operations. */
import { createBuilder, library, verify, type Builder, type Precision, type Value } from "@neuroweave/kernel";
import { describe, expect, it } from "vitest";
import { allBits } from "./bits.ts";
import { interpret, type Written } from "./interpret.ts";
import { rows } from "./library-functions.ts";
import { anyExponent, pointsOf, within } from "./library-points.ts";
import { kernelDevices, load, type KernelDevice } from "./run-kernel.ts";

const precisions: readonly Precision[] = ["f64", "f32"];
const count = 500;

const special = [0, -0, 1, -1, 2, 0.5, 3, Infinity, -Infinity, NaN];

/** Points of every size, and the special ones. */
const points = (precision: Precision): number[] => [
  ...special,
  ...pointsOf(anyExponent, precision, count),
  ...pointsOf(within(100), precision, count),
  ...pointsOf(within(1), precision, count),
  ...pointsOf(within(0.3), precision, count),
];

const column = (name: string) => ({ name, shape: "column" }) as const;

/** Runs result(x, y) for all pairs of a device's lanes. */
async function onDevice(written: Written, x: number[], y: number[], precision: Precision, device: KernelDevice) {
  const b = createBuilder({ precision, dt: 0.1, n: x.length });
  const value = written(b, b.load(column("x")), b.load(column("y")));
  b.effect({ kind: "store", slot: "result", value }, column("result"));
  const running = await load(verify(b.finish("library")), device, { x, y });
  running.run(0, 1);
  return running.values("result");
}

describe.each(precisions)("in %s", (precision) => {
  describe.each(kernelDevices)("on %s", (device) => {
    const x = points(precision);
    const y = points(precision).reverse();

    const agree = async (written: Written): Promise<void> => {
      const given = await onDevice(written, x, y, precision, device);
      const { call } = interpret(written, 2, precision);
      expect(allBits(given)).toEqual(allBits(x.map((each, i) => call(each, y[i]!))));
    };

    it.each(rows)("$name has the bits that its operations mean", async ({ written }) => {
      await agree((b: Builder, argument: Value) => written(b, argument));
    });

    it("pow has the bits that its operations mean", () => agree(library.pow));

    it("a sum of functions, some of which are computed only where a lane needs them, has them too", () =>
      agree((b, p, q) => {
        const sum = b.apply("add", library.exprel(b, p), library.exprel(b, q));
        const nested = library.exprel(b, b.apply("sub", library.exprel(b, p), library.tanh(b, q)));
        return b.apply("add", sum, b.apply("mul", nested, library.exp(b, b.apply("neg", b.apply("abs", p)))));
      }));
  });
});
