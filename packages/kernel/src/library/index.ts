/** Mathematical functions of the language, written in operations that every device rounds alike. */
export { exp } from "./exp.ts";
export { exprel } from "./exprel.ts";
export { cosh, sinh } from "./hyperbolic.ts";
export { log } from "./log.ts";
export { pow } from "./pow.ts";
export { cos, sin } from "./sine-cosine.ts";
export { tan } from "./tan.ts";
export { tanh } from "./tanh.ts";
