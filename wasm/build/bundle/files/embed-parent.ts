// For the page around frames with embed.html: makes each as high as what is in
// it. A frame is one of ours if it says so, <iframe data-gcm-pledges>, and is
// believed about nothing but its own height.

import { all } from "../../../shell/common/page";
import { type Message, isMessage } from "./height";

/** No widget is higher; a frame must not push the rest of a page away for ever. */
const MOST = 20_000;

const frames = () => all<HTMLIFrameElement>("iframe[data-gcm-pledges]");

addEventListener("message", ({ data, source }) => {
  if (!source || !isMessage(data) || !Number.isFinite(data.height)) return;
  for (const frame of frames()) {
    // The attribute, as the page's policy may forbid styles.
    if (frame.contentWindow === source) frame.height = String(Math.min(MOST, Math.max(0, Math.ceil(data.height!))));
  }
});

// Those that spoke before anybody listened. Where a frame has gone is not known.
for (const frame of frames()) frame.contentWindow?.postMessage({ type: "gcm-height" } satisfies Message, "*");
