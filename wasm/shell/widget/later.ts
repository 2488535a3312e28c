// A module that another one loads once a page needs it. What the page's own integrity
// attribute says of that one holds for it, too, as its hash is in there. Dev servers and
// bundlers make other files of them, elsewhere or by other names: of those nothing is known.

import { Failure } from "../common/failure";
import { all, createElement } from "../common/page";
import { trusted } from "../common/trust";

export class Later<Module> {
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
