/** Puts the plots that are shown into rows of two, without gaps. */

/** A plot that would stand alone gets the whole row; narrow rasters stand beside the phase plane, above the traces. */
export function arrange(views: HTMLElement): void {
  const shown = [...views.children].filter((each): each is HTMLElement => each instanceof HTMLElement && !each.hidden);
  const narrow = shown.filter((each) => !each.classList.contains("wide"));
  for (const each of shown) {
    each.classList.remove("alone");
    each.style.order = each.id === "raster" ? "0" : each.id === "traces" ? "2" : "3";
  }
  const [first, second] = narrow;
  if (first?.id === "raster" && second) second.style.order = "1";
  if (narrow.length % 2 === 1) narrow.at(-1)!.classList.add("alone");
}
