/** The submodule of seedrandom that is used; its types cover the main module only. */
declare module "seedrandom/lib/alea.js" {
  const alea: (seed: string) => () => number;
  export default alea;
}
