// Entry of gcm-pledges.js. Registering is the module's only side effect; the
// class is exported for those who want another name.

import { GcmPledgesElement } from "./element";

// Not on a server, and not again if the page has the script twice.
if (globalThis.customElements) GcmPledgesElement.define();

export { GcmPledgesElement };
