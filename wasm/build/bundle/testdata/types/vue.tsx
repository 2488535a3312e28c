/** @jsxImportSource vue */
import { defineComponent, ref } from "vue";
import type { GlobalComponents } from "vue";
import type { GcmPledgesElement } from "gcm-pledges";
import type {} from "gcm-pledges/jsx";

export const Pledges = defineComponent(() => {
  const total = ref(0);
  return () => (
    <gcm-pledges
      src="/pledges.json"
      view="money"
      objective="7"
      state="DEU"
      refresh={60}
      lang="ar"
      class="wide"
      onGcmUpdate={(event) => (total.value = event.detail.total)}
    />
  );
});

// What templates are checked against.
type Widget = InstanceType<GlobalComponents["gcm-pledges"]>;
export const element: (widget: Widget) => GcmPledgesElement = (widget) => widget;
export const props: Widget["$props"] = { src: "/pledges.json", onGcmError: (event) => event.detail.code };

// @ts-expect-error: there is no such view
export const wrong = <gcm-pledges src="/pledges.json" view="pie" />;
// @ts-expect-error: there is no such State
export const nowhere = <gcm-pledges src="/pledges.json" state="Germany" />;
// @ts-expect-error: there is no such status
export const notProps: Widget["$props"] = { src: "/pledges.json", status: "done" };
