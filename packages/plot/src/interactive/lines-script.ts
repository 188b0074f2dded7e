/** Part of the page's script: lines by uPlot, with a legend whose entries are switches. */
export const linesScript = String.raw`
const drawLines = ({ surface, toolbar, readout, data }) => {
  const columns = data.columns.map(unpack).map((column, j) => (j === 0 ? Array.from(column) : Array.from(column, (value) => (Number.isFinite(value) ? value : null))));
  const times = columns[0];
  const [first, last] = [times[0] ?? 0, times[times.length - 1] ?? 1];
  const bounds = { x: [first, last > first ? last : first + 1], y: [0, 1] };
  let chart;
  let control;
  const where = (x) => {
    const box = chart.over.getBoundingClientRect();
    return { x: (x - box.left) / box.width, y: 0.5 };
  };
  const make = () => {
    const ink = styleOf("--ink");
    const hidden = chart ? chart.series.map(({ show }) => show) : [];
    chart?.destroy();
    const axis = { stroke: ink, grid: { stroke: styleOf("--rule"), width: 1 }, ticks: { stroke: styleOf("--rule"), width: 1 }, font: "12px system-ui, sans-serif", labelFont: "12px system-ui, sans-serif", labelSize: 22 };
    chart = new uPlot({
      width: Math.max(240, surface.clientWidth),
      height: Math.min(360, Math.max(240, surface.clientWidth * 0.45)),
      ms: 1,
      scales: { x: { time: false, min: control ? control.view.x[0] : bounds.x[0], max: control ? control.view.x[1] : bounds.x[1] } },
      axes: [{ ...axis, label: data.xLabel }, { ...axis, label: data.yLabel || null, size: 58 }],
      cursor: { drag: { x: true, y: false, setScale: false } },
      series: [
        { label: data.xLabel, value: (_, value) => (value === null ? "–" : short(value)) },
        ...data.labels.map((label, j) => ({ label, stroke: colorOf(j), width: 1.5, show: hidden[j + 1] ?? true, points: { show: false }, value: (_, value) => (value === null || value === undefined ? "–" : short(value)) })),
      ],
      hooks: {
        setSelect: [(u) => {
          if (u.select.width < 3) return;
          control.set("x", u.posToVal(u.select.left, "x"), u.posToVal(u.select.left + u.select.width, "x"));
          u.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
        }],
      },
    }, columns, surface);
    chart.over.addEventListener("dblclick", () => control.reset());
    [...chart.root.querySelectorAll(".u-series")].forEach((row, j) => {
      if (j === 0) return;
      const head = row.querySelector("th");
      head.tabIndex = 0;
      head.setAttribute("role", "switch");
      head.setAttribute("aria-checked", String(chart.series[j].show));
      head.setAttribute("aria-label", "Show " + data.labels[j - 1]);
      head.addEventListener("click", () => setTimeout(() => head.setAttribute("aria-checked", String(chart.series[j].show))));
      head.addEventListener("keydown", (event) => {
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        head.click();
      });
    });
  };
  make();
  let cursor = 0;
  const step = (right) => {
    const [low, high] = control.view.x;
    const from = times.findIndex((time) => time >= low);
    let to = times.findLastIndex((time) => time <= high);
    if (from < 0 || to < from) return;
    const jump = Math.max(1, Math.round((to - from) / 200));
    cursor = Math.min(to, Math.max(from, cursor + right * jump));
    const values = data.labels.map((label, j) => label + " " + short(columns[j + 1][cursor] ?? NaN)).filter((_, j) => chart.series[j + 1].show);
    readout.textContent = data.xLabel + " " + short(times[cursor]) + ": " + values.join(", ");
    chart.setCursor({ left: chart.valToPos(times[cursor], "x"), top: 10 });
  };
  const show = () => chart.setScale("x", { min: control.view.x[0], max: control.view.x[1] });
  control = createView(surface, toolbar, bounds, { show, where, least: { x: (bounds.x[1] - bounds.x[0]) * 1e-5, y: 1 }, vertical: false, step });
  return { redraw: make, control };
};
`;
