/** What the thread of the fuzzer is given and tells. */

export interface Task {
  readonly target: string;
  /** What the address of a module has in it whose blocks count. */
  readonly within: string;
  readonly seed: number;
  /** Inputs to try at most, and seconds to try them in at most. */
  readonly inputs: number;
  readonly seconds: number;
  readonly corpus: readonly Uint8Array[];
  /** Tell which of the corpus reach blocks that those before them do not, however often. */
  readonly least: boolean;
  /** The count of inputs so far, the length of the present one, and its bytes. */
  readonly shared: SharedArrayBuffer;
}

export type FromWorker =
  | { readonly kind: "kept"; readonly input: Uint8Array }
  | { readonly kind: "wrong"; readonly input: Uint8Array; readonly wrong: string }
  | { readonly kind: "done"; readonly tried: number; readonly functions: number };
