// The engine's tree as DOM. Text becomes text nodes and nothing is ever parsed
// as HTML, so there is no place where a feed could put a script; the lists
// below say so a second time.

import { createElement, createSVG } from "../common/page";
import { turn } from "../common/schedule";

/** Text, or an element: its tag, its attributes, its children. */
export type Tree = string | [tag: string, attributes: Record<string, string>, ...children: Tree[]];

// What the engine's views consist of; package view has the same two lists.
const TAGS = new Set("a bdi button caption dd details div dl dt figcaption figure li ol p polygon rect span strong summary svg table tbody td text th thead time tr".split(" "));
const ATTRIBUTES = new Set("aria-hidden aria-pressed datetime dir disabled height href lang name part points preserveAspectRatio scope type value viewBox width x y".split(" "));

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

/** What may have many children, and none of them in SVG. */
const LONG = /^(div|details|figure|ol|table|tbody)$/;

/** Makes the root of a view. It takes several turns, as a view can be large. */
export async function grow(tree: Tree): Promise<Element> {
  let made = 0;
  const piecemeal = async (tree: Tree): Promise<Node> => {
    const [tag, attributes, ...children] = tree as Exclude<Tree, string>;
    if (!LONG.test(tag)) {
      if (!(++made % 6)) await turn();
      return build(tree);
    }
    const element = build([tag, attributes]) as Element;
    for (const child of children) element.append(await piecemeal(child));
    return element;
  };
  const root = (await piecemeal(tree)) as Element;
  await turn();
  return root;
}

/**
 * Shows a view that is new on the page in parts, from above and in a frame each,
 * as the layout of a large one takes a slow machine long: the total and what comes
 * next, then four rows or the like, and more each time where no frame is felt.
 */
export async function unfold(view: Element): Promise<void> {
  const late = [...view.querySelectorAll<HTMLElement>(":scope>*,:scope>*>ol>li")].slice(2);
  for (const part of late) part.hidden = true;
  for (let some = 4; late.length; ) {
    const start = performance.now();
    await turn(20);
    for (const part of late.splice(0, some)) part.hidden = false;
    some = performance.now() - start < 28 ? some + 2 : 4;
  }
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
