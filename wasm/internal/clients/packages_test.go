package clients

import (
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/evanw/esbuild/pkg/api"
	"github.com/gcmkit/gcmkit/wasm/internal/browser"
)

// followers read a stream in a page, by what browsers have and by packages of npm.
// Each calls take with what comes. Fetch is instrumented, so that its requests have a header
// that nobody expects, and are preflighted.
const followers = `
import { EventSourcePolyfill } from "event-source-polyfill";
import { fetchEventSource } from "@microsoft/fetch-event-source";
import { EventSourceParserStream } from "eventsource-parser/stream";
import { WebTracerProvider } from "@opentelemetry/sdk-trace-web";
import { FetchInstrumentation } from "@opentelemetry/instrumentation-fetch";
import { registerInstrumentations } from "@opentelemetry/instrumentation";

new WebTracerProvider().register();
registerInstrumentations({ instrumentations: [new FetchInstrumentation({ propagateTraceHeaderCorsUrls: [/./] })] });

const followers = {
	EventSource(url, take) {
		const source = new EventSource(url);
		for (const type of ["snapshot", "pledge"]) source.addEventListener(type, (e) => take(e.lastEventId, e.type, e.data));
	},
	"event-source-polyfill"(url, take) {
		const source = new EventSourcePolyfill(url);
		for (const type of ["snapshot", "pledge"]) source.addEventListener(type, (e) => take(e.lastEventId, e.type, e.data));
	},
	"@microsoft/fetch-event-source"(url, take) {
		fetchEventSource(url, {
			openWhenHidden: true,
			onmessage: (e) => e.event !== "heartbeat" && take(e.id, e.event, e.data),
			onclose() { throw new Error("cut off") }, // so that it comes back
			onerror: () => 10,
		});
	},
	async "eventsource-parser"(url, take) {
		for (let last; ; ) {
			const answer = await fetch(last ? url + "?after=" + last : url);
			const events = answer.body.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream()).getReader();
			for (let next; !(next = await events.read()).done; ) {
				const { id, event, data } = next.value;
				if (event !== "heartbeat") take((last = id), event, data);
			}
		}
	},
};

// What came is in the page, where a driver reads it that has a world of its own.
const { follower, url } = document.currentScript.dataset;
followers[follower](url, (ID, Type, Data) => {
	document.body.append(Object.assign(document.createElement("p"), { textContent: JSON.stringify({ ID, Type, Data }) }));
});
`

// bundled makes one script of one that imports packages.
func bundled(t *testing.T, dir, script string) string {
	t.Helper()
	built := api.Build(api.BuildOptions{
		Stdin:  &api.StdinOptions{Contents: script, ResolveDir: dir},
		Bundle: true, Platform: api.PlatformBrowser, Format: api.FormatIIFE, MinifySyntax: true,
	})
	if len(built.Errors) > 0 {
		t.Fatal(built.Errors[0])
	}
	return string(built.OutputFiles[0].Contents)
}

func TestPagesFollowTheStream(t *testing.T) {
	if testing.Short() {
		t.Skip("runs npm and three browsers")
	}
	dir := install(t, "event-source-polyfill@1.0.31", "@microsoft/fetch-event-source@2.0.1", "eventsource-parser@4.1.3",
		"@opentelemetry/sdk-trace-web@2.12.0", "@opentelemetry/instrumentation-fetch@0.223.0", "@opentelemetry/instrumentation@0.223.0")
	if err := os.WriteFile(filepath.Join(dir, "package.json"), []byte(`{"private": true}`), 0o644); err != nil {
		t.Fatal(err)
	}
	script := bundled(t, dir, followers)
	for _, engine := range browser.Engines() {
		t.Run(engine, func(t *testing.T) {
			b := browser.Start(t, engine, browser.Options{})
			for _, name := range []string{"EventSource", "event-source-polyfill", "@microsoft/fetch-event-source", "eventsource-parser"} {
				t.Run(name, func(t *testing.T) {
					f, url := start(t)
					if name == "event-source-polyfill" {
						f.most = 11 // as it waits for a second before it comes back
					}
					_, other := start(t) // the page is of another origin than the stream
					if err := b.Open(other + "/"); err != nil {
						t.Fatal(err)
					}
					if _, err := b.Eval(`const script = Object.assign(document.createElement("script"), { textContent: arguments[0] });
						Object.assign(script.dataset, { follower: arguments[1], url: arguments[2] });
						document.body.append(script);`, script, name, url+"/events"); err != nil {
						t.Fatal(err)
					}
					await := func(n int) (events []got) {
						text, err := b.Await(`const all = document.getElementsByTagName("p");
							while (all.length < arguments[0]) await new Promise((resolve) => setTimeout(resolve, 10));
							return Array.from(all, (p) => JSON.parse(p.textContent));`, n)
						if err == nil {
							err = json.Unmarshal(text, &events)
						}
						if err != nil {
							t.Fatal(err)
						}
						return events
					}
					await(1)
					f.write(t, before+1, before+after)
					f.complete(t, await(1+after))
					// Where a page is left, another package may complain of it.
					if log, err := b.Log(); name == "EventSource" && (err != nil || len(log) > 0) {
						t.Errorf("%v: the page complains: %q", err, log)
					}
					fetches := name == "@microsoft/fetch-event-source" || name == "eventsource-parser"
					if traced := f.traced.Load(); fetches != (traced > 0) {
						t.Errorf("%d of %d streams are traced", traced, f.streams.Load())
					}
				})
			}
		})
	}
}
