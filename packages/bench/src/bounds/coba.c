/*
 * COBA: tau dv/dt = E − v + g (E_e − v) + h (E_i − v), g and h in units of the leak and decaying exactly. Variant "euler": forward Euler;
 * otherwise exponential Euler, conductances held over the step.
 */
#include "vogels-abbott.h"

/* Constants for the compiler as well. */
#define KEEP_EXC __builtin_exp(-DT / TAU_EXC)
#define KEEP_INH __builtin_exp(-DT / TAU_INH)

/* One block; whether a neuron of it spikes. */
static inline int64_t advance_euler(double *restrict v, double *restrict exc, double *restrict inh,
                                    const double *restrict held, double now) {
  int64_t any = 0;
  for (int i = 0; i < BLOCK; i++) {
    double old = v[i], g = exc[i], h = inh[i];
    double next = old + (V_REST - old + g * (E_EXC - old) + h * (E_INH - old)) * (DT / TAU);
    next = held[i] >= now ? old : next;
    v[i] = next;
    exc[i] = g * KEEP_EXC;
    inh[i] = h * KEEP_INH;
    any |= next > THRESHOLD;
  }
  return any;
}

static inline int64_t advance_exponential(double *restrict v, double *restrict exc, double *restrict inh,
                                          const double *restrict held, double now) {
  int64_t any = 0;
  for (int i = 0; i < BLOCK; i++) {
    double old = v[i], g = exc[i], h = inh[i];
    double total = 1 + g + h, aim = (V_REST + g * E_EXC + h * E_INH) / total;
    double next = aim + (old - aim) * exponential(-total * (DT / TAU));
    next = held[i] >= now ? old : next;
    v[i] = next;
    exc[i] = g * KEEP_EXC;
    inh[i] = h * KEEP_INH;
    any |= next > THRESHOLD;
  }
  return any;
}

static uint32_t step_euler(double now) {
  uint32_t count = 0;
  for (uint32_t block = 0; block < n; block += BLOCK)
    if (advance_euler(v + block, exc + block, inh + block, held + block, now)) count = collect(block, spikes, count, now);
  return count;
}

static uint32_t step_exponential(double now) {
  uint32_t count = 0;
  for (uint32_t block = 0; block < n; block += BLOCK)
    if (advance_exponential(v + block, exc + block, inh + block, held + block, now)) count = collect(block, spikes, count, now);
  return count;
}

static uint64_t run(long steps) {
  int euler = strcmp(variant, "euler") == 0;
  uint64_t total = 0;
  for (long k = 0; k < steps; k++) {
    uint32_t count = euler ? step_euler((double)k) : step_exponential((double)k);
    deliver_all(count);
    total += count;
  }
  return total;
}
