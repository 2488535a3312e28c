package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
)

// child is the server in a process of its own, so that what it takes can be told
// from what the readers take, and so that each has its own connections.
type child struct {
	process *exec.Cmd
	in      io.WriteCloser
	out     *json.Decoder
	address string
}

// serveFlag makes this program the child.
const serveFlag = "-serve"

func startChild(ctx context.Context, pledges int) (*child, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, err
	}
	c := &child{process: exec.CommandContext(ctx, program, serveFlag, strconv.Itoa(pledges))}
	c.process.Stderr = os.Stderr
	if c.in, err = c.process.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := c.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.process.Start(); err != nil {
		return nil, err
	}
	c.out = json.NewDecoder(bufio.NewReader(out))
	var first report
	if err := c.out.Decode(&first); err != nil {
		return nil, errors.Join(fmt.Errorf("the server didn't start: %w", err), c.stop())
	}
	c.address = first.Address
	return c, nil
}

// do gives an order and waits until it has been obeyed.
func (c *child) do(o order) (r report, err error) {
	if err = json.NewEncoder(c.in).Encode(o); err == nil {
		err = c.out.Decode(&r)
	}
	if err != nil {
		err = fmt.Errorf("the server: %w", err)
	}
	return r, err
}

// stop ends the child and waits for it.
func (c *child) stop() error {
	c.in.Close()
	return c.process.Wait()
}
