package main

import (
	"testing"

	"github.com/gcmkit/gcmkit/examples/bench/peers/agree"
	"github.com/gcmkit/gcmkit/examples/bench/task"
)

func TestNumbersAreThoseOfTheGenerator(t *testing.T) { agree.Test(t, load, task.Read, task.Count) }
