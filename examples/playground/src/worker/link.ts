/** Networks in the address of the page: a file, deflated, as text. Data only; what comes back is checked like any file. */
import { NeuroweaveError, parseNetworkFile } from "neuroweave";
import type { NetworkDocument } from "../document.ts";
import { sharedLimits } from "./own-network.ts";

/** Characters of a link at most. */
const longestLink = 200_000;
const mostBytes = sharedLimits.maxBytes;

const refuse = (what: string, remedy = "Ask for the link once more, copied as a whole."): NeuroweaveError =>
  new NeuroweaveError("invalid-value", what, { remedy });

/** The part of the address behind #: `n=` and the file. */
export async function linkOf(file: NetworkDocument): Promise<string> {
  const stream = new Blob([JSON.stringify(file)]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let text = "";
  for (let from = 0; from < bytes.length; from += 8192)
    text += String.fromCharCode(...bytes.subarray(from, from + 8192));
  return `n=${btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/u, "")}`;
}

/** The file of a link. Refuses what is no link, too long, cut off, or no network; inflates no further than the limit. */
export async function fileFromLink(hash: string): Promise<NetworkDocument> {
  if (hash.length > longestLink)
    throw refuse(`the link has ${hash.length} characters`, `Links have at most ${longestLink}.`);
  const [, encoded] = /^#?n=([\w-]+)$/u.exec(hash) ?? [];
  if (encoded === undefined) throw refuse("the link holds no network");
  return parseNetworkFile(await inflated(bytesOf(encoded)), sharedLimits);
}

function bytesOf(encoded: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(encoded.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  } catch (cause) {
    throw new NeuroweaveError(
      "syntax",
      "the link is cut off or was changed",
      { remedy: "Copy it as a whole." },
      { cause },
    );
  }
}

async function inflated(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return text + decoder.decode();
      size += value.length;
      if (size > mostBytes) throw refuse(`the link holds more than ${mostBytes} bytes`, "Share the network as a file.");
      text += decoder.decode(value, { stream: true });
    }
  } catch (error) {
    if (error instanceof NeuroweaveError) throw error;
    throw new NeuroweaveError(
      "syntax",
      "the link is cut off or was changed",
      { remedy: "Copy it as a whole." },
      { cause: error },
    );
  } finally {
    await reader.cancel().catch(() => {});
  }
}
