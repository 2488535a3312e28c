// Draw makes a PNG beside each card in a folder:
//
//	go build -C pledge/picture -o /tmp/draw ./draw
//	/tmp/draw -font NotoSansSC-Regular.ttf -width 1200 -height 630 FOLDER
//
// It says of which cards it makes none, as they have letters that no font has. For
// Chinese it needs a font by -font, which may be given several times.
package main

import (
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"github.com/gcmkit/gcmkit/pledge/picture"
)

func main() {
	log.SetFlags(0)
	if err := run(os.Args[1:]); err != nil && !errors.Is(err, flag.ErrHelp) {
		log.Fatal("draw: ", err)
	}
}

func run(args []string) error {
	flags := flag.NewFlagSet("draw", flag.ContinueOnError)
	width := flags.Int("width", 1200, "of a picture, in `pixels`")
	height := flags.Int("height", 630, "of a picture, in `pixels`")
	var fonts [][]byte
	flags.Func("font", "a `file` with a further font, TrueType or OpenType", func(name string) error {
		b, err := os.ReadFile(name)
		fonts = append(fonts, b)
		return err
	})
	if err := flags.Parse(args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("which folder? -h explains the flags")
	}
	d, err := picture.New(fonts...)
	if err != nil {
		return err
	}
	cards, err := filepath.Glob(filepath.Join(flags.Arg(0), "*.svg"))
	if err != nil {
		return err
	}
	for _, name := range cards {
		card, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		png, err := d.Draw(card, *width, *height)
		if missing := (*picture.LetterError)(nil); errors.As(err, &missing) {
			fmt.Fprintf(os.Stderr, "draw: none of %s: %v\n", filepath.Base(name), err)
			continue
		}
		if err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		if err := os.WriteFile(strings.TrimSuffix(name, ".svg")+".png", png, 0o644); err != nil {
			return err
		}
	}
	return nil
}
