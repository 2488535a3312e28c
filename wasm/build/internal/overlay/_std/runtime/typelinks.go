// Looking for types that are there twice. There is one module: no plugins.
package runtime

//overlay:from type.go a7179d18c53b
func typelinksinit() {}
