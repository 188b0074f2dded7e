/** No regular expression of a package takes longer than in proportion to its text, whatever the text is. */
import { analyse } from "scslre";
import { expect, it } from "vitest";
import ts from "typescript";
import { found } from "./sources.ts";

function slow(literal: string): string | undefined {
  const end = literal.lastIndexOf("/");
  const flags = literal.slice(end + 1);
  // One that is sticky is tried at one place only.
  const { reports } = analyse(
    { source: literal.slice(1, end), flags },
    { reportTypes: { Move: !flags.includes("y") } },
  );
  const kinds = reports.map(({ type, exponential }) => (exponential ? `exponential ${type}` : type));
  return kinds.length === 0 ? undefined : `${literal} ${kinds.join(", ")}`;
}

it("finds what is slow", () => {
  expect(slow("/^(a+)+$/")).toContain("exponential");
  expect(slow("/^(_*)(.*?)(_*)$/")).toBeDefined();
  expect(slow("/^_*/")).toBeUndefined();
});

it("every regular expression of the packages takes linear time", () => {
  expect(found((node) => (ts.isRegularExpressionLiteral(node) ? slow(node.text) : undefined))).toEqual([]);
  const made = found((node) =>
    (ts.isNewExpression(node) || ts.isCallExpression(node)) && node.expression.getText() === "RegExp" ? node.getText() : undefined,
  );
  expect(made).toEqual([]);
}); // prettier-ignore
