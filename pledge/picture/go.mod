module github.com/gcmkit/gcmkit/pledge/picture

go 1.26.0

replace github.com/gcmkit/gcmkit => ../..

require (
	github.com/go-fonts/dejavu v0.3.2
	github.com/go-text/typesetting v0.3.5
	golang.org/x/image v0.48.0
)

require golang.org/x/sys v0.50.0 // indirect
