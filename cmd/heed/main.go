// Command heed is a complaint desk: customers complain in their messenger,
// staff answer in Slack, and what the company's policy promises is dated and
// kept, or seen to be missed.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/signal"
	"syscall"

	"github.com/alecthomas/kong"

	// Containers often have no time zones of their own.
	_ "time/tzdata"
)

// commands are heed's.
type commands struct {
	Demo     demoCommand     `cmd:"" help:"Everything on this machine, without accounts: a page with customers' phones, the Slack desk and a clock."`
	Serve    serveCommand    `cmd:"" help:"The bot."`
	Check    checkCommand    `cmd:"" help:"Look at configuration, policy, languages, calendar and tokens before going live."`
	Policy   policyCommand   `cmd:"" help:"Policies: list, show, check, compare, and what they promise when."`
	Words    wordsCommand    `cmd:"" help:"All texts of a language on one page, for a native speaker to read; and what none has read yet."`
	Manifest manifestCommand `cmd:"" help:"Print the Slack app manifest, to paste when the app is made."`

	Config kong.ConfigFlag `help:"Configuration file (YAML); heed.yaml if there is one."`
}

func main() { os.Exit(run(os.Args[1:])) }

// run does what the words say and gives the exit code: 0 done, 1 it failed,
// 2 the words or settings are wrong.
func run(args []string) int {
	var c commands
	paths := []string{}
	if exists("heed.yaml") {
		paths = append(paths, "heed.yaml")
	}
	parser, err := kong.New(&c, kong.Name("heed"), kong.Description("A complaint desk: Telegram in front, Slack behind, promises kept."),
		kong.UsageOnError(), kong.Configuration(readFile, paths...))
	if err != nil {
		return say(2, err)
	}
	ctx, err := parser.Parse(args)
	if err != nil {
		return say(2, err)
	}
	if err := misspelt(os.Environ(), settingNames()); err != nil {
		return say(2, err)
	}
	stop, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	ctx.BindTo(stop, (*context.Context)(nil))
	if err := ctx.Run(); err != nil {
		var wrong wrongError
		if errors.As(err, &wrong) {
			return say(2, err)
		}
		return say(1, err)
	}
	return 0
}

// wrongError is an error of the person who set heed up.
type wrongError struct{ error }

func (e wrongError) Unwrap() error { return e.error }

func say(code int, err error) int {
	fmt.Fprintln(os.Stderr, "heed:", err)
	return code
}

func logger(level string) *slog.Logger {
	var l slog.Level
	_ = l.UnmarshalText([]byte(level)) // Settings.check let only known levels through
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: l}))
}

// settingNames are the environment variables that are settings.
func settingNames() []string {
	var names []string
	k, err := kong.New(&struct{ Settings }{})
	if err != nil {
		return nil
	}
	for _, f := range k.Model.Flags {
		names = append(names, f.Envs...)
	}
	return names
}
