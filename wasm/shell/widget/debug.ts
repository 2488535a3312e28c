// What is wrong with an element's attributes, and, with the attribute debug, all that
// there is to say to whoever builds its page.

import { WORDS } from "./attributes";
import { Failure } from "../common/failure";
import { createElement } from "../common/page";
import type { GcmErrorDetail, GcmProblem } from "./gcm-pledges";

/** A word, and what is left of it without one of its letters. */
const nearly = (word: string): string[] => [word, ...[...word].map((_, i) => word.slice(0, i) + word.slice(i + 1))];

/** Whether one letter more, less, other, or in another place makes one word of the other. */
const isNear = (a: string, b: string): boolean => Math.abs(a.length - b.length) < 2 && nearly(a).some((word) => nearly(b).includes(word));

/**
 * Attributes that must be meant to be one of ours: nobody is to see the number of
 * everything for that of a region. Others have attributes of their own on an element.
 */
export function misspelt(host: Element): Failure[] {
  const known = (host.constructor as { observedAttributes?: string[] }).observedAttributes!;
  return host
    .getAttributeNames()
    .filter((name) => name[3] && !known.includes(name) && known.some((ours) => isNear(name, ours)))
    .map((name) => new Failure("option", `there is no attribute "${name}"; there are ${known.join(", ")}`));
}

/** Attributes that are none of their words, and count as the first. */
function unknown(host: Element): Failure[] {
  return Object.entries(WORDS).flatMap(([name, words]) => {
    const value = host.getAttribute(name)?.trim();
    if (!value || words.split(" ").includes(value.toLowerCase())) return [];
    return new Failure("option", `"${value}" is not a value of ${name}; there are ${words.replaceAll(" ", ", ")}`);
  });
}

/** What pages have been told of their elements. */
const told = new WeakMap<Element, string>();

/**
 * Tells the page of words that aren't known, once, and writes all that there is to
 * say below the view if the element asks for it.
 */
export function inspect(host: HTMLElement, failed: readonly { readonly failure: Failure }[], readings: readonly { readonly problems: readonly GcmProblem[] }[]): void {
  const mistakes = unknown(host);
  const said = `${mistakes.map(({ message }) => message)}`;
  if (said !== (told.get(host) ?? "")) {
    told.set(host, said);
    for (const { code, message } of mistakes) {
      const detail: GcmErrorDetail = { code, message, source: host.getAttribute("src") ?? "" };
      host.dispatchEvent(new CustomEvent("gcm-error", { detail, bubbles: true, composed: true }));
    }
  }

  let root = host.shadowRoot;
  let text = root?.querySelector<HTMLElement>("[part=debug]");
  if (root?.querySelector("[part~=view]")) root.querySelector("slot")?.remove();
  if (!host.hasAttribute("debug")) return text?.remove();

  const failures = [...failed.map(({ failure }) => failure), ...misspelt(host), ...mistakes];
  const lines = [
    ...new Set(failures.map(({ code, message }) => `${code}: ${message}`)),
    ...readings.flatMap(({ problems }) => problems.map(line)),
  ];
  if (!host.getAttribute("src")?.trim()) lines.push("there is no src, so nothing is read");
  try {
    root ??= host.attachShadow({ mode: "open" });
  } catch {
    return; // it has one, which is closed
  }
  // Until there is a view the page's own text stays.
  if (!root.firstChild) root.append(createElement("slot"));
  if (!text) {
    text = createElement("div");
    text.setAttribute("part", "debug");
    text.lang = "en";
    text.dir = "ltr";
  }
  text.replaceChildren(...(lines[0] ? lines : ["nothing is wrong"]).map(paragraph));
  root.append(text);
}

function paragraph(text: string): HTMLElement {
  const made = createElement("p");
  made.textContent = text;
  return made;
}

const line = ({ record, path, rule, value, lost }: GcmProblem): string =>
  `feed: ${record < 0 ? "header" : `record ${record}`}${path}: ${rule}${value && `: ${JSON.stringify(value)}`}${lost ? ", not counted" : ""}`;
