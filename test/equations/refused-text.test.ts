import { functionNames, parseExpression, parseStatements } from "@neuroweave/equations";
import { describe, expect, it } from "vitest";
import { refusal, underlined } from "./refusal.ts";

describe("text that is no expression", () => {
  it.each([
    ["1..2", "syntax", "1..2", "one decimal point"],
    ["1.2.3", "syntax", "1.2.3", "one decimal point"],
    ["3 + 1e", "syntax", "1e", "1e-3"],
    ["1e+", "syntax", "1e+", "1e-3"],
    ["2v", "syntax", "2v", "2 * v"],
    ["1e999", "syntax", "1e999", "1.7e308"],
    ["1e-999", "syntax", "1e-999", "write 0"],
    ["(a + b", "syntax", "(", "add the missing `)`"],
    ["a + b)", "syntax", ")", "remove it"],
    ["exp(a", "syntax", "(", "add the missing `)`"],
    ["a +", "syntax", "", "an operand is"],
    ["()", "syntax", ")", "put a value there"],
    ["a b", "syntax", "b", "a product needs `*`"],
    ["a (b)", "unknown-function", "a", "a * (…)"],
    ["2 (b)", "syntax", "(", "a product needs `*`"],
    ["a < b < c", "syntax", "<", "a < b and b < …"],
    ["a == b != c", "syntax", "!=", "a == b and b != …"],
    ["a = b", "syntax", "=", "write `==`"],
    ["a ? b", "syntax", "?", "test ? value : otherValue"],
    ["a : b", "syntax", ":", "test ? value : otherValue"],
    ["a ; b", "syntax", ";", "end the expression before it"],
    ["a + not b", "syntax", "not", "(not …)"],
    ["a % b", "syntax", "%", "floor(x / y)"],
    ["a & b", "syntax", "&", "write and"],
    ["τ * v", "syntax", "τ", "write tau"],
    ["a − b", "syntax", "−", "write -"],
    ["a $ b", "syntax", "$", "names have letters"],
    ["foo(a)", "unknown-function", "foo", "foo * (…)"],
    ["ln(a)", "unknown-function", "ln", "log(x)"],
    ["heaviside(a)", "unknown-function", "heaviside", "x > 0 ? 1 : 0"],
    ["pi(a)", "unknown-function", "pi", "pi * (…)"],
    ["exp()", "wrong-arity", "exp", "exp(x)"],
    ["exp(a, b)", "wrong-arity", "exp", "exp(x)"],
    ["min(a, b, c)", "wrong-arity", "min", "min(a, min(b, c))"],
    ["normal(a)", "wrong-arity", "normal", "normal(mean, sd)"],
    ["poisson(a, b)", "wrong-arity", "poisson", "poisson(mean)"],
    ["binomial(a)", "wrong-arity", "binomial", "binomial(n, p)"],
    ["sharedUniform(a)", "wrong-arity", "sharedUniform", "sharedUniform(low, high)"],
    ["sharedNormal()", "wrong-arity", "sharedNormal", "sharedNormal(mean, sd)"],
    ["delayed(x)", "wrong-arity", "delayed", "delayed(x, delay)"],
    ["delayed(2 * x, 5)", "not-a-variable", "2 * x", "delayed(x, 5)"],
    ["exp + 1", "reserved-name", "exp", "exp(x)"],
    ["normal + 1", "reserved-name", "normal", "normal(mean, sd)"],
    ["poisson + 1", "reserved-name", "poisson", "poisson(mean)"],
    ["binomial + 1", "reserved-name", "binomial", "binomial(n, p)"],
    ["delayed + 1", "reserved-name", "delayed", "delayed(x, 5)"],
    ["2 * sharedUniform", "reserved-name", "sharedUniform", "sharedUniform(low, high)"],
    ["2 * sharedNormal", "reserved-name", "sharedNormal", "sharedNormal(mean, sd)"],
    ["true ? 1 : 0", "reserved-name", "true", "1 > 0"],
    ["a.constructor", "reserved-name", "a.constructor", "another name"],
    ["hasOwnProperty(a)", "reserved-name", "hasOwnProperty", "another name"],
  ])("%j is refused as %s at %j", (text, code, place, remedy) => {
    const error = refusal(() => parseExpression(text));
    expect(error.code).toBe(code);
    expect(underlined(error)).toBe(place);
    expect(error.remedy).toContain(remedy);
  });

  it("is refused when it is empty, blank or a comment", () => {
    for (const text of ["", " \n\t", "# nothing", "// nothing"]) {
      expect(refusal(() => parseExpression(text)).code).toBe("syntax");
      expect(refusal(() => parseStatements(text)).code).toBe("not-an-equation");
    }
  });

  it("names the function that was probably meant", () => {
    const draws = ["uniform", "normal", "poisson", "binomial", "sharedUniform", "sharedNormal"];
    for (const name of [...functionNames.filter((each) => each.length > 3), ...draws]) {
      const swapped = `${name[1]}${name[0]}${name.slice(2)}`;
      expect(refusal(() => parseExpression(`${swapped}(x)`)).candidates?.[0]).toBe(name);
    }
  });
});

