package browser

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"
)

// marionette is a session of Firefox's own remote protocol: JSON arrays on a
// TCP connection, each after its length in bytes and a colon. A command is
// [0, id, name, parameters], its answer [1, id, error, result].
type marionette struct {
	conn net.Conn
	r    *bufio.Reader
	id   int
}

func newMarionette(addr string) (*marionette, error) {
	conn, err := net.Dial("tcp", addr)
	if err != nil {
		return nil, err
	}
	m := &marionette{conn: conn, r: bufio.NewReader(conn)}
	conn.SetDeadline(time.Now().Add(commandTimeout))
	var hello struct{ MarionetteProtocol int }
	if err := m.read(&hello); err != nil {
		return nil, fmt.Errorf("hello: %w", err)
	}
	if hello.MarionetteProtocol != 3 {
		return nil, fmt.Errorf("protocol %d of Marionette, want 3", hello.MarionetteProtocol)
	}
	_, err = m.do(command{name: "WebDriver:NewSession"}, map[string]any{"capabilities": capabilities(nil)})
	return m, err
}

func (m *marionette) do(c command, params any) ([]byte, error) {
	if params == nil {
		params = struct{}{}
	}
	m.id++
	packet, err := json.Marshal([]any{0, m.id, c.name, params})
	if err != nil {
		return nil, err
	}
	m.conn.SetDeadline(time.Now().Add(commandTimeout))
	if _, err := fmt.Fprintf(m.conn, "%d:%s", len(packet), packet); err != nil {
		return nil, err
	}
	var kind, id int
	var failure *Error
	var result json.RawMessage
	for id != m.id {
		if err := m.read(&[]any{&kind, &id, &failure, &result}); err != nil {
			return nil, fmt.Errorf("%s: %w", c.name, err)
		}
	}
	if failure != nil {
		return nil, failure
	}
	var wrapped struct{ Value json.RawMessage }
	if json.Unmarshal(result, &wrapped) == nil && wrapped.Value != nil {
		return wrapped.Value, nil
	}
	return result, nil
}

func (m *marionette) read(v any) error {
	length, err := m.r.ReadString(':')
	if err != nil {
		return err
	}
	n, err := strconv.Atoi(strings.TrimSuffix(length, ":"))
	if err != nil {
		return err
	}
	packet := make([]byte, n)
	if _, err := io.ReadFull(m.r, packet); err != nil {
		return err
	}
	return json.Unmarshal(packet, v)
}
