/**
 * Mathematical functions of the language, written in operations that every device rounds alike. Each result is the
 * correctly rounded one or a neighbor of it.
 *
 * The largest errors that the files state are distances from the true value, in units in its last place. In f32 they
 * were found among all arguments, against double precision; in f64 among tens of millions of arguments of many kinds,
 * against 80-bit arithmetic; for pow among tens of millions of pairs.
 */
export { exp } from "./exp.ts";
export { exprel } from "./exprel.ts";
export { cosh, sinh } from "./hyperbolic.ts";
export { log } from "./log.ts";
export { pow } from "./pow.ts";
export { cos, sin } from "./sine-cosine.ts";
export { tan } from "./tan.ts";
export { tanh } from "./tanh.ts";
