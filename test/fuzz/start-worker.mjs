// Threads of Node 20 do not take the loader of their parent over.
import { register } from "tsx/esm/api";

register();
await import("./worker.ts");
