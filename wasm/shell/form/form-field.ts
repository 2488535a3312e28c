// The fields of the form: each can be read, written, focused, and show its
// problems. What there is comes from Go; text always becomes text nodes.

import type { GcmPledgeProblem } from "./gcm-pledge-form";
import { createElement } from "../common/page";

/** A field as Go describes it; package view/internal/form has the meaning. */
export interface Field {
  readonly name?: string;
  readonly kind: "text" | "textarea" | "date" | "amount" | "url" | "select" | "boxes" | "box" | "group" | "list";
  readonly label: string;
  readonly hint?: string;
  readonly required?: boolean;
  readonly value?: string;
  readonly counted?: boolean;
  readonly options?: readonly Option[];
  readonly sorted?: boolean;
  readonly currencies?: boolean;
  readonly fields?: readonly Field[];
  readonly item?: Field;
  readonly add?: string;
  readonly most?: number;
  readonly when?: { readonly field: string; readonly is: string };
}

interface Option {
  readonly value: string | number | boolean;
  readonly label: string;
  readonly lang?: string;
}

/** What all fields of a form share. */
export interface Form {
  readonly lang: string;
  readonly words: Readonly<Record<string, string>>;
  /** An id that nothing else in the form has. */
  id(): string;
  /** Says something politely. */
  say(text: string): void;
  /** To be called after a change that the browser has no event for. */
  changed(): void;
}

/** Makes an element. Attributes that are undefined or false are left out. */
export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string | boolean | undefined>> = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const element = createElement(tag);
  give(element, attributes);
  element.append(...children);
  return element;
}

function give(element: Element, attributes: Readonly<Record<string, string | boolean | undefined>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? "" : value);
  }
}

export function fill(text: string | undefined, place: string, value: string | number): string {
  return (text ?? "").replace(`{${place}}`, () => String(value));
}

/** A sentence with dates and addresses that read from left to right in Arabic, too. */
export function prose(text: string): (Node | string)[] {
  return text.split(/(https:\/\/|\d[\d.,-]*\d)/).map((part, i) => (i % 2 ? make("bdi", { dir: "ltr" }, part) : part));
}

/** Path of what is not in the JSON, such as an empty entry of a list. */
const NOWHERE = "?";

export abstract class Control {
  /** JSON pointer of the value when it was last read. */
  path = NOWHERE;
  #left = false;
  readonly id: string;
  readonly children: Control[] = [];
  /** The label or legend. */
  readonly caption: HTMLElement;
  protected readonly hint: HTMLElement | undefined;
  readonly #problems: HTMLElement;
  #shown = "[]";

  constructor(
    readonly form: Form,
    readonly field: Field,
    readonly root: HTMLElement,
    caption: "label" | "legend",
  ) {
    this.id = form.id();
    const { label, required } = field;
    this.caption = make(caption, { for: caption === "label" && this.id }, label);
    if (required) this.caption.append(" ", make("span", { part: "required" }, `(${form.words.required})`));
    this.hint = field.hint ? make("p", { id: `${this.id}-hint`, part: "hint" }, ...prose(field.hint)) : undefined;
    this.#problems = make("div", { id: `${this.id}-problems`, part: "problems" });
  }

  /** Whether the focus has left it once; before that it shows no problems. */
  get left(): boolean {
    return this.#left;
  }

  set left(left: boolean) {
    this.#left = left;
  }

  /** What stands between the name of the field and where it is entered. */
  protected head(): HTMLElement[] {
    return this.hint ? [this.hint, this.#problems] : [this.#problems];
  }

  /** For aria-describedby. */
  protected get description(): string {
    return (this.hint ? `${this.hint.id} ` : "") + this.#problems.id;
  }

  /** The value, undefined if nothing is entered. */
  abstract read(path: string): unknown;
  abstract write(value: unknown): void;
  abstract focus(): void;
  /** Marks where it is entered as wrong or right. */
  protected mark(_wrong: boolean): void {}

  /** This and all within, in the order of the page. */
  *all(): Generator<Control> {
    yield this;
    for (const child of this.children) yield* child.all();
  }

  show(problems: readonly GcmPledgeProblem[]): void {
    const shown = this.left ? problems : [];
    const key = JSON.stringify(shown);
    if (key === this.#shown) return; // or a screen reader would hear it again
    this.#shown = key;
    const { words } = this.form;
    this.#problems.replaceChildren(
      ...shown.map(({ severity, message }) =>
        make("p", { part: severity }, make("strong", {}, words[severity] ?? ""), " ", ...prose(message)),
      ),
    );
    this.mark(shown.some(({ severity }) => severity === "error"));
  }
}

type Entry = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** How each kind is entered. What is no word of a language is written from left to right. */
const INPUTS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  text: { type: "text", dir: "auto" },
  date: { type: "text", dir: "ltr", autocomplete: "off", part: "short" },
  amount: { type: "text", dir: "ltr", autocomplete: "off", inputmode: "decimal", part: "short" },
  url: { type: "url", dir: "ltr" },
  box: { type: "checkbox" },
};

