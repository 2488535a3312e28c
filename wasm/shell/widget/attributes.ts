// Attributes that are one of some words, in any case; anything else means the first.

export const WORDS: Readonly<Record<string, string>> = {
  view: "counter objectives principles regions states map categories status progress natures timeline money list dashboard",
  size: "standard inline compact hero",
  sort: "usual listed most",
  loading: "lazy eager",
  theme: "auto light dark",
};
