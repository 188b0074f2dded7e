/**
 * Part of the page's script: reading packed numbers, colors of the page, and `createView`, the visible part of a figure with
 * everything that moves it: buttons, keys, wheel, and one or two fingers or the mouse.
 */
export const viewScript = String.raw`
const readers = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array, f32: Float32Array, f64: Float64Array };

const unpack = ({ type, base64 }) => {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let j = 0; j < text.length; j++) bytes[j] = text.charCodeAt(j);
  return new readers[type](bytes.buffer);
};

const styleOf = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const colorOf = (index) => styleOf("--series-" + (index % 6));
const short = (value) => (Number.isFinite(value) ? String(Number(value.toPrecision(6))) : "–");

/** Round numbers between two values, about as many as asked for. */
const ticksBetween = (low, high, count) => {
  const raw = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * [1, 2, 5, 10].find((each) => each * power >= raw);
  const ticks = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + 1e-9 * step; k++) ticks.push(Number((k * step).toPrecision(12)));
  return ticks;
};

const button = (text, label, press) => {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = text;
  made.setAttribute("aria-label", label);
  made.title = label;
  made.addEventListener("click", press);
  return made;
};

/**
 * The visible part of a figure: { x: [low, high], y: [low, high] } inside its bounds. show() is called whenever it changes;
 * where() tells the part of x and y, from 0 to 1 rightwards and upwards, at a place of the page.
 */
const createView = (surface, toolbar, bounds, options) => {
  const { show, where, least, vertical, step } = options;
  const view = { x: [...bounds.x], y: [...bounds.y] };
  // Where a stretch is longer or shorter than it may be, its part from 0 to 1 stays where it is.
  const clamp = (axis, low, high, part = 0.5) => {
    const [first, last] = bounds[axis];
    const length = Math.min(last - first, Math.max(least[axis], high - low));
    const fixed = low + (high - low) * part;
    const from = Math.min(last - length, Math.max(first, fixed - length * part));
    view[axis] = [from, from + length];
  };
  let asked = 0;
  const changed = () => {
    if (asked) return;
    asked = requestAnimationFrame(() => {
      asked = 0;
      show();
    });
  };
  const axes = vertical ? ["x", "y"] : ["x"];
  const zoom = (factor, at) => {
    for (const axis of axes) {
      const [low, high] = view[axis];
      const part = at ? Math.min(1, Math.max(0, at[axis])) : 0.5;
      const fixed = low + (high - low) * part;
      clamp(axis, fixed - (fixed - low) * factor, fixed + (high - fixed) * factor, part);
    }
    changed();
  };
  const pan = (right, up) => {
    const [x, y] = [view.x[1] - view.x[0], view.y[1] - view.y[0]];
    clamp("x", view.x[0] + right * x, view.x[1] + right * x);
    if (vertical) clamp("y", view.y[0] + up * y, view.y[1] + up * y);
    changed();
  };
  const reset = () => {
    view.x = [...bounds.x];
    view.y = [...bounds.y];
    changed();
  };
  const set = (axis, low, high) => {
    clamp(axis, low, high);
    changed();
  };
  toolbar.append(
    button("−", "Zoom out", () => zoom(2)),
    button("+", "Zoom in", () => zoom(0.5)),
    button("←", "Move left", () => pan(-0.25, 0)),
    button("→", "Move right", () => pan(0.25, 0)),
    ...(vertical ? [button("↓", "Move down", () => pan(0, -0.25)), button("↑", "Move up", () => pan(0, 0.25))] : []),
    button("Whole", "Show the whole", reset),
  );
  surface.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
    const arrow = arrows[event.key];
    if (arrow && event.shiftKey && step) step(arrow[0], arrow[1]);
    else if (arrow && (arrow[0] !== 0 || vertical)) pan(arrow[0] * 0.1, arrow[1] * 0.1);
    else if (event.key === "+" || event.key === "=") zoom(0.7);
    else if (event.key === "-" || event.key === "_") zoom(1 / 0.7);
    else if (event.key === "0" || event.key === "Home") reset();
    else return;
    event.preventDefault();
  });
  surface.addEventListener("wheel", (event) => {
    if (document.activeElement !== surface && !event.ctrlKey) return;
    event.preventDefault();
    zoom(Math.exp(Math.max(-1, Math.min(1, event.deltaY / 240))), where(event.clientX, event.clientY));
  }, { passive: false });
  const fingers = new Map();
  const spread = () => {
    const [a, b] = [...fingers.values()];
    return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, distance: Math.hypot(a.x - b.x, a.y - b.y) || 1 };
  };
  const drag = {
    start: (event) => {
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      surface.focus({ preventScroll: true });
    },
    move: (event) => {
      const before = fingers.get(event.pointerId);
      if (!before) return false;
      const frame = where(event.clientX, event.clientY);
      const last = where(before.x, before.y);
      if (fingers.size === 1) pan(last.x - frame.x, last.y - frame.y);
      if (fingers.size === 2) {
        const old = spread();
        fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
        const next = spread();
        zoom(old.distance / next.distance, where(next.x, next.y));
      }
      fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
      return true;
    },
    end: (event) => fingers.delete(event.pointerId),
  };
  return { view, set, zoom, pan, reset, changed, drag };
};
`;
