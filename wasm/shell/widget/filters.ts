// Attributes that the engine reads as they are, and what a reader can choose.
// Made by go generate ./wasm/shell of the filters of package tally. Do not edit.

export const FILTERS = [
  "objective",
  "principle",
  "region",
  "state",
  "implementing",
  "category",
  "type",
  "nature",
  "status",
  "reported",
  "evidence",
  "mirror",
  "topic",
  "since",
  "until",
  "forum",
  "withdrawn",
] as const;
