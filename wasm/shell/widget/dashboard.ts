// What a reader does with a dashboard that doesn't change what is chosen: passing it
// on, downloading it; and choosing a State on its map.

import { createElement } from "../common/page";

/** What to ask the engine for the pledges in a form. */
type Take = (form: string) => Promise<string>;

/** Dashboards that have been brought to life. */
const takes = new WeakMap<Element, Take>();

const TYPES: Record<string, string> = { csv: "text/csv", json: "application/json" };

/** Brings a new or changed dashboard to life. */
export function enliven(view: Element, take: Take): void {
  if (!takes.has(view)) {
    view.addEventListener("click", act);
    view.addEventListener("keydown", act);
  }
  takes.set(view, take);
}

function act(event: Event): void {
  const view = event.currentTarget as Element;
  const target = event.target as Element;
  const { key } = event as KeyboardEvent;
  if (target.matches("[part=tiles] > *") && (!key || key === "Enter" || key === " ")) {
    event.preventDefault();
    choose(view, [...target.parentElement!.children].indexOf(target));
  }
  const button = key ? null : target.closest<HTMLButtonElement>("[part=tool]");
  if (!button) return;
  event.stopPropagation(); // or it would be taken for a choice
  const { name, value } = button;
  if (name === "share") void share(button);
  else void takes.get(view)!(value).then((text) => save(text, value));
}

/** Chooses the State of a square, or takes it back: what there is a button for, too. */
function choose(view: Element, index: number): void {
  const code = view.querySelectorAll("[part~=code]")[index]!.textContent;
  view.querySelector<HTMLButtonElement>(`button[name=state][value=${code}]`)?.click();
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

function save(text: string, form: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: TYPES[form]! }));
  const link = Object.assign(createElement("a"), { href: url, download: `pledges.${form}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
