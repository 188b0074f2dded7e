/** What functions of a team need: the neurons of a thread. */

/** Locals that `ownNeurons` sets. */
export const shareLocals = "(local $from i32) (local $to i32)";

/** The first neuron of thread `$me`, and the one behind its last. */
export const ownNeurons = (bounds: number): string[] => [
  `(local.set $from (i32.load offset=${bounds} (i32.shl (local.get $me) (i32.const 2))))`,
  `(local.set $to (i32.load offset=${bounds + 4} (i32.shl (local.get $me) (i32.const 2))))`,
];
