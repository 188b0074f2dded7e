/**
 * The y nearest to the plane at which a slope is zero, or null where the slope does not depend on y. `slopes` is a
 * grid, row by row as y rises. Outside of the plane the slope is taken to go on as a straight line from the rows at
 * its edges, which is exact for the voltage of all models whose second variable only adds to its slope.
 */
export function nearestZero(ys: ArrayLike<number>, slopes: ArrayLike<number>): number | null {
  const rows = ys.length;
  const columns = slopes.length / rows;
  const [low, high] = [ys[0]!, ys[rows - 1]!];
  let nearest: number | null = null;
  let least = Infinity;
  for (let column = 0; column < columns; column++) {
    const [first, last] = [slopes[column]!, slopes[(rows - 1) * columns + column]!];
    const at = low - (first * (high - low)) / (last - first);
    const distance = Math.max(low - at, at - high, 0);
    if (!(distance < least)) continue;
    least = distance;
    nearest = at;
  }
  return nearest;
}
