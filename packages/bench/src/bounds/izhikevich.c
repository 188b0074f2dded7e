/*
 * The network of Izhikevich 2003, IEEE Trans. Neural Netw. 14:1569: all connected to all, white input, steps of 1 ms (DT) in which
 * the voltage takes two.
 */
#include "bound.h"
#include "fast-random.h"

static double *v, *u, *input, *noise, *a, *b, *c, *d, *sigma, *weights;
static uint32_t *spikes;

static void build(void) {
  v = column(), u = column(), input = column(), noise = column(), sigma = column();
  a = column(), b = column(), c = column(), d = column();
  weights = reserve((size_t)n * padded(n) * sizeof(double));
  spikes = reserve(padded(n) * sizeof(uint32_t));
  unsigned excitatory = (unsigned)(0.8 * n + 0.5);
  for (unsigned i = 0; i < padded(n); i++) {
    double r = uniform();
    int excites = i < excitatory || i >= n;
    a[i] = excites ? 0.02 : 0.02 + 0.08 * r;
    b[i] = excites ? 0.2 : 0.25 - 0.05 * r;
    c[i] = excites ? -65 + 15 * r * r : -65;
    d[i] = excites ? 8 - 6 * r * r : 2;
    /* A padded neuron without input is at rest. */
    sigma[i] = i >= n ? 0 : excites ? SIGMA_EXC : SIGMA_INH;
  }
  for (unsigned s = 0; s < n; s++)
    for (unsigned t = 0; t < n; t++) weights[(size_t)s * padded(n) + t] = uniform() * (s < excitatory ? W_EXC : W_INH);
}

static void restart(void) {
  for (unsigned i = 0; i < padded(n); i++) v[i] = V_INIT, u[i] = b[i] * V_INIT, input[i] = 0;
  seed_lanes(11);
}

/* ln of x in (0, 1]: exponent and mantissa m, and ln m = 2 artanh((m − 1) / (m + 1)), |m − 1| < 0.42, as a series: to 1e-12. */
static inline double logarithm(double x) {
  /* The mantissa goes from √½ to √2; k + 1023 becomes a number as the low bits of 2⁵² + k + 1023, as AVX2 converts no long integers. */
  uint64_t bits;
  memcpy(&bits, &x, 8);
  uint64_t exponent = (bits - 0x3fe6a09e667f3bcdu + 0x3ff0000000000000u) & 0xfff0000000000000u;
  uint64_t raised = (exponent >> 52) | 0x4330000000000000u;
  bits = bits - exponent + 0x3ff0000000000000u;
  double m, k;
  memcpy(&m, &bits, 8);
  memcpy(&k, &raised, 8);
  k -= 0x1p52 + 1023;
  double s = (m - 1) / (m + 1), q = s * s;
  double series = 1.0 / 15;
  series = series * q + 1.0 / 13;
  series = series * q + 1.0 / 11;
  series = series * q + 1.0 / 9;
  series = series * q + 1.0 / 7;
  series = series * q + 1.0 / 5;
  series = series * q + 1.0 / 3;
  return k * 0x1.62e42fefa39efp-1 + 2 * s * (1 + q * series);
}

/* sin(π x) for |x| ≤ ½, to 1e-11: Taylor. */
static inline double sine(double x) {
  double y = x * 3.141592653589793, q = y * y;
  double series = 1.0 / 355687428096000;
  series = series * q - 1.0 / 1307674368000;
  series = series * q + 1.0 / 6227020800;
  series = series * q - 1.0 / 39916800;
  series = series * q + 1.0 / 362880;
  series = series * q - 1.0 / 5040;
  series = series * q + 1.0 / 120;
  series = series * q - 1.0 / 6;
  return y + y * q * series;
}

/* Normal numbers times sigma for one block: Box & Muller 1958, Ann. Math. Stat. 29:610. */
static inline void draw_noise(double *restrict noise, const double *restrict sigma) {
  uint32_t first[LANES], second[LANES];
  draw_words(first);
  draw_words(second);
  for (int lane = 0; lane < LANES; lane++) {
    double radius = sqrt(-2 * logarithm(((int32_t)first[lane] + 0x80000001p0) * 0x1p-32));
    double angle = ((int32_t)second[lane] + 0.5) * 0x1p-31, turn = fabs(angle);
    double along = sine(0.5 - turn), across = sine(0.5 - fabs(turn - 0.5));
    across = angle < 0 ? -across : across;
    noise[lane] = sigma[lane] * radius * along;
    noise[LANES + lane] = sigma[LANES + lane] * radius * across;
  }
}

/* One block; whether a neuron of it spikes. */
static inline int64_t advance(double *restrict v, double *restrict u, double *restrict input,
                              const double *restrict noise, const double *restrict a, const double *restrict b) {
  int64_t any = 0;
  for (int i = 0; i < BLOCK; i++) {
    double old = v[i], held = u[i], drive = input[i] + noise[i];
    double half = old + 0.5 * DT * (0.04 * old * old + 5 * old + 140 - held + drive);
    double next = half + 0.5 * DT * (0.04 * half * half + 5 * half + 140 - held + drive);
    v[i] = next;
    u[i] = held + a[i] * (b[i] * next - held);
    input[i] = 0;
    any |= next >= THRESHOLD;
  }
  return any;
}

static uint32_t step(void) {
  uint32_t count = 0;
  for (uint32_t block = 0; block < n; block += BLOCK) {
    if (!advance(v + block, u + block, input + block, noise + block, a + block, b + block)) continue;
    for (uint32_t i = block; i < block + BLOCK; i++)
      if (v[i] >= THRESHOLD) {
        v[i] = c[i];
        u[i] += d[i];
        spikes[count++] = i;
      }
  }
  return count;
}

static void add_row(const double *restrict row, double *restrict into) {
  for (unsigned t = 0; t < n; t++) into[t] += row[t];
}

static uint64_t run(long steps) {
  uint64_t total = 0;
  for (long k = 0; k < steps; k++) {
    for (uint32_t block = 0; block < n; block += BLOCK) draw_noise(noise + block, sigma + block);
    uint32_t count = step();
    for (uint32_t j = 0; j < count; j++) add_row(weights + (size_t)spikes[j] * padded(n), input);
    total += count;
  }
  return total;
}
