/**
 * Node's own functions, asked for when this is first needed. An `import` of its modules would not let a bundler for
 * browsers pass, though this folder is never loaded there.
 */
export const { spawn } = process.getBuiltinModule("node:child_process");
export const { createHash } = process.getBuiltinModule("node:crypto");
export const { accessSync, constants, existsSync, mkdtempSync, rmSync, statSync } = process.getBuiltinModule("node:fs");
export const { chmod, lstat, mkdir, mkdtemp, open, readdir, readFile, realpath, rename, rm, stat, utimes, writeFile } =
  process.getBuiltinModule("node:fs/promises");
export const { createRequire } = process.getBuiltinModule("node:module");
export const { homedir, tmpdir } = process.getBuiltinModule("node:os");
export const { basename, delimiter, dirname, join, resolve } = process.getBuiltinModule("node:path");
