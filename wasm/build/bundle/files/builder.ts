// The embed builder: a form, a live widget, and the snippets for it.

import type { GcmErrorDetail, GcmUpdateDetail } from "../../../shell/widget/gcm-pledges";
import { type Choice, badge, iframe, script, server } from "./snippets";

const find = <E extends HTMLElement>(selector: string) => document.querySelector<E>(selector)!;

const form = find<HTMLFormElement>("form");
const status = find("#status");
const copied = find("#copied");
const preview = find("#preview");
const widget = document.createElement("gcm-pledges");
const base = new URL(".", location.href).href;

/** The attributes that can be chosen. */
const NAMES = ATTRIBUTES.split(" ").filter((name) => name !== "loading");

/** What is chosen: attributes of the widget, those that mean something only. */
function choice(): Choice {
  const chosen: Record<string, string> = {};
  for (const [name, value] of new FormData(form)) {
    const text = String(value).trim();
    if (name === "src") chosen.src = addresses(text);
    else if (name === "hash") chosen.hash = "";
    else if (text && text !== DEFAULTS[name]) chosen[name] = text;
  }
  if (chosen.view) delete chosen.size; // only the counter has sizes
  return chosen;
}

/** What an attribute is if it is not there. */
const DEFAULTS: Readonly<Record<string, string>> = { view: "counter", theme: "auto", size: "standard", sort: "usual" };

/** The addresses as they are from anywhere. What is no address stays as it is. */
function addresses(text: string): string {
  const absolute = (word: string) => {
    try {
      return new URL(word, location.href).href;
    } catch {
      return word;
    }
  };
  return text && text.split(/\s+/).map(absolute).join(" ");
}

/** What the widget has said, by what it was asked: the text of a page before it has come. */
const texts = new Map<string, string>();

/** What the words depend on. */
const key = () =>
  JSON.stringify(NAMES.filter((name) => !/^(view|size|sort|theme|refresh|hash)$/.test(name)).map((name) => widget.getAttribute(name)));

/** The view documents that publishers have beside their feeds, by the addresses of these; "" if there is none. */
const documents = new Map<string, string>();

/**
 * Looks for a view document beside a feed as package pledge/feed names it: with that
 * a page shows the same in a few kilobytes.
 */
async function seek(src = ""): Promise<void> {
  if (documents.has(src) || !/^\S+\/(pledges|countable|snapshot)\.json$/.test(src)) return;
  documents.set(src, "");
  try {
    const { href } = new URL("view.json", src);
    const answer = await fetch(href, { credentials: "omit" });
    if (answer.ok && "gcm_view" in (await answer.json())) {
      documents.set(src, href);
      write();
    }
  } catch {} // there is none, or not for other sites
}

function write(): void {
  const chosen = choice();
  const text = texts.get(key()) ?? "Pledges";
  const src = documents.get(chosen.src ?? "");
  const light = src ? { ...chosen, src } : chosen;
  for (const [name, snippet] of Object.entries({ script, iframe })) {
    find<HTMLTextAreaElement>(`#${name}`).value = snippet(light, base, text);
  }
  for (const [name, snippet] of Object.entries({ server, badge })) {
    find<HTMLTextAreaElement>(`#${name}`).value = snippet(chosen, base, text);
  }
}

function update(): void {
  const chosen = choice();
  for (const name of NAMES) {
    const value = chosen[name];
    if (value === undefined || (name === "src" && !value)) widget.removeAttribute(name);
    else if (value !== widget.getAttribute(name)) widget.setAttribute(name, value);
  }
  preview.dataset.theme = chosen.theme ?? "";
  for (const part of document.querySelectorAll<HTMLElement>("[data-of]")) part.hidden = part.dataset.of !== (chosen.view ?? DEFAULTS.view);
  widget.hidden = !chosen.src;
  status.textContent = chosen.src ? "" : "Give the address of a feed.";
  write();
  void seek(chosen.src);
}

async function copy(id: string): Promise<void> {
  const area = find<HTMLTextAreaElement>(`#${id}`);
  area.select();
  copied.textContent = "";
  try {
    await navigator.clipboard.writeText(area.value);
    copied.textContent = "Copied.";
  } catch {
    // Not over plain http, and not if the visitor does not allow it.
    copied.textContent = "The text is selected: copy it with your keyboard.";
    area.focus();
  }
}

// An address is complete when its field is left, or with Enter.
form.addEventListener("change", update);
form.addEventListener("submit", (event) => {
  event.preventDefault();
  update();
});
form.addEventListener("reset", () => setTimeout(update));
for (const button of document.querySelectorAll<HTMLElement>("[data-copy]")) {
  button.addEventListener("click", () => void copy(button.dataset.copy!));
}
const topics = find("#topics");

addEventListener("gcm-update", ({ detail }: CustomEvent<GcmUpdateDetail>) => {
  // What is selected has fewer themes than the feed has.
  const known = [...topics.children].map((option) => (option as HTMLOptionElement).value);
  for (const theme of Object.keys(detail.summary.counts.themes ?? {})) {
    if (theme === "not-stated" || known.includes(theme)) continue;
    topics.append(Object.assign(document.createElement("option"), { value: theme }));
  }
  texts.set(key(), detail.text);
  status.textContent = "";
  write();
});
addEventListener("gcm-error", ({ detail }: CustomEvent<GcmErrorDetail>) => {
  status.textContent = `${detail.code}: ${detail.message}`;
});

// A page may lead here with choices: builder.html?src=/pledges.json.
for (const [name, value] of new URLSearchParams(location.search)) {
  const control = form.elements.namedItem(name);
  if (control instanceof HTMLInputElement && control.type === "checkbox") control.checked = true;
  else if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) control.value = value;
  // What is chosen is seen.
  if (value && control instanceof Element) control.closest("details")?.setAttribute("open", "");
}
widget.setAttribute("loading", "eager");
preview.append(widget);
update();