describe("text that is no equation", () => {
  it.each([
    ["v", "not-an-equation", "v", "dx/dt = …"],
    ["x = 1\nv + w\ny = 2", "not-an-equation", "v + w", "dx/dt = …"],
    ["x == 3", "not-an-equation", "x == 3", "one `=`"],
    ["a * b = 3", "not-an-equation", "a * b", "tau * dx/dt"],
    ["dv/dx = 3", "not-an-equation", "dv/dx", "dx/dt"],
    ["dv/dt * dw/dt = 3", "not-an-equation", "dv/dt * dw/dt", "dx/dt"],
    ["-dv/dt = 3", "not-an-equation", "-dv/dt", "dx/dt"],
    ["dv/dt *= 3", "not-an-equation", "*=", "`=`, `+=` or `-=`"],
    ["a = b = c", "syntax", "=", "a line of its own"],
    ["a = b c = d", "syntax", "c", "a product needs `*`"],
    ["x = (a\ny = b)", "syntax", "(", "add the missing `)`"],
    ["x = (a = b)", "syntax", "(", "add the missing `)`"],
    ["let a + b = 3", "not-an-equation", "a", "let a = …"],
    ["let a += 3", "not-an-equation", "a", "let a = …"],
    ["let t = 3", "reserved-name", "t", "t_"],
    ["let spike = 3", "reserved-name", "spike", "spike_"],
    ["let exp = 3", "reserved-name", "exp", "exp_"],
    ["let a.b = 3", "invalid-name", "a.b", "letters"],
    ["pi = 3", "reserved-name", "pi", "pi_"],
    ["xi += 3", "reserved-name", "xi", "xi_"],
    ["dt = 3", "reserved-name", "dt", "dt_"],
    ["arriving += 3", "reserved-name", "arriving", "arriving_"],
    ["pre = 3", "reserved-name", "pre", "pre_"],
    ["post += 3", "reserved-name", "post", "post_"],
    ["poisson = 3", "reserved-name", "poisson", "poisson_"],
    ["let poisson = 3", "reserved-name", "poisson", "poisson_"],
    ["let sharedNormal = 3", "reserved-name", "sharedNormal", "sharedNormal_"],
    ["let pre = 3", "reserved-name", "pre", "pre_"],
    ["let arriving = 3", "reserved-name", "arriving", "arriving_"],
    ["let efficacy = 3", "reserved-name", "efficacy", "efficacy_"],
    ["dt/dt = 3", "reserved-name", "dt/dt", "t_"],
    ["constructor = 3", "reserved-name", "constructor", "another name"],
    ["d__proto__/dt = 3", "reserved-name", "d__proto__/dt", "another name"],
    ["x = __proto__", "reserved-name", "__proto__", "another name"],
    ["prototype += 1", "reserved-name", "prototype", "another name"],
  ])("%j is refused as %s at %j", (text, code, place, remedy) => {
    const error = refusal(() => parseStatements(text));
    expect(error.code).toBe(code);
    expect(underlined(error)).toBe(place);
    expect(error.remedy).toContain(remedy);
  });

  it("may read and change the symbols of a spike, and read time and index", () => {
    expect(parseStatements("spike = 1; refractory = t + dt + i + n + t_last_spike")).toHaveLength(2);
  });

  it("may read what arrives and change the efficacy of a synapse", () => {
    expect(parseStatements("g += arriving * efficacy; efficacy = u * x")).toHaveLength(2);
  });
});
