/** What the page of the digests runs: everything is put together for a browser, nothing of Node is in it. */
import { digestsOn } from "../devices/golden.ts";

Object.assign(globalThis, { digestsOn });
