package sandbox

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// slackView is an open modal or a home tab. The object is as the app gave it, completed.
type slackView struct {
	id, user, hash string
	root, previous string
	object         slackJSON
	entered        slackEntered
}

// slackTrigger is the right to open one view, for a short while after a person did something.
type slackTrigger struct {
	user    string
	expires time.Time
	used    bool
}

func (v *slackView) text(field string) string {
	text, _ := v.object[field].(string)
	return text
}

func (v *slackView) blocks() []any {
	blocks, _ := v.object["blocks"].([]any)
	return blocks
}

// view returns the view object as the app is sent it.
func (s *Slack) view(v *slackView) slackJSON {
	out := slackJSON{
		"id": v.id, "team_id": s.TeamID, "app_id": s.AppID, "bot_id": s.BotID, "app_installed_team_id": s.TeamID,
		"hash": v.hash, "root_view_id": v.root, "previous_view_id": nil, "state": v.entered.state(v.blocks()),
		"private_metadata": "", "callback_id": "", "external_id": "", "clear_on_close": false, "notify_on_close": false,
		"title": nil, "submit": nil, "close": nil,
	}
	if v.previous != "" {
		out["previous_view_id"] = v.previous
	}
	for name, value := range v.object {
		out[name] = value
	}
	return out
}

func (s *Slack) publicView(v *slackView) View {
	label := func(field string) string {
		object, _ := v.object[field].(slackJSON)
		text, _ := object["text"].(string)
		return text
	}
	return View{
		ID: v.id, Type: v.text("type"), User: v.user, Hash: v.hash, CallbackID: v.text("callback_id"), ExternalID: v.text("external_id"),
		PrivateMetadata: v.text("private_metadata"), RootID: v.root, PreviousID: v.previous,
		Title: label("title"), Submit: label("submit"), Close: label("close"), Raw: slackMarshal(s.view(v)),
	}
}

// Views returns a person's open modals, the one on top last.
func (s *Slack) Views(userID string) []View {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []View
	for _, v := range s.stacks[userID] {
		out = append(out, s.publicView(v))
	}
	return out
}

// Home returns a person's home tab as the app published it (a view object), or nil.
func (s *Slack) Home(userID string) json.RawMessage {
	s.mu.Lock()
	defer s.mu.Unlock()
	if v := s.homes[userID]; v != nil {
		return slackMarshal(s.view(v))
	}
	return nil
}

// trigger gives a person's action a fresh trigger_id.
func (s *Slack) trigger(userID string) string {
	id := fmt.Sprintf("%d.%d.%s", s.Clock.Now().UnixMilli(), len(s.triggers)+1, slackRandom(16))
	s.triggers[id] = &slackTrigger{user: userID, expires: time.Now().Add(s.TriggerLife)}
	return id
}

func (s *Slack) takeTrigger(args slackArgs) (*slackTrigger, error) {
	id := args["trigger_id"]
	if id == "" {
		id = args["interactivity_pointer"]
	}
	t := s.triggers[id]
	switch {
	case id == "":
		return nil, refuse("invalid_arguments", "missing required field: trigger_id")
	case t == nil:
		return nil, refuse("invalid_trigger_id")
	case t.used:
		return nil, refuse("exchanged_trigger_id")
	case time.Now().After(t.expires):
		return nil, refuse("expired_trigger_id")
	}
	return t, nil
}

// readView decodes, checks and completes a view of one kind: modal or home.
func (s *Slack) readView(raw, kind string) (slackJSON, error) {
	if len(raw) > slackViewBytes {
		return nil, refuse("view_too_large")
	}
	var object slackJSON
	if err := json.Unmarshal([]byte(raw), &object); err != nil || object == nil {
		return nil, refuse("invalid_arguments", pointed("must provide an object", "/view"))
	}
	if wrong := s.checkView(object, kind); len(wrong) > 0 {
		return nil, refuse("invalid_arguments", wrong...)
	}
	blocks := object["blocks"].([]any)
	completeSlackBlocks(blocks)
	for _, field := range []string{"title", "submit", "close"} {
		completeSlackTexts(object[field])
	}
	return object, nil
}

func (s *Slack) checkView(object slackJSON, kind string) []string {
	if object["type"] != kind {
		return []string{pointed(fmt.Sprintf("unsupported type: %v", object["type"]), "/view/type")}
	}
	definition := map[string]string{"modal": "ModalView", "home": "HomeView"}[kind]
	wrong := s.schemas.check(definition, object, "/view")
	blocks, _ := object["blocks"].([]any)
	wrong = append(wrong, s.checkBlocks(blocks, kind, "/view/blocks")...)
	for _, field := range []string{"title", "submit", "close"} {
		wrong = append(wrong, checkSlackTexts(object[field], "/view/"+field)...)
	}
	if id, _ := object["external_id"].(string); len(id) > 255 {
		wrong = append(wrong, pointed("must be less than 256 characters", "/view/external_id"))
	}
	for _, b := range blocks {
		if block, ok := b.(slackJSON); ok && kind == "modal" && block["type"] == "input" && object["submit"] == nil {
			return append(wrong, pointed("missing required field: submit", "/view"))
		}
	}
	return wrong
}

