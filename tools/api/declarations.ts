/** The sources of all packages as declarations: what a program that imports them sees, without bodies and comments. */
import { dirname, join, resolve } from "node:path";
import ts from "typescript";

/** A program over the declarations of every package; each keeps the path of the source that it was made from. */
export function declarationsOf(root: string, entries: readonly string[]): ts.Program {
  const options = { ...configured(root), noEmit: false, declaration: true, emitDeclarationOnly: true, removeComments: true };
  const sources = ts.createProgram({ rootNames: entries, options });
  const texts = new Map<string, string>();
  sources.emit(undefined, (_file, text, _mark, _error, from) => void texts.set(resolve(from![0]!.fileName), text));
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  host.getSourceFile = (file, target, ...rest) => {
    const text = texts.get(resolve(file));
    return text === undefined ? read(file, target, ...rest) : ts.createSourceFile(file, text, target, true);
  };
  return ts.createProgram({ rootNames: entries, options, host });
}

function configured(root: string): ts.CompilerOptions {
  const file = join(root, "tsconfig.base.json");
  const { config } = ts.readConfigFile(file, ts.sys.readFile) as { config: unknown };
  return ts.parseJsonConfigFileContent(config, ts.sys, dirname(file)).options;
}
