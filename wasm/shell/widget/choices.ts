// What a reader has chosen in a view: it stands in for the attributes of the same
// names, and where the page wants that it is kept in the address.

export class Choices {
  /** By the names of filters, and of what a list is like. */
  made: Readonly<Record<string, string>> = {};
  /** What can be chosen. */
  readonly filters: readonly string[];

  constructor(
    readonly element: { readonly hash: boolean },
    filters: readonly string[],
    readonly change: () => void,
  ) {
    this.filters = [...filters, "search", "order", "page"];
  }

  /** Listens to whoever else changes the address, while the element is on the page. */
  watch(isConnected: boolean): void {
    const listen = isConnected ? addEventListener : removeEventListener;
    listen("hashchange", this.#follow);
    listen("gcm-choice", this.#follow);
    this.#follow();
  }

  /**
   * Chooses what a button says, or takes it back if it is chosen: of a filter these
   * values, beside others. One without a value takes back what its names are, and one
   * without a name all.
   */
  press({ name, value }: { readonly name: string; readonly value: string }): void {
    const { page: _, ...left }: Record<string, string> = name ? this.made : {}; // of other pledges it is the first page
    for (const one of name.split(" ")) delete left[one];
    const old = this.made[name] ?? "";
    let next = name === "search" || old !== value ? value : "";
    if (!/^(search|order|page)$/.test(name)) {
      const given = values(value);
      const others = values(old).filter((one) => !given.includes(one));
      next = `${others.length < values(old).length || !value ? others : [...others, ...given]}`;
    }
    this.#choose(next ? { ...left, [name]: next } : left);
  }

  /** Takes all back; false if there is nothing. */
  retract(): boolean {
    const any = !!Object.keys(this.made)[0];
    if (any) this.#choose({});
    return any;
  }

  /** Takes the choices from the address, where widgets that have it in common keep them. */
  #follow = (): void => {
    if (!this.element.hash) return;
    const held = new URLSearchParams(location.hash.slice(1));
    const choices: Record<string, string> = {};
    // From anybody: what is no word of the vocabulary, or of the feed, the engine turns down.
    for (const name of this.filters) if (held.get(name)) choices[name] = held.get(name)!;
    if (this.filters.some((name) => choices[name] !== this.made[name])) this.#choose(choices);
  };

  #choose(choices: Record<string, string>): void {
    this.made = choices;
    if (this.element.hash) {
      const url = new URL(location.href);
      const held = new URLSearchParams(url.hash.slice(1));
      for (const name of this.filters) {
        const value = choices[name];
        if (value) held.set(name, value);
        else held.delete(name);
      }
      url.hash = `${held}`;
      try {
        history.replaceState(history.state, "", url);
      } catch {} // too often, for some browsers
    }
    this.change();
  }
}

/** Values with commas between them, some of which have one in them, behind a backslash. */
const values = (list: string): string[] => list.match(/(\\[^]|[^,\\])+/g)?.map((value) => value.trim()) ?? [];
