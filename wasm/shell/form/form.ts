// Entry of gcm-pledge-form.js. Registering is the module's only side effect; the
// class is exported for those who want another name.

import { GcmPledgeFormElement } from "./form-element";
import { serve } from "../common/worker";

// Not on a server, and not again if the page has the script twice.
if (globalThis.customElements) GcmPledgeFormElement.define();
else serve();

export { GcmPledgeFormElement };
