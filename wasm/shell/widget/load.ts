// The module that counts, counting.ts: loaded once, and only where something is
// to be counted in the page. What the page's own integrity attribute says of this
// module holds for that one, too, as its hash is in here.

import { Failure } from "../common/failure";
import { all, createElement } from "../common/page";

type Counting = typeof import("./counting");

/** The module, once it is there. */
export let counting: Counting | undefined;

let loading: Promise<Counting> | undefined;
let failures = 0;

/** The module, loaded if need be. Rejects with a Failure, and the next call tries again. */
export function loadCounting(): Promise<Counting> {
  return (loading ??= load().then(
    (module) => (counting = module),
    () => {
      failures++;
      loading = undefined;
      throw new Failure("engine-load", COUNTING_FILE);
    },
  ));
}

async function load(): Promise<Counting> {
  const url = new URL(COUNTING_FILE, import.meta.url);
  // A browser doesn't ask once more for a module that has failed.
  if (failures) url.search = `${failures}`;
  const link = createElement("link");
  // An import has no integrity, but it finds what such a link has loaded.
  if (link.relList.supports("modulepreload")) {
    link.rel = "modulepreload";
    link.integrity = COUNTING_INTEGRITY;
    link.crossOrigin = "";
    link.nonce = all<HTMLElement>("script[nonce]")[0]?.nonce ?? "";
    link.href = url.href;
    try {
      await new Promise((done, fail) => {
        link.onload = done;
        link.onerror = fail;
        all("head,:root")[0]!.append(link);
      });
    } finally {
      link.remove();
    }
  }
  return import(/* webpackIgnore: true */ /* @vite-ignore */ url.href);
}

/** Where the engine is. */
export const engineAddress = (): string => new URL(ENGINE_FILE, import.meta.url).href;
