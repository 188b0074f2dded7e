/** `npm run golden`: writes the digests that every device on every platform is held to. To be run after a change of numbers that is meant. */
import { writeFileSync } from "node:fs";
import { digestsOn } from "../test/devices/golden.ts";

const file = new URL("../test/devices/golden.json", import.meta.url);
writeFileSync(file, `${JSON.stringify(await digestsOn({ device: "reference" }), undefined, 2)}\n`);
