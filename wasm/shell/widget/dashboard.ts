// Entry of the module of dashboards, and what a reader does there beside clicking on
// what is chosen: searching, finding a row, passing the address on, downloading, and
// choosing a State on the map.

import type { Engine } from "../common/engine";
import { createElement } from "../common/page";
import { turn } from "../common/schedule";

/** A dashboard that has been brought to life. */
interface Board {
  readonly engine: Engine;
  readonly options: Record<string, unknown>;
  /** What is searched for in it. */
  readonly search: string;
  /** What has been typed, and isn't shown yet. */
  typed: string[];
}

const boards = new WeakMap<Element, Board>();

const TYPES: Record<string, string> = { csv: "text/csv", json: "application/json" };

/** Brings a new or changed dashboard to life. */
export function enliven(view: Element, engine: Engine, options: Record<string, unknown>): void {
  const old = boards.get(view);
  if (!old) for (const type of ["click", "keydown", "input", "compositionend"]) view.addEventListener(type, act);
  if (old?.engine !== engine) void ready(engine, `${options.source}`);
  const search = `${options.search ?? ""}`;
  let { typed = [] } = old ?? {};
  // Who types is ahead of what is shown; but it may be something else than the box that has searched.
  if (typed.includes(search)) typed = typed.slice(typed.lastIndexOf(search) + 1);
  else if (search !== old?.search) typed = fill(view, search);
  boards.set(view, { engine, options, search, typed });
  view.querySelectorAll<HTMLInputElement>("[part=find]").forEach((box) => narrow(box));
}

/** Writes into the box, and returns what has been typed since. */
function fill(view: Element, search: string): string[] {
  const query = view.querySelector<HTMLInputElement>("[part=query]");
  if (query) query.value = search;
  return [];
}

/** Has an engine fold the texts that are searched, some at a time, while nothing else is to be done. */
async function ready(engine: Engine, sources: string): Promise<void> {
  try {
    do await turn(50);
    while ((await engine.call<{ more?: boolean }>("ready", sources)).more);
  } catch {} // who searches is told
}

function act(event: Event): void {
  const view = event.currentTarget as Element;
  const target = event.target as HTMLInputElement;
  const { type } = event;
  const { key, isComposing } = event as KeyboardEvent;
  if (target.matches("[part=find]")) {
    if (type === "input") narrow(target, true);
    return;
  }
  const go = view.querySelector<HTMLButtonElement | HTMLInputElement>("[part=go]");
  if (target.matches("[part=query]") && (key ? key === "Enter" : type !== "click") && !isComposing) {
    const text = target.value.trim();
    if (text !== go!.value) {
      boards.get(view)!.typed.push(text);
      go!.value = text;
      go!.click();
    }
  }
  if (target === go && event.isTrusted) go.value = view.querySelector<HTMLInputElement>("[part=query]")!.value.trim();
  if (target.matches("[part=tiles] > *") && (type === "click" || key === "Enter" || key === " ")) {
    event.preventDefault();
    choose(view, [...target.parentElement!.children].indexOf(target));
  }
  if (type === "click" && target.matches("[part=clear]")) boards.get(view)!.typed = fill(view, "");
  const button = type === "click" && target.closest<HTMLButtonElement>("[part=tool]");
  if (!button) return;
  event.stopPropagation(); // or it would be taken for a choice
  const { name, value } = button;
  if (name === "share") void share(button);
  else void take(view, value);
}

/** Shows the rows of a facet that have what is typed; those that are folded, too. */
function narrow(box: HTMLInputElement, typed = false): void {
  const facet = box.closest("[part=facet]")!;
  const wanted = plain(box.value);
  for (const row of facet.querySelectorAll<HTMLElement>("li")) row.hidden = !plain(row.querySelector("[part=heading]")!.textContent!).includes(wanted);
  const fold = facet.querySelector<HTMLDetailsElement>("[part~=fold]")!;
  if (typed) fold.open = !!wanted;
  fold.querySelector("summary")!.hidden = !!wanted;
}

/** A text without case and accents. */
const plain = (text: string): string => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** Chooses the State of a square, or takes it back: what there is a button for, too. */
function choose(view: Element, index: number): void {
  const code = view.querySelectorAll("[part~=code]")[index]!.textContent;
  view.querySelector<HTMLButtonElement>(`[part~=choice][name=state][value=${code}]`)?.click();
}

/** Passes the address on, by whatever the device has for it; or copies it. */
async function share(button: HTMLButtonElement): Promise<void> {
  const url = location.href;
  try {
    if (navigator.share && matchMedia("(pointer: coarse)").matches) return await navigator.share({ url });
    await navigator.clipboard.writeText(url);
  } catch {
    return; // the reader has changed their mind, or the page may not
  }
  const words = button.firstChild as Text;
  const { data } = words;
  if (data === button.value) return;
  words.data = button.value;
  setTimeout(() => (words.data = data), 3000);
}

/** Saves the pledges that are chosen, in a form. */
async function take(view: Element, form: string): Promise<void> {
  const { engine, options } = boards.get(view)!;
  const { text } = await engine.call<{ text: string }>("take", form, JSON.stringify(options));
  const url = URL.createObjectURL(new Blob([text], { type: TYPES[form]! }));
  const link = Object.assign(createElement("a"), { href: url, download: `pledges.${form}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
