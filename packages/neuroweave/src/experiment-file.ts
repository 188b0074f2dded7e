/** The contract of experiment files: what `neuroweave run FILE` expects of the default export of a TypeScript or JavaScript file. */
import type { Network } from "@neuroweave/model";
import type { CreateOptions } from "./create-network.ts";

/** A value that `--set NAME=VALUE` can give to a parameter of an experiment. */
export type ExperimentParameter = number | string | boolean;

/** Parameters of an experiment and their defaults: `export const parameters = { n: 400, rate: 5 }`. */
export type ExperimentParameters = Readonly<Record<string, ExperimentParameter>>;

/** What the function of an experiment file is given. */
export interface ExperimentFileOptions<P extends ExperimentParameters = ExperimentParameters> {
  /**
   * What was asked for with `--dt`, `--seed`, `--device`, `--threads` and `--precision`, the `plugins` that `--plugin` named, and nothing else.
   * To be spread behind the file's own: `createNetwork({ dt: 0.1, seed: 1, ...options.network })`. What was asked for and not read is refused.
   */
  readonly network: Partial<CreateOptions>;
  /** The `parameters` that the file exports, with the values of `--set NAME=VALUE` in their place. */
  readonly parameters: P;
  /** What was asked for with `--duration`, in ms. The command runs that long whatever the experiment says. */
  readonly duration: number | undefined;
}

/** Named results of an experiment, shown behind the run and part of `--json`. */
export type RunMeasures = Readonly<Record<string, number | string | boolean>>;

/** A network and how it is to be run. */
export interface PreparedExperiment {
  readonly network: Network;
  /** In ms; `--duration` goes before it. */
  readonly duration?: number;
  /** What is to be told of the network when it has run. */
  readonly measure?: (network: Network) => RunMeasures | Promise<RunMeasures>;
}

/**
 * The default export of an experiment file: a network, an experiment, or a function that makes one of them. Only a function can follow
 * `--seed`, `--dt`, `--device`, `--threads`, `--precision` and `--plugin`. Whatever happens during the run is said with `network.every(ms, …)`.
 */
export type ExperimentFile<P extends ExperimentParameters = ExperimentParameters> =
  | Network
  | PreparedExperiment
  | ((options: ExperimentFileOptions<P>) => Network | PreparedExperiment | Promise<Network | PreparedExperiment>);
