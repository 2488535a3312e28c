// A page in React 19: attributes as props, events as on + their name, and the
// element's own methods through a ref.

import { useRef, useState } from "react";
import { createRoot } from "react-dom/client";

const REGIONS = ["africa", "americas", "asia", "europe", "oceania"];

function Pledges() {
  const [region, setRegion] = useState("");
  const [shown, setShown] = useState(true);
  const [said, setSaid] = useState("");
  const widget = useRef(null);
  return (
    <>
      <p>
        <label>
          Region{" "}
          <select value={region} onChange={(event) => setRegion(event.target.value)}>
            <option value="">All</option>
            {REGIONS.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>{" "}
        <label>
          <input type="checkbox" checked={shown} onChange={(event) => setShown(event.target.checked)} /> Shown
        </label>{" "}
        <button type="button" onClick={() => widget.current?.refresh()}>
          Read now
        </button>
      </p>
      <p id="said">{said && `React was told: ${said}`}</p>
      {shown && (
        <gcm-pledges
          ref={widget}
          src="reference.json"
          view="categories"
          region={region || null}
          loading="eager"
          ongcm-update={({ detail }) => setSaid(detail.text)}
          ongcm-error={({ detail }) => setSaid(detail.code)}
        >
          158 pledges (20 May 2022, illustrative)
        </gcm-pledges>
      )}
    </>
  );
}

createRoot(document.querySelector("#app")).render(<Pledges />);
