/* Neurons that are reset above a threshold and then held for a while: voltages, where they begin, and the last step of being held. */
#include "bound.h"

static double *v, *begin, *held;
/* Steps for which a neuron is held. */
static double silent;

static void build_refractory(void) {
  v = column(), begin = column(), held = column();
  silent = round(TAU_REF / DT);
}

static void restart_refractory(void) {
  memcpy(v, begin, padded(n) * sizeof(double));
  for (unsigned i = 0; i < padded(n); i++) held[i] = i < n ? -1 : NEVER;
}

/* Resets what is above the threshold in a block and appends it to the list of so many. */
static inline uint32_t collect(uint32_t block, uint32_t *spikes, uint32_t count, double now) {
  for (uint32_t i = block; i < block + BLOCK; i++)
    if (v[i] > THRESHOLD) {
      v[i] = V_RESET;
      held[i] = now + silent;
      spikes[count++] = i;
    }
  return count;
}
