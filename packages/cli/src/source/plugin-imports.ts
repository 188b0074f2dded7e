/** What the TypeScript of a network imports from plugins. */
import type { Plugin } from "neuroweave";

/** A plugin, and how a file imports it. */
export interface ImportablePlugin {
  /** What stands behind `from`. */
  readonly specifier: string;
  readonly plugin: Plugin;
  /** Names that its module exports. */
  readonly exports: ReadonlySet<string>;
}

/** Collects the names that are used. Plugins of which nothing is used are left out. */
export class PluginImports {
  readonly #plugins: readonly ImportablePlugin[];
  readonly #used = new Map<ImportablePlugin, Set<string>>();

  constructor(plugins: readonly ImportablePlugin[]) {
    this.#plugins = plugins;
  }

  /** Names that no constant of the file may have. */
  reserved(): string[] {
    return this.#plugins.flatMap((each, at) => [this.#alias(at), ...each.exports]);
  }

  /** Uses a behavior, model or connector; false where no plugin exports one of this name. */
  use(name: string): boolean {
    const owner = this.#plugins.find(
      ({ plugin: { behaviors, models, connectors }, exports }) =>
        exports.has(name) && [behaviors, models, connectors].some((names) => names.has(name)),
    );
    if (owner) this.#used.set(owner, (this.#used.get(owner) ?? new Set()).add(name));
    return owner !== undefined;
  }

  /** The import of each plugin that is used. */
  lines(): string[] {
    return this.#aliases().map(([{ specifier }, alias, used]) => {
      const own = alias === "plugin" ? alias : `plugin as ${alias}`;
      return `import { ${[...used].sort().join(", ")}, ${own} } from ${JSON.stringify(specifier)};`;
    });
  }

  /** The setting of `createNetwork`, or nothing. */
  setting(): string[] {
    const list = this.#aliases().map(([, alias]) => alias);
    return list.length === 0 ? [] : [`plugins: [${list.join(", ")}]`];
  }

  #alias(at: number): string {
    return at === 0 ? "plugin" : `plugin${at + 1}`;
  }

  #aliases(): [ImportablePlugin, string, ReadonlySet<string>][] {
    return this.#plugins.flatMap((each, at) => {
      const used = this.#used.get(each);
      return used ? [[each, this.#alias(at), used] as [ImportablePlugin, string, ReadonlySet<string>]] : [];
    });
  }
}
