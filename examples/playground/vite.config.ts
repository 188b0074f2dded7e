import { defineConfig } from "vite";

/** One page without any address of its own: it can be put into any folder of any static server. */
export default defineConfig({
  base: "./",
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    // The simulation carries the assembler of WebAssembly with it.
    chunkSizeWarningLimit: 4000,
    modulePreload: { polyfill: false },
  },
  worker: { format: "es" },
});
