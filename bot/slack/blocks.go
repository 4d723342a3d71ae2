package slack

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/slack-go/slack"

	"github.com/heedbot/heed/bot"
)

// Limits of Block Kit and of messages, in characters or pieces (Slack docs,
// Block Kit reference, and @slack/types 3.2.0). All that a message's blocks
// say may be about 13,200 characters; that one is known from
// msg_blocks_too_long only.
const (
	messageBlocks = 50
	messageChars  = 12_000
	textMax       = 3000 // of a message's own text; 4,000 is recommended at most
	headerMax     = 150
	sectionMax    = 3000
	fieldsMax     = 10
	fieldMax      = 2000
	smallMax      = 2000
	buttonsMax    = 25
	labelMax      = 75
	valueMax      = 2000
	idMax         = 255
)

var errLimit = errors.New("over Slack's limit")

// piece is a block, with the characters it spends of a message's allowance.
type piece struct {
	block slack.Block
	chars int
	keep  bool // stays when a message must be cut: headings and buttons
}

// page collects blocks.
type page struct {
	pieces []piece
	ids    map[string]bool
	dialog bool
	fields int
}

func (p *page) add(b slack.Block, keep bool, texts ...string) {
	n := 0
	for _, t := range texts {
		n += bot.Measure(t, bot.UTF16)
	}
	p.pieces = append(p.pieces, piece{b, n, keep})
}

// id is the block's id where it has one of its own, and nobody took it.
func (p *page) id(b bot.Block) string {
	if b.ID == "" || len(b.ID) > idMax || p.ids[b.ID] {
		return ""
	}
	if p.ids == nil {
		p.ids = map[string]bool{}
	}
	p.ids[b.ID] = true
	return b.ID
}

func (p *page) put(blocks []bot.Block) error {
	for i, b := range blocks {
		if err := p.one(b); err != nil {
			return fmt.Errorf("block %d (%s): %w", i, b.Kind, err)
		}
	}
	return nil
}

func (p *page) one(b bot.Block) error {
	switch b.Kind {
	case bot.Heading:
		if t := label(b.Text, headerMax); b.Text != "" {
			p.add(slack.NewHeaderBlock(plain(t), slack.HeaderBlockOptionBlockID(p.id(b))), true, t)
		}
	case bot.Plain:
		for _, t := range parts(b.Text, sectionMax) {
			p.add(&slack.SectionBlock{Type: slack.MBTSection, Text: plain(t), BlockID: p.id(b)}, false, t)
		}
	case bot.Rich:
		for _, t := range rich(b.Spans) {
			p.add(&slack.SectionBlock{Type: slack.MBTSection, Text: mrkdwn(t), BlockID: p.id(b)}, false, t)
		}
	case bot.Pairs:
		p.pairs(b)
	case bot.Small:
		for _, t := range parts(b.Text, smallMax) {
			p.add(slack.NewContextBlock(p.id(b), plain(t)), false, t)
		}
	case bot.Buttons:
		return p.buttons(b)
	case bot.Line:
		p.add(slack.NewDividerBlock(), false)
	case bot.Field:
		return p.field(b)
	default:
		return errors.New("unknown kind")
	}
	return nil
}

func (p *page) pairs(b bot.Block) {
	for chunk := range slices.Chunk(b.Pairs, fieldsMax) {
		var fields []*slack.TextBlockObject
		var texts []string
		for _, pair := range chunk {
			value := shown(pair.Value)
			if value == "" {
				value = "–"
			}
			t := fit(label(pair.Label, labelMax)+"\n"+value, fieldMax)
			fields, texts = append(fields, plain(t)), append(texts, t)
		}
		p.add(&slack.SectionBlock{Type: slack.MBTSection, Fields: fields, BlockID: p.id(b)}, false, texts...)
	}
}

// repeat parts an action from the number that makes its id unique in its
// block.
const repeat = "#"

func (p *page) buttons(b bot.Block) error {
	for chunk := range slices.Chunk(b.Buttons, buttonsMax) {
		seen := map[string]bool{}
		var elements []slack.BlockElement
		var texts []string
		for i, x := range chunk {
			if x.Action == "" || len(x.Action) > idMax-4 || bot.Measure(x.Value, bot.UTF16) > valueMax {
				return fmt.Errorf("button %d: %w", i, errLimit)
			}
			id := x.Action
			if seen[id] {
				id += repeat + strconv.Itoa(i+1)
			}
			seen[id] = true
			t := label(x.Label, labelMax)
			if x.Label == "" {
				t = x.Action
			}
			e := slack.NewButtonBlockElement(id, clean(x.Value), plain(t))
			if x.Style == string(slack.StylePrimary) || x.Style == string(slack.StyleDanger) {
				e.Style = slack.Style(x.Style)
			}
			elements, texts = append(elements, e), append(texts, t)
		}
		p.add(slack.NewActionBlock(p.id(b), elements...), true, texts...)
	}
	return nil
}

// action is the action behind a block's action_id.
func action(id string) string {
	a, n, found := strings.Cut(id, repeat)
	if _, err := strconv.Atoi(n); found && err == nil {
		return a
	}
	return id
}

// render gives a post its text and blocks. It is cut where Slack would refuse
// it, the buttons and headings stay.
func render(post bot.Post) (string, []slack.Block, error) {
	called := mentions(post.Mention)
	text := escape(fit(post.Text, textMax))
	if called != "" {
		text = strings.TrimSpace(text + " " + called)
	}
	blocks := post.Blocks
	if len(blocks) == 0 && bot.Measure(post.Text, bot.UTF16) > textMax {
		blocks = []bot.Block{{Kind: bot.Plain, Text: post.Text}}
	}
	p := &page{}
	if called != "" && len(blocks) > 0 {
		p.add(&slack.SectionBlock{Type: slack.MBTSection, Text: mrkdwn(called)}, true, called)
	}
	if err := p.put(blocks); err != nil {
		return "", nil, err
	}
	out := p.cut()
	if text == "" && len(out) == 0 {
		return "", nil, errors.New("nothing to say")
	}
	return text, out, nil
}

// cut leaves out what is too much for one message and marks the place.
func (p *page) cut() []slack.Block {
	blocks, chars, kept := len(p.pieces), 0, 0
	for _, x := range p.pieces {
		chars += x.chars
		if x.keep {
			kept++
		}
	}
	whole := blocks <= messageBlocks && chars <= messageChars
	roomBlocks, roomChars := messageBlocks-1-kept, messageChars
	for _, x := range p.pieces {
		if x.keep {
			roomChars -= x.chars
		}
	}
	out := make([]slack.Block, 0, blocks)
	cutting := false
	for _, x := range p.pieces {
		if !whole && !x.keep {
			if cutting || roomBlocks < 1 || roomChars < x.chars {
				if !cutting && len(out) < messageBlocks {
					out = append(out, slack.NewContextBlock("", plain("…")))
				}
				cutting = true
				continue
			}
			roomBlocks--
			roomChars -= x.chars
		}
		if len(out) < messageBlocks {
			out = append(out, x.block)
		}
	}
	return out
}
