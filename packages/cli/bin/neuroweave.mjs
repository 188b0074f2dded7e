#!/usr/bin/env node
/** The command inside of this repository, from its sources; what is published is dist/main.js. */
import { register } from "tsx/esm/api";

register();
await import("../src/main.ts");
