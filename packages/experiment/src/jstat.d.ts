/** The functions of jStat that are used; it brings no types. */
declare module "jstat" {
  const jStat: {
    readonly studentt: { readonly inv: (probability: number, degreesOfFreedom: number) => number };
    readonly normal: { readonly inv: (probability: number, mean: number, sd: number) => number };
  };
  export default jStat;
}
