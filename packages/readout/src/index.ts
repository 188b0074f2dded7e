export type { DenseMatrix, MatrixLike } from "./matrix.ts";
export { filterSpikes } from "./filter-spikes.ts";
export type { FilteredActivity, FilterOptions } from "./filter-spikes.ts";
export { spikeCounts } from "./spike-counts.ts";
export type { CountWindow, SpikeCountOptions } from "./spike-counts.ts";

export { ridge } from "./ridge.ts";
export type { LinearReadout, RidgeOptions } from "./ridge.ts";
export { recursiveLeastSquares } from "./recursive-least-squares.ts";
export type { RecursiveLeastSquaresOptions, RecursiveReadout } from "./recursive-least-squares.ts";

export { argmax, assignLabels, oneHot, predictLabels } from "./labels.ts";
export type { ClassOptions } from "./labels.ts";
export { nearestNeighbors } from "./nearest-neighbors.ts";
export type { NearestNeighborsOptions, NeighborReadout, VectorDistance } from "./nearest-neighbors.ts";
export { accuracy, confusion } from "./scores.ts";
export type { Confusion } from "./scores.ts";
export { stateSeparation } from "./state-separation.ts";
