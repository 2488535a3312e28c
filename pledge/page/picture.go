package page

import (
	"bytes"
	"strconv"

	"github.com/gcmkit/gcmkit/gcm"
	"github.com/gcmkit/gcmkit/pledge/tally"
	"github.com/gcmkit/gcmkit/pledge/view"
)

// The measures of a picture for social networks, in pixels: what Open Graph and its
// readers recommend.
const (
	PictureWidth  = 1200
	PictureHeight = 630
)

// highest is how high a card may be that is on a picture: its smallest letters are
// 15 pixels high then.
const highest = 504

// PictureCard returns the card for the picture of a view, as SVG in light colours. It
// is the view's own card. If that is so high that nobody could read it, it is the card
// of the counter, with the same number, selection, source and date: social networks cut
// what is too high, and the date would be gone.
func PictureCard(snapshot *tally.Snapshot, kind view.Kind, l gcm.Language) ([]byte, error) {
	shown, err := view.Render(snapshot, view.Options{View: kind, Language: l})
	if err != nil {
		return nil, err
	}
	card := view.AppendCard(nil, shown, view.Light)
	_, height := size(card)
	if kind == view.Counter || height <= highest {
		return card, nil
	}
	return PictureCard(snapshot, view.Counter, l)
}

// picture returns the picture of a view, nil if there is none.
func (s *Site) picture(shown *view.View, p Place) *picture {
	p.What = Picture
	at := s.Absolute(p)
	if at == "" {
		return nil
	}
	return &picture{Href: at, Type: "image/png", Text: plain(shown.Text()), Width: PictureWidth, Height: PictureHeight}
}

// size returns the width and height that a card states.
func size(card []byte) (width, height int) {
	number := func(name string) int {
		_, rest, _ := bytes.Cut(card, []byte(" "+name+`="`))
		text, _, _ := bytes.Cut(rest, []byte(`"`))
		n, _ := strconv.Atoi(string(text))
		return n
	}
	return number("width"), number("height")
}
