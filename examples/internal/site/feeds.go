package site

import (
	"bytes"

	"github.com/gcmkit/gcmkit/examples/data"
	"github.com/gcmkit/gcmkit/pledge/tally"
)

// Names of the feeds, relative to the page.
const (
	PledgesName       = "pledges.json"
	LocalActionsName  = "local-actions.json"
	AnnouncementsName = "announcements.json"
	ReferenceName     = "reference.json"
)

// Files returns the feeds that the page shows beside that of the pledges, by name.
func Files() map[string][]byte {
	return map[string][]byte{
		LocalActionsName:  data.LocalActions(),
		AnnouncementsName: data.Announcements(),
		ReferenceName:     data.Reference(),
	}
}

// Feeds returns what the page shows, real pledges first and made-up ones last. A
// feed of pledges that can't be read is an error, and then its numbers are
// missing on a page that is whole otherwise.
func Feeds(pledges []byte) ([]Feed, error) {
	published := Feed{
		Heading: "What has been pledged",
		Note: "Governments, cities, UN entities and civil society announce what they will do for safe, orderly and regular migration. " +
			"These are real pledges, a selection: facts only, as public pages state them. What no source states is counted as not stated.",
		Listed:  "The pledges one by one, each with its sources",
		Sources: []string{PledgesName},
		Widgets: []Widget{{View: "counter", Size: "hero"}, {View: "map"}, {View: "objectives"}},
	}
	merged := Feed{
		Heading: "Together with what cities pledge elsewhere",
		Note: "Cities make commitments to the Call to Local Action as well, which is a registry of its own. " +
			"Here both feeds count as one, and a pledge that is in both counts once.",
		Listed:  "In more than one registry",
		Sources: []string{PledgesName, LocalActionsName},
		Widgets: []Widget{
			{View: "counter"},
			{View: "counter", Filter: map[string]string{"category": "local-authority"}},
			{View: "counter", Filter: map[string]string{"objective": "15"}},
		},
	}
	announced := Feed{
		Heading: "Announced, but not known to be pledges",
		Note: "Real announcements of money, and a report of a commitment. Whether the pledging initiative has them as pledges " +
			"isn’t known, so they are in no number on this page.",
		Listed:  "What was announced, and where",
		Sources: []string{AnnouncementsName},
	}
	illustrative := Feed{
		MadeUp:  true,
		Heading: "Made up: what a full feed looks like",
		Note: "Nobody has made these pledges. They are generated, and their counts give the headline of May 2022: " +
			"158 pledges, over 100 of them by 25 Member States.",
		Sources: []string{ReferenceName},
		Widgets: []Widget{
			{View: "counter"},
			{View: "counter", Filter: map[string]string{"objective": "7"}},
			{View: "counter", Filter: map[string]string{"region": "africa"}},
			{View: "map"},
			{View: "objectives"},
		},
	}
	if !bytes.Equal(pledges, data.Published()) {
		published.Note = "The pledges of the feed that this page was started with. What it doesn’t state is counted as not stated."
	}
	var err error
	if published.Read, err = Read(bytes.NewReader(pledges)); err == nil {
		published.Records, err = records(pledges)
	}
	local, problem := Read(bytes.NewReader(data.LocalActions()))
	if problem == nil && published.Read != nil {
		// Of a snapshot no pledges are known: there is nothing to merge.
		merged.Read, _ = tally.MergeFeeds(published.Read, local)
	}
	both, problem := records(pledges, data.LocalActions())
	for _, r := range both {
		if problem == nil && r.Registries() > 1 {
			merged.Records = append(merged.Records, r)
		}
	}
	announced.Records, _ = records(data.Announcements())
	illustrative.Read, _ = Read(bytes.NewReader(data.Reference()))
	return []Feed{published, merged, announced, illustrative}, err
}
