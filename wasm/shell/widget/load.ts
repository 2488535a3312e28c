// The modules that this one loads where a page needs them: one that counts, and one
// that follows streams, and readers over maps. What the page's own integrity attribute says of this module
// holds for them, too, as their hashes are in here. Dev servers and bundlers make
// other files of them, elsewhere or by other names: of those nothing is known.

import { asset } from "../common/asset";
import { Failure } from "../common/failure";
import { all, createElement } from "../common/page";
import { trusted } from "../common/trust";

class Later<Module> {
  /** The module, once it is there. */
  module: Module | undefined;
  #loading: Promise<Module> | undefined;
  #failures = 0;

  constructor(
    readonly file: string,
    readonly url: () => URL,
    readonly integrity: string,
  ) {}

  /** The module, loaded if need be. Rejects with a Failure, and the next call tries again. */
  load(): Promise<Module> {
    return (this.#loading ??= this.#load().then(
      (module) => (this.module = module),
      () => {
        this.#failures++;
        this.#loading = undefined;
        throw new Failure("engine-load", this.url().href);
      },
    ));
  }

  async #load(): Promise<Module> {
    const url = this.url();
    const ours = url.href === import.meta.url?.replace(/[^/]*$/, this.file);
    // A browser doesn't ask once more for a module that has failed.
    if (this.#failures) url.search = `${this.#failures}`;
    // An import has no integrity, but it finds what a tag has loaded: one of ours, or one
    // of the page itself, whose policy may know scripts by their hashes only.
    if (![...all<HTMLScriptElement>("script[integrity]")].some(({ src }) => src === url.href)) {
      const script = createElement("script");
      script.type = "module";
      if (ours) script.integrity = this.integrity;
      script.crossOrigin = "";
      script.nonce = all<HTMLElement>("script[nonce]")[0]?.nonce ?? "";
      script.src = trusted(url.href);
      try {
        await new Promise((done, fail) => {
          script.onload = done;
          script.onerror = fail;
          all("head,:root")[0]!.append(script);
        });
      } finally {
        script.remove();
      }
    }
    return import(/* webpackIgnore: true */ /* @vite-ignore */ url.href);
  }
}

export const counting = new Later<typeof import("./counting")>(COUNTING_FILE, () => asset(COUNTING_FILE, () => new URL(COUNTING_FILE, import.meta.url)), COUNTING_INTEGRITY);

export const following = new Later<typeof import("./following")>(FOLLOWING_FILE, () => asset(FOLLOWING_FILE, () => new URL(FOLLOWING_FILE, import.meta.url)), FOLLOWING_INTEGRITY);

/** Where the engine is. */
export const engineAddress = (): string => asset(ENGINE_FILE, () => new URL(ENGINE_FILE, import.meta.url)).href;
