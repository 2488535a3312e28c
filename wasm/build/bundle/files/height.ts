// What a frame and the page around it say to each other: the frame its height,
// and the page, which may have come later, that it would like to hear it.

export interface Message {
  readonly type: "gcm-height";
  /** In CSS pixels; absent from the page's question. */
  readonly height?: number;
}

export function isMessage(data: unknown): data is Message {
  return (data as Message | null)?.type === "gcm-height";
}
