/** No text becomes code: what could make code of text stands nowhere, or in the few places that are listed here with the reason. */
import { describe, expect, it } from "vitest";
import ts from "typescript";
import { found, sources } from "./sources.ts";

const called = (node: ts.Node): string | undefined =>
  (ts.isCallExpression(node) || ts.isNewExpression(node)) && (ts.isIdentifier(node.expression) || ts.isPropertyAccessExpression(node.expression))
    ? node.expression.getText()
    : undefined; // prettier-ignore

describe("the packages", () => {
  it("are all looked at", () => {
    expect(sources.length).toBeGreaterThan(400);
    expect(
      found((node) => (called(node) === "parseStatements" ? "parseStatements" : undefined)).length,
    ).toBeGreaterThan(0);
  });

  it("never evaluate text", () => {
    const evaluators =
      /^(globalThis\.)?(eval|Function|setImmediate)$|\b(runInThisContext|runInNewContext|runInContext|compileFunction)$/;
    expect(found((node) => (evaluators.test(called(node) ?? "") ? called(node) : undefined))).toEqual([]);
    // Functions made through `(function () {}).constructor` would need this word.
    const constructed = found((node) =>
      ts.isPropertyAccessExpression(node) && node.name.text === "constructor" ? node.getText() : undefined,
    );
    expect(constructed).toEqual([]);
    const modules = found((node) =>
      ts.isStringLiteral(node) && /^(node:)?(vm|repl|inspector)$/.test(node.text) && ts.isImportDeclaration(node.parent)
        ? node.text
        : undefined,
    );
    expect(modules).toEqual([]);
  });

  it("give no text to timers", () => {
    const timed = found((node) => {
      if (!ts.isCallExpression(node) || !/^(globalThis\.)?set(Timeout|Interval)$/.test(node.expression.getText())) return undefined;
      const first = node.arguments[0];
      return first !== undefined && (ts.isStringLiteralLike(first) || ts.isTemplateExpression(first)) ? node.getText() : undefined;
    });
    expect(timed).toEqual([]);
  }); // prettier-ignore

  it("import only modules whose names stand in the source, but for those that the user names as programs", () => {
    const dynamic = found((node) => {
      if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return undefined;
      return ts.isStringLiteralLike(node.arguments[0]!) ? undefined : node.arguments[0]!.getText();
    });
    const allowed = [
      // A package of the user that reads foreign files; its name stands in the line above.
      /^packages\/export\/src\/sonata\/foreign-hdf5\.ts: address$/,
      // The command runs the experiment file that its argument names: that is its purpose.
      /^packages\/cli\/src\//,
      // The kit runs plugins that its caller names.
      /^packages\/testkit\/src\//,
    ];
    expect(dynamic.filter((each) => !allowed.some((pattern) => pattern.test(each)))).toEqual([]);
  });

  it("start programs in one place, without a shell", () => {
    const starting = found((node) =>
      ts.isStringLiteral(node) && /^(node:)?child_process$/.test(node.text) ? "child_process" : undefined,
    ).filter((each) => !each.startsWith("packages/cli/") && !each.startsWith("packages/testkit/"));
    expect(starting).toEqual(["packages/engine/src/native/node.ts: child_process"]);
    const shells = found((node) =>
      ts.isPropertyAssignment(node) && node.name.getText() === "shell" && node.initializer.kind !== ts.SyntaxKind.FalseKeyword
        ? node.getText()
        : undefined,
    );
    expect(shells).toEqual([]);
  }); // prettier-ignore

  it("compile in the emitters' devices only: the reference device makes nothing of text", () => {
    const compiling = found((node) => (/\bWebAssembly\.(Module|compile|instantiate)$|\bparseWat$/.test(called(node) ?? "") ? called(node) : undefined));
    expect(compiling.map((each) => each.split(":")[0]).filter((file) => /reference|interpret/.test(file!))).toEqual([]);
    expect(compiling.length).toBeGreaterThan(0);
  }); // prettier-ignore
});
