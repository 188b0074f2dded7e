export { formatNetworkFile } from "./format-network-file.ts";
export { buildNetwork, type BuildOptions, type MakeNetwork, type NetworkSettings } from "./read/build-network.ts";
export { parseNetworkFile, type ParseOptions } from "./read/parse-network-file.ts";
export { networkFileSchema, schemaParts } from "./schema.ts";
export { describeNetwork, type Heading } from "./write/write-network.ts";
export {
  catalogOf,
  standardCatalog,
  type Catalog,
  type CatalogEntry,
  type CatalogOption,
  type CatalogParameter,
  type CatalogState,
} from "./catalog/catalog.ts";
export { definePlugin } from "./plugin/define-plugin.ts";
export type { Plugin, PluginConnector, PluginManifest } from "./plugin/plugin.ts";
export { standardPlugin } from "./plugin/standard-plugin.ts";
export { neuroweaveVersion } from "./plugin/version.ts";
export { vocabularyOf, type Vocabulary } from "./plugin/vocabulary.ts";
export type { CatalogKind, CatalogPlace } from "./catalog/kinds.ts";
