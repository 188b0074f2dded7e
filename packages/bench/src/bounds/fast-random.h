/* Random numbers within a loop: sixteen generators side by side, xorshift128 (Marsaglia 2003, J. Stat. Softw. 8:14). */
#define LANES 16

static uint32_t lanes[4][LANES];

static void seed_lanes(uint64_t seed) {
  uint64_t kept = seed_state;
  seed_state = seed;
  for (int word = 0; word < 4; word++)
    for (int lane = 0; lane < LANES; lane++) lanes[word][lane] = (uint32_t)next_word() | 1;
  seed_state = kept;
}

/* As many words as there are lanes. */
static inline void draw_words(uint32_t *restrict words) {
  for (int lane = 0; lane < LANES; lane++) {
    uint32_t t = lanes[3][lane], s = lanes[0][lane];
    lanes[3][lane] = lanes[2][lane];
    lanes[2][lane] = lanes[1][lane];
    lanes[1][lane] = s;
    t ^= t << 11;
    t ^= t >> 8;
    words[lane] = lanes[0][lane] = t ^ s ^ (s >> 19);
  }
}
