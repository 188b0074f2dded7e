/*
 * Neurons that a constant drive makes fire, each with synapses onto DEGREE others whose weights change nothing: what an event costs
 * at any size. tau dv/dt = v_rest − v solved exactly. ms, mV.
 */
#include "delayed.h"

/* Targets of 16 bits where those suffice, else of 32. */
static uint16_t *near;
static uint32_t *far;

static void build(void) {
  build_delayed();
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

static void restart(void) { restart_delayed(); }

static inline int64_t advance_block(double *restrict v, double *restrict arrived, const double *restrict held,
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

static inline int64_t advance(uint32_t block, double keep, double now) {
  return advance_block(v + block, arrived + block, held + block, keep, now);
}

static void deliver_near(const uint16_t *restrict row, double *restrict into) {
  for (int j = 0; j < (int)DEGREE; j++) into[row[j]] += WEIGHT;
}

static void deliver_far(const uint32_t *restrict row, double *restrict into) {
  for (int j = 0; j < (int)DEGREE; j++) into[row[j]] += WEIGHT;
}

static inline void arrive(uint32_t source) {
  size_t row = (size_t)source * (size_t)DEGREE;
  if (near)
    deliver_near(near + row, arrived);
  else
    deliver_far(far + row, arrived);
}
