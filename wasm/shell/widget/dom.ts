// The engine's tree as DOM. Text becomes text nodes and nothing is ever parsed
// as HTML, so there is no place where a feed could put a script; the lists
// below say so a second time.

import { createElement, createSVG } from "../common/page";
import { turn } from "../common/schedule";

/** Text, or an element: its tag, its attributes, its children. */
export type Tree = string | [tag: string, attributes: Record<string, string>, ...children: Tree[]];

/** A step from the view on the page to the next; paths are child indexes from its root. */
export type Change =
  | ["root", Tree]
  | ["text", number[], string]
  | ["attr", number[], string, string | null]
  | ["node", number[], Tree];

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

function set(element: Element, name: string, value: string | null): void {
  // Links lead to https only: no javascript:, and nothing relative to the host page.
  if (!ATTRIBUTES.has(name) || (name === "href" && value !== null && !/^https:\/\//i.test(value))) return;
  if (value === null) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

/** What may have many children, and none of them in SVG. */
const LONG = /^(div|details|figure|ol|table|tbody)$/;

/**
 * Makes the root that the changes bring, if they do: they are nothing else then.
 * It takes several turns, as a view can be large.
 */
export async function grow([change]: readonly Change[]): Promise<Element | undefined> {
  if (change?.[0] !== "root") return undefined;
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
  const root = (await piecemeal(change[1])) as Element;
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

/**
 * Applies the changes in order and returns the view's root element. That is the
 * one from before unless "root" brings another one, which is made already. Throws if a path leads
 * nowhere: somebody else (a page translator, a script) has changed the view
 * meanwhile.
 */
export function apply(root: Element | null | undefined, changes: readonly Change[], made?: Element): Element {
  for (const change of changes) {
    if (change[0] === "root") {
      // What the reader has unfolded stays so.
      const next = made!.querySelectorAll("details");
      root?.querySelectorAll("details").forEach(({ open }, i) => next[i]?.toggleAttribute("open", open));
      root?.replaceWith(made!);
      root = made;
      continue;
    }
    const node = find(root, change[1]);
    if (change[0] === "text" && node instanceof Text) node.data = change[2];
    else if (change[0] === "attr" && node instanceof Element) set(node, change[2], change[3]);
    else if (change[0] === "node" && node !== root) {
      (node as ChildNode).replaceWith(build(change[2], node.parentNode instanceof SVGElement));
    } else throw TypeError();
  }
  if (!root) throw TypeError();
  return root;
}

function find(root: Node | null | undefined, path: readonly number[]): Node {
  for (const index of path) root = root?.childNodes[index];
  if (!root) throw TypeError();
  return root;
}
