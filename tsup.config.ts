import { defineConfig } from "tsup";

// One shape for every package: run in the package's folder. What its package.json lists stays an import.
export default defineConfig({
  entry: ["src/index.ts"],
  format: "esm",
  target: "es2022",
  platform: "neutral",
  tsconfig: "../../tsconfig.base.json",
  dts: true,
  clean: true,
  sourcemap: true,
  silent: true,
});
