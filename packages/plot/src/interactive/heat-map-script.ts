/** Part of the page's script: a heat map whose cells can be read, by pointer and by keys. */
export const heatMapScript = String.raw`
/** Blue through the color of the paper to vermilion for values of both signs, paper to blue for one sign. */
const shadeOf = (low, high) => {
  const parts = (name) => {
    const probe = document.createElement("canvas").getContext("2d");
    probe.fillStyle = styleOf(name);
    probe.fillRect(0, 0, 1, 1);
    return probe.getImageData(0, 0, 1, 1).data;
  };
  const [paper, cold, warm] = [parts("--tint"), parts("--series-0"), parts("--series-1")];
  const both = low < 0 && high > 0;
  const most = both ? Math.max(-low, high) : high - low || 1;
  return (value) => {
    const part = both ? value / most : (value - low) / most;
    const end = both ? (part < 0 ? cold : warm) : cold;
    return [0, 1, 2].map((j) => Math.round(paper[j] + (end[j] - paper[j]) * Math.abs(part)));
  };
};

const drawHeatMap = ({ surface, toolbar, readout, data }) => {
  const values = unpack(data.values);
  const { rows, columns } = data;
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) if (Number.isFinite(value)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  if (low <= high) readout.textContent = data.valueLabel + " from " + short(low) + " to " + short(high);
  // Row r stands at -r, so that the first is at the top.
  const bounds = { x: [-0.5, columns - 0.5], y: [0.5 - rows, 0.5] };
  const source = document.createElement("canvas");
  source.width = columns;
  source.height = rows;
  let shadedFor = "";
  const shade = () => {
    const key = styleOf("--tint") + styleOf("--series-0");
    if (key === shadedFor) return;
    shadedFor = key;
    const pen = source.getContext("2d");
    const image = pen.createImageData(columns, rows);
    const color = shadeOf(low, high);
    values.forEach((value, j) => {
      if (Number.isFinite(value)) image.data.set([...color(value), 255], 4 * j);
    });
    pen.putImageData(image, 0, 0);
  };
  let cell = null;
  const paint = ({ pen, frame, view }) => {
    shade();
    const across = frame.width / (view.x[1] - view.x[0]);
    const down = frame.height / (view.y[1] - view.y[0]);
    pen.save();
    pen.beginPath();
    pen.rect(frame.left, frame.top, frame.width, frame.height);
    pen.clip();
    pen.imageSmoothingEnabled = across < 1 || down < 1;
    pen.drawImage(source, frame.left + (-0.5 - view.x[0]) * across, frame.top + (view.y[1] - 0.5) * down, columns * across, rows * down);
    if (cell) {
      pen.strokeStyle = styleOf("--ink");
      pen.lineWidth = 2;
      pen.strokeRect(frame.left + (cell.column - 0.5 - view.x[0]) * across, frame.top + (view.y[1] + cell.row - 0.5) * down, across, down);
    }
    pen.restore();
  };
  const say = (control, row, column) => {
    if (row < 0 || row >= rows || column < 0 || column >= columns) return;
    cell = { row, column };
    readout.textContent = data.yLabel + " " + row + ", " + data.xLabel + " " + column + ": " + data.valueLabel + " " + short(values[row * columns + column]);
    control.changed();
  };
  const hover = (control, x, y) => {
    const { view } = control;
    if (x < 0 || x > 1 || y < 0 || y > 1) return;
    say(control, Math.round(-(view.y[0] + y * (view.y[1] - view.y[0]))), Math.round(view.x[0] + x * (view.x[1] - view.x[0])));
  };
  const step = (control, right, up) => {
    const from = cell ?? { row: Math.round(-control.view.y[1] + 0.5), column: Math.round(control.view.x[0] + 0.5) - right };
    say(control, Math.min(rows - 1, Math.max(0, from.row - up)), Math.min(columns - 1, Math.max(0, from.column + right)));
  };
  const height = (width) => Math.min(560, Math.max(240, 54 + (width - 80) * Math.min(1, Math.max(0.35, rows / columns))));
  return canvasPlot({ surface, toolbar, data, bounds, least: { x: Math.min(columns, 2), y: Math.min(rows, 2) }, height, paint, hover, step });
};
`;
