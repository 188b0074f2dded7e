/*
 * What CUBA and COBA share (Vogels & Abbott 2005, J. Neurosci. 25:10786; Brette et al. 2007, J. Comput. Neurosci. 23:349): 80 %
 * of the neurons excite, 20 % inhibit, every pair is connected with probability DEGREE / n. ms, mV.
 */
#include "bound.h"

/* Currents or conductances of excitation and inhibition; the last step of a refractory time. */
static double *v, *begin, *exc, *inh, *held;
static uint32_t *spikes;
static Rows from_exc, from_inh;
static uint32_t excitatory;
static double silent;

static void build(void) {
  v = column(), begin = column(), exc = column(), inh = column(), held = column();
  spikes = reserve(padded(n) * sizeof(uint32_t));
  silent = round(TAU_REF / DT);
  excitatory = (uint32_t)(0.8 * n + 0.5);
  from_exc = by_probability(excitatory, DEGREE / n);
  from_inh = by_probability(n - excitatory, DEGREE / n);
  for (unsigned i = 0; i < n; i++) begin[i] = V_RESET + uniform() * (THRESHOLD - V_RESET);
}

static void restart(void) {
  size_t bytes = padded(n) * sizeof(double);
  memcpy(v, begin, bytes);
  memset(exc, 0, bytes);
  memset(inh, 0, bytes);
  for (unsigned i = 0; i < padded(n); i++) held[i] = i < n ? -1 : NEVER;
}

/* Resets what is above the threshold in a block and appends it to the list of so many. */
static inline uint32_t collect(uint32_t block, uint32_t count, double now) {
  for (uint32_t i = block; i < block + BLOCK; i++)
    if (v[i] > THRESHOLD) {
      v[i] = V_RESET;
      held[i] = now + silent;
      spikes[count++] = i;
    }
  return count;
}

static inline void deliver_all(uint32_t count) {
  for (uint32_t k = 0; k < count; k++) {
    if (spikes[k] < excitatory)
      deliver(from_exc, spikes[k], W_EXC, exc);
    else
      deliver(from_inh, spikes[k] - excitatory, W_INH, inh);
  }
}
