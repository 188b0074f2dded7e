/* CUBA: tau dv/dt = E − v + e + h, de/dt = −e / tau_e, dh/dt = −h / tau_i, solved exactly over the step. */
#include "vogels-abbott.h"

typedef struct {
  double keep, rest, keep_exc, keep_inh, per_exc, per_inh;
} Constants;

/* One block; whether a neuron of it spikes. */
static inline int64_t advance(double *restrict v, double *restrict exc, double *restrict inh, const double *restrict held,
                              Constants c, double now) {
  int64_t any = 0;
  for (int i = 0; i < BLOCK; i++) {
    double next = c.keep * v[i] + c.rest + c.per_exc * exc[i] + c.per_inh * inh[i];
    next = held[i] >= now ? v[i] : next;
    v[i] = next;
    exc[i] *= c.keep_exc;
    inh[i] *= c.keep_inh;
    any |= next > THRESHOLD;
  }
  return any;
}

static uint32_t step(Constants c, double now) {
  uint32_t count = 0;
  for (uint32_t block = 0; block < n; block += BLOCK)
    if (advance(v + block, exc + block, inh + block, held + block, c, now)) count = collect(block, spikes, count, now);
  return count;
}

static uint64_t run(long steps) {
  double keep = exp(-DT / TAU), keep_exc = exp(-DT / TAU_EXC), keep_inh = exp(-DT / TAU_INH);
  Constants c = {keep,
                 V_REST * (1 - keep),
                 keep_exc,
                 keep_inh,
                 TAU_EXC / (TAU - TAU_EXC) * (keep - keep_exc),
                 TAU_INH / (TAU - TAU_INH) * (keep - keep_inh)};
  uint64_t total = 0;
  for (long k = 0; k < steps; k++) {
    uint32_t count = step(c, (double)k);
    deliver_all(count);
    total += count;
  }
  return total;
}
