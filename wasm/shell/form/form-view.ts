// The form on the page: its fields, the list of errors above them, the buttons
// and what it says politely.

import { type Control, type Field, type Form, build, countOf, make, prose, readMembers, writeMembers } from "./form-field";
import type { GcmPledgeProblem } from "./gcm-pledge-form";

/** The engine's answer to "form". */
export interface Description {
  readonly lang: string;
  readonly dir: string;
  readonly fields: readonly Field[];
  readonly words: Readonly<Record<string, string>>;
}

/** The engine's answer to "check" and "submit". */
export interface Answer {
  readonly problems: readonly GcmPledgeProblem[];
  readonly criteria: readonly string[];
  readonly ok: boolean;
  readonly summary?: string;
  readonly count: string;
  readonly json?: string;
}

/** What the view tells the element. */
export interface Listener {
  /** Something was entered; or, if nothing was, a field was left. */
  changed(entered: boolean): void;
  submitted(): void;
  reset(): void;
  undo(): void;
}

export class View implements Form {
  readonly root: HTMLFormElement;
  readonly lang: string;
  readonly words: Readonly<Record<string, string>>;
  readonly #fields: readonly Control[];
  readonly #summary = make("div", { part: "summary", role: "group", tabindex: "-1", hidden: true });
  readonly #status = make("p", { part: "status", role: "status" });
  readonly #undo: HTMLButtonElement;
  #ids = 0;
  /** What was found last. */
  #answer: Answer | undefined;

  constructor(
    { lang, dir, words, fields }: Description,
    draft: boolean,
    readonly listener: Listener,
  ) {
    this.lang = lang;
    this.words = words;
    this.#fields = fields.map((field) => build(this, field));
    const submit = make("button", { type: "submit", part: "submit" }, words.submit ?? "");
    const reset = make("button", { type: "button", part: "reset" }, words.reset ?? "");
    this.#undo = make("button", { type: "button", part: "undo", hidden: true }, words.undo ?? "");
    this.root = make("form", { part: "form", novalidate: true, lang, dir }, this.#summary);
    if (draft) this.root.append(make("p", { part: "note" }, words.kept ?? ""));
    this.root.append(
      ...this.#fields.map(({ root }) => root),
      make("div", { part: "actions" }, submit, reset),
      make("div", { part: "foot" }, this.#status, this.#undo),
    );
    this.read();
    this.root.addEventListener("input", () => this.changed());
    this.root.addEventListener("focusout", (event) => this.#leave(event.target as Node, event.relatedTarget as Node | null));
    this.root.addEventListener("submit", (event) => {
      event.preventDefault();
      for (const control of this.#all()) control.left = true;
      listener.submitted();
    });
    reset.addEventListener("click", () => listener.reset());
    this.#undo.addEventListener("click", () => listener.undo());
  }

  id(): string {
    return `f${++this.#ids}`;
  }

  /** Says something politely; with undo, beside a button that takes it back. */
  say(text: string, undo = false): void {
    this.#status.textContent = text;
    this.#undo.hidden = !undo;
  }

  changed(): void {
    this.say("");
    this.listener.changed(true);
  }

  /** What is entered, as the JSON of a pledge. */
  read(): Record<string, unknown> {
    return readMembers(this.#fields, "");
  }

  /** Fills in the form, as one that nobody has touched. */
  write(value: object): void {
    writeMembers(this.#fields, value);
    this.#summary.hidden = true;
    this.#answer = undefined;
    for (const control of this.#all()) control.left = false;
    this.read();
  }

  /** Whether the form has a field of this name. */
  has(name: string): boolean {
    return this.#fields.some(({ field }) => field.name === name);
  }

  /** Shows what is wrong with the fields that were left. */
  show(answer: Answer): void {
    this.#answer = answer;
    const found = this.#found(answer.problems);
    for (const control of this.#all()) {
      control.show(found.get(control) ?? []);
      const count = countOf(control);
      if (count) count.textContent = answer.count;
    }
    // The list of errors stays true to the form, and goes with the last of them.
    if (!this.#summary.hidden) this.#list();
  }

  /** Lists the errors, each a link to its field, and moves the focus there. */
  summarize(): void {
    this.#list();
    this.#summary.focus();
  }

  #list(): void {
    const { problems = [], summary } = this.#answer ?? {};
    this.#summary.hidden = !summary;
    if (!summary) return;
    const found = this.#found(problems.filter(({ severity }) => severity === "error"));
    const title = make("p", { part: "summary-title", id: "summary-title" }, summary);
    const controls = [undefined, ...this.#all()];
    const items = controls.flatMap((control) => (found.get(control) ?? []).map(({ message }) => make("li", {}, this.#link(control, message))));
    this.#summary.setAttribute("aria-labelledby", title.id);
    this.#summary.replaceChildren(title, make("ul", {}, ...items));
  }

  #link(control: Control | undefined, message: string): Node | string {
    if (!control) return message; // of the pledge as a whole
    // "Name is missing" says too little where there are several of them.
    const row = control.root.closest("[part=rows] > *");
    const list = row?.parentElement;
    const within = list && list.children.length > 1 ? `${row.firstElementChild?.textContent} – ` : "";
    const link = make("a", { href: `#${control.id}` }, within, ...prose(message));
    link.addEventListener("click", (event) => {
      event.preventDefault(); // the address is the page's
      control.focus();
    });
    return link;
  }

  /** The problems of each field: that to which the path leads, or the nearest around it. */
  #found(problems: readonly GcmPledgeProblem[]): Map<Control | undefined, GcmPledgeProblem[]> {
    const fields = new Map<string, Control>();
    for (const control of this.#all()) if (!fields.has(control.path)) fields.set(control.path, control);
    const found = new Map<Control | undefined, GcmPledgeProblem[]>();
    for (const problem of problems) {
      let { path } = problem;
      while (path && !fields.has(path)) path = path.slice(0, path.lastIndexOf("/"));
      const control = fields.get(path);
      const others = found.get(control);
      if (others) others.push(problem);
      else found.set(control, [problem]);
    }
    return found;
  }

  *#all(): Generator<Control> {
    for (const field of this.#fields) yield* field.all();
  }

  /** All that the focus has gone out of were left. */
  #leave(from: Node, to: Node | null): void {
    for (const control of this.#all()) {
      if (control.root.contains(from) && !control.root.contains(to)) control.left = true;
    }
    this.listener.changed(false);
  }
}
