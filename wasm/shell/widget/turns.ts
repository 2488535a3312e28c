// A view that the engine has made, in several turns: what was counted in the page can
// be large, and the page is at work.

import { turn } from "../common/schedule";
import { type Tree, build } from "./dom";

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
  const late = [...view.querySelectorAll<HTMLElement>(":scope>*,[part=main]>*,[part=beside]>*>*,[part=facet],li")].slice(2);
  for (const part of late) part.hidden = true;
  for (let some = 4; late.length; ) {
    const start = performance.now();
    await turn(20);
    for (const part of late.splice(0, some)) part.hidden = false;
    some = performance.now() - start < 28 ? some + 2 : 4;
  }
}
