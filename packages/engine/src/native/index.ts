/** C programs compiled and called in this process. Node only: import it when it is needed, not before. */
export { buildLibrary, type BuildOptions, type BuiltLibrary } from "./build.ts";
export { findCompiler, type Compiler } from "./compiler.ts";
export {
  loadFunctions,
  loadLibrary,
  type NativeArgument,
  type NativeFunction,
  type NativeLibrary,
  type NativeResult,
} from "./load.ts";
export { hostCallback, type Callback } from "./callback.ts";
