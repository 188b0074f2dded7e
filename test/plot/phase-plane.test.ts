import { fixedPoints, phasePlane, zeroContour } from "@neuroweave/plot";
import type { PlaneField } from "@neuroweave/plot";
import fc from "fast-check";
import { AdEx, createNetwork, Izhikevich, phaseField, phaseSlopes, QIFMeanField } from "neuroweave";
import { describe, expect, it } from "vitest";
import { refusal } from "../model/refusals.ts";
import { byClass, byName, findAll, linesOf, readMarkup, strokesOf } from "./read-markup.ts";

const gridOf = (from: number, to: number, n: number): Float64Array =>
  Float64Array.from({ length: n }, (_, j) => from + ((to - from) * j) / (n - 1));
const fieldOf = (
  x: Float64Array,
  y: Float64Array,
  f: (x: number, y: number) => number,
  g: (x: number, y: number) => number,
): PlaneField => {
  const on = (slope: (x: number, y: number) => number) =>
    Float64Array.from({ length: x.length * y.length }, (_, j) => slope(x[j % x.length]!, y[Math.floor(j / x.length)]!));
  return { x: { name: "x", values: x }, y: { name: "y", values: y }, dx: on(f), dy: on(g) };
};

describe("nullclines", () => {
  it("of AdEx, Izhikevich's neuron and the mean field lie on their closed forms, the nearer the finer the grid", () => {
    const net = createNetwork({ dt: 0.1 });
    const adex = net.population("adex", 1, [AdEx({ C: 200, gL: 10, E_L: -70, v_T: -50, delta_T: 2, a: 2, I: 500 })]);
    const izhikevich = net.population("izhikevich", 1, [Izhikevich({ I: 4 })]);
    const field = net.population("field", 1, [QIFMeanField({ eta: -5, J: 15, tau: 1, delta: 1 })]);
    type Case = [(n: number) => PlaneField, (x: number) => number, (x: number) => number, number];
    const cases: Case[] = [
      [
        (n) => phaseField(adex, { x: { name: "v", from: -80, to: -42, n }, y: { name: "w", from: -200, to: 900, n } }),
        (v) => -10 * (v + 70) + 20 * Math.exp((v + 50) / 2) + 500,
        (v) => 2 * (v + 70),
        1100,
      ],
      [
        (n) =>
          phaseField(izhikevich, { x: { name: "v", from: -85, to: 20, n }, y: { name: "u", from: -30, to: 30, n } }),
        (v) => 0.04 * v * v + 5 * v + 140 + 4,
        (v) => 0.2 * v,
        60,
      ],
      [
        (n) => phaseField(field, { x: { name: "r", from: 0.02, to: 2, n }, y: { name: "v", from: -3, to: 3, n } }),
        (r) => -1 / (2 * Math.PI * r),
        () => Number.NaN,
        6,
      ],
    ];
    for (const [sample, firstLine, secondLine, span] of cases) {
      const worst = [33, 129].map((n) => {
        const { x, y, dx, dy } = sample(n);
        const distance = (list: ArrayLike<number>, line: (x: number) => number): number =>
          Math.max(
            ...zeroContour(x.values, y.values, list)
              .flat()
              .map(([px, py]) => Math.abs(py - line(px))),
          );
        const second = Number.isNaN(secondLine(0)) ? 0 : distance(dy, secondLine);
        expect(second).toBeLessThan(1e-9 * span);
        return distance(dx, firstLine) / span;
      });
      expect(worst[1]).toBeGreaterThanOrEqual(0);
      expect(worst[1]).toBeLessThan(0.01);
      expect(worst[1]).toBeLessThan(worst[0]! / 6 + 1e-12);
    }
  });

  it("that are closed end where they began, and cells that are not finite are left out", () => {
    const axis = gridOf(-2, 2, 41);
    const circle = fieldOf(
      axis,
      axis,
      (x, y) => x * x + y * y - 1,
      () => 1,
    ).dx as Float64Array;
    const [line, ...others] = zeroContour(axis, axis, circle);
    expect(others).toEqual([]);
    expect(line!.at(-1)).toEqual(line![0]);
    for (const [x, y] of line!) expect(Math.hypot(x, y)).toBeCloseTo(1, 2);
    const holed = circle.map((value, j) => (axis[j % 41]! > 0 ? Number.NaN : value));
    const [half] = zeroContour(axis, axis, holed);
    expect(Math.max(...half!.map(([x]) => x))).toBeLessThanOrEqual(0);
  });

  it("of any function cross exactly the edges on which its sign changes, each once", () => {
    const axis = gridOf(0, 6, 7);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: 49, maxLength: 49 }), (values) => {
        const expected: string[] = [];
        const place = (a: number, b: number): number => a / (a - b);
        for (let row = 0; row < 7; row++)
          for (let column = 0; column < 7; column++) {
            const here = values[row * 7 + column]!;
            const right = column < 6 ? values[row * 7 + column + 1]! : here;
            const above = row < 6 ? values[row * 7 + 7 + column]! : here;
            if (here > 0 !== right > 0) expected.push(`${column + place(here, right)} ${row}`);
            if (here > 0 !== above > 0) expected.push(`${column} ${row + place(here, above)}`);
          }
        const found = zeroContour(axis, axis, values).flatMap((line) => {
          const closed = line.length > 2 && line[0] === line.at(-1);
          return (closed ? line.slice(1) : line).map(([x, y]) => `${x} ${y}`);
        });
        expect(found.sort()).toEqual(expected.sort());
      }),
    );
  });
});

