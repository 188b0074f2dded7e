/**
 * Part of the page's script: `canvasPlot`, a frame with axes on a canvas, and the raster on it. The raster finds the spikes of its
 * view by bisection and fills pixels, each at most once, so that a million spikes are drawn within a frame or two.
 */
export const rasterScript = String.raw`
const canvasPlot = ({ surface, toolbar, data, bounds, least, height, paint, hover, step }) => {
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  surface.append(canvas);
  const pen = canvas.getContext("2d");
  const frame = { left: 56, top: 10, right: 24, bottom: 44, width: 100, height: 100 };
  const where = (x, y) => {
    const box = canvas.getBoundingClientRect();
    return { x: (x - box.left - frame.left) / frame.width, y: 1 - (y - box.top - frame.top) / frame.height };
  };
  let control;
  const show = () => {
    const scale = window.devicePixelRatio || 1;
    const width = Math.max(240, surface.clientWidth);
    const tall = height(width);
    if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(tall * scale)) {
      canvas.width = Math.round(width * scale);
      canvas.height = Math.round(tall * scale);
      canvas.style.width = width + "px";
      canvas.style.height = tall + "px";
    }
    frame.width = width - frame.left - frame.right;
    frame.height = tall - frame.top - frame.bottom;
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, tall);
    const { x, y } = control.view;
    const pixels = { width: Math.max(1, Math.round(frame.width * scale)), height: Math.max(1, Math.round(frame.height * scale)) };
    paint({ pen, frame, view: control.view, pixels, scale });
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.strokeStyle = styleOf("--rule");
    pen.lineWidth = 1;
    pen.strokeRect(frame.left - 0.5, frame.top - 0.5, frame.width + 1, frame.height + 1);
    pen.fillStyle = styleOf("--ink");
    pen.font = "12px system-ui, sans-serif";
    pen.textAlign = "center";
    pen.textBaseline = "top";
    for (const tick of ticksBetween(x[0], x[1], frame.width / 80)) {
      const at = frame.left + ((tick - x[0]) / (x[1] - x[0])) * frame.width;
      pen.fillRect(at - 0.5, frame.top + frame.height, 1, 4);
      pen.fillText(String(tick), at, frame.top + frame.height + 7);
    }
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    for (const tick of ticksBetween(y[0], y[1], frame.height / 45)) {
      const label = data.kind === "heat map" ? -tick : tick;
      if (!Number.isInteger(label)) continue;
      const at = frame.top + (1 - (tick - y[0]) / (y[1] - y[0])) * frame.height;
      pen.fillRect(frame.left - 4, at - 0.5, 4, 1);
      pen.fillText(String(label + 0), frame.left - 7, at);
    }
    pen.fillStyle = styleOf("--muted");
    pen.textAlign = "right";
    pen.textBaseline = "bottom";
    pen.fillText(data.xLabel, frame.left + frame.width, tall - 2);
    pen.save();
    pen.translate(12, frame.top);
    pen.rotate(-Math.PI / 2);
    pen.textAlign = "right";
    pen.textBaseline = "middle";
    pen.fillText(data.yLabel, 0, 0);
    pen.restore();
  };
  control = createView(surface, toolbar, bounds, { show, where, least, vertical: true, step: (right, up) => step(control, right, up) });
  canvas.addEventListener("pointerdown", (event) => {
    control.drag.start(event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (control.drag.move(event)) return;
    const { x, y } = where(event.clientX, event.clientY);
    hover(control, x, y, frame);
  });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, control.drag.end);
  canvas.addEventListener("dblclick", control.reset);
  show();
  return { redraw: show, control };
};

/** Index of the first of ascending values that is not below a value. */
const firstFrom = (values, value) => {
  let [low, high] = [0, values.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

const rgbaOf = (color) => {
  const probe = document.createElement("canvas").getContext("2d");
  probe.fillStyle = color;
  probe.fillRect(0, 0, 1, 1);
  return new Uint32Array(probe.getImageData(0, 0, 1, 1).data.buffer)[0];
};

const drawRaster = ({ surface, toolbar, readout, data }) => {
  const [times, ids] = [unpack(data.times), unpack(data.ids)];
  const groupOf = new Uint8Array(data.n);
  data.groups.forEach(({ from, to }, j) => groupOf.fill(j % 6, from, to));
  const [first, last] = [times[0] ?? 0, times[times.length - 1] ?? 1];
  const edge = (last - first) * 0.01 || 1;
  const bounds = { x: [first - edge, last + edge], y: [-0.5, data.n - 0.5] };
  let image;
  const paint = ({ pen, frame, view, pixels, scale }) => {
    const { width, height } = pixels;
    if (!image || image.width !== width || image.height !== height) image = pen.createImageData(width, height);
    const cells = new Uint32Array(image.data.buffer).fill(0);
    const colors = Uint32Array.from({ length: 6 }, (_, j) => rgbaOf(colorOf(j)));
    const [x0, x1] = view.x;
    const [y0, y1] = view.y;
    const across = width / (x1 - x0);
    const up = height / (y1 - y0);
    const tall = Math.max(1, Math.min(14 * scale, Math.floor(up * 0.7)));
    const broad = up > 4 * scale ? Math.max(1, Math.round(1.4 * scale)) : 1;
    const to = firstFrom(times, x1);
    for (let k = firstFrom(times, x0); k < to; k++) {
      const id = ids[k];
      if (id < y0 || id > y1) continue;
      const column = ((times[k] - x0) * across) | 0;
      const row = (height - (id - y0) * up - tall / 2) | 0;
      const color = colors[groupOf[id]];
      const start = row < 0 ? 0 : row;
      if (start < height && cells[start * width + column] === color) continue;
      for (let r = start; r < row + tall && r < height; r++)
        for (let c = column; c < column + broad && c < width; c++) cells[r * width + c] = color;
    }
    pen.putImageData(image, Math.round(frame.left * scale), Math.round(frame.top * scale));
  };
  const say = (k) => {
    const group = data.groups.find(({ from, to }) => ids[k] >= from && ids[k] < to);
    readout.textContent = k < 0 ? "" : "Spike of neuron " + ids[k] + (group ? " (" + group.label + ")" : "") + " at " + short(times[k]);
  };
  const hover = ({ view }, x, y, frame) => {
    if (x < 0 || x > 1 || y < 0 || y > 1) return;
    const [dx, dy] = [view.x[1] - view.x[0], view.y[1] - view.y[0]];
    const [time, id] = [view.x[0] + x * dx, view.y[0] + y * dy];
    let best = -1;
    let least = 12;
    const to = firstFrom(times, time + (12 / frame.width) * dx);
    for (let k = firstFrom(times, time - (12 / frame.width) * dx); k < to; k++) {
      const distance = Math.hypot(((times[k] - time) / dx) * frame.width, ((ids[k] - id) / dy) * frame.height);
      if (distance < least) [best, least] = [k, distance];
    }
    if (best >= 0) say(best);
    else readout.textContent = short(time) + ", neuron " + Math.min(data.n - 1, Math.max(0, Math.round(id)));
  };
  let at = -1;
  const step = (control, right) => {
    const [low, high] = control.view.x;
    const [from, to] = [firstFrom(times, low), firstFrom(times, high) - 1];
    if (to < from) return;
    at = Math.min(to, Math.max(from, at + right));
    say(at);
  };
  const height = (width) => Math.min(420, Math.max(260, width * 0.5));
  return canvasPlot({ surface, toolbar, data, bounds, least: { x: (bounds.x[1] - bounds.x[0]) * 1e-5, y: Math.min(data.n, 3) }, height, paint, hover, step });
};
`;
