/** Simulators of others as contenders: which, how they are run, and which networks they have a script for. */
import { mkdirSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NeuroweaveError } from "@neuroweave/equations";
import { patience, type Contender } from "../contest/contender.ts";
import { startPlayer } from "../contest/player.ts";
import type { NetworkName, Task } from "../contest/task.ts";
import { environmentOf, type Requirements } from "./install.ts";
import { sameParameters } from "../contest/matched.ts";

interface Peer {
  readonly name: string;
  readonly requirements: Requirements;
  readonly script: string;
  /** What the script is told about itself. */
  readonly mode: string;
  readonly threads: number;
  /** Networks that it has a script for. */
  readonly networks: readonly NetworkName[];
  /** Whether a task is one that it does, of those networks. */
  readonly takes?: (task: Task) => boolean;
}

const brian2: Requirements = { name: "brian2", pythons: ["3.12", "3.13", "3.11"] };
const annarchy: Requirements = { name: "annarchy", pythons: ["3.11", "3.12"] };
const brainpy: Requirements = { name: "brainpy", pythons: ["3.11", "3.12", "3.13"] };
const conex: Requirements = { name: "conex", pythons: ["3.11", "3.10", "3.12"] };

const brian2Script = { requirements: brian2, script: "brian2_networks.py" };
const everything: readonly NetworkName[] = ["lif", "adex", "cuba", "coba", "brunel", "izhikevich", "stdp"];

export const peers: readonly Peer[] = [
  { ...brian2Script, name: "Brian2, C++ standalone", mode: "standalone", threads: 1, networks: everything },
  { ...brian2Script, name: "Brian2, C++ standalone, 2 threads", mode: "standalone", threads: 2, networks: everything },
  { ...brian2Script, name: "Brian2, Cython", mode: "cython", threads: 1, networks: everything },
  {
    name: "ANNarchy",
    requirements: annarchy,
    script: "annarchy_networks.py",
    mode: "single thread",
    threads: 1,
    networks: ["lif", "adex", "cuba", "coba"],
    takes: ({ network, variant }) => network !== "coba" || variant === "euler",
  },
  {
    name: "BrainPy",
    requirements: brainpy,
    script: "brainpy_networks.py",
    mode: "processor",
    threads: 1,
    networks: ["lif", "adex", "coba"],
    takes: ({ network, variant }) => network !== "coba" || variant === "exponentialEuler",
  },
  {
    name: "CoNeX",
    requirements: conex,
    script: "conex_networks.py",
    mode: "processor",
    threads: 1,
    networks: ["lif"],
    takes: ({ n }) => n <= 100_000,
  },
];

/** Whether a peer has a script for a task at all. */
export const takes = ({ networks, takes: condition }: Peer, task: Task): boolean =>
  networks.includes(task.network) && (condition?.(task) ?? true);

/** The peers as contenders. `folder` holds what they compile. */
export function peersIn(folder: string): readonly Contender[] {
  const environments = new Map<string, Promise<string>>();
  const environment = ({ requirements }: Peer): Promise<string> => {
    const { name } = requirements;
    const found = environments.get(name) ?? environmentOf(requirements);
    environments.set(name, found);
    return found;
  };
  return peers.map((peer) => ({
    name: peer.name,
    kind: "peer",
    threads: peer.threads,
    takes: (task) => takes(peer, task),
    async start(task) {
      const python = await environment(peer);
      const own = join(folder, `${task.id}-${peer.name.replaceAll(/\W+/g, "-")}`);
      mkdirSync(own, { recursive: true });
      const { network, variant, n, steps, parameters } = task;
      const told = { network, variant, n, steps, parameters, mode: peer.mode, threads: peer.threads, folder: own };
      const player = await startPlayer({
        name: peer.name,
        file: python,
        args: [fileURLToPath(new URL(peer.script, import.meta.url)), JSON.stringify(told)],
        env: {
          ...process.env,
          // Compilers of simulators look for their tools beside the interpreter.
          PATH: [dirname(python), process.env["PATH"]].join(delimiter),
          PYTHONDONTWRITEBYTECODE: "1",
          PYTHONWARNINGS: "ignore",
        },
        patience,
      });
      try {
        if (player.ready.parameters === undefined)
          throw new NeuroweaveError("internal", `${peer.name} does not say which parameters it took over`, {
            remedy: "Let the script take them from its task.",
          });
        sameParameters(peer.name, task, player.ready.parameters);
      } catch (error) {
        player.close();
        throw error;
      }
      return player;
    },
  }));
}
