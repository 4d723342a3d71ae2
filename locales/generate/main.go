// Command generate writes keys.go from en.toml.
package main

import (
	"log"
	"os"
)

func main() {
	src, err := os.ReadFile("en.toml")
	if err != nil {
		log.Fatal(err)
	}
	out, err := render(src)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile("keys.go", out, 0o644); err != nil {
		log.Fatal(err)
	}
}
