/* A population without synapses: the voltage of each neuron, what drives it, and the spikes of a step. */
#include "bound.h"

static double *v, *drive;
static uint32_t *spikes;

static void build_population(void) {
  v = column(), drive = column();
  spikes = reserve(padded(n) * sizeof(uint32_t));
}

/* One step; how many neurons spike. */
static uint32_t step(void);

static uint64_t run(long steps) {
  uint64_t total = 0;
  for (long k = 0; k < steps; k++) total += step();
  return total;
}
