// What the builder (wasm/build) puts in the place of these names.

/** Attributes of the widget, with blanks between. */
declare const ATTRIBUTES: string;

/** What an iframe with the widget needs, for its attribute sandbox. */
declare const SANDBOX: string;

/** The views, with blanks between them. */
declare const VIEWS: string;

declare module "*.css" {
  const text: string;
  export default text;
}
