/*
 * What CUBA and COBA share (Vogels & Abbott 2005, J. Neurosci. 25:10786; Brette et al. 2007, J. Comput. Neurosci. 23:349): 80 %
 * of the neurons excite, 20 % inhibit, every pair is connected with probability DEGREE / n. ms, mV.
 */
#include "refractory.h"

/* Currents or conductances of excitation and inhibition. */
static double *exc, *inh;
static uint32_t *spikes;
static Rows from_exc, from_inh;
static uint32_t excitatory;

static void build(void) {
  build_refractory();
  exc = column(), inh = column();
  spikes = reserve(padded(n) * sizeof(uint32_t));
  excitatory = (uint32_t)(0.8 * n + 0.5);
  from_exc = by_probability(excitatory, DEGREE / n);
  from_inh = by_probability(n - excitatory, DEGREE / n);
  for (unsigned i = 0; i < n; i++) begin[i] = V_RESET + uniform() * (THRESHOLD - V_RESET);
}

static void restart(void) {
  restart_refractory();
  memset(exc, 0, padded(n) * sizeof(double));
  memset(inh, 0, padded(n) * sizeof(double));
}

static inline void deliver_all(uint32_t count) {
  for (uint32_t k = 0; k < count; k++) {
    if (spikes[k] < excitatory)
      deliver(from_exc, spikes[k], W_EXC, exc);
    else
      deliver(from_inh, spikes[k] - excitatory, W_INH, inh);
  }
}
