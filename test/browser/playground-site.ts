/** The built playground, served from this machine for one test file. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, extname, join, normalize } from "node:path";
import { createRequire } from "node:module";

const source = join(import.meta.dirname, "../../examples/playground");

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".css": "text/css",
};

export interface Site {
  /** Address of the page. */
  readonly address: string;
  close(): void;
}

/** Builds the page into a folder of its own and serves that on loopback. */
export async function openSite(): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "neuroweave-playground-"));
  const vite = join(dirname(createRequire(join(source, "package.json")).resolve("vite/package.json")), "bin/vite.js");
  execFileSync(process.execPath, [vite, "build", "--outDir", folder, "--logLevel", "error"], { cwd: source });
  const server = await serve(folder);
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close() {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function serve(folder: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? "/", "http://localhost").pathname);
    const name = path === "/" ? "/index.html" : path;
    try {
      const body = readFileSync(join(folder, name));
      response.writeHead(200, { "content-type": types[extname(name)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
