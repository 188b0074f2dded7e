import type { Unit } from "@neuroweave/equations";
import {
  checkStatementUnits,
  checkUnits,
  parseExpression,
  parseStatements,
  parseUnit,
  printUnit,
  unitOf,
  withPlace,
} from "@neuroweave/equations";
import { describe, expect, it } from "vitest";
import { refusal, underlined } from "./refusal.ts";

const declared = new Map(
  Object.entries({
    v: "mV",
    v_rest: "mV",
    v_T: "mV",
    delta: "mV",
    E: "mV",
    u: "V",
    w: "pA",
    I: "pA",
    I_nano: "nA",
    g: "nS",
    R: "GOhm",
    C: "pF",
    tau: "ms",
    tau_s: "s",
    rate: "Hz",
    k: "1",
    p: "%",
  }).map(([name, text]) => [name, parseUnit(text)] as const),
);
const lookup = (name: string): Unit | undefined => declared.get(name);

function check(source: string): void {
  for (const statement of parseStatements(source)) checkStatementUnits(statement, lookup);
}

function printedUnit(text: string): string | undefined {
  const unit = unitOf(parseExpression(text), lookup);
  return unit && printUnit(unit);
}

describe("units of expressions", () => {
  it.each([
    ["v - v_rest", "mV"],
    ["g * (v - E)", "pA"],
    ["R * I", "mV"],
    ["C / g", "ms"],
    ["v / tau", "mV/ms"],
    ["1 / tau", "1/ms"],
    ["v^2", "mV^2"],
    ["pow(v, 2) / v", "mV"],
    ["sqrt(v * v)", "mV"],
    ["v^-1", "1/mV"],
    ["exp((v - v_T) / delta)", "1"],
    ["abs(v) + max(v, 3) + clip(5, v, 7)", "mV"],
    ["sign(v)", "1"],
    ["3 + v", "mV"],
    ["k > 1 ? 5 : v", "mV"],
    ["v > 30 ? I : 2", "pA"],
    ["normal(v, 2)", "mV"],
    ["normal(0, 1) * v", undefined],
    ["sharedNormal(v, 2)", "mV"],
    ["sharedUniform(-1, v)", "mV"],
    ["sharedUniform(0, 1) * v", undefined],
    ["poisson(k) * v", "mV"],
    ["poisson(3)", "1"],
    ["poisson(tau * tau / (tau * tau))", "1"],
    ["binomial(10, k) + k", "1"],
    ["xi", "ms^-0.5"],
    ["xi * sqrt(tau)", "1"],
    ["t - dt + t_last_spike", "ms"],
    ["delayed(v, 5)", "mV"],
    ["unknown + v", "mV"],
    ["unknown * v", undefined],
    ["3 * 4", undefined],
    ["k", "1"],
    ["p", "%"],
  ])("%s is in %s", (text, expected) => {
    expect(printedUnit(text)).toBe(expected);
  });

  it("leave the scale open behind a literal factor, until another term settles it", () => {
    expect(unitOf(parseExpression("1000 * u"), lookup)?.scale).toBeNaN();
    expect(unitOf(parseExpression("u / 1000"), lookup)?.scale).toBeNaN();
    expect(unitOf(parseExpression("-1 * v"), lookup)?.scale).toBe(1e-3);
    expect(unitOf(parseExpression("1000 * u + v"), lookup)?.scale).toBe(1e-3);
    expect(refusal(() => unitOf(parseExpression("1000 * u + v + u"), lookup)).code).toBe("unit-mismatch");
  });

  it("can be demanded", () => {
    checkUnits(parseExpression("R * I + 3"), parseUnit("mV"), lookup);
    const error = refusal(() => checkUnits(parseExpression("R * I"), parseUnit("pA"), lookup, "the unit of `x`"));
    expect(error.summary).toBe("`R * I` is in mV, and pA is expected, the unit of `x`");
  });
});

