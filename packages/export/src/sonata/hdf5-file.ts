/**
 * HDF5 in memory. The library works on files of a file system of its own, in memory too: each use has one file there, under a name of its
 * own, and removes it whatever happens.
 */
import h5wasm, { type File } from "h5wasm";

let filesMade = 0;

/**
 * The bytes of a file that `fill` fills. Groups and attributes are of the oldest format that holds them, which every reader knows.
 * `finishSkeleton` may change the bytes of the file after `skeleton`, while it is still small.
 */
export async function hdf5Of(steps: {
  readonly skeleton: (file: File) => void;
  readonly finishSkeleton?: (bytes: Uint8Array) => void;
  readonly fill: (file: File) => void;
}): Promise<Uint8Array> {
  return inVirtualFile(({ name, files }) => {
    closing(new h5wasm.File(name, "w", { libver: ["earliest", "latest"] }), steps.skeleton);
    if (steps.finishSkeleton) {
      const bytes = files.readFile(name);
      steps.finishSkeleton(bytes);
      files.writeFile(name, bytes);
    }
    closing(new h5wasm.File(name, "a", { libver: ["earliest", "latest"] }), steps.fill);
    return files.readFile(name);
  });
}

/** What `read` makes of a file with these bytes. Errors are those of the library, in words of its own. */
export async function fromHdf5<T>(bytes: Uint8Array, read: (file: File) => T): Promise<T> {
  return inVirtualFile(({ name, files }) => {
    files.writeFile(name, bytes);
    return closing(new h5wasm.File(name, "r"), read);
  });
}

interface VirtualFile {
  readonly name: string;
  readonly files: {
    readFile(path: string): Uint8Array;
    writeFile(path: string, bytes: Uint8Array): void;
    unlink(path: string): void;
    analyzePath(path: string): { readonly exists: boolean };
  };
}

/** `use` is synchronous: while it runs, and only then, what the library refuses is thrown instead of printed. */
async function inVirtualFile<T>(use: (file: VirtualFile) => T): Promise<T> {
  const library = await h5wasm.ready;
  const files = library.FS as unknown as VirtualFile["files"];
  const name = `/neuroweave-${filesMade++}.h5`;
  library.activate_throwing_error_handler();
  try {
    return use({ name, files });
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
