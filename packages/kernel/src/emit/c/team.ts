/** What functions of a team need: the neurons of a thread. */

/** The first neuron of thread `me`, and the one behind its last. */
export const ownNeurons = (bounds: number): string[] => [
  `const int64_t from = WORD(${bounds}LL + 4 * me), to = WORD(${bounds + 4}LL + 4 * me);`,
];
