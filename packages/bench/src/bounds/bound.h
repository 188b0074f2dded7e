/*
 * What the hand-written loops share. Parameters of a network are macros, given by the compiler's command line. A program is called as `NAME n steps seed [variant]`, prints {"ready": 1} when its network
 * stands, and then answers every line on its standard input with a run from the beginning: {"seconds", "cpu", "spikes"}, of
 * the loop over the steps alone.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Neurons whose spikes are looked for together: one branch for a block without any. Arrays are padded to whole blocks. */
#define BLOCK 32

/* When a padded neuron is ready to move: it is refractory for ever. */
#define NEVER 1e300

static unsigned n;
static const char *variant = "";

/* What a program is made of. */
static void build(void);
static void restart(void);
static uint64_t run(long steps);

static uint64_t seed_state;

/* SplitMix64: Steele, Lea & Flood 2014, OOPSLA. For everything that is drawn before the loop. */
static uint64_t next_word(void) {
  uint64_t z = (seed_state += 0x9e3779b97f4a7c15u);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

/* In [0, 1). */
static double uniform(void) { return (double)(next_word() >> 11) * 0x1p-53; }

static unsigned padded(unsigned count) { return (count + BLOCK - 1) / BLOCK * BLOCK; }

static void *reserve(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes + 63) / 64 * 64);
  if (!memory) {
    fprintf(stderr, "no memory for %zu bytes\n", bytes);
    exit(1);
  }
  memset(memory, 0, bytes);
  return memory;
}

/* One value for each neuron and each padded one, all 0. */
static double *column(void) { return reserve(padded(n) * sizeof(double)); }

/* Synapses of source s are targets[first[s]] up to targets[first[s + 1]]. */
typedef struct {
  uint32_t *first;
  uint16_t *targets;
} Rows;

/* Every pair with probability p: gaps between connected pairs are geometric (Batagelj & Brandes 2005, Phys. Rev. E 71:036113). */
static inline Rows by_probability(unsigned sources, double p) {
  double expected = (double)sources * n * p;
  size_t capacity = (size_t)(expected + 10 * sqrt(expected)) + 16, count = 0;
  Rows rows = {reserve((sources + 1) * sizeof(uint32_t)), reserve(capacity * sizeof(uint16_t))};
  double scale = 1 / log1p(-p), next = floor(log(1 - uniform()) * scale);
  for (unsigned s = 0; s < sources; s++) {
    for (; next < n && count < capacity; next += 1 + floor(log(1 - uniform()) * scale))
      rows.targets[count++] = (uint16_t)next;
    next -= n;
    rows.first[s + 1] = (uint32_t)count;
  }
  return rows;
}

/* Every neuron with so many different sources. */
static inline Rows by_in_degree(unsigned sources, unsigned degree) {
  size_t count = (size_t)n * degree;
  uint16_t *drawn = reserve(count * sizeof(uint16_t));
  uint32_t *last = reserve(sources * sizeof(uint32_t));
  Rows rows = {reserve((sources + 2) * sizeof(uint32_t)), reserve(count * sizeof(uint16_t))};
  for (unsigned t = 0; t < n; t++)
    for (unsigned k = 0; k < degree;) {
      uint32_t s = (uint32_t)(uniform() * sources);
      if (last[s] == t + 1) continue;
      last[s] = t + 1;
      drawn[(size_t)t * degree + k++] = (uint16_t)s;
    }
  /* Counted one place ahead, so that filling the rows moves every pointer to where it belongs. */
  for (size_t j = 0; j < count; j++) rows.first[drawn[j] + 2]++;
  for (unsigned s = 0; s < sources; s++) rows.first[s + 2] += rows.first[s + 1];
  for (size_t j = 0; j < count; j++) rows.targets[rows.first[drawn[j] + 1]++] = (uint16_t)(j / degree);
  free(drawn);
  free(last);
  return rows;
}

/* Adds the weight at every target of one source. */
static inline void deliver(Rows rows, uint32_t source, double weight, double *restrict into) {
  for (uint32_t j = rows.first[source], end = rows.first[source + 1]; j < end; j++) into[rows.targets[j]] += weight;
}

/*
 * e^x for x ≤ 709, 0 below −708, to 2 units in the last place: x = k ln 2 + r with k from the low bits of x / ln 2 + 1.5 · 2⁵², and a
 * polynomial of r by Estrin's scheme (its coefficients are those of Taylor, which suffice on |r| ≤ ln 2 / 2 at degree 11).
 */
static inline double exponential(double x) {
  const double shift = 0x1.8p52;
  double t = x * 0x1.71547652b82fep0 + shift, k = t - shift;
  double r = (x - k * 0x1.62e42fefa0000p-1) - k * 0x1.cf79abc9e3b3ap-40;
  double r2 = r * r, r4 = r2 * r2, r8 = r4 * r4;
  double low = (1 + r) + r2 * (1.0 / 2 + r * (1.0 / 6));
  double middle = (1.0 / 24 + r * (1.0 / 120)) + r2 * (1.0 / 720 + r * (1.0 / 5040));
  double high = (1.0 / 40320 + r * (1.0 / 362880)) + r2 * (1.0 / 3628800 + r * (1.0 / 39916800));
  double p = low + (r4 * middle + r8 * high);
  uint64_t bits, power;
  memcpy(&bits, &t, 8);
  memcpy(&power, &p, 8);
  power += bits << 52;
  double result;
  memcpy(&result, &power, 8);
  return x < -708 ? 0 : result;
}

static double clock_of(clockid_t which) {
  struct timespec now;
  clock_gettime(which, &now);
  return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

int main(int count, char **arguments) {
  if (count < 4) {
    fprintf(stderr, "usage: %s n steps seed [variant]\n", arguments[0]);
    return 2;
  }
  n = (unsigned)strtoul(arguments[1], 0, 10);
  long steps = strtol(arguments[2], 0, 10);
  seed_state = strtoull(arguments[3], 0, 10);
  if (count > 4) variant = arguments[4];
  build();
  printf("{\"ready\": 1}\n");
  fflush(stdout);
  for (char line[64]; fgets(line, sizeof line, stdin);) {
    restart();
    double cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID), start = clock_of(CLOCK_MONOTONIC);
    uint64_t spikes = run(steps);
    double seconds = clock_of(CLOCK_MONOTONIC) - start;
    cpu = clock_of(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    printf("{\"seconds\": %.9f, \"cpu\": %.9f, \"spikes\": %llu}\n", seconds, cpu, (unsigned long long)spikes);
    fflush(stdout);
  }
  return 0;
}
