import { checkNumber, checkOptions, checkSeed, refusal } from "@neuroweave/equations";
import { hostStream } from "@neuroweave/model";
import { checkAction, outsideEpisode } from "./environment.ts";
import type { Environment } from "./environment.ts";

/** Physics and limits of cart and pole. */
export interface CartPoleOptions {
  /** "survival" gives 1 for every step (as in Gym, the default), "failure" −1 for the last one and 0 for others (as in 1983). */
  readonly reward?: "survival" | "failure";
  /** Each of the four variables begins uniformly in [−spread, spread). 0.05 by default, as in Gym; 0 in 1983. */
  readonly spread?: number;
  /** Seconds of one step, > 0. 0.02 by default. */
  readonly tau?: number;
  /** Friction of the cart on its track, N, ≥ 0. 0 by default, as in Gym; 0.0005 in 1983. */
  readonly cartFriction?: number;
  /** Friction of the pole on the cart, kg m² / s, ≥ 0. 0 by default, as in Gym; 0.000002 in 1983. */
  readonly poleFriction?: number;
}

const gravity = 9.8; // m / s²
const cartMass = 1; // kg
const poleMass = 0.1; // kg
const halfLength = 0.5; // m
const force = 10; // N
const widest = 2.4; // m
const steepest = (12 * Math.PI) / 180; // rad

const known = ["reward", "spread", "tau", "cartFriction", "poleFriction"];

/**
 * A pole on a cart: action 0 pushes the cart to the left, 1 to the right, with 10 N. Observations are the position of the cart
 * (m), its velocity (m/s), the angle of the pole from the vertical (rad, positive to the right) and its angular velocity (rad/s).
 * An episode ends when the cart is farther than 2.4 m from the middle, or the pole leans by more than 12°; else it goes on, and the
 * loop has to end it (after 500 steps in Gym's CartPole-v1).
 *
 * One step is one step of Euler's method, with both accelerations and both velocities of before it. Sine and cosine are those of
 * JavaScript, whose last bit may differ from one engine to another.
 *
 * Source: Barto, Sutton and Anderson 1983, appendix; start, reward and the missing friction as in OpenAI Gym's CartPole.
 */
export function cartPole(options: CartPoleOptions = {}): Environment<Float64Array, number> {
  checkOptions("cartPole", options, known);
  const { reward = "survival", spread = 0.05, tau = 0.02, cartFriction = 0, poleFriction = 0 } = options;
  if (reward !== "survival" && reward !== "failure")
    throw refusal("invalid-value", `cartPole: reward is ${String(reward)}`, 'Give "survival" or "failure".');
  checkNumber("cartPole: spread", spread, { min: 0, max: steepest });
  checkNumber("cartPole: tau", tau, { above: 0 });
  checkNumber("cartPole: cartFriction", cartFriction, { min: 0 });
  checkNumber("cartPole: poleFriction", poleFriction, { min: 0 });

  const environment = { name: "cartPole", actions: 2, observationSize: 4 } as const;
  let state: readonly [number, number, number, number] | undefined;
  return {
    ...environment,
    reset(seed) {
      const random = hostStream(checkSeed("cartPole: the seed", seed), "cartPole");
      const draw = () => spread * (2 * random() - 1);
      state = [draw(), draw(), draw(), draw()];
      return Float64Array.from(state);
    },
    step(action) {
      if (state === undefined || failed(state)) throw outsideEpisode("cartPole");
      const push = checkAction(environment, action) === 1 ? force : -force;
      const [x, speed, angle, turning] = state;
      const [acceleration, angular] = accelerations(push - cartFriction * Math.sign(speed), poleFriction, state);
      state = [x + tau * speed, speed + tau * acceleration, angle + tau * turning, turning + tau * angular];
      const done = failed(state);
      return { observation: Float64Array.from(state), reward: reward === "survival" ? 1 : done ? -1 : 0, done };
    },
  };
}

type CartPoleState = readonly [x: number, speed: number, angle: number, turning: number];

const failed = ([x, , angle]: CartPoleState): boolean => Math.abs(x) > widest || Math.abs(angle) > steepest;

/** Of the cart (m / s²) and of the pole (rad / s²), under a push that friction on the track has been taken from. */
function accelerations(push: number, poleFriction: number, [, , angle, turning]: CartPoleState): [number, number] {
  const mass = cartMass + poleMass;
  const moment = poleMass * halfLength;
  const sin = Math.sin(angle);
  const cos = Math.cos(angle);
  const drive = (push + moment * turning ** 2 * sin) / mass;
  const angular =
    (gravity * sin - cos * drive - (poleFriction * turning) / moment) /
    (halfLength * (4 / 3 - (poleMass * cos ** 2) / mass));
  return [drive - (moment * angular * cos) / mass, angular];
}
