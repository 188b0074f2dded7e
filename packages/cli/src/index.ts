/** The command line as a function, its exit codes, and the contract of experiment files, which `neuroweave` exports too. */
export type {
  PreparedExperiment,
  ExperimentFile,
  ExperimentFileOptions,
  ExperimentParameter,
  ExperimentParameters,
  RunMeasures,
} from "neuroweave";
export { exitCodes } from "./exit-codes.ts";
export type { ExitCode } from "./exit-codes.ts";
export { runCommandLine } from "./run-command-line.ts";
