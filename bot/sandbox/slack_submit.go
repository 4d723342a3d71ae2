package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
)

// usable returns a view that the person can use: the modal on top, or their home tab.
func (s *Slack) usable(userID, viewID string) (*slackView, error) {
	if err := s.person(userID); err != nil {
		return nil, err
	}
	if v := s.homes[userID]; v != nil && v.id == viewID {
		return v, nil
	}
	stack := s.stacks[userID]
	if len(stack) == 0 || stack[len(stack)-1].id != viewID {
		return nil, fmt.Errorf("view %q is not on top for user %q", viewID, userID)
	}
	return stack[len(stack)-1], nil
}

// PressInView makes a person use a button or menu of the modal on top or of their home tab. Values
// are as for Press.
func (s *Slack) PressInView(userID, viewID, actionID, value string) (Answer, error) {
	body, err := s.pressedInView(userID, viewID, actionID, value)
	if err != nil {
		return Answer{}, fmt.Errorf("press in view: %w", err)
	}
	return s.told(userID, s.deliver("interactive", body, slackTry{})), nil
}

func (s *Slack) pressedInView(userID, viewID, actionID, value string) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.usable(userID, viewID)
	if err != nil {
		return nil, err
	}
	action, err := s.act(v.blocks(), v.entered, actionID, value)
	if err != nil {
		return nil, err
	}
	s.changed()
	payload := s.interaction("block_actions", userID)
	payload["container"] = slackJSON{"type": "view", "view_id": v.id}
	payload["actions"], payload["trigger_id"], payload["view"] = []any{action}, s.trigger(userID), s.view(v)
	return slackMarshal(payload), nil
}

// Fill makes a person enter values into the modal on top without sending it. Keys are action_id or
// block_id, values a string or a list of strings; an empty string clears a field.
func (s *Slack) Fill(userID, viewID string, values map[string]any) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.usable(userID, viewID)
	if err == nil {
		_, err = s.fill(v.blocks(), v.entered, values)
	}
	if err != nil {
		return fmt.Errorf("fill: %w", err)
	}
	s.changed()
	return nil
}

// Submit makes a person fill in and send the modal on top. Keys of values are action_id or block_id,
// values a string (an option's value, an ID, a text) or a list of strings. What the app answers is
// done: errors are returned in the Answer and the modal stays, a view is updated or pushed, all are
// closed, or (an empty answer) this one is closed and the one below it is on top again. With an
// Answer that has an Error the modal stays open.
func (s *Slack) Submit(userID, viewID string, values map[string]any) (Answer, error) {
	body, local, err := s.submitted(userID, viewID, values)
	if err != nil {
		return Answer{}, fmt.Errorf("submit: %w", err)
	}
	if local != nil {
		return *local, nil
	}
	ack := s.deliver("interactive", body, slackTry{})
	s.mu.Lock()
	defer s.mu.Unlock()
	a := Answer{Error: ack.err, Payload: ack.payload}
	if v := s.views[viewID]; a.Error == "" && v != nil {
		s.respond(v, &a)
	}
	s.changed()
	return s.top(userID, a), nil
}

func (s *Slack) submitted(userID, viewID string, values map[string]any) ([]byte, *Answer, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.usable(userID, viewID)
	if err != nil {
		return nil, nil, err
	}
	if v.object["submit"] == nil {
		return nil, nil, errors.New("the view has no submit button")
	}
	complaints, err := s.fill(v.blocks(), v.entered, values)
	if err != nil {
		return nil, nil, err
	}
	for block, text := range v.entered.incomplete(v.blocks()) {
		complaints[block] = text
	}
	s.changed()
	if len(complaints) > 0 {
		a := s.top(userID, Answer{Action: "errors", Errors: complaints, Local: true})
		return nil, &a, nil
	}
	payload := s.interaction("view_submission", userID)
	payload["trigger_id"], payload["view"], payload["response_urls"] = s.trigger(userID), s.view(v), []any{}
	return slackMarshal(payload), nil, nil
}

// respond carries out the answer to a view_submission.
func (s *Slack) respond(v *slackView, a *Answer) {
	payload := bytes.TrimSpace(a.Payload)
	if len(payload) == 0 || string(payload) == "{}" {
		s.shut([]*slackView{v}, false, false)
		return
	}
	var answer struct {
		Action string            `json:"response_action"`
		Errors map[string]string `json:"errors"`
		View   json.RawMessage   `json:"view"`
	}
	if err := json.Unmarshal(payload, &answer); err != nil {
		a.Error = "invalid_response"
		return
	}
	a.Action = answer.Action
	switch answer.Action {
	case "clear":
		s.shut(slices.Clone(s.stacks[v.user]), true, true)
	case "errors":
		if len(answer.Errors) == 0 {
			a.Error = "invalid_response"
		}
		for block, text := range answer.Errors {
			if !slackHasInput(v.blocks(), block) || text == "" {
				a.Error = "invalid_response"
				a.Messages = append(a.Messages, "no text, or not an input block of the view: "+block)
			}
		}
		a.Errors = answer.Errors
	case "update", "push":
		object, err := s.readView(string(answer.View), "modal")
		if err == nil && answer.Action == "update" {
			s.replace(v, object)
		} else if err == nil {
			err = s.pushView(v, object)
		}
		if err != nil {
			a.Error, a.Messages = slackRefusal(err)
			if a.Error == "invalid_arguments" {
				a.Error = "invalid_view"
			}
		}
	default:
		a.Error = "invalid_response"
	}
}

func (s *Slack) pushView(below *slackView, object slackJSON) error {
	v, err := s.newView(below.user, object)
	if err != nil {
		return err
	}
	return s.show(v)
}

func slackHasInput(blocks []any, id string) bool {
	return slices.ContainsFunc(blocks, func(b any) bool {
		block := b.(slackJSON)
		return block["block_id"] == id && block["type"] == "input"
	})
}

// CloseView makes a person close the modal on top with its close button. The one below it is on top
// again, unless the view has clear_on_close. The app hears of it if the view has notify_on_close.
func (s *Slack) CloseView(userID, viewID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	v, err := s.usable(userID, viewID)
	if err != nil || s.views[viewID] == nil {
		return
	}
	if v.object["clear_on_close"] == true {
		s.shut(slices.Clone(s.stacks[userID]), true, true)
		return
	}
	s.shut([]*slackView{v}, false, true)
}
