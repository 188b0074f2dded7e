/** The page: its parts, what they look at, and the loop of frames. */
import { arrange } from "./arrange.ts";
import { connect, Refused } from "./connection.ts";
import { h, options, refill } from "./dom.ts";
import { frameTimes } from "./frame-times.ts";
import { activityPanel } from "./panels/activity.ts";
import { equationsPanel } from "./panels/equations.ts";
import type { Panel, Selection } from "./panels/panel.ts";
import { phasePanel } from "./panels/phase.ts";
import { problemPlace, showProblem } from "./panels/problem.ts";
import { rasterPanel } from "./panels/raster.ts";
import { sharePanel } from "./panels/share.ts";
import { stackPanel } from "./panels/stack.ts";
import { theoryPanel } from "./panels/theory.ts";
import { tracesPanel } from "./panels/traces.ts";
import { transport } from "./panels/transport.ts";
import { weightsPanel } from "./panels/weights.ts";
import { presets, type Preset } from "./presets/index.ts";
import type { Description, View } from "./protocol.ts";
import { fitSelection } from "./selection.ts";
import { themeButton } from "./theme.ts";

const selection: Selection = { population: "", neuron: 0, variable: "v", window: 500, x: "v", y: "" };
let description: Description | null = null;
let preset: Preset | null = null;
let playing = false;
/** The plane and the counts are asked for anew. */
let planeIsDue = true;
const times = frameTimes();

const status = h("p", { class: "hidden-text", role: "status", "aria-live": "polite", id: "status" });
const say = (text: string): void => void (status.textContent = text);
const trouble = problemPlace("trouble");
const notice = h(
  "div",
  { class: "notice" },
  trouble,
  h(
    "button",
    { type: "button", class: "quiet", "aria-label": "Close the notice", on: { click: () => tellTrouble(null) } },
    "✕",
  ),
);
function tellTrouble(refusal: Parameters<typeof showProblem>[1]): void {
  showProblem(trouble, refusal);
  notice.hidden = refusal === null;
}

const noPlace = { behavior: "", entity: "", caret: "", candidates: [] };
const failed = (summary: string): void =>
  tellTrouble({ ...noPlace, code: "internal", summary, remedy: "Load the page again." });
const { ask } = connect(failed);

const reselected = (): void => {
  fitSelection(selection, description!);
  traces.reselect();
  phase.reselect();
  planeIsDue = true;
};
const raster = rasterPanel(selection);
const traces = tracesPanel(selection, reselected);
const phase = phasePanel(selection, traces, reselected, () => void (planeIsDue = true));
const activity = activityPanel(selection, () => raster.geometry().columns, traces);
const weights = weightsPanel();
const theory = theoryPanel();
const equations = equationsPanel(selection);
const stack = stackPanel({
  selection,
  ask,
  chosen(population) {
    selection.population = population;
    present(description!);
  },
  restructured(next, change) {
    if (change.do === "clock" || change.do === "resize") restart();
    present(next);
    say(`Changed: ${change.do} ${"behavior" in change ? change.behavior : ""}`.trim());
  },
  revalued: () => void (planeIsDue = true),
});
const panels: readonly Panel[] = [stack, raster, traces, activity, phase, weights, theory, equations];

const controls = transport({
  play: (on) => void setPlaying(on),
  step(steps) {
    setPlaying(false);
    void ask({ kind: "step", steps }).then(() => say(`${steps} ${steps === 1 ? "step" : "steps"} done`));
  },
  reset() {
    void ask({ kind: "reset" }).then(() => {
      restart();
      say("Back at 0 ms");
    });
  },
  async seed(seed) {
    const { description: next } = await ask({ kind: "change", change: { do: "clock", seed } });
    restart();
    present(next!);
  },
  window(ms) {
    selection.window = ms;
    restartPlots();
  },
});

function setPlaying(on: boolean): void {
  playing = on;
  controls.setPlaying(on);
  say(on ? "Running" : "Paused");
}

const restartPlots = (): void => panels.forEach((panel) => panel !== stack && panel.restart?.());
function restart(): void {
  restartPlots();
  planeIsDue = true;
}

function present(next: Description): void {
  description = next;
  fitSelection(selection, next);
  title.textContent = next.name;
  about.textContent = next.doc;
  traces.label(preset?.labels?.[selection.population]);
  controls.describe(next);
  for (const panel of panels) panel.describe?.(next);
  arrange(views);
  planeIsDue = true;
}

async function open(
  request: Parameters<typeof ask>[0] & { kind: "open" | "open link" | "open text" },
  from: Preset | null,
): Promise<void> {
  const opened = await ask(request);
  preset = from;
  const { look = {} } = from ?? {};
  const network = opened.description;
  Object.assign(selection, {
    population: look.population ?? network.populations[0]?.name ?? "",
    neuron: look.neuron ?? 0,
    variable: "v",
    window: look.window ?? network.duration ?? 500,
    x: "",
    y: "",
  });
  controls.setSpeed(look.speed ?? 0.1);
  controls.setWindow(selection.window);
  for (const panel of panels) panel.restart?.();
  present(network);
  choice.value = from?.id ?? "";
  say(`Opened ${network.name}`);
}

async function openPreset(id: string): Promise<void> {
  const found = presets.find((each) => each.id === id) ?? presets[0]!;
  await open({ kind: "open", file: found.file }, found);
  history.replaceState(null, "", `#preset=${found.id}`);
  tellTrouble(null);
  setPlaying(!matchMedia("(prefers-reduced-motion: reduce)").matches);
}

