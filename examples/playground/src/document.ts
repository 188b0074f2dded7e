/** What the page edits: a network file. */
import type { NetworkFile } from "neuroweave";

export type NetworkDocument = NetworkFile;
type PopulationEntry = NetworkFile["populations"][number];
export type ProjectionEntry = NonNullable<NetworkFile["projections"]>[number];
export type BehaviorEntry = PopulationEntry["behaviors"][number];
export type BehaviorText = NonNullable<NetworkFile["behaviors"]>[string];
/** Whatever a file can hold. */
export type Json = NonNullable<BehaviorEntry["values"]>[string];
