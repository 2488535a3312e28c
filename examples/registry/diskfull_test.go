package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// smallDisk returns a folder on a disk of so many MiB. Where there is no way to
// get one the test is skipped, and fails in CI.
func smallDisk(t testing.TB, mebibytes int) string {
	t.Helper()
	dir := t.TempDir()
	if err := mountTmpfs(dir, mebibytes); err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("no small disk: ", err)
		}
		t.Skip("no small disk, which takes root on Linux: ", err)
	}
	t.Cleanup(func() {
		if err := unmount(dir); err != nil {
			t.Error(err)
		}
	})
	return dir
}

// ballast fills a disk but for so many bytes.
func ballast(t testing.TB, dir string, left uint64) (file string) {
	t.Helper()
	file = filepath.Join(dir, "ballast")
	there, err := free(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, make([]byte, there-left), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func TestFullDiskRefusesWritersAndGoesOnWhenThereIsRoom(t *testing.T) {
	t.Parallel()
	for name, minFree := range map[string]int{
		"noticed before": 2,
		// The store runs into it, and has to be opened again.
		"noticed too late": 0,
	} {
		t.Run(name, func(t *testing.T) {
			disk := smallDisk(t, 64)
			args := []string{"-min-free", fmt.Sprint(minFree), "-write-timeout", "3s", "-snapshot-every", "1h"}
			dir := filepath.Join(disk, "data")
			node := spawn(t, dir, args...)
			c := newCrowd(node)
			c.submit(t, 4, 0, 20, nil)
			file := ballast(t, disk, uint64(minFree)<<20+600<<10)

			// Until one is refused.
			n := 20
			for ; ; n++ {
				a, err := node.submit(n)
				if err == nil {
					c.acked[n] = a
					if n > 20_000 {
						t.Fatal("the disk is never full")
					}
					continue
				}
				var status *statusError
				if !errors.As(err, &status) || status.status != 507 && status.status != 503 {
					t.Fatal(err)
				}
				break
			}
			eventually(t, "told that the disk is full", func() error {
				_, err := node.submit(n)
				if err == nil {
					return errors.New("it is taken")
				}
				var status *statusError
				if !errors.As(err, &status) || status.status != 507 {
					return err
				}
				return nil
			})
			// Readers don't mind.
			if status, _, _, err := node.get("/pledges.json", nil); err != nil || status != 200 {
				t.Error(status, err)
			}
			if status, _, body, err := node.get("/readyz", nil); err != nil || status != 503 {
				t.Error(status, string(body), err)
			}

			if err := os.Remove(file); err != nil {
				t.Fatal(err)
			}
			c.submit(t, 4, n, n+50, nil)
			if len(c.acked) != n+50 {
				t.Fatalf("%d of %d were acknowledged", len(c.acked), n+50)
			}
			node.waitReady()
			before, _ := node.waitFor(uint64(n + 50))
			c.check(t, node)
			node.kill()
			node = spawn(t, dir, args...)
			if after, _ := node.waitFor(uint64(n + 50)); !bytes.Equal(before, after) {
				t.Error("after a restart the feed is another one")
			}
			if strings.Contains(node.logged(), "lost messages") {
				t.Error("messages are lost")
			}
			t.Logf("%d pledges until it was full", n)
		})
	}
}
