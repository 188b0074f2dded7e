/*
 * Brunel 2000, J. Comput. Neurosci. 8:183, model A: tau dv/dt = −v solved exactly, every neuron with synapses from a
 * share of all that excite and of all that inhibit, and a Poisson number of external spikes in every step. ms, mV, Hz.
 */
#include "bound.h"
#include "fast-random.h"

/* Steps of the delay. */
#define SLOTS 15

/* With a mean of 2, counts above 14 have a probability below 2⁻³¹. */
#define LIMITS 14

static double *v, *begin, *arrived, *held;
static Rows from_exc, from_inh;
static uint32_t excitatory, lengths[SLOTS], limits[LIMITS];
static uint32_t *lists[SLOTS];

static double silent;

static void build(void) {
  if (round(DELAY / DT) != SLOTS) exit(3);
  silent = round(TAU_REF / DT);
  v = column(), begin = column(), arrived = column(), held = column();
  for (int d = 0; d < SLOTS; d++) lists[d] = reserve(padded(n) * sizeof(uint32_t));
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
  size_t bytes = padded(n) * sizeof(double);
  memcpy(v, begin, bytes);
  memset(arrived, 0, bytes);
  memset(lengths, 0, sizeof lengths);
  for (unsigned i = 0; i < padded(n); i++) held[i] = i < n ? -1 : NEVER;
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

/* One block; whether a neuron of it spikes. */
static inline int64_t advance(double *restrict v, double *restrict arrived, const double *restrict held,
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

static uint32_t step(uint32_t *spikes, double now) {
  const double keep = exp(-DT / TAU);
  uint32_t count = 0;
  for (uint32_t block = 0; block < n; block += BLOCK) {
    if (!advance(v + block, arrived + block, held + block, keep, now)) continue;
    for (uint32_t i = block; i < block + BLOCK; i++)
      if (v[i] > THRESHOLD) {
        v[i] = V_RESET;
        held[i] = now + silent;
        spikes[count++] = i;
      }
  }
  return count;
}

static uint64_t run(long steps) {
  uint64_t total = 0;
  unsigned slot = 0;
  for (long k = 0; k < steps; k++) {
    uint32_t *due = lists[slot];
    for (uint32_t j = 0; j < lengths[slot]; j++) {
      if (due[j] < excitatory)
        deliver(from_exc, due[j], W_EXC, arrived);
      else
        deliver(from_inh, due[j] - excitatory, W_INH, arrived);
    }
    lengths[slot] = step(due, (double)k);
    total += lengths[slot];
    slot = slot + 1 == SLOTS ? 0 : slot + 1;
  }
  return total;
}
