/**
 * An entry of the cache: a folder named by its key, with the library and a manifest that holds the library's hash. It
 * is made under another name and renamed, so that it is there as a whole or not at all.
 */
import { isOurs, readOurs } from "./trust.ts";
import {
  basename,
  chmod,
  createHash,
  dirname,
  join,
  lstat,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  utimes,
  writeFile,
} from "./node.ts";

/** Part of every key: what was written in another form is never read. */
export const formatVersion = 1;

const libraryName = "library.so";
const manifestName = "manifest.json";

export const libraryOf = (entry: string): string => join(entry, libraryName);

export const hash = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");

interface Manifest {
  readonly version: number;
  readonly key: string;
  readonly sha256: string;
}

/** Whether the library is ours alone, and byte by byte what was once written with its manifest. */
export async function isIntact(library: string): Promise<boolean> {
  const entry = dirname(library);
  const stats = await lstat(entry).catch(() => null);
  if (stats === null || !stats.isDirectory() || !isOurs(stats)) return false;
  const manifest = parseManifest(await readOurs(join(entry, manifestName)));
  if (manifest?.version !== formatVersion || manifest.key !== basename(entry)) return false;
  const content = await readOurs(library);
  return content !== null && hash(content) === manifest.sha256;
}

function parseManifest(content: Buffer | null): Partial<Manifest> | null {
  if (content === null) return null;
  try {
    return JSON.parse(content.toString("utf8")) as Partial<Manifest> | null;
  } catch {
    return null;
  }
}

/** Makes an entry of the folder `made`, which holds the library. An intact one that came first stays. */
export async function publish(made: string, entry: string): Promise<void> {
  const library = libraryOf(made);
  await chmod(library, 0o600);
  const manifest: Manifest = { version: formatVersion, key: basename(entry), sha256: hash(await readFile(library)) };
  await writeFile(join(made, manifestName), JSON.stringify(manifest), { mode: 0o600 });
  for (let tries = 0; ; tries++) {
    try {
      return await rename(made, entry);
    } catch (error) {
      if (await isIntact(libraryOf(entry))) return;
      if (tries === 3) throw error;
      await rm(entry, { recursive: true, force: true });
    }
  }
}

/** The newest are those used last. */
export async function touch(entry: string): Promise<void> {
  const moment = new Date();
  await utimes(entry, moment, moment).catch(() => {});
}

const mostEntries = 200;
/** What builds that were cut off left behind is deleted after a day. */
const staleAfter = 24 * 3600 * 1000;

/** The beginning of the names of folders that a build works in. */
export const buildPrefix = "build-";

/** Keeps the entries that were used last. Others may do the same at the same time: what fails is left as it is. */
export async function trim(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  const ages = await Promise.all(
    names.map(async (name) => {
      const stats = await stat(join(folder, name)).catch(() => null);
      return { path: join(folder, name), name, time: stats?.mtimeMs ?? 0 };
    }),
  );
  const entries = ages.filter(({ name }) => /^[0-9a-f]{64}$/.test(name)).sort((a, b) => b.time - a.time);
  const stale = ages.filter(({ name, time }) => name.startsWith(buildPrefix) && time < Date.now() - staleAfter);
  for (const { path } of [...entries.slice(mostEntries), ...stale]) {
    await rm(path, { recursive: true, force: true }).catch(() => {});
  }
}
