/** @jsxImportSource react */
import { useRef, useState } from "react";
import { GcmPledgesElement, type GcmRegion } from "gcm-pledges";
import "gcm-pledges/form";
import type {} from "gcm-pledges/jsx";

export function Pledges({ region }: { region: GcmRegion }) {
  const [total, setTotal] = useState(0);
  const widget = useRef<GcmPledgesElement>(null);
  return (
    <section onClick={() => void widget.current?.refresh()}>
      {total}
      <gcm-pledges
        ref={widget}
        src="/pledges.json"
        view="objectives"
        objective={7}
        region={region}
        implementing="DEU"
        mirror="true"
        debug
        refresh={60}
        lang="fr"
        className="wide"
        ongcm-update={(event) => setTotal(event.detail.summary.counts.total)}
        ongcm-error={({ detail }) => detail.code === "feed-load"}
      >
        158 engagements
      </gcm-pledges>
      <gcm-pledge-form draft="ours" ongcm-submit={(event) => event.detail.pledge} />
    </section>
  );
}

// @ts-expect-error: there is no such view
export const wrong = <gcm-pledges src="/pledges.json" view="pie" />;
// @ts-expect-error: there is no such region
export const elsewhere = <gcm-pledges src="/pledges.json" region="europa" />;
// @ts-expect-error: there is no such objective
export const beyond = <gcm-pledges src="/pledges.json" objective={24} />;
// @ts-expect-error: an attribute that is misspelt
export const misspelt = <gcm-pledges src="/pledges.json" regoin="africa" />;
// @ts-expect-error: an event of the form
export const misplaced = <gcm-pledges ongcm-update={(event: CustomEvent<string>) => event} />;
