//go:build !linux

package browser

import (
	"context"
	"errors"
	"regexp"
)

// group can't be had: the browsers' processes are minded as Linux allows.
type group struct{ dir string }

type process struct{ log string }

func newGroup() (*group, error) { return nil, errUnsupported }

func (g *group) start([]string, string, ...string) (*process, error) { return nil, errUnsupported }
func (g *group) kill()                                               {}
func (g *group) close() error                                        { return nil }
func (g *group) threads() ([]Thread, error)                          { return nil, errUnsupported }

func (p *process) await(context.Context, *regexp.Regexp) (string, error) {
	return "", errUnsupported
}
func (p *process) poll(context.Context, func() bool) error { return errUnsupported }

var errUnsupported = errors.ErrUnsupported
