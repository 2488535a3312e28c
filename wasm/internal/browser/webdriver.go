package browser

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// command is one command of the WebDriver specification: on HTTP a method and
// a path within the session, in Marionette a name.
type command struct{ method, path, name string }

var (
	navigate       = command{"POST", "/url", "WebDriver:Navigate"}
	goBack         = command{"POST", "/back", "WebDriver:Back"}
	executeSync    = command{"POST", "/execute/sync", "WebDriver:ExecuteScript"}
	executeAsync   = command{"POST", "/execute/async", "WebDriver:ExecuteAsyncScript"}
	getSource      = command{"GET", "/source", "WebDriver:GetPageSource"}
	takeScreenshot = command{"GET", "/screenshot", "WebDriver:TakeScreenshot"}
	setWindowRect  = command{"POST", "/window/rect", "WebDriver:SetWindowRect"}
)

// Error is a WebDriver error.
type Error struct {
	Code    string `json:"error"` // of the specification: "javascript error", "timeout", ...
	Message string `json:"message"`
}

func (e *Error) Error() string { return e.Code + ": " + e.Message }

// capabilities adds what every session is asked for.
func capabilities(more map[string]any) map[string]any {
	always := map[string]any{"timeouts": map[string]any{
		"script":   scriptTimeout.Milliseconds(),
		"pageLoad": scriptTimeout.Milliseconds(),
	}}
	for k, v := range more {
		always[k] = v
	}
	return map[string]any{"alwaysMatch": always}
}

// webdriver is a session of a WebDriver server.
type webdriver struct {
	client http.Client
	url    string // of the session
}

// newWebdriver opens a session with the server on a port of this machine.
func newWebdriver(ctx context.Context, port string, caps map[string]any) (*webdriver, error) {
	d := &webdriver{
		client: http.Client{Timeout: commandTimeout, Transport: &http.Transport{}}, // no proxy
		url:    "http://127.0.0.1:" + port,
	}
	answer, err := d.call(ctx, "POST", "/session", map[string]any{"capabilities": capabilities(caps)})
	if err != nil {
		return nil, fmt.Errorf("new session: %w", err)
	}
	var session struct{ SessionID string }
	if err := json.Unmarshal(answer, &session); err != nil {
		return nil, fmt.Errorf("new session: %w", err)
	}
	d.url += "/session/" + session.SessionID
	return d, nil
}

func (d *webdriver) do(c command, params any) ([]byte, error) {
	return d.call(context.Background(), c.method, c.path, params)
}

func (d *webdriver) call(ctx context.Context, method, path string, params any) ([]byte, error) {
	var body bytes.Buffer
	if method == "POST" {
		if err := json.NewEncoder(&body).Encode(params); err != nil {
			return nil, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, method, d.url+path, &body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json; charset=utf-8")
	resp, err := d.client.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	var answer struct{ Value json.RawMessage }
	if err := json.NewDecoder(resp.Body).Decode(&answer); err != nil {
		return nil, fmt.Errorf("%s %s: %s: %w", method, path, resp.Status, err)
	}
	var failure Error
	json.Unmarshal(answer.Value, &failure) // a value that isn't an object is no failure
	if resp.StatusCode != http.StatusOK || failure.Code != "" && failure.Message != "" {
		return nil, &failure
	}
	return answer.Value, nil
}
