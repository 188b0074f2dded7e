import type { Unit } from "@neuroweave/equations";
import { divideUnits, multiplyUnits, parseUnit, printUnit, raiseUnit, sameUnit } from "@neuroweave/equations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { refusal, underlined } from "./refusal.ts";

//                               m  kg s  A  K  mol
const dims = {
  none: [0, 0, 0, 0, 0, 0],
  time: [0, 0, 1, 0, 0, 0],
  voltage: [2, 1, -3, -1, 0, 0],
  current: [0, 0, 0, 1, 0, 0],
  conductance: [-2, -1, 3, 2, 0, 0],
  capacity: [-2, -1, 4, 2, 0, 0],
  resistance: [2, 1, -3, -2, 0, 0],
  charge: [0, 0, 1, 1, 0, 0],
  concentration: [-3, 0, 0, 0, 0, 1],
} as const;

function expectUnit(unit: Unit, dimensions: readonly number[], scale: number): void {
  expect(unit.dims.map((each) => each + 0)).toEqual(dimensions);
  expect(unit.scale / scale).toBeCloseTo(1, 12);
}

describe("reading units", () => {
  it.each([
    ["1", dims.none, 1],
    ["%", dims.none, 0.01],
    ["V", dims.voltage, 1],
    ["mV", dims.voltage, 1e-3],
    ["ms", dims.time, 1e-3],
    ["mS", dims.conductance, 1e-3],
    ["uS", dims.conductance, 1e-6],
    ["µS", dims.conductance, 1e-6],
    ["μS", dims.conductance, 1e-6],
    ["nS", dims.conductance, 1e-9],
    ["pA", dims.current, 1e-12],
    ["fF", dims.capacity, 1e-15],
    ["MOhm", dims.resistance, 1e6],
    ["GΩ", dims.resistance, 1e9],
    ["kohm", dims.resistance, 1e3],
    ["Hz", [0, 0, -1, 0, 0, 0], 1],
    ["kHz", [0, 0, -1, 0, 0, 0], 1e3],
    ["m", [1, 0, 0, 0, 0, 0], 1],
    ["cm", [1, 0, 0, 0, 0, 0], 1e-2],
    ["mm", [1, 0, 0, 0, 0, 0], 1e-3],
    ["kg", [0, 1, 0, 0, 0, 0], 1],
    ["g", [0, 1, 0, 0, 0, 0], 1e-3],
    ["M", dims.concentration, 1e3],
    ["mM", dims.concentration, 1],
    ["mmol", [0, 0, 0, 0, 0, 1], 1e-3],
    ["J", [2, 1, -2, 0, 0, 0], 1],
    ["W", [2, 1, -3, 0, 0, 0], 1],
    ["N", [1, 1, -2, 0, 0, 0], 1],
    ["pC", dims.charge, 1e-12],
    ["K", [0, 0, 0, 0, 1, 0], 1],
    ["pA*ms", dims.charge, 1e-15],
    ["pA ms", dims.charge, 1e-15],
    ["nS mV", dims.current, 1e-12],
    ["MOhm * pA", dims.voltage, 1e-6],
    ["mV/ms", [2, 1, -4, -1, 0, 0], 1],
    ["1/ms", [0, 0, -1, 0, 0, 0], 1e3],
    ["mV^2", [4, 2, -6, -2, 0, 0], 1e-6],
    ["mV**2", [4, 2, -6, -2, 0, 0], 1e-6],
    ["ms^-0.5", [0, 0, -0.5, 0, 0, 0], Math.sqrt(1e3)],
    ["ms^(-1/2)", [0, 0, -0.5, 0, 0, 0], Math.sqrt(1e3)],
    ["1/sqrt(ms)", [0, 0, -0.5, 0, 0, 0], Math.sqrt(1e3)],
    ["mV/(ms*pA)", [2, 1, -4, -2, 0, 0], 1e12],
    ["uF/cm^2", [-4, -1, 4, 2, 0, 0], 1e-2],
    ["1e-3*V", dims.voltage, 1e-3],
    [" mV ", dims.voltage, 1e-3],
  ])("%j", (text, dimensions, scale) => {
    expectUnit(parseUnit(text), dimensions, scale);
  });

  it("agrees with the laws of electricity", () => {
    const laws = [
      "V = A*Ohm",
      "A = S*V",
      "C = A*s",
      "F = C/V",
      "W = V*A",
      "J = W*s",
      "N = J/m",
      "Hz = 1/s",
      "pA = nS*mV",
      "ms = MOhm*nF",
    ];
    for (const law of laws) {
      const [left = "", right = ""] = law.split(" = ");
      expect(sameUnit(parseUnit(left), parseUnit(right)), law).toBe(true);
    }
    expect(sameUnit(parseUnit("V"), parseUnit("mV"))).toBe(false);
    expect(sameUnit(parseUnit("Hz"), parseUnit("s"))).toBe(false);
  });

  it.each([
    ["", "", "`mV`"],
    ["mv", "mv", "`mV`"],
    ["MV ohms", "ohms", "`mV`"],
    ["mV/", "", "`mV`"],
    ["mV/ms pA", "pA", "brackets"],
    ["5 mV", "5", "powers of ten"],
    ["(mV", "(", "`)`"],
    ["mV)", ")", "`mV`"],
    ["mV^", "", "ms^-0.5"],
    ["mV^x", "x", "ms^-0.5"],
    ["constructor", "constructor", "`mV`"],
    ["__proto__", "_", "`mV`"],
    ["mV$", "$", "`mV`"],
  ])("refuses %j at %j", (text, place, remedy) => {
    const error = refusal(() => parseUnit(text));
    expect(error.code).toBe("unknown-unit");
    expect(underlined(error)).toBe(place);
    expect(error.remedy).toContain(remedy);
  });

  it("proposes the unit that was probably meant, and bounds the length of what it reads", () => {
    expect(refusal(() => parseUnit("mv")).candidates).toContain("mV");
    expect(refusal(() => parseUnit("m".repeat(10_000))).code).toBe("unknown-unit");
    expect(refusal(() => parseUnit("(".repeat(150))).code).toBe("unknown-unit");
  });
});