describe("fixed points", () => {
  const meanField = (I: number) => {
    const net = createNetwork({ dt: 0.1 });
    const field = net.population("field", 1, [QIFMeanField({ eta: -5 + I, J: 15, delta: 1, tau: 1 })]);
    const plane = phaseField(field, { x: { name: "r", from: 0.01, to: 2 }, y: { name: "v", from: -3, to: 1 } });
    return fixedPoints(plane, phaseSlopes(field, { x: "r", y: "v" }));
  };

  it("of the QIF mean field are those that are known, to the digits that are known", () => {
    const known = [[0.081134, -1.96162], [0.47298, -0.336494], [1.030597, -0.15443]]; // prettier-ignore
    const found = meanField(0);
    expect(found).toHaveLength(3);
    known.forEach(([r, v], j) => {
      expect(Math.abs(found[j]!.x - r!)).toBeLessThan(1e-6);
      expect(Math.abs(found[j]!.y - v!)).toBeLessThan(1e-6);
    });
    expect(found.map(({ kind }) => kind)).toEqual(["stable node", "saddle", "stable focus"]);
    const [only, ...none] = meanField(3);
    expect(none).toEqual([]);
    expect(Math.abs(only!.x - 1.373244)).toBeLessThan(1e-6);
    expect(Math.abs(only!.y + 0.115897)).toBeLessThan(1e-6);
  });

  it("have the eigenvalues of the matrix that the flow is made of, and its kind", () => {
    const axis = gridOf(-3, 3, 20);
    const entry = fc.integer({ min: -4, max: 4 });
    fc.assert(
      fc.property(entry, entry, entry, entry, fc.double({ min: -2, max: 2, noNaN: true }), (a, b, c, d, x0) => {
        const determinant = a * d - b * c;
        fc.pre(determinant !== 0);
        const [point, ...others] = fixedPoints(
          fieldOf(axis, axis, (x, y) => a * (x - x0) + b * y, (x, y) => c * (x - x0) + d * y),
        ); // prettier-ignore
        expect(others).toEqual([]);
        expect(point!.x).toBeCloseTo(x0, 6);
        expect(point!.y).toBeCloseTo(0, 6);
        const { real, imaginary } = point!.eigenvalues;
        expect(real[0] + real[1]).toBeCloseTo(a + d, 5);
        expect(real[0] * real[1] + imaginary ** 2).toBeCloseTo(determinant, 4);
        const kind =
          determinant < 0 ? "saddle" : (a + d) ** 2 < 4 * determinant ? (a + d === 0 ? "center" : "focus") : "node";
        expect(point!.kind).toContain(kind);
        if (determinant > 0 && a + d !== 0)
          expect(point!.kind.startsWith(a + d < 0 ? "stable" : "unstable")).toBe(true);
      }),
    );
  });

  it("are none where nothing rests", () => {
    const axis = gridOf(-1, 1, 9);
    expect(fixedPoints(fieldOf(axis, axis, () => 1, (x) => x))).toEqual([]); // prettier-ignore
  });
});

