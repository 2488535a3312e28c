// Package peers tests package feed with clients and servers that others have
// written. It is a module of its own, so that nobody who serves feeds gets what
// they consist of.
package peers
