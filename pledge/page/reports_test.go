package page

import (
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/google/uuid"
)

func TestPageHasTheHistoryOfAPledge(t *testing.T) {
	half, _ := gcm.ParseNumber("37.5")
	ken, _ := gcm.StateFromAlpha3("KEN")
	p := pledge.Pledge{ID: uuid.UUID{6: 0x70, 8: 0x80, 15: 1}, Title: "A", Reports: []pledge.ProgressReport{
		{Date: gcm.DateOf(2026, 1, 0), Status: gcm.Fulfilled, By: "Court of Audit", Share: half, States: []gcm.State{ken},
			Indicators: []pledge.Indicator{{Name: "people <b>trained</b>", Unit: "people", Target: gcm.NumberOf(5000), Actual: gcm.NumberOf(1200)}}},
		{Date: gcm.DateOf(2024, 5, 20), Status: gcm.InProgress, Summary: "<img src=x onerror=alert(1)>\nDeux \u202ecentres.", Language: "fr",
			Links: []string{"https://example.org/report", "javascript:alert(2)"}},
	}}
	html, err := PledgePage{Language: gcm.English}.AppendHTML(nil, &Site{}, &tally.Header{}, &p)
	if err != nil {
		t.Fatal(err)
	}
	page := string(html)
	at := 0
	for _, want := range []string{ // in this order
		"<h2>Progress reports</h2>", "<h3>January 2026: Fulfilled</h3>", "Confirmed by another body", "Court of Audit", "37.5",
		"people &lt;b&gt;trained&lt;/b&gt; (people): 1200. Target of the indicator: 5000", "Kenya",
		"<h3>May 20, 2024: In progress</h3>", `<div class="text" lang="fr">`, "<p><bdi>&lt;img src=x onerror=alert(1)&gt;</bdi></p>", "Deux centres.",
		"Stated, with a link", `<a href="https://example.org/report">`, "<bdi>javascript:alert(2)</bdi>",
	} {
		i := strings.Index(page[at:], want)
		if i < 0 {
			t.Fatalf("no %s behind\n%s", want, page[:at])
		}
		at += i + len(want)
	}
	if strings.Contains(page, `href="javascript`) || strings.Contains(page, "<img") {
		t.Error("markup of a report is markup of the page")
	}
	p.Reports = nil
	for lang := range gcm.Languages() {
		html, err := PledgePage{Language: lang}.AppendHTML(nil, &Site{}, &tally.Header{}, &p)
		if err != nil || !strings.Contains(string(html), "<p>"+gcm.NothingReported.Label(lang)+"</p>") {
			t.Errorf("%v: a page without reports doesn't say so: %v", lang, err)
		}
	}
}
