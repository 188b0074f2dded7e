import { cartPole } from "@neuroweave/experiment";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

type State = readonly number[];

/**
 * The accelerations, by solving the two equations of motion of a cart and a uniform rod of length 2 l for them:
 *   M ẍ + m l cos θ · θ̈ = F − μc sgn ẋ + m l sin θ · θ̇²
 *   cos θ · ẍ + (4/3) l · θ̈ = g sin θ − μp θ̇ / (m l)
 */
function naiveStep([x, dx, a, da]: State, force: number, tau: number, [onTrack, onCart] = [0, 0]): number[] {
  const [g, m, total, l] = [9.8, 0.1, 1.1, 0.5];
  const rows = [
    [total, m * l * Math.cos(a!), force - onTrack! * Math.sign(dx!) + m * l * Math.sin(a!) * da! * da!],
    [Math.cos(a!), (4 / 3) * l, g * Math.sin(a!) - (onCart! * da!) / (m * l)],
  ] as const;
  const det = rows[0]![0]! * rows[1]![1]! - rows[0]![1]! * rows[1]![0]!;
  const ddx = (rows[0]![2]! * rows[1]![1]! - rows[0]![1]! * rows[1]![2]!) / det;
  const dda = (rows[0]![0]! * rows[1]![2]! - rows[0]![2]! * rows[1]![0]!) / det;
  return [x! + tau * dx!, dx! + tau * ddx, a! + tau * da!, da! + tau * dda];
}

/** Kinetic and potential energy of cart and rod, in joule. */
const energy = ([, dx, a, da]: State) => {
  const center = [dx! + 0.5 * da! * Math.cos(a!), -0.5 * da! * Math.sin(a!)];
  return (
    0.5 * dx! ** 2 +
    0.05 * (center[0]! ** 2 + center[1]! ** 2) +
    0.5 * ((0.1 * 1 ** 2) / 12) * da! ** 2 +
    0.1 * 9.8 * 0.5 * Math.cos(a!)
  );
};

describe("cart and pole", () => {
  it("move as the equations of motion say, with friction and without, until they fall", () => {
    const friction = fc.constantFrom([0, 0], [0.0005, 0.000002], [0.3, 0.02]);
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 250, maxLength: 250 }),
        fc.nat(),
        friction,
        (actions, seed, on) => {
          const system = cartPole({ cartFriction: on[0]!, poleFriction: on[1]! });
          let state: State = [...system.reset(seed)];
          for (const each of state) expect(Math.abs(each)).toBeLessThanOrEqual(0.05);
          for (const action of actions) {
            state = naiveStep(state, action === 1 ? 10 : -10, 0.02, on as [number, number]);
            const { observation, reward, done } = system.step(action);
            state.forEach((each, k) => expect(observation[k]).toBeCloseTo(each, 9));
            expect(reward).toBe(1);
            expect(done).toBe(Math.abs(state[0]!) > 2.4 || Math.abs(state[2]!) > (12 / 180) * Math.PI);
            if (done) return;
          }
          throw new Error("random pushes never fell");
        },
      ),
      { numRuns: 40 },
    );
  });

  it("gain the energy that the push puts in, ever more exactly as steps become short", () => {
    const errors = [1e-3, 1e-4].map((tau) => {
      const system = cartPole({ tau });
      const first = [...system.reset("energy")];
      let [last, work] = [first, 0];
      for (let step = 0; step * tau < 0.2; step++) {
        const action = Math.floor((step * tau) / 0.05) % 2;
        const next = [...system.step(action).observation];
        work += (action === 1 ? 10 : -10) * (next[0]! - last[0]!);
        last = next;
      }
      return Math.abs(energy(last) - energy(first) - work);
    });
    expect(errors[0]).toBeLessThan(0.02);
    expect(errors[1]! / errors[0]!).toBeGreaterThan(0.08);
    expect(errors[1]! / errors[0]!).toBeLessThan(0.12);
  });

  it("stand at rest in 1983's start, and pay −1 at the failure alone", () => {
    const system = cartPole({ spread: 0, reward: "failure" });
    expect([...system.reset(5)].map(Math.abs)).toEqual([0, 0, 0, 0]);
    const rewards: number[] = [];
    for (let done = false; !done;) {
      const step = system.step(1);
      rewards.push(step.reward);
      done = step.done;
    }
    let state = [0, 0, 0, 0];
    const expected: number[] = [];
    while (Math.abs(state[2]!) <= (12 / 180) * Math.PI) {
      state = naiveStep(state, 10, 0.02);
      expected.push(0);
    }
    expect(rewards).toEqual([...expected.slice(1), -1]);
    expect(() => system.step(1)).toThrow("not in an episode");
  });

  it("begin from the seed alone, and refuse what makes no sense", () => {
    expect(cartPole().reset(3)).toEqual(cartPole().reset(3));
    expect(cartPole().reset(3)).not.toEqual(cartPole().reset(4));
    expect(() => cartPole({ tau: 0 })).toThrow("tau is 0");
    expect(() => cartPole({ spread: 1 })).toThrow("spread is 1");
    expect(() => cartPole({ reward: "none" as never })).toThrow("reward is none");
    expect(() => cartPole().reset({} as never)).toThrow("seed");
    const system = cartPole();
    system.reset(0);
    expect(() => system.step(2)).toThrow("2 is no action of cartPole");
  });
});
