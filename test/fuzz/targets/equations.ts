import {
  checkStatementTypes,
  checkStatementUnits,
  differentiate,
  equal,
  equalStatements,
  expressionsOf,
  linearIn,
  parseExpression,
  parseStatements,
  print,
  printLatex,
  resolveLets,
  simplify,
  symbolsOf,
  tidy,
  typeOf,
} from "@neuroweave/equations";
import { isRefusal, must, textOf, type Target } from "../target.ts";

/** Text of equations, through everything that is done with text alone. */
export const equations: Target = {
  name: "equations",
  seeds: [
    "tau * dv/dt = v_rest - v + R * I",
    "let m_inf = 1 / (1 + exp(-(v + 40) / 9))\ndv/dt += g * m_inf^3 * (E - v)",
    "I += v > -50 and not spike ? clip(w, 0, 1) : -pow(x, 2)",
    "w = delayed(v, 1.5) + xi * sqrt(2 * D) + uniform(0, 1) + poisson(3) # a comment",
    "a = (1 +\n 2) * b; b = 1e-3 // c\nx = (a <= b or a != 3) ? 1 : 0",
  ],
  words: [
    "dv/dt", "let ", " = ", " += ", " -= ", "==", "<=", "!=", " and ", " or ", "not ", "?", ":", "(", ")", "((", "^", "**", "*", "/", "-", "+",
    ",", ";", "\n", "#", "//", "\\", '"', "exp(", "clip(", "normal(", "xi", "delayed(", "pre.", "post.", ".", "..", "1e", "1e999", "0x1", ".5",
    "__proto__", "constructor", "pi", "spike", "v", "tau", "\u0000", "é", "💥", "−", " ", "\r\n", "999999999999999999999",
  ],
  enter: (input) => {
    const text = textOf(input);
    let refused: unknown;
    try {
      const expression = parseExpression(text);
      must(equal(parseExpression(print(expression)), expression), "an expression that is printed reads as another one");
    } catch (error) {
      refused = error;
    }
    if (refused !== undefined && !isRefusal(refused)) throw refused;
    const statements = parseStatements(text);
    const again = parseStatements(statements.map((each) => print(each)).join("\n"));
    must(
      again.length === statements.length && again.every((each, index) => equalStatements(each, statements[index]!)),
      "statements that are printed read as others",
    );
    for (const statement of resolveLets(statements)) {
      checkStatementTypes(statement);
      checkStatementUnits(statement, () => undefined);
      for (const expression of expressionsOf(statement)) {
        printLatex(expression);
        const short = simplify(expression);
        must(typeOf(short) === typeOf(expression), "the simpler form has another type");
        tidy(short);
        const names = [...symbolsOf(expression)].slice(0, 3);
        if (names.length > 0) linearIn(expression, names);
        for (const name of names) differentiate(expression, name);
      }
    }
  },
}; // prettier-ignore
