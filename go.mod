module github.com/gcmkit/gcmkit

go 1.26.0

require (
	github.com/andybalholm/brotli v1.2.8
	github.com/evanw/esbuild v0.28.2
	github.com/go-json-experiment/json v1.27.2
	github.com/google/uuid v1.6.0
	github.com/hack-pad/safejs v0.1.0
	golang.org/x/text v0.43.0
)

require golang.org/x/sys v0.4.0 // indirect
