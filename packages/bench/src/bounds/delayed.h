/* Spikes that arrive SLOTS steps later, all with one delay: a list for each step on the way, and what has arrived in the present one. */
#include "refractory.h"

/* Steps of the delay. */
#define SLOTS 15

static double *arrived;
static uint32_t *lists[SLOTS], lengths[SLOTS];

/* One block; whether a neuron of it spikes. */
static int64_t advance(uint32_t block, double keep, double now);
/* Adds what a spike brings. */
static void arrive(uint32_t source);

static void build_delayed(void) {
  if (round(DELAY / DT) != SLOTS) exit(3);
  build_refractory();
  arrived = column();
  for (int d = 0; d < SLOTS; d++) lists[d] = reserve(padded(n) * sizeof(uint32_t));
}

static void restart_delayed(void) {
  restart_refractory();
  memset(arrived, 0, padded(n) * sizeof(double));
  memset(lengths, 0, sizeof lengths);
}

static uint64_t run(long steps) {
  const double keep = exp(-DT / TAU);
  uint64_t total = 0;
  unsigned slot = 0;
  for (long k = 0; k < steps; k++) {
    uint32_t *list = lists[slot], count = 0;
    for (uint32_t j = 0; j < lengths[slot]; j++) arrive(list[j]);
    for (uint32_t block = 0; block < n; block += BLOCK)
      if (advance(block, keep, (double)k)) count = collect(block, list, count, (double)k);
    lengths[slot] = count;
    total += count;
    slot = slot + 1 == SLOTS ? 0 : slot + 1;
  }
  return total;
}
