package page

import (
	"encoding/json"
	"html"
	"strconv"

	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// Sandbox is what a frame needs: its link opens a page of its own. It has no scripts,
// no forms and no origin.
const Sandbox = "allow-popups allow-popups-to-escape-sandbox"

// The measures of frames in pixels.
const (
	frameWidth = 520 // as wide as cards are by themselves
	frameLink  = 40  // below the card
	leastWidth = 220 // which a card can be read at
)

// An Embed is what a consumer of oEmbed (https://oembed.com) asks for when it was given
// the address of a page. It is a value; the zero Embed asks for no size.
type Embed struct {
	MaxWidth, MaxHeight int // in pixels, 0 for any
	CacheAge            int // for how many seconds the answer may be kept, 0 if that isn't said
}

// AppendJSON appends the answer for the page of a view: the type rich, with a frame
// that has no scripts. Neither its width nor its height is more than what is asked for;
// where the card would be too small to read, the frame scrolls. The error is that of
// [view.Render]. Without the address of the site nothing is appended.
func (o Embed) AppendJSON(b []byte, site *Site, snapshot *tally.Snapshot, v ViewPage) ([]byte, error) {
	shown, at, err := v.render(snapshot)
	if err != nil {
		return b, err
	}
	framed := at
	framed.What = Frame
	src := site.Absolute(framed)
	if src == "" {
		return b, nil
	}
	width, height := o.fit(size(view.AppendCard(nil, shown, view.Auto)))
	title := plain(shown.Text())
	answer := map[string]any{
		"version": "1.0", "type": "rich",
		"provider_name": plain(named(&snapshot.Header)), "provider_url": site.Base,
		"title": title, "width": width, "height": height,
		"html": `<iframe src="` + html.EscapeString(src) + `" width="` + strconv.Itoa(width) + `" height="` + strconv.Itoa(height) +
			`" title="` + html.EscapeString(title) + `" sandbox="` + Sandbox + `" loading="lazy" frameborder="0"></iframe>`,
	}
	if answer["provider_name"] == "" {
		delete(answer, "provider_name")
	}
	if snapshot.Publisher != "" {
		answer["author_name"] = plain(snapshot.Publisher)
	}
	if o.CacheAge > 0 {
		answer["cache_age"] = o.CacheAge
	}
	if p := site.picture(shown, at); p != nil && o.allows(p.Width, p.Height) {
		answer["thumbnail_url"], answer["thumbnail_width"], answer["thumbnail_height"] = p.Href, p.Width, p.Height
	}
	body, err := json.Marshal(answer)
	return append(b, body...), err
}

// fit returns the measures of the frame of a card.
func (o Embed) fit(cardWidth, cardHeight int) (width, height int) {
	width = frameWidth
	if o.MaxWidth > 0 {
		width = min(width, o.MaxWidth)
	}
	high := func() int { return (cardHeight*width+cardWidth-1)/max(cardWidth, 1) + frameLink }
	if o.MaxHeight > 0 && high() > o.MaxHeight {
		narrow := (o.MaxHeight - frameLink) * cardWidth / max(cardHeight, 1)
		width = max(narrow, min(leastWidth, width))
		return width, min(high(), o.MaxHeight)
	}
	return width, high()
}

// allows reports whether a thumbnail isn't larger than what is asked for.
func (o Embed) allows(width, height int) bool {
	return (o.MaxWidth == 0 || width <= o.MaxWidth) && (o.MaxHeight == 0 || height <= o.MaxHeight)
}
