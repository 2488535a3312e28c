package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/gcmkit/gcmkit/examples/data"
)

func TestPagesNeedNoServerOfTheirOwn(t *testing.T) {
	files, err := pages(data.Published())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"index.html", "fr.html", "es.html", "ar.html", "ru.html", "zh.html"} {
		page := string(files[name])
		if !strings.Contains(page, `http-equiv="Content-Security-Policy"`) || !strings.Contains(page, ">7") || strings.Contains(page, `="/`) {
			t.Errorf("%s:\n%s", name, page)
		}
	}
	for _, name := range []string{"form.html", "form-fr.html", "form-es.html", "form-ar.html", "form-ru.html", "form-zh.html"} {
		page := string(files[name])
		if !strings.Contains(page, `http-equiv="Content-Security-Policy"`) || !strings.Contains(page, "<gcm-pledge-form ") || strings.Contains(page, `="/`) {
			t.Errorf("%s:\n%s", name, page)
		}
	}
	if !bytes.Equal(files["pledges.json"], data.Published()) {
		t.Error("another feed")
	}
	if _, err := pages([]byte("<html>")); err == nil {
		t.Error("a page was made of no feed")
	}
}
