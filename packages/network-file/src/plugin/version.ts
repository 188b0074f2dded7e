/** The version of the packages, which are published together. */
export const neuroweaveVersion = "0.1.0";