describe("units of equations", () => {
  it.each([
    "tau * dv/dt = v_rest - v + R * I",
    "dv/dt = (v_rest - v) / tau",
    "C * dv/dt = g * (E - v) + g * delta * exp((v - v_T) / delta) + I - w",
    "(C / g) * dv/dt = E - v + w / g",
    "tau * dv/dt += v_rest - v + delta * sqrt(2 * tau) * xi",
    "10 * dv/dt = g * R * v / tau",
    "tau * dk/dt = -k + 0.2",
    "I += g * (E - v)",
    "I += 1000 * I_nano",
    "v = v > 30 ? -65 : v",
    "w += 80.5",
    "let x = g * v; y = x",
    "undeclared = v + g * E / g",
    "tau * dundeclared/dt = I - w",
    "dk/dt = rate * (1 + k)",
    "u = 0.001 * v",
    "w = min(w, 30) + delayed(w, tau) - uniform(w, 3)",
  ])("agree in %j", (source) => {
    // A literal factor leaves the scale open, so `rate` in Hz may stand for 1/ms only behind one.
    if (source.includes("rate")) expect(refusal(() => check(source)).code).toBe("unit-mismatch");
    else expect(() => check(source)).not.toThrow();
  });

  it.each([
    [
      "tau * dv/dt = v_rest - v + I",
      "I",
      "`I` is in pA, and mV is expected, the unit of `tau * dv/dt`",
      "something in GOhm",
    ],
    ["dv/dt = v_rest - v", "v_rest", "mV/ms is expected, the unit of `dv/dt`", "something in 1/ms"],
    ["I += g * (E - v) - (k > 0 ? w : v)", "v", "`v` is in mV, and pA is expected, the unit of `I`", "something in nS"],
    ["x = v + g * E", "g * E", "`g * E` is in pA, and mV is expected, the unit of `v`", "something in GOhm"],
    ["x = 3 + v - (2 + I)", "I", "`I` is in pA, and mV is expected, the unit of `v`", "declared: I in pA"],
    ["v = u", "u", "`u` is in V, and mV is expected, the unit of `v`", "multiply it by 1000"],
    ["I = I_nano + w", "I_nano", "`I_nano` is in nA, and pA is expected", "multiply it by 1000"],
    ["x = v > I ? 1 : 0", "I", "`I` is in pA, and mV is expected, the unit of `v`", "GOhm"],
    ["x = v > I and k > 0 ? 1 : 0", "I", "the unit of `v`", "GOhm"],
    [
      "x = exp(v)",
      "v",
      "`v` is in mV, and 1 (a pure number) is expected, as exp takes a pure number",
      "divide it by something in mV",
    ],
    ["x = exp(v / u)", "v / u", "1 (a pure number) is expected", "multiply it by 0.001"],
    ["x = 2^v", "v", "as exponents are pure numbers", "divide it"],
    ["x = v^k", "v", "as its exponent is not constant", "divide it"],
    ["x = max(v, I)", "I", "the unit of `v`", "GOhm"],
    ["x = clip(v, -80, w)", "w", "the unit of `v`", "GOhm"],
    ["x = normal(v, I)", "I", "the unit of `v`", "GOhm"],
    ["x = sharedNormal(v, I)", "I", "the unit of `v`", "GOhm"],
    ["x = poisson(tau)", "tau", "as poisson takes a pure number", "divide it by something in ms"],
    ["x = poisson(rate * tau)", "rate * tau", "1 (a pure number) is expected", "multiply it by 0.001"],
    ["x = binomial(10, v)", "v", "as binomial takes a pure number", "divide it by something in mV"],
    ["v = v + poisson(k)", "poisson(k)", "`poisson(k)` is in 1 (a pure number), and mV is expected", "multiply it"],
    ["x = delayed(v, I)", "I", "as a delay is a time", "ms"],
    ["x = delayed(v, tau_s)", "tau_s", "ms is expected", "multiply it by 1000"],
    ["tau * dv/dt = delta * xi", "delta * xi", "`delta * xi` is in mV*ms^-0.5", "ms^0.5"],
    ["(v + I) * dv/dt = 3", "I", "the unit of `v`", "GOhm"],
    ["let x = v + I", "I", "the unit of `v`", "GOhm"],
    ["x = 2 * v + 3 * I", "3 * I", "`3 * I` is in pA, and mV is expected", "something in"],
    ["k = p", "p", "`p` is in %, and 1 (a pure number) is expected", "multiply it by 0.01"],
  ])("refuse %j at %j", (source, place, message, remedy) => {
    const error = withPlace(
      refusal(() => check(source)),
      { source },
    );
    expect(error.code).toBe("unit-mismatch");
    expect(underlined(error)).toBe(place);
    expect(error.summary).toContain(message);
    expect(error.remedy).toContain(remedy);
  });

  it("count derivatives in the unit of time that is asked for", () => {
    const [statement] = parseStatements("tau_s * dv/dt = v_rest - v");
    if (statement === undefined) throw new Error("no statement");
    checkStatementUnits(statement, lookup, parseUnit("s"));
    expect(refusal(() => checkStatementUnits(statement, lookup)).remedy).toContain("multiply it by");
  });
});
