module github.com/gcmkit/gcmkit/ci

go 1.26.0
