// Neither React nor Vue: what the page itself uses.
import type { GcmErrorCode } from "gcm-pledges";
import { GcmPledgeFormElement } from "gcm-pledges/form";
import type {} from "gcm-pledges/jsx";

const widget = document.querySelector("gcm-pledges")!;
widget.view = "timeline";
widget.refresh = 30;
addEventListener("gcm-error", ({ detail }) => {
  const code: GcmErrorCode = detail.code;
  console.log(code);
});
export const form: GcmPledgeFormElement = document.createElement("gcm-pledge-form");
