import { defineModel } from "@neuroweave/model";
import { OrnsteinUhlenbeck } from "../ornstein-uhlenbeck.ts";
import { QuadraticMeanField } from "../quadratic-mean-field.ts";

/**
 * Mean field of coupled quadratic integrate-and-fire neurons, under BrainPy's names, with colored noise on the voltage (x) and
 * on the rate (y). Its noise is exact in dt, which BrainPy's is not.
 */
export const QIFMeanField = defineModel(
  "QIFMeanField",
  [
    QuadraticMeanField,
    OrnsteinUhlenbeck.named("noiseOfVoltage").rename({
      ou: "x_ou",
      ou_mean: "x_ou_mean",
      ou_sigma: "x_ou_sigma",
      ou_tau: "x_ou_tau",
    }),
    OrnsteinUhlenbeck.named("noiseOfRate").rename({
      I: "I_y",
      ou: "y_ou",
      ou_mean: "y_ou_mean",
      ou_sigma: "y_ou_sigma",
      ou_tau: "y_ou_tau",
    }),
  ],
  {
    method: "rk4",
    doc: "Firing rate and mean voltage of a population of quadratic integrate-and-fire neurons.",
    source: "Montbrió, Pazó & Roxin 2015, Phys. Rev. X 5:021028; names of BrainPy's rates.QIF",
  },
);
