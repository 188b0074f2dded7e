/*
 * Brunel 2000, J. Comput. Neurosci. 8:183, model A: tau dv/dt = −v solved exactly, every neuron with synapses from a
 * share of all that excite and of all that inhibit, and a Poisson number of external spikes in every step. ms, mV, Hz.
 */
#include "delayed.h"
#include "fast-random.h"

/* With a mean of 2, counts above 14 have a probability below 2⁻³¹. */
#define LIMITS 14

static Rows from_exc, from_inh;
static uint32_t excitatory, limits[LIMITS];

static void build(void) {
  build_delayed();
  excitatory = (uint32_t)(0.8 * n + 0.5);
  from_exc = by_in_degree(excitatory, (unsigned)(SHARE * excitatory + 0.5));
  from_inh = by_in_degree(n - excitatory, (unsigned)(SHARE * (n - excitatory) + 0.5));
  for (unsigned i = 0; i < n; i++) begin[i] = uniform() * THRESHOLD;
  double mean = EXTERNAL * DT / 1000, chance = exp(-mean), sum = 0;
  for (int k = 0; k < LIMITS; k++) {
    sum += chance;
    limits[k] = (uint32_t)(sum * 0x1p32 - 1);
    chance *= mean / (k + 1);
  }
}

static void restart(void) {
  restart_delayed();
  seed_lanes(11);
}

/* For a block of neurons, from 32-bit words: how many limits a word exceeds. */
static inline void draw_counts(double *restrict counts) {
  for (int part = 0; part < BLOCK; part += LANES) {
    uint32_t words[LANES];
    int32_t sums[LANES] = {0};
    draw_words(words);
    for (int k = 0; k < LIMITS; k++)
      for (int lane = 0; lane < LANES; lane++) sums[lane] += words[lane] > limits[k];
    for (int lane = 0; lane < LANES; lane++) counts[part + lane] = sums[lane];
  }
}

static inline int64_t advance_block(double *restrict v, double *restrict arrived, const double *restrict held,
                                    double keep, double now) {
  const double rest = V_REST * (1 - keep);
  double counts[BLOCK];
  int64_t any = 0;
  draw_counts(counts);
  for (int i = 0; i < BLOCK; i++) {
    double next = (v[i] + arrived[i] + W_EXTERNAL * counts[i]) * keep + rest;
    next = held[i] >= now ? v[i] : next;
    arrived[i] = 0;
    v[i] = next;
    any |= next > THRESHOLD;
  }
  return any;
}

static inline int64_t advance(uint32_t block, double keep, double now) {
  return advance_block(v + block, arrived + block, held + block, keep, now);
}

static inline void arrive(uint32_t source) {
  if (source < excitatory)
    deliver(from_exc, source, W_EXC, arrived);
  else
    deliver(from_inh, source - excitatory, W_INH, arrived);
}
