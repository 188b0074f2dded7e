/** The network to take along: as a link, as a program, as a file; and a file to open. */
import { Refused, type Connection } from "../connection.ts";
import { h } from "../dom.ts";
import { problemPlace, showProblem } from "./problem.ts";

export interface ShareOptions {
  readonly ask: Connection["ask"];
  /** Says something in passing. */
  readonly say: (text: string) => void;
  /** Opens a file's text. Throws `Refused`. */
  readonly open: (text: string) => Promise<void>;
}

type Kind = "link" | "code" | "file";

const titles: Readonly<Record<Kind, string>> = {
  link: "Link to this network",
  code: "This network in TypeScript",
  file: "This network as a file",
};
const notes: Readonly<Record<Kind, string>> = {
  link: "The link holds the network itself, as data. Whoever opens it gets the same neurons and the same spikes.",
  code: "Save it as network.ts beside an installed neuroweave, and run it with npx tsx network.ts.",
  file: "To be opened here, run from the command line, or read with loadNetwork.",
};

export function sharePanel({ ask, say, open }: ShareOptions): { readonly buttons: readonly HTMLElement[]; readonly dialogs: readonly HTMLElement[] } {
  const text = h("textarea", { readonly: true, spellcheck: "false", "aria-labelledby": "share-title" });
  const title = h("h2", { id: "share-title" });
  const note = h("p", { class: "note" });
  const copy = h("button", { type: "button", class: "primary" }, "Copy");
  const save = h("button", { type: "button" }, "Save as file");
  const dialog = h("dialog", { "aria-labelledby": "share-title" }, title, note, text, h("div", { class: "row" }, save, copy, h("button", { type: "button", on: { click: () => dialog.close() } }, "Close")));
  let kind: Kind = "link";

  const show = async (wanted: Kind): Promise<void> => {
    kind = wanted;
    const answer = await ask({ kind: wanted });
    if (wanted === "link") history.replaceState(null, "", `#${answer}`);
    text.value = wanted === "link" ? location.href : answer;
    title.textContent = titles[wanted];
    note.textContent = notes[wanted];
    save.hidden = wanted === "link";
    dialog.showModal();
    text.scrollTop = 0;
  };
  copy.addEventListener("click", () => {
    text.select();
    void navigator.clipboard.writeText(text.value).then(
      () => say("Copied."),
      () => say("Select the text and copy it."),
    );
  });
  save.addEventListener("click", () => {
    const address = URL.createObjectURL(new Blob([text.value], { type: kind === "code" ? "text/plain" : "application/json" }));
    h("a", { href: address, download: kind === "code" ? "network.ts" : "network.json" }).click();
    URL.revokeObjectURL(address);
  });

  const place = problemPlace("open-problem");
  const pasted = h("textarea", { id: "open-text", spellcheck: "false", placeholder: '{ "format": "neuroweave network", … }', "aria-describedby": "open-problem" });
  const picked = h("input", { type: "file", accept: ".json,application/json", "aria-label": "A file" });
  picked.addEventListener("change", () => void picked.files?.[0]?.text().then((content) => (pasted.value = content)));
  const give = h("button", { type: "button", class: "primary" }, "Open");
  const opener = h("dialog", { "aria-labelledby": "open-title" }, h("h2", { id: "open-title" }, "Open a network file"), picked, h("label", { for: "open-text", class: "note" }, "or its text"), pasted, place, h("div", { class: "row" }, give, h("button", { type: "button", on: { click: () => opener.close() } }, "Close")));
  give.addEventListener("click", () => {
    void open(pasted.value).then(
      () => opener.close(),
      (error: unknown) => {
        if (!(error instanceof Refused)) throw error;
        showProblem(place, error.refusal);
      },
    );
  });

  const button = (label: string, act: () => void): HTMLElement => h("button", { type: "button", on: { click: act } }, label);
  return {
    buttons: [
      button("Share link", () => void show("link")),
      button("Code", () => void show("code")),
      button("File", () => void show("file")),
      button("Open", () => {
        showProblem(place, null);
        opener.showModal();
      }),
    ],
    dialogs: [dialog, opener],
  };
} // prettier-ignore