/** The options of fields in a language, as each description is another object. */
const selects = new WeakMap<Field, HTMLSelectElement>();

/** A field with one place to enter it. */
class Single extends Control {
  readonly #entry: Entry;
  /** How many characters there are; only where they are counted. */
  readonly count: HTMLElement | undefined;

  constructor(form: Form, field: Field) {
    super(form, field, make("div", { part: "field" }), "label");
    const { kind, required } = field;
    if (field.counted) this.count = make("p", { id: `${this.id}-count`, part: "count" });
    const attributes = {
      id: this.id,
      "aria-describedby": this.description + (this.count ? ` ${this.count.id}` : ""),
      "aria-required": required ? "true" : undefined,
    };
    if (kind === "textarea") this.#entry = make("textarea", { ...attributes, rows: "10", dir: "auto" });
    else if (kind === "select") this.#entry = this.#select(attributes);
    else this.#entry = make("input", { ...attributes, ...INPUTS[kind] });
    if (kind === "box") this.root.append(make("div", { part: "box" }, this.#entry, this.caption), ...this.head());
    else this.root.append(this.caption, ...this.head(), this.#entry);
    if (this.count) this.root.append(this.count);
    this.write(undefined);
  }

  /** The same field of another row has the same options: they are made once. */
  #select(attributes: Readonly<Record<string, string | undefined>>): HTMLSelectElement {
    let made = selects.get(this.field);
    if (!made) selects.set(this.field, (made = this.#options()));
    const entry = made.cloneNode(true) as HTMLSelectElement;
    give(entry, attributes);
    return entry;
  }

  #options(): HTMLSelectElement {
    const { words, lang } = this.form;
    const { required, sorted, currencies } = this.field;
    let options = this.field.options ?? [];
    if (currencies) {
      const names = new Intl.DisplayNames(lang, { type: "currency" });
      options = options.map((o) => ({ ...o, label: `${o.value} – ${names.of(String(o.value))}` }));
    }
    if (sorted) {
      const { compare } = new Intl.Collator(lang);
      options = [...options].sort((a, b) => compare(a.label, b.label));
    }
    return make(
      "select",
      {},
      make("option", { value: "" }, (required ? words.choose : words.none) ?? ""),
      ...options.map(({ value, label, lang }) => make("option", { value: String(value), lang }, label)),
    );
  }

  read(path: string): unknown {
    this.path = path;
    const entry = this.#entry;
    if (this.field.kind === "box") return (entry as HTMLInputElement).checked || undefined;
    if (this.field.kind === "select") return this.field.options?.find((o) => String(o.value) === entry.value)?.value;
    // Blanks around are a slip, except in a longer text.
    return (this.field.kind === "textarea" ? entry.value : entry.value.trim()) || undefined;
  }

  write(value: unknown): void {
    if (this.field.kind === "box") (this.#entry as HTMLInputElement).checked = value === true;
    else this.#entry.value = typeof value === "object" ? "" : String(value ?? this.field.value ?? "");
  }

  focus(): void {
    this.#entry.focus();
  }

  protected override mark(wrong: boolean): void {
    if (wrong) this.#entry.setAttribute("aria-invalid", "true");
    else this.#entry.removeAttribute("aria-invalid");
  }
}

/** A field with several places to enter it, and a heading above them. */
abstract class Several extends Control {
  constructor(form: Form, field: Field) {
    super(form, field, make("fieldset", { part: field.kind }), "legend");
    this.root.setAttribute("aria-describedby", this.description);
    this.root.append(this.caption, ...this.head());
  }

  focus(): void {
    this.children[0]?.focus();
  }
}

/** An array of options that are ticked. */
class Boxes extends Several {
  readonly #boxes = new Map<HTMLInputElement, Option>();

  constructor(form: Form, field: Field) {
    super(form, field);
    const rows = (field.options ?? []).map((option) => {
      const id = form.id();
      const box = make("input", { id, type: "checkbox" });
      this.#boxes.set(box, option);
      return make("div", { part: "box" }, box, make("label", { for: id, lang: option.lang, dir: option.lang && "auto" }, option.label));
    });
    this.root.append(make("div", { part: "boxes-grid" }, ...rows));
  }

  read(path: string): unknown {
    this.path = path;
    const values = [...this.#boxes].filter(([box]) => box.checked).map(([, { value }]) => value);
    return values.length ? values : undefined;
  }

  write(value: unknown): void {
    for (const [box, option] of this.#boxes) box.checked = Array.isArray(value) && value.includes(option.value);
  }

  override focus(): void {
    this.#boxes.keys().next().value?.focus();
  }
}

/** An object with fields as its members. */
class Group extends Several {
  constructor(form: Form, field: Field) {
    super(form, field);
    for (const member of field.fields ?? []) {
      const control = build(form, member);
      this.children.push(control);
      this.root.append(control.root);
    }
  }

  read(path: string): unknown {
    this.path = path;
    const object = readMembers(this.children, path);
    return Object.keys(object).length ? object : undefined;
  }

  write(value: unknown): void {
    writeMembers(this.children, value);
  }
}

/** Reads the members of an object, and hides those that nothing asks for. */
export function readMembers(members: readonly Control[], path: string): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const control of members) {
    const { name, when } = control.field;
    const wanted = !when || object[when.field] === when.is;
    control.root.hidden = !wanted;
    const value = control.read(wanted ? `${path}/${name}` : NOWHERE);
    if (wanted && value !== undefined) object[name ?? ""] = value;
  }
  return object;
}

export function writeMembers(members: readonly Control[], value: unknown): void {
  const object = (typeof value === "object" ? value : null) as Record<string, unknown> | null;
  for (const control of members) control.write(object?.[control.field.name ?? ""]);
}

/** An array: entries that can be added and removed. One that is required has at least one. */
class List extends Several {
  readonly #rows = make("div", { part: "rows" });
  readonly #add: HTMLButtonElement;
  /** What is too much to be shown. It is kept, and told of as a problem. */
  #rest: readonly unknown[] = [];

  constructor(form: Form, field: Field) {
    super(form, field);
    this.#add = make("button", { type: "button", part: "add" }, field.add ?? "");
    this.#add.addEventListener("click", () => {
      const row = this.#append();
      this.#number(this.children.length - 1);
      form.changed();
      row.focus();
      form.say(fill(form.words.added, "item", row.caption.textContent ?? ""));
    });
    this.root.append(this.#rows, this.#add);
    if (field.required) this.#append();
    this.#number();
  }

  #append(): Control {
    const row = build(this.form, this.field.item!);
    const remove = make("button", { type: "button", part: "remove" }, this.form.words.remove ?? "");
    remove.addEventListener("click", () => {
      const { textContent } = row.caption;
      const place = this.children.indexOf(row);
      this.children.splice(place, 1);
      row.root.remove();
      const [next, ...rest] = this.#rest;
      if (this.#rest.length) this.#append().write(next);
      this.#rest = rest;
      this.#number(place);
      this.form.changed();
      this.#add.focus();
      this.form.say(fill(this.form.words.removed, "item", textContent ?? ""));
    });
    row.root.append(remove);
    this.children.push(row);
    this.#rows.append(row.root);
    return row;
  }

  /** Numbers the entries from a place on. The last one of a list that is required stays. */
  #number(place = 0): void {
    const { field, form, children } = this;
    for (let i = place; i < children.length; i++) {
      const { caption, root } = children[i]!;
      caption.textContent = fill(field.item?.label, "n", i + 1);
      root.lastElementChild!.setAttribute("aria-label", fill(form.words.remove_item, "item", caption.textContent));
    }
    const first = children[0]?.root.lastElementChild as HTMLElement | undefined;
    if (first) first.hidden = !!field.required && children.length === 1;
    this.#add.hidden = children.length >= (field.most ?? Infinity);
  }

  read(path: string): unknown {
    this.path = path;
    const values = [];
    for (const row of this.children) {
      let value = row.read(path === NOWHERE ? NOWHERE : `${path}/${values.length}`);
      if (value === undefined && this.field.required) value = {};
      if (value === undefined) row.read(NOWHERE); // the next one has its place
      else values.push(value);
    }
    values.push(...this.#rest);
    return values.length ? values : undefined;
  }

  write(value: unknown): void {
    this.children.length = 0;
    this.#rows.replaceChildren();
    const items = Array.isArray(value) ? value : [];
    const { most = items.length } = this.field;
    for (const item of items.slice(0, most)) this.#append().write(item);
    this.#rest = items.slice(most);
    if (this.field.required && !this.children.length) this.#append();
    this.#number();
  }

  /** There is more than may be, so that is said without waiting for the reader. */
  override get left(): boolean {
    return super.left || this.#rest.length > 0;
  }

  override set left(left: boolean) {
    super.left = left;
  }

  override focus(): void {
    (this.children[0] ?? this.#add).focus();
  }
}

export function build(form: Form, field: Field): Control {
  switch (field.kind) {
    case "boxes":
      return new Boxes(form, field);
    case "group":
      return new Group(form, field);
    case "list":
      return new List(form, field);
    default:
      return new Single(form, field);
  }
}

/** Whether it is the field whose characters are counted. */
export function countOf(control: Control): HTMLElement | undefined {
  return control instanceof Single ? control.count : undefined;
}
