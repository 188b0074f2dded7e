export { formatNetworkFile } from "./format-network-file.ts";
export { buildNetwork, type BuildOptions, type MakeNetwork, type NetworkSettings } from "./read/build-network.ts";
export { parseNetworkFile, type ParseOptions } from "./read/parse-network-file.ts";
export { networkFileSchema, schemaParts } from "./schema.ts";
export { describeNetwork, type Heading } from "./write/write-network.ts";
export {
  standardCatalog,
  type CatalogEntry,
  type CatalogOption,
  type CatalogParameter,
  type CatalogState,
  type StandardCatalog,
} from "./catalog/standard-catalog.ts";
export type { CatalogKind, CatalogPlace } from "./catalog/kinds.ts";
