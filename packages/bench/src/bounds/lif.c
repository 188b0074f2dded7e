/* LIF population, no synapses: tau dv/dt = v_rest − v + R I by forward Euler; a spike at v ≥ threshold. */
#include "population.h"

static void build(void) {
  build_population();
  for (unsigned i = 0; i < n; i++) drive[i] = R * (I_FIRST + I_FIRST * i / n);
}

static void restart(void) {
  for (unsigned i = 0; i < padded(n); i++) v[i] = V_REST;
}

/* One block; whether a neuron of it spikes. */
static inline int64_t advance(double *restrict v, const double *restrict drive) {
  const double rate = DT / TAU;
  int64_t any = 0;
  for (int i = 0; i < BLOCK; i++) {
    double next = v[i] + (V_REST - v[i] + drive[i]) * rate;
    v[i] = next;
    any |= next >= THRESHOLD;
  }
  return any;
}

static uint32_t step(void) {
  uint32_t count = 0;
  for (uint32_t block = 0; block < n; block += BLOCK) {
    if (!advance(v + block, drive + block)) continue;
    for (uint32_t i = block; i < block + BLOCK; i++)
      if (v[i] >= THRESHOLD) {
        v[i] = V_RESET;
        spikes[count++] = i;
      }
  }
  return count;
}
