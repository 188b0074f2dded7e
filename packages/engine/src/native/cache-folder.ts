/** Where compiled libraries are kept between runs, or for this run only where nothing can be kept. */
import { makeFolders, NeuroweaveError } from "@neuroweave/equations";
import { whyUntrusted } from "./trust.ts";
import { dirname, existsSync, homedir, join, mkdir, mkdtempSync, resolve, rmSync, stat, tmpdir } from "./node.ts";

/** `NEUROWEAVE_CACHE`, or the user's cache folder of the system. */
export function cacheFolder(): string {
  const { NEUROWEAVE_CACHE: named, XDG_CACHE_HOME: xdg } = process.env;
  if (named) return resolve(named);
  if (xdg?.startsWith("/") === true) return join(xdg, "neuroweave");
  const home = homeFolder();
  if (home === null) return temporaryFolder();
  return process.platform === "darwin"
    ? join(home, "Library", "Caches", "neuroweave")
    : join(home, ".cache", "neuroweave");
}

/** A user without HOME who is unknown to the system, as in some containers, has none. */
function homeFolder(): string | null {
  try {
    return homedir();
  } catch {
    return null;
  }
}

/** The folder for libraries below a cache folder, made if there is none; the reason why it is no use as a string. */
export async function openFolder(cache: string): Promise<{ readonly path: string } | { readonly unusable: string }> {
  const path = join(cache, "native");
  try {
    await makeFolders(path, { mkdir: (each) => mkdir(each, { mode: 0o700 }), stat, dirname });
    const why = await whyUntrusted(path);
    return why === null ? { path } : { unusable: `the cache folder ${path} is not used: ${why}` };
  } catch (error) {
    return { unusable: `the cache folder ${path} cannot be used: ${(error as Error).message}` };
  }
}

let temporary: string | undefined;

/** A folder of this process alone, gone when the process is. */
export function temporaryFolder(): string {
  // Long-running machines clear their temporary files.
  if (temporary !== undefined && existsSync(temporary)) return temporary;
  let folder: string;
  try {
    folder = mkdtempSync(join(tmpdir(), "neuroweave-"));
  } catch (cause) {
    throw noFolder(cause as Error);
  }
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return (temporary = folder);
}

export const noFolder = (cause: Error): NeuroweaveError =>
  new NeuroweaveError(
    "compiler-failed",
    `there is no folder to compile in: ${cause.message}`,
    { remedy: "set NEUROWEAVE_CACHE or TMPDIR to a folder that can be written to" },
    { cause },
  );
