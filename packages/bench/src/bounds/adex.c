/*
 * AdEx population, no synapses (Brette & Gerstner 2005, J. Neurophysiol. 94:3637), by forward Euler, f64;
 * currents from one value up to nearly twice as much. pA, pF, nS, mV, ms.
 */
#include "population.h"

static double *w;

static void build(void) {
  build_population();
  w = column();
  for (unsigned i = 0; i < n; i++) drive[i] = (I_FIRST + I_FIRST * i / n) / GL;
}

static void restart(void) {
  for (unsigned i = 0; i < padded(n); i++) v[i] = E_L, w[i] = 0;
}

/* One block; whether a neuron of it spikes. */
static inline int64_t advance(double *restrict v, double *restrict w, const double *restrict drive) {
  const double rate = DT / (C / GL), slow = DT / TAU_W;
  int64_t any = 0;
  for (int i = 0; i < BLOCK; i++) {
    double old = v[i], held = w[i], upstroke = DELTA_T * exponential((old - V_T) * (1 / DELTA_T));
    double next = old + (E_L - old + upstroke + drive[i] - held * (1 / GL)) * rate;
    v[i] = next;
    w[i] = held + (A * (old - E_L) - held) * slow;
    any |= next > V_SPIKE;
  }
  return any;
}

static uint32_t step(void) {
  uint32_t count = 0;
  for (uint32_t block = 0; block < n; block += BLOCK) {
    if (!advance(v + block, w + block, drive + block)) continue;
    for (uint32_t i = block; i < block + BLOCK; i++)
      if (v[i] > V_SPIKE) {
        v[i] = V_R;
        w[i] += B;
        spikes[count++] = i;
      }
  }
  return count;
}
