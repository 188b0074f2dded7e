/** What several threads need: their neurons, a barrier, and threads that wait for calls. */
import { control, ownCountShift, soloThread, type Team, type TeamStage } from "../../team.ts";

/** The first neuron of thread `me`, and the one behind its last. */
export const ownNeurons = (bounds: number): string[] => [
  `const int64_t from = WORD(${bounds}LL + 4 * me), to = WORD(${bounds + 4}LL + 4 * me);`,
];

/** Turns around which a thread waits before it sleeps: some tens of microseconds. */
const spins = 4000;

/** What stands ahead of the functions of a team. */
export const teamPrelude = ({ threads, control: at }: Team): string => `#include <pthread.h>
#include <stdlib.h>
#define THREADS ${threads}
/* Thread ${soloThread(threads)} does everything by itself. */
#define SOLO (me > THREADS)
#define FIRST (me == 0 || SOLO)
#if defined(__x86_64__)
#define PAUSE() __builtin_ia32_pause()
#elif defined(__aarch64__)
#define PAUSE() __asm__ volatile("yield")
#else
#define PAUSE() ((void)0)
#endif
typedef struct Pool Pool;
typedef struct { Pool *pool; int me; pthread_t thread; } Member;
struct Pool {
  pthread_mutex_t lock;
  /* For those that sleep until a call comes, and those that sleep at a barrier. */
  pthread_cond_t wake, on;
  uint32_t call;
  uint32_t sleepers;
  int closing;
  char *m;
  double begin;
  int32_t steps;
  Member members[THREADS];
};
/* Comes back when all threads are here; not 0 if everyone is to stop. */
static int barrier(Pool *pool, char *m, int me) {
  if (SOLO) return 0;
  u32_at *const phase = &WORD(${at + control.phase}LL), *const arrived = &WORD(${at + control.arrived}LL);
  const uint32_t before = __atomic_load_n(phase, __ATOMIC_RELAXED);
  if (__atomic_add_fetch(arrived, 1, __ATOMIC_ACQ_REL) == THREADS) {
    __atomic_store_n(arrived, 0, __ATOMIC_RELAXED);
    __atomic_store_n(phase, before + 1, __ATOMIC_SEQ_CST);
    if (__atomic_load_n(&pool->sleepers, __ATOMIC_SEQ_CST)) {
      pthread_mutex_lock(&pool->lock);
      pthread_cond_broadcast(&pool->on);
      pthread_mutex_unlock(&pool->lock);
    }
  } else {
    int turns = 0;
    while (__atomic_load_n(phase, __ATOMIC_ACQUIRE) == before && turns++ < ${spins}) PAUSE();
    if (turns > ${spins}) {
      pthread_mutex_lock(&pool->lock);
      __atomic_add_fetch(&pool->sleepers, 1, __ATOMIC_SEQ_CST);
      while (__atomic_load_n(phase, __ATOMIC_SEQ_CST) == before) pthread_cond_wait(&pool->on, &pool->lock);
      __atomic_sub_fetch(&pool->sleepers, 1, __ATOMIC_SEQ_CST);
      pthread_mutex_unlock(&pool->lock);
    }
  }
  return __atomic_load_n(&WORD(${at + control.abort}LL), __ATOMIC_RELAXED) == 2;
}`;

/** Puts the spikes that threads have left behind one another. */
export function emitGather(name: string, { log, ring, own, bounds }: Extract<TeamStage, { kind: "gather" }>): string {
  return `static __attribute__((noinline)) void ${name}(char *m, int64_t k, int32_t step, int me) {
  const uint32_t before = step == 0 ? 0 : WORD(${log.ends}LL + 4LL * (step - 1));
  uint32_t ahead = 0, all = 0;
  for (int each = SOLO ? me : 0; each < (SOLO ? me + 1 : THREADS); each++) {
    const uint32_t count = WORD(${own.counts}LL + ((int64_t)each << ${ownCountShift}));
    if (each < me) ahead += count;
    all += count;
  }
  const uint32_t count = WORD(${own.counts}LL + ((int64_t)me << ${ownCountShift}));
  const char *const mine = AT(${own.ids}LL) + 4LL * WORD(${bounds}LL + 4 * me);
  memcpy(AT(${log.ids}LL) + 4LL * (before + ahead), mine, 4LL * count);
${
  ring
    ? `  const int64_t row = k % ${ring.rows};
  memcpy(AT(${ring.ids}LL) + row * ${4 * ring.n}LL + 4LL * ahead, mine, 4LL * count);
  if (FIRST) WORD(${ring.counts}LL + 4 * row) = all;
`
    : "  (void)k;\n"
}  if (FIRST) WORD(${log.ends}LL + 4LL * step) = WORD(${log.cursor}LL) = before + all;
}`;
}

/**
 * `open_pool` starts the other threads, which wait for calls; null if that cannot be. `run` calls them and takes part; `close_pool` ends
 * them.
 */
export const pool = ({ threads, control: at }: Team): string => `static void *serve(void *given) {
  Member *const member = given;
  Pool *const pool = member->pool;
  for (uint32_t seen = 0;; seen++) {
    for (int turns = 0; turns < ${spins} && __atomic_load_n(&pool->call, __ATOMIC_ACQUIRE) == seen; turns++) PAUSE();
    pthread_mutex_lock(&pool->lock);
    while (pool->call == seen) pthread_cond_wait(&pool->wake, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
    if (pool->closing) return 0;
    advance(pool->m, pool->begin, pool->steps, 0, member->me, pool);
  }
}
static void call(Pool *pool) {
  pthread_mutex_lock(&pool->lock);
  __atomic_store_n(&pool->call, pool->call + 1, __ATOMIC_RELEASE);
  pthread_cond_broadcast(&pool->wake);
  pthread_mutex_unlock(&pool->lock);
}
static void end(Pool *pool, int threads) {
  pool->closing = 1;
  call(pool);
  for (int each = 1; each < threads; each++) pthread_join(pool->members[each].thread, 0);
  free(pool);
}
__attribute__((visibility("default"))) void *open_pool(void) {
  Pool *const pool = calloc(1, sizeof *pool);
  if (!pool) return 0;
  pthread_mutex_init(&pool->lock, 0);
  pthread_cond_init(&pool->wake, 0);
  pthread_cond_init(&pool->on, 0);
  for (int each = 1; each < THREADS; each++) {
    pool->members[each] = (Member){ pool, each, 0 };
    if (pthread_create(&pool->members[each].thread, 0, serve, &pool->members[each])) { end(pool, each); return 0; }
  }
  return pool;
}
__attribute__((visibility("default"))) void close_pool(void *pool) { end(pool, THREADS); }
__attribute__((visibility("default"))) int32_t run(char *m, double begin, int32_t steps, HostCall *host, void *given, int solo) {
  Pool *const pool = given;
  pool->m = m;
  pool->begin = begin;
  pool->steps = steps;
  WORD(${at + control.abort}LL) = 0;
  if (solo) return advance(m, begin, steps, host, ${soloThread(threads)}, pool);
  call(pool);
  return advance(m, begin, steps, host, 0, pool);
}`;
