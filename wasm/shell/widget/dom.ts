// The engine's tree as DOM. Text becomes text nodes and nothing is ever parsed
// as HTML, so there is no place where a feed could put a script; the lists
// below say so a second time.

import { createElement, createSVG } from "../common/page";

/** Text, or an element: its tag, its attributes, its children. */
export type Tree = string | [tag: string, attributes: Record<string, string>, ...children: Tree[]];

/** A step from the view on the page to the next; paths are child indexes from its root. */
export type Change =
  | ["root", Tree]
  | ["text", number[], string]
  | ["attr", number[], string, string | null]
  | ["node", number[], Tree];

// What the engine's views consist of; package view has the same two lists.
const TAGS = new Set("a bdi button caption details div figcaption figure input label li mark ol p polygon polyline rect span strong summary svg table tbody td text th thead time title tr tspan".split(" "));
const ATTRIBUTES = new Set("aria-hidden aria-pressed datetime dir disabled height href id lang name open part placeholder points popover popovertarget popovertargetaction preserveAspectRatio scope tabindex type value viewBox width x y".split(" "));

/** Makes the node. What is not on the list leaves an empty comment, so that paths still hold. */
export function build(tree: Tree, inSVG = false): Node {
  if (typeof tree === "string") return new Text(tree);
  const [tag, attributes, ...children] = tree;
  if (!TAGS.has(tag)) return new Comment();
  inSVG ||= tag === "svg";
  const element = inSVG ? createSVG(tag) : createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  for (const child of children) element.append(build(child, inSVG));
  return element;
}

export function set(element: Element, name: string, value: string | null): void {
  // Links lead to https only: no javascript:, and nothing relative to the host page.
  if (!ATTRIBUTES.has(name) || (name === "href" && value !== null && !/^https:\/\//i.test(value))) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** What the reader has unfolded stays so. */
export function keepOpen(old: Element | null | undefined, next: Element): void {
  const details = next.querySelectorAll("details");
  old?.querySelectorAll("details").forEach(({ open }, i) => details[i]?.toggleAttribute("open", open));
}

/**
 * Has the page show what is made, and returns it: what there is stays where it is
 * the same, and elsewhere as much of it as can.
 */
export function settle<Kind extends Node>(old: Kind | null | undefined, next: Kind): Kind {
  if (!old) return next;
  if (old.isEqualNode(next)) return old;
  if (old instanceof Text && next instanceof Text) old.data = next.data;
  else if (old instanceof Element && next instanceof Element && shape(old) === shape(next)) {
    for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
    [...next.childNodes].forEach((child, i) => settle(old.childNodes[i], child));
  } else {
    (old as unknown as ChildNode).replaceWith(next);
    return next;
  }
  return old;
}

const shape = (element: Element): string => [element.localName, element.childNodes.length, ...element.getAttributeNames()].join();
