/**
 * HDF5 files that are made in memory. The library works on files of a file system of its own, in memory too: each use has one file there, under a name of its
 * own, and removes it whatever happens.
 */
import h5wasm, { type File } from "h5wasm";

/** The oldest format that holds what is written, which every reader knows. */
const oldest = { libver: ["earliest", "latest"] } as const;

/** Changes what is written so far, while it is still small. */
export interface Skeleton {
  readonly make: (file: File) => void;
  readonly change: (bytes: Uint8Array) => void;
}

/** The bytes of a file that `fill` fills, or goes on filling after the skeleton. */
export async function hdf5Of(fill: (file: File) => void, skeleton?: Skeleton): Promise<Uint8Array> {
  return inVirtualFile(({ name, files }) => {
    if (skeleton) {
      closing(new h5wasm.File(name, "w", { libver: [...oldest.libver] }), skeleton.make);
      const bytes = files.readFile(name);
      skeleton.change(bytes);
      files.writeFile(name, bytes);
    }
    closing(new h5wasm.File(name, skeleton ? "a" : "w", { libver: [...oldest.libver] }), fill);
    return files.readFile(name);
  });
}

interface VirtualFiles {
  readFile(path: string): Uint8Array;
  writeFile(path: string, bytes: Uint8Array): void;
  unlink(path: string): void;
  analyzePath(path: string): { readonly exists: boolean };
}

let filesMade = 0;

/**
 * HDF5 writes when each dataset was changed, by the clock of JavaScript, and the same results would be other bytes a second later. `use` is
 * synchronous: nobody else looks at the clock meanwhile.
 */
function atNoTime<T>(use: () => T): T {
  const { now } = Date;
  Date.now = () => 0;
  try {
    return use();
  } finally {
    Date.now = now;
  }
}

/** `use` is synchronous: while it runs, and only then, what the library refuses is thrown instead of printed. */
async function inVirtualFile<T>(use: (file: { readonly name: string; readonly files: VirtualFiles }) => T): Promise<T> {
  const library = await h5wasm.ready;
  const files = library.FS as unknown as VirtualFiles;
  const name = `/neuroweave-${filesMade++}.h5`;
  library.activate_throwing_error_handler();
  try {
    return atNoTime(() => use({ name, files }));
  } finally {
    library.deactivate_throwing_error_handler();
    if (files.analyzePath(name).exists) files.unlink(name);
  }
}

function closing<T>(file: File, use: (file: File) => T): T {
  try {
    return use(file);
  } finally {
    file.close();
  }
}
