import type { HostCall } from "@neuroweave/kernel";

/**
 * What a host function throws must not cross the program's own frames, where threads would wait forever: it is kept until the
 * program has stopped.
 */
export function guarded(host: HostCall) {
  let thrown: { readonly error: unknown } | null = null;
  return {
    /** 0, or 1 if the host function threw and the program must stop. */
    call(index: number, k: number): 0 | 1 {
      // The rest of a step that has failed is done, and rolled back.
      if (thrown !== null) return 1;
      try {
        host(index, k);
        return 0;
      } catch (error) {
        thrown = { error };
        return 1;
      }
    },
    rethrow(): void {
      if (thrown === null) return;
      const { error } = thrown;
      thrown = null;
      throw error;
    },
  };
}
