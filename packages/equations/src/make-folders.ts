/** Folders that are made with those above them. Here, so that whatever writes files may use it; the calls are those of its system. */

/** What is asked of a system. */
export interface FolderCalls {
  /** Makes one folder. */
  readonly mkdir: (path: string) => Promise<unknown>;
  /** What there is under a path. */
  readonly stat: (path: string) => Promise<{ isDirectory(): boolean }>;
  /** The path of the folder above. */
  readonly dirname: (path: string) => string;
}

/**
 * Makes a folder, and those above it that are missing; one that is there stays. Every folder of the path is tried at most twice: the recursive
 * `mkdir` of Node never ends where a system says of a folder that is there that it is not, as under /proc. Throws what the system does,
 * `ENOENT` where it makes none there.
 */
export async function makeFolders(path: string, calls: FolderCalls): Promise<void> {
  try {
    await makeOne(path, calls);
  } catch (cause) {
    const above = calls.dirname(path);
    if (!isMissing(cause) || above === path) throw cause;
    await makeFolders(above, calls);
    await makeOne(path, calls);
  }
}

async function makeOne(path: string, { mkdir, stat }: FolderCalls): Promise<void> {
  try {
    await mkdir(path);
  } catch (cause) {
    if (isMissing(cause)) throw cause;
    // Systems differ in what they say of a folder that is there, such as that its disk can only be read.
    const there = await stat(path).catch(() => undefined);
    if (there?.isDirectory() !== true) throw cause;
  }
}

const isMissing = (cause: unknown): boolean => (cause as { code?: unknown } | undefined)?.code === "ENOENT";
