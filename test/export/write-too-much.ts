/** Writes a small file and then one beyond the limit on the size of files under which it runs, and prints the refusal. */
import { NeuroweaveError } from "@neuroweave/equations";
import { openOutput } from "@neuroweave/export";

const output = await openOutput(process.argv[2]!);
await output.write("small", "1", { kind: "text" });
try {
  await output.write(
    "big",
    Array.from({ length: 64 }, () => new Uint8Array(65_536)),
    { kind: "zeros" },
  );
} catch (error) {
  if (!(error instanceof NeuroweaveError)) throw error;
  process.stdout.write(JSON.stringify({ code: error.code, message: error.message }));
}