/** What the address asks for; where it cannot be read, the first preset, and a notice. */
async function openAddress(): Promise<void> {
  const { hash } = location;
  const [, id] = /^#preset=([\w-]+)$/u.exec(hash) ?? [];
  if (hash.length < 2 || id !== undefined) {
    await openPreset(id ?? "");
    if (id !== undefined && preset?.id !== id)
      tellTrouble({
        ...noPlace,
        code: "unknown-name",
        summary: `There is no example ${id}.`,
        remedy: "This is the first one instead; the list has all.",
      });
    return;
  }
  try {
    await open({ kind: "open link", hash }, null);
    tellTrouble(null);
    setPlaying(true);
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    await openPreset("");
    tellTrouble({
      ...error.refusal,
      summary: `The link could not be opened: ${error.refusal.summary}`,
      remedy: `${error.refusal.remedy} This is the first example instead.`,
    });
  }
}

const groups = [...new Set(presets.map(({ group }) => group))];
const choice = h(
  "select",
  { id: "preset", on: { change: () => void openPreset(choice.value) } },
  h("option", { value: "", hidden: true }, "own network"),
  ...options(
    groups.map((label) => ({
      label,
      items: presets.filter(({ group }) => group === label).map(({ id, title }) => ({ value: id, text: title })),
    })),
  ),
);
const title = h("h2", { id: "network-name" });
const about = h("p");
const share = sharePanel({
  ask,
  say,
  open: async (text) => {
    await open({ kind: "open text", text }, null);
    setPlaying(true);
  },
});
const brand = h("h1", { class: "brand" });
brand.innerHTML =
  '<svg viewBox="0 0 32 32" aria-hidden="true"><rect width="32" height="32" rx="7" fill="var(--accent)"/><path d="M4 20h7l2-4 3-11 3 19 2-4h7" fill="none" stroke="var(--on-accent)" stroke-width="2.4" stroke-linejoin="round" stroke-linecap="round"/></svg>';
brand.append("Neuroweave ", h("span", {}, "playground"));
const theme = themeButton(() => panels.forEach((panel) => panel.recolor?.()));
const views = h(
  "div",
  { id: "views", tabindex: -1 },
  ...[raster, traces, phase, activity, theory, weights, equations].map(({ element }) => element),
);

refill(
  document.querySelector("#page")!,
  h(
    "header",
    { class: "top" },
    h(
      "div",
      { class: "bar" },
      brand,
      h("label", { class: "field" }, "Example", choice),
      h("span", { class: "spring" }),
      ...share.buttons,
      theme,
    ),
    controls.element,
  ),
  h("main", {}, h("div", { class: "about" }, title, about), notice, stack.element, views),
  h(
    "footer",
    {},
    "Everything runs in this page: models are composed and compiled to WebAssembly here, and nothing is sent anywhere.",
  ),
  status,
  ...share.dialogs,
);
notice.hidden = true;

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  const typing =
    target instanceof HTMLElement && target.closest("input, textarea, select, button, dialog, a, [role=tab]");
  if (key !== " " || typing) return;
  event.preventDefault();
  setPlaying(!playing);
});
addEventListener("hashchange", () => {
  if (/^#(?:n|preset)=/u.test(location.hash)) void openAddress();
});
// Places of the page are gone to without a change of the address, which holds the network.
document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
  const place = link && document.querySelector<HTMLElement>(link.hash);
  if (!place) return;
  event.preventDefault();
  place.scrollIntoView({ block: "start" });
  place.focus({ preventScroll: true });
});

/** What is asked for less often than frames. */
let lastLook = 0;
let nextPlane = 0;
let looking = false;
async function lookAround(now: number): Promise<void> {
  if (looking || now - lastLook < 250) return;
  looking = true;
  lastLook = now;
  try {
    const wantedPlane = phase.wanted();
    if (wantedPlane && (planeIsDue || (playing && now > nextPlane))) {
      planeIsDue = false;
      const asked = performance.now();
      phase.show(await ask({ kind: "phase", ...wantedPlane }));
      // The flow takes no more than a small part of the time.
      nextPlane = now + Math.max(500, 25 * (performance.now() - asked));
    }
    traces.count(await ask({ kind: "counts", population: selection.population }));
    const rated = theory.wanted();
    if (rated !== null) theory.count(await ask({ kind: "counts", population: rated }));
    const wantedWeights = weights.wanted();
    if (wantedWeights !== null) weights.show(await ask({ kind: "weights", projection: wantedWeights }));
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  } finally {
    looking = false;
  }
}

/** Parts of the page that can be seen now; the others are not drawn. */
const seen = new Set<Element>();
const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) seen.add(target);
    else seen.delete(target);
  }
});
for (const { element } of panels) watcher.observe(element);

let waiting = false;
let before = 0;
function frame(now: number): void {
  requestAnimationFrame(frame);
  times.mark(now);
  if (description === null || waiting) return;
  const geometry = raster.geometry();
  const { population, window } = selection;
  const view: View = { population, ...traces.wanted(), plane: phase.tracked(), window, ...geometry };
  const asked = playing;
  const elapsed = before === 0 ? 0 : now - before;
  before = now;
  waiting = true;
  ask({ kind: "advance", elapsed, speed: controls.speed(), playing, view }).then(
    (answer) => {
      waiting = false;
      for (const panel of panels) panel.draw?.(answer, seen.has(panel.element));
      controls.draw(answer, times.perSecond);
      if (asked && playing && !answer.playing) setPlaying(false);
      void lookAround(now);
    },
    (error: unknown) => {
      waiting = false;
      if (!(error instanceof Refused)) throw error;
      setPlaying(false);
      tellTrouble(error.refusal);
    },
  );
}

/** For tests: how long frames take. */
Object.assign(globalThis, { playgroundFrames: times });

stack.offer(await ask({ kind: "catalogue" }));
await openAddress();
requestAnimationFrame(frame);
