package feed

import (
	"encoding/json"
	"errors"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// Consumers as others have written them, by their rules: what WordPress does in
// WP_oEmbed::discover, WP_oEmbed::data2html and wp_filter_oembed_result for providers
// that it doesn't know, and what Drupal does in UrlResolver, ResourceFetcher and
// Resource. Both have the address of a page only, and the width that they have room
// for.

// published is a server at the address that it has for others, over HTTP.
func published(t *testing.T, o Options) (*http.Client, *Server) {
	t.Helper()
	o.URL = base
	s := newServer(t, 30, o)
	mux := http.NewServeMux()
	s.Register(mux, "/pledges/")
	here := httptest.NewServer(mux)
	t.Cleanup(here.Close)
	client := here.Client()
	client.Transport = elsewhere{here.URL, client.Transport}
	return client, s
}

// elsewhere leads requests for the published address to a test's server.
type elsewhere struct {
	to   string
	next http.RoundTripper
}

func (e elsewhere) RoundTrip(r *http.Request) (*http.Response, error) {
	to, _ := url.Parse(e.to)
	r = r.Clone(r.Context())
	if r.URL.Host != "example.org" {
		return nil, errors.New("another host: " + r.URL.Host)
	}
	r.URL.Scheme, r.URL.Host = to.Scheme, to.Host
	return e.next.RoundTrip(r)
}

func fetch(client *http.Client, address string) (*http.Response, string, error) {
	answer, err := client.Get(address)
	if err != nil {
		return nil, "", err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer, string(body), err
}

var linkTag = regexp.MustCompile(`<link ([^<>]+)>`)

// discover returns where a page says that its oEmbed is, as WordPress looks for it: in
// the links of the first 150 KB, up to the end of the head.
func discover(page string) (string, error) {
	page = page[:min(len(page), 150<<10)]
	head, _, ended := strings.Cut(page, "</head>")
	if !ended {
		return "", errors.New("the head is too long")
	}
	for _, tag := range linkTag.FindAllString(head, -1) {
		if attributeOf(tag, "type") == "application/json+oembed" {
			return attributeOf(tag, "href"), nil
		}
	}
	return "", errors.New("no link")
}

func attributeOf(tag, name string) string {
	m := regexp.MustCompile(`\s` + name + `="([^"]*)"`).FindStringSubmatch(tag)
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}

// wordpress returns what WordPress puts into a post.
func wordpress(client *http.Client, address string, maxWidth, maxHeight int) (string, error) {
	_, page, err := fetch(client, address)
	if err != nil {
		return "", err
	}
	endpoint, err := discover(page)
	if err != nil {
		return "", err
	}
	u, err := url.Parse(endpoint)
	if err != nil {
		return "", err
	}
	q := u.Query()
	q.Set("maxwidth", strconv.Itoa(maxWidth))
	q.Set("maxheight", strconv.Itoa(maxHeight))
	q.Set("dnt", "1")
	q.Set("format", "json")
	u.RawQuery = q.Encode()
	answer, body, err := fetch(client, u.String())
	if err != nil || answer.StatusCode != 200 {
		return "", errors.Join(err, errors.New(answer.Status))
	}
	var data struct{ Type, HTML, Title string }
	if err := json.Unmarshal([]byte(body), &data); err != nil {
		return "", err
	}
	if data.Type != "rich" && data.Type != "video" || data.HTML == "" {
		return "", errors.New("data2html returns nothing")
	}
	clean := kses(data.HTML)
	m := regexp.MustCompile(`(?s)(<blockquote>.*?</blockquote>)?.*(<iframe.*?></iframe>)`).FindStringSubmatch(clean)
	if m == nil {
		return "", errors.New("no iframe is left of " + data.HTML)
	}
	if m[1] != "" {
		return "", errors.New("a blockquote hides the frame until a script of WordPress's own has heard from it")
	}
	frame := strings.Replace(m[2], "<iframe", `<iframe sandbox="allow-scripts" security="restricted"`, 1)
	if attributeOf(frame, "src") == "" {
		return "", errors.New("the frame has no address")
	}
	return frame, nil
}

// kses leaves those attributes of frames that WordPress allows.
func kses(text string) string {
	allowed := map[string]bool{"src": true, "width": true, "height": true, "frameborder": true, "marginwidth": true, "marginheight": true, "scrolling": true, "title": true}
	text = regexp.MustCompile(`<iframe[^>]*>`).ReplaceAllStringFunc(text, func(tag string) string {
		out := "<iframe"
		for _, m := range regexp.MustCompile(`\s([a-z]+)="([^"]*)"`).FindAllStringSubmatch(tag, -1) {
			u, err := url.Parse(html.UnescapeString(m[2]))
			if m[1] == "src" && (err != nil || u.Scheme != "https" && u.Scheme != "http") {
				continue // a protocol that isn't allowed
			}
			if allowed[m[1]] {
				out += m[0]
			}
		}
		return out + ">"
	})
	return regexp.MustCompile(`</?(script|style|div|p|img|span)[^>]*>`).ReplaceAllString(text, "")
}

// drupal returns the resource that Drupal makes.
func drupal(client *http.Client, address string, maxWidth, maxHeight int) (map[string]any, error) {
	_, page, err := fetch(client, address)
	if err != nil {
		return nil, err
	}
	endpoint, err := discover(page)
	if err != nil {
		return nil, err
	}
	// A provider that a site has entered: the endpoint, and the addresses that it is for.
	u, _ := url.Parse(endpoint)
	if asked := u.Query().Get("url"); asked == "" {
		return nil, errors.New("no address in the endpoint")
	}
	u.RawQuery = url.Values{"url": {address}, "maxwidth": {strconv.Itoa(maxWidth)}, "maxheight": {strconv.Itoa(maxHeight)}}.Encode()
	answer, body, err := fetch(client, u.String())
	if err != nil || answer.StatusCode != 200 {
		return nil, errors.Join(err, errors.New(answer.Status))
	}
	if kind := answer.Header.Get("Content-Type"); !strings.Contains(kind, "application/json") && !strings.Contains(kind, "text/javascript") {
		return nil, errors.New("the fetched resource did not have a valid Content-Type header: " + kind)
	}
	var data map[string]any
	if err := json.Unmarshal([]byte(body), &data); err != nil {
		return nil, err
	}
	width, isNumber := data["width"].(float64)
	height, isToo := data["height"].(float64)
	switch {
	case data["version"] != "1.0":
		return nil, errors.New("resource version must be '1.0'")
	case data["type"] != "rich":
		return nil, errors.New("another type")
	case data["html"] == "":
		return nil, errors.New("the resource must provide an HTML representation")
	case !isNumber || !isToo || width <= 0 || height <= 0:
		return nil, errors.New("the dimensions must be NULL or numbers greater than zero")
	case data["provider_name"] == nil:
		return nil, errors.New("the provider can't be found")
	}
	if thumbnail, ok := data["thumbnail_url"].(string); ok {
		u, err := url.Parse(thumbnail)
		if err != nil || !u.IsAbs() || data["thumbnail_width"].(float64) <= 0 || data["thumbnail_height"].(float64) <= 0 {
			return nil, errors.New("a thumbnail must have an absolute address and dimensions")
		}
	}
	return data, nil
}

func TestWordPressAndDrupalEmbedAPage(t *testing.T) {
	client, s := published(t, Options{Drawer: stub{}})
	for _, room := range [][2]int{{600, 1000}, {320, 900}, {1200, 2000}, {640, 120}, {200, 90}, {1, 1}} {
		for _, address := range []string{"page", "page?view=objectives&region=africa", "page?view=dashboard&lang=ar&utm_source=x", "page?view=timeline&lang=zh#top"} {
			frame, err := wordpress(client, base+address, room[0], room[1])
			if err != nil {
				t.Errorf("WordPress, %s: %v", address, err)
				continue
			}
			data, err := drupal(client, base+address, room[0], room[1])
			if err != nil {
				t.Errorf("Drupal, %s: %v", address, err)
				continue
			}
			width, height := data["width"].(float64), data["height"].(float64)
			if width > float64(room[0]) || height > float64(room[1]) || attributeOf(frame, "width") != strconv.Itoa(int(width)) || attributeOf(frame, "height") != strconv.Itoa(int(height)) {
				t.Errorf("%s: %v by %v in %v, and %s", address, width, height, room, frame)
			}
			code := data["html"].(string)
			if sandbox := attributeOf(code, "sandbox"); sandbox == "" || strings.Contains(sandbox, "script") || strings.Contains(sandbox, "same-origin") {
				t.Errorf("the frame may do too much: %s", code)
			}
			// What is in the frame may be framed, and has no script.
			answer, body, err := fetch(client, attributeOf(frame, "src"))
			if err != nil || answer.StatusCode != 200 || strings.Contains(body, "<script") || strings.Contains(answer.Header.Get("Content-Security-Policy"), "frame-ancestors") || answer.Header.Get("X-Frame-Options") != "" {
				t.Errorf("%s: %v\n%s", frame, err, body)
			}
			if !strings.Contains(body, `target="_blank"`) || !strings.Contains(body, "<svg") || attributeOf(frame, "title") != html.UnescapeString(data["title"].(string)) {
				t.Errorf("%s\n%s", frame, body)
			}
			if thumbnail, ok := data["thumbnail_url"]; ok && (data["thumbnail_width"].(float64) > float64(room[0]) || !strings.HasPrefix(thumbnail.(string), base+"card.png?")) {
				t.Errorf("the thumbnail is %v", data)
			}
		}
	}
	for target, want := range map[string]int{
		"":                                     404,
		"?url=https://elsewhere.example/page":  404,
		"?url=http://example.org/pledges/page": 404,
		"?url=" + url.QueryEscape(base+"list"): 404,
		"?url=" + url.QueryEscape(base+"page?region=atlantis"):  400,
		"?url=" + url.QueryEscape(base+"page") + "&format=xml":  501,
		"?url=" + url.QueryEscape(base+"page") + "&maxwidth=0":  400,
		"?url=" + url.QueryEscape(base+"page") + "&maxwidth=-1": 400,
		"?url=" + url.QueryEscape(base+"page"):                  200,
	} {
		if answer, body := ask(t, s, "GET", "/oembed.json"+target); answer.StatusCode != want || want != 200 && !isProblem(t, answer, body) {
			t.Errorf("%s: %s %s", target, answer.Status, body)
		}
	}
	if answer, body := ask(t, newServer(t, 3, Options{}), "GET", "/oembed.json?url="+url.QueryEscape(base+"page")); answer.StatusCode != 404 || !isProblem(t, answer, body) {
		t.Errorf("of a server that doesn't know where it is: %s %s", answer.Status, body)
	}
}
