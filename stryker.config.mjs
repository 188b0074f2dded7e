// Mutants: small wrong changes of the sources that some test has to notice. `npm run mutants -- packages/equations`.
export default {
  testRunner: "vitest",
  vitest: { configFile: "vitest.mutants.config.ts", related: false },
  plugins: ["@stryker-mutator/vitest-runner"],
  ignorePatterns: ["coverage", "dist", "api", "docs", "examples/**/dist"],
  // Texts of refusals and of explanations are read by people: a mutant of one is no fault of what is computed.
  mutator: { excludedMutations: ["StringLiteral"] },
  ignoreStatic: true,
  incremental: true,
  concurrency: 2,
  timeoutMS: 20_000,
  reporters: ["clear-text", "json"],
  clearTextReporter: { allowColor: false, logTests: false, reportTests: false },
};
