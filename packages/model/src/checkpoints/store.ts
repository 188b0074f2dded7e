/** Takes snapshots as they come. */
export interface CheckpointStore {
  /**
   * Takes the snapshot of a step border, in pieces that are made as they are asked for; the network waits for it. When the promise is
   * kept, the snapshot must be where it will survive.
   */
  write(step: number, pieces: Iterable<Uint8Array>): Promise<void>;
}
