/** What experiment files and other programs need of the command: its contract, its exit codes, and the command line as a function. */
export type {
  Experiment,
  ExperimentFile,
  ExperimentOptions,
  ExperimentParameter,
  ExperimentParameters,
  Measures,
} from "./experiment-file.ts";
export { exitCodes } from "./exit-codes.ts";
export type { ExitCode } from "./exit-codes.ts";
export { runCommandLine } from "./run-command-line.ts";
