/** The worker: one session, and requests that are answered one after the other. */
import { formatNetworkFile, parseNetworkFile } from "neuroweave";
import type { NetworkDocument } from "../document.ts";
import type { Answers, CatalogueEntry, Frame, Reply, Request } from "../protocol.ts";
import { fileFromLink, linkOf } from "./link.ts";
import { catalogue } from "./entries.ts";
import { networkAsCode } from "./network-as-code.ts";
import { sharedLimits } from "./own-network.ts";
import { refusalOf } from "./refusal.ts";
import { openSession, type Session } from "./session.ts";

let session: Session | null = null;

const open = async (file: NetworkDocument, limits = {}): Promise<Answers["open"]> => {
  const opened = await openSession(file, limits);
  const description = opened.describe();
  session = opened;
  return { file, description };
};

const present = (): Session => {
  if (session === null) throw new Error("there is no network yet");
  return session;
};

async function answer(request: Request): Promise<Answers[keyof Answers]> {
  switch (request.kind) {
    case "open":
      return open(request.file);
    case "open link":
      return open(await fileFromLink(request.hash), sharedLimits);
    case "open text":
      return open(parseNetworkFile(request.text, sharedLimits), sharedLimits);
    case "change":
      return { description: await present().change(request.change) };
    case "advance":
      return present().advance(request);
    case "step":
      await present().step(request.steps);
      return null;
    case "reset":
      present().reset();
      return null;
    case "counts":
      return present().counts(request.population);
    case "weights":
      return present().weights(request.projection);
    case "phase":
      return present().phase(request);
    case "code":
      return networkAsCode(present().file);
    case "file":
      return formatNetworkFile(present().file);
    case "link":
      return linkOf(present().file);
    case "catalogue":
      return catalogue().map(({ name, kind, where, doc }) => ({
        name,
        kind,
        where,
        doc,
      })) satisfies readonly CatalogueEntry[];
  }
}

/** Arrays that the page gets instead of a copy. */
function transferable(answered: unknown): Transferable[] {
  if (typeof answered !== "object" || answered === null || !("raster" in answered)) return [];
  const { raster, counts, traces } = answered as Frame;
  const arrays = [...Object.values(raster), ...Object.values(counts), traces.times, traces.values];
  return arrays.map(({ buffer }) => buffer as ArrayBuffer);
}

let last: Promise<void> = Promise.resolve();

onmessage = ({ data }: MessageEvent<{ readonly id: number; readonly request: Request }>) => {
  const { id, request } = data;
  const reply = (message: Reply, transfer: Transferable[] = []): void => postMessage(message, { transfer });
  last = last
    .then(() => answer(request))
    .then(
      (answered) => reply({ id, answer: answered }, transferable(answered)),
      (error: unknown) => reply({ id, refusal: refusalOf(error, request.kind.startsWith("open")) }),
    );
};
