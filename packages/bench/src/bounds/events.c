/*
 * Neurons that a constant drive makes fire, each with synapses onto DEGREE others whose weights change nothing: what an event costs
 * at any size. tau dv/dt = v_rest − v solved exactly. ms, mV.
 */
#include "bound.h"

/* Steps of the delay. */
#define SLOTS 15

static double *v, *begin, *arrived, *held, silent;
/* Targets of 16 bits where those suffice, else of 32. */
static uint16_t *near;
static uint32_t *far;
static uint32_t *lists[SLOTS], lengths[SLOTS];

static void build(void) {
  if (round(DELAY / DT) != SLOTS) exit(3);
  silent = round(TAU_REF / DT);
  v = column(), begin = column(), arrived = column(), held = column();
  for (int d = 0; d < SLOTS; d++) lists[d] = reserve(padded(n) * sizeof(uint32_t));
  size_t count = (size_t)n * (size_t)DEGREE;
  if (n <= 65536)
    near = reserve(count * sizeof(uint16_t));
  else
    far = reserve(count * sizeof(uint32_t));
  for (size_t j = 0; j < count; j++) {
    uint32_t target = (uint32_t)(uniform() * n);
    if (near)
      near[j] = (uint16_t)target;
    else
      far[j] = target;
  }
  for (unsigned i = 0; i < n; i++) begin[i] = V_RESET + uniform() * (THRESHOLD - V_RESET);
}

static void restart(void) {
  size_t bytes = padded(n) * sizeof(double);
  memcpy(v, begin, bytes);
  memset(arrived, 0, bytes);
  memset(lengths, 0, sizeof lengths);
  for (unsigned i = 0; i < padded(n); i++) held[i] = i < n ? -1 : NEVER;
}

/* One block; whether a neuron of it spikes. */
static inline int64_t advance(double *restrict v, double *restrict arrived, const double *restrict held,
                              double keep, double now) {
  const double rest = V_REST * (1 - keep);
  int64_t any = 0;
  for (int i = 0; i < BLOCK; i++) {
    double next = (v[i] + arrived[i]) * keep + rest;
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

static void deliver_near(const uint16_t *restrict row, double *restrict into) {
  for (int j = 0; j < (int)DEGREE; j++) into[row[j]] += WEIGHT;
}

static void deliver_far(const uint32_t *restrict row, double *restrict into) {
  for (int j = 0; j < (int)DEGREE; j++) into[row[j]] += WEIGHT;
}

static uint64_t run(long steps) {
  uint64_t total = 0;
  unsigned slot = 0;
  for (long k = 0; k < steps; k++) {
    uint32_t *due = lists[slot];
    for (uint32_t j = 0; j < lengths[slot]; j++) {
      size_t row = (size_t)due[j] * (size_t)DEGREE;
      if (near)
        deliver_near(near + row, arrived);
      else
        deliver_far(far + row, arrived);
    }
    lengths[slot] = step(due, (double)k);
    total += lengths[slot];
    slot = slot + 1 == SLOTS ? 0 : slot + 1;
  }
  return total;
}