func (s *Slack) newView(user string, object slackJSON) (*slackView, error) {
	if id, _ := object["external_id"].(string); id != "" {
		for _, v := range s.views {
			if v.text("external_id") == id {
				return nil, refuse("duplicate_external_id")
			}
		}
	}
	v := &slackView{id: "V0" + strings.ToUpper(slackRandom(5)), user: user, object: object, entered: slackEntered{}}
	v.root, v.hash = v.id, s.hash()
	return v, nil
}

func (s *Slack) hash() string { return s.stamp() + slackRandom(4) }

// show puts a view on a person's stack.
func (s *Slack) show(v *slackView) error {
	stack := s.stacks[v.user]
	if len(stack) >= slackViewStack {
		return refuse("push_limit_reached")
	}
	if len(stack) > 0 {
		v.root, v.previous = stack[0].id, stack[len(stack)-1].id
	}
	s.stacks[v.user] = append(stack, v)
	s.views[v.id] = v
	s.changed()
	return nil
}

// shut takes views off the screen. With told, the app hears of those that asked for it.
func (s *Slack) shut(views []*slackView, cleared, told bool) {
	for _, v := range views {
		delete(s.views, v.id)
		s.stacks[v.user] = slices.DeleteFunc(s.stacks[v.user], func(o *slackView) bool { return o == v })
		if told && v.object["notify_on_close"] == true {
			payload := s.interaction("view_closed", v.user)
			payload["view"], payload["is_cleared"] = s.view(v), cleared
			body := slackMarshal(payload)
			s.run(func() { s.deliver("interactive", body, slackTry{}) })
		}
	}
	s.changed()
}

func (s *Slack) viewsOpen(args slackArgs) (slackJSON, error) { return s.viewsShow(args, false) }

func (s *Slack) viewsPush(args slackArgs) (slackJSON, error) { return s.viewsShow(args, true) }

func (s *Slack) viewsShow(args slackArgs, push bool) (slackJSON, error) {
	object, err := s.readView(args["view"], "modal")
	if err != nil {
		return nil, err
	}
	t, err := s.takeTrigger(args)
	if err != nil {
		return nil, err
	}
	stack := s.stacks[t.user]
	if push && len(stack) == 0 {
		return nil, refuse("invalid_trigger_id")
	}
	v, err := s.newView(t.user, object)
	if err != nil {
		return nil, err
	}
	if !push {
		s.shut(slices.Clone(stack), true, true)
	}
	if err := s.show(v); err != nil {
		return nil, err
	}
	t.used = true
	return slackJSON{"view": s.view(v)}, nil
}

func (s *Slack) viewsUpdate(args slackArgs) (slackJSON, error) {
	object, err := s.readView(args["view"], "modal")
	if err != nil {
		return nil, err
	}
	if (args["view_id"] == "") == (args["external_id"] == "") {
		return nil, refuse("invalid_arguments", "missing required field: view_id or external_id")
	}
	v := s.views[args["view_id"]]
	if id := args["external_id"]; id != "" {
		for _, o := range s.views {
			if o.text("external_id") == id {
				v = o
			}
		}
	}
	if v == nil {
		return nil, refuse("not_found")
	}
	if h := args["hash"]; h != "" && h != v.hash {
		return nil, refuse("hash_conflict")
	}
	s.replace(v, object)
	return slackJSON{"view": s.view(v)}, nil
}

// replace gives a view new content. Values stay where a field of the same block_id, action_id and
// type is still there.
func (s *Slack) replace(v *slackView, object slackJSON) {
	kept := slackEntered{}
	for _, f := range fieldsOf(object["blocks"].([]any)) {
		if old := v.entered[f.blockID][f.id]; old != nil && old["type"] == f.kind {
			if kept[f.blockID] == nil {
				kept[f.blockID] = map[string]slackJSON{}
			}
			kept[f.blockID][f.id] = old
		}
	}
	v.object, v.entered, v.hash = object, kept, s.hash()
	s.changed()
}

func (s *Slack) viewsPublish(args slackArgs) (slackJSON, error) {
	object, err := s.readView(args["view"], "home")
	if err != nil {
		return nil, err
	}
	u := s.users[args["user_id"]]
	if u == nil || u.Bot || u.Deleted {
		return nil, refuse("user_not_found")
	}
	v := s.homes[u.ID]
	if h := args["hash"]; h != "" && (v == nil || v.hash != h) {
		return nil, refuse("hash_conflict")
	}
	if v == nil {
		if v, err = s.newView(u.ID, object); err != nil {
			return nil, err
		}
		s.homes[u.ID] = v
	}
	s.replace(v, object)
	return slackJSON{"view": s.view(v)}, nil
}
