/*
 * Song, Miller & Abbott 2000, Nat. Neurosci. 3:919, as in Brian 2's example STDP.py: SOURCES Poisson neurons, plastic synapses from each to
 * each of n, all-to-all pairs by a trace for every neuron. Weights are kept by source, so that a target's are a column.
 */
#include "bound.h"
#include "fast-random.h"

#define COUNT ((unsigned)SOURCES)

static double *v, *g, *after, *wait, *before, *weights, *first_weights;
static uint32_t *sent, *spiked;

static void build(void) {
  v = column(), g = column(), after = column();
  spiked = reserve(padded(n) * sizeof(uint32_t));
  wait = reserve(padded(COUNT) * sizeof(double));
  before = reserve(padded(COUNT) * sizeof(double));
  sent = reserve(padded(COUNT) * sizeof(uint32_t));
  size_t bytes = (size_t)COUNT * padded(n) * sizeof(double);
  weights = reserve(bytes), first_weights = reserve(bytes);
  for (unsigned s = 0; s < COUNT; s++)
    for (unsigned t = 0; t < n; t++) first_weights[(size_t)s * padded(n) + t] = uniform() * W_MAX;
}

static uint32_t words[LANES];
static int left;

/* Expected events until the next spike of a source. */
static double waiting(void) {
  if (left == 0) draw_words(words), left = LANES;
  return -log((words[--left] + 0.5) * 0x1p-32);
}

static void restart(void) {
  seed_lanes(11);
  left = 0;
  memcpy(weights, first_weights, (size_t)COUNT * padded(n) * sizeof(double));
  for (unsigned i = 0; i < padded(n); i++) v[i] = V_RESET, g[i] = 0, after[i] = 0;
  for (unsigned s = 0; s < padded(COUNT); s++) wait[s] = s < COUNT ? waiting() : NEVER, before[s] = 0;
}

static inline double clipped(double w) { return w < 0 ? 0 : w > W_MAX ? W_MAX : w; }

/* One block of sources; whether one of it spikes. */
static inline int64_t expect(double *restrict wait, double *restrict before, double decay) {
  int64_t any = 0;
  for (int i = 0; i < BLOCK; i++) {
    wait[i] -= RATE * DT / 1000;
    before[i] *= decay;
    any |= wait[i] < 0;
  }
  return any;
}

/* One block of targets; whether one of it spikes. */
static inline int64_t advance(double *restrict v, double *restrict g, double *restrict after, double decay) {
  int64_t any = 0;
  for (int i = 0; i < BLOCK; i++) {
    double old = v[i], held = g[i];
    v[i] = old + (held * (E_EXC - old) + V_REST - old) * (DT / TAU);
    g[i] = held - held * (DT / TAU_EXC);
    after[i] *= decay;
    any |= v[i] > THRESHOLD;
  }
  return any;
}

static void depress(double *restrict row, double *restrict g, const double *restrict after) {
  for (unsigned t = 0; t < n; t++) {
    g[t] += row[t];
    row[t] = clipped(row[t] - DEPRESSION * W_MAX * after[t]);
  }
}

static void potentiate(double *restrict column, const double *restrict before) {
  for (unsigned s = 0; s < COUNT; s++) {
    double *w = column + (size_t)s * padded(n);
    *w = clipped(*w + POTENTIATION * W_MAX * before[s]);
  }
}

static uint64_t run(long steps) {
  uint64_t total = 0;
  double decay = exp(-DT / TAU_TRACE);
  for (long k = 0; k < steps; k++) {
    uint32_t count = 0, sending = 0;
    for (uint32_t block = 0; block < COUNT; block += BLOCK)
      if (expect(wait + block, before + block, decay))
        for (uint32_t s = block; s < block + BLOCK; s++)
          if (wait[s] < 0) wait[s] = waiting(), sent[sending++] = s;
    for (uint32_t block = 0; block < n; block += BLOCK)
      if (advance(v + block, g + block, after + block, decay))
        for (uint32_t i = block; i < block + BLOCK && i < n; i++)
          if (v[i] > THRESHOLD) v[i] = V_RESET, spiked[count++] = i;
    for (uint32_t j = 0; j < sending; j++) {
      depress(weights + (size_t)sent[j] * padded(n), g, after);
      before[sent[j]] += 1;
    }
    for (uint32_t j = 0; j < count; j++) {
      potentiate(weights + spiked[j], before);
      after[spiked[j]] += 1;
    }
    total += count;
  }
  return total;
}