describe("a phase plane", () => {
  const axis = gridOf(-2, 2, 21);
  const rotation = fieldOf(axis, axis, (_, y) => -y, (x) => x); // prettier-ignore
  const options = {
    title: "Turning",
    field: rotation,
    lines: [
      { label: "threshold", x: 1 },
      { label: "floor", y: -1 },
    ],
  };

  it("has arrows that point where the flow goes", () => {
    const svg = readMarkup(phasePlane({ ...options, width: 700, height: 560 }));
    const d = findAll(svg, byClass("nw-flow"))[0]!.attributes.get("d")!;
    const shafts = strokesOf(d).filter((_, j) => j % 3 === 0);
    expect(shafts.length).toBeGreaterThan(100);
    // Both nullclines are axes of the plane, so the middle of the rotation is where they cross.
    const middle = (points: { x: number; y: number }[], axisName: "x" | "y") =>
      points.reduce((sum, point) => sum + point[axisName], 0) / points.length;
    const horizontal = strokesOf(linesOf(svg, 0)[0]!)[0]!;
    const vertical = strokesOf(linesOf(svg, 1)[0]!)[0]!;
    const [cx, cy] = [middle(vertical, "x"), middle(horizontal, "y")];
    const scaleX = (Math.max(...horizontal.map(({ x }) => x)) - Math.min(...horizontal.map(({ x }) => x))) / 4;
    const scaleY = (Math.max(...vertical.map(({ y }) => y)) - Math.min(...vertical.map(({ y }) => y))) / 4;
    for (const [tail, tip] of shafts) {
      const [x, y] = [((tail!.x + tip!.x) / 2 - cx) / scaleX, -((tail!.y + tip!.y) / 2 - cy) / scaleY];
      const flow = [-y * scaleX, -x * scaleY] as const;
      const drawn = [tip!.x - tail!.x, tip!.y - tail!.y] as const;
      const cosine = (flow[0] * drawn[0] + flow[1] * drawn[1]) / Math.hypot(...flow) / Math.hypot(...drawn);
      expect(cosine).toBeGreaterThan(0.995);
    }
  });

  it("says its fixed points and its lines, and gives the same bytes again", () => {
    const svg = phasePlane(options);
    expect(phasePlane(options)).toBe(svg);
    const page = readMarkup(svg);
    expect(findAll(page, byName("desc"))[0]!.text).toMatch(/center at \(-?\d/u);
    const texts = findAll(page, byName("text")).map(({ text }) => text);
    for (const text of ["threshold", "floor", "center", "dx/dt = 0", "dy/dt = 0"]) expect(texts).toContain(text);
  });

  it("keeps trajectories inside its frame, whatever they are", () => {
    const number = fc.double({ min: -9, max: 9 });
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number), { minLength: 2, maxLength: 30 }), (path) => {
        const trajectory = { label: "path", x: path.map(([x]) => x), y: path.map(([, y]) => y) };
        const svg = readMarkup(phasePlane({ title: "T", field: rotation, arrows: false, trajectories: [trajectory] }));
        const frame = strokesOf(linesOf(svg, 0)[0]!).flat();
        const side = strokesOf(linesOf(svg, 1)[0]!).flat();
        for (const { x, y } of linesOf(svg, 2).flatMap(strokesOf).flat()) {
          expect(x).toBeGreaterThanOrEqual(Math.min(...frame.map((point) => point.x)) - 0.02);
          expect(x).toBeLessThanOrEqual(Math.max(...frame.map((point) => point.x)) + 0.02);
          expect(y).toBeGreaterThanOrEqual(Math.min(...side.map((point) => point.y)) - 0.02);
          expect(y).toBeLessThanOrEqual(Math.max(...side.map((point) => point.y)) + 0.02);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("draws nothing towards a sample at which the path begins anew", () => {
    const path = { label: "path", x: [-1, -0.5, 1, 1.5], y: [0.2, 0.4, 0.6, 0.8] };
    const drawn = (breaks: number[]): number[] => {
      const svg = readMarkup(phasePlane({ title: "T", field: rotation, trajectories: [{ ...path, breaks }] }));
      return linesOf(svg, 2)
        .flatMap(strokesOf)
        .map((stroke) => stroke.length);
    };
    expect(drawn([])).toEqual([4]);
    expect(drawn([2])).toEqual([2, 2]);
  });

  it("refuses a field that does not fit its grid, and a plane of a variable that does not move", async () => {
    const wrong = (part: Partial<PlaneField>) =>
      refusal(() => phasePlane({ title: "T", field: { ...rotation, ...part } }));
    expect((await wrong({ dx: [1, 2] })).message).toContain("2 values for 441 points");
    expect((await wrong({ x: { name: "x", values: [1, 1] } })).code).toBe("out-of-range");
    expect((await wrong({ y: { name: "y", values: [1] } })).code).toBe("wrong-length");
    const cell = createNetwork({ dt: 0.1 }).population("cell", 1, [AdEx()]);
    const ask = (x: string, y: string) =>
      refusal(() => phaseField(cell, { x: { name: x as "v", from: 0, to: 1 }, y: { name: y as "w", from: 0, to: 1 } }));
    expect((await ask("v", "v")).code).toBe("structure");
    expect((await ask("v", "z")).code).toBe("unknown-name");
  });
});