describe("printing units", () => {
  const single = fc.constantFrom(
    "mV",
    "V",
    "ms",
    "s",
    "pA",
    "nA",
    "nS",
    "uS",
    "pF",
    "MOhm",
    "Hz",
    "mM",
    "m",
    "cm",
    "kg",
    "K",
    "mol",
    "J",
  );
  const factor = fc.tuple(single, fc.constantFrom(1, 1, 1, -1, 2, -2, 0.5, -0.5));

  it("gives text that reads as the same unit", () => {
    fc.assert(
      fc.property(fc.array(factor, { maxLength: 3 }), (factors) => {
        let unit = parseUnit("1");
        for (const [text, exponent] of factors) unit = multiplyUnits(unit, raiseUnit(parseUnit(text), exponent));
        // What needs a number that is no power of ten has no spelling.
        const [number = "1"] = /^[0-9.]+(e-?[0-9]+)?/.exec(printUnit(unit)) ?? [];
        fc.pre(Number.isInteger(Math.log10(Number(number))));
        expect(sameUnit(parseUnit(printUnit(unit)), unit), printUnit(unit)).toBe(true);
      }),
      { numRuns: 2000 },
    );
  });

  it.each([
    ["V/1000", "mV"],
    ["nS*mV", "pA"],
    ["MOhm*nA", "mV"],
    ["MOhm*pA", "uV"],
    ["pF*mV/ms", "pA"],
    ["pF/nS", "ms"],
    ["mV/ms", "mV/ms"],
    ["1/ms", "1/ms"],
    ["1/s", "Hz"],
    ["pA/ms", "pA/ms"],
    ["1/sqrt(ms)", "ms^-0.5"],
    ["mV/sqrt(ms)", "mV*ms^-0.5"],
    ["mV*mV", "mV^2"],
    ["mV/mV", "1"],
    ["uF/cm^2", "uF/cm^2"],
    ["1/mV/ms", "1/mV"],
    ["m*K*mol", "m*K*mol"],
  ])("writes %s as %s", (text, expected) => {
    if (text === "1/mV/ms") expect(printUnit(divideUnits(parseUnit("1/mV/ms"), parseUnit("1/ms")))).toBe(expected);
    else expect(printUnit(parseUnit(text))).toBe(expected);
  });
});

describe("computing with units", () => {
  it("never counts a dimension as -0, whatever power it is raised to", () => {
    const volt = parseUnit("V");
    for (const exponent of [-1, -0.5, 0, 2])
      for (const count of raiseUnit(volt, exponent).dims) expect(Object.is(count, -0)).toBe(false);
  });
});
