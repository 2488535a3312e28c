// Neither React nor Vue: what the page itself uses.
import type { GcmErrorCode, GcmState } from "gcm-pledges";
import { GcmPledgeFormElement } from "gcm-pledges/form";
import type {} from "gcm-pledges/jsx";

const widget = document.querySelector("gcm-pledges")!;
widget.view = "timeline";
widget.refresh = 30;
widget.objective = 7;
widget.objective = "7";
widget.region = ""; // all
widget.region = "africa,europe"; // any of them
const state: GcmState = "DEU";
widget.state = state;
const shown: string = widget.state;
console.log(shown);
// @ts-expect-error: there is no such category
widget.category = "state";
// @ts-expect-error: nor such a view
widget.view = "pie";
addEventListener("gcm-error", ({ detail }) => {
  const code: GcmErrorCode = detail.code;
  console.log(code);
});
export const form: GcmPledgeFormElement = document.createElement("gcm-pledge-form");
