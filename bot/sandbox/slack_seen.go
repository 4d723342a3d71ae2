package sandbox

import "slices"

// Conversations returns what a person has in their sidebar: the channels they are in, in the order
// they were added, and the direct conversations with the app that hold something. Nothing for
// someone who is deactivated or not known.
func (s *Slack) Conversations(userID string) []Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	var out []Channel
	for _, id := range s.chanOrder {
		ch := s.channels[id]
		if s.inside(userID, ch) && (!ch.im && !ch.mpim || slices.ContainsFunc(ch.messages, func(m *slackMessage) bool { return !m.deleted })) {
			out = append(out, ch.public())
		}
	}
	return out
}

// inside tells whether a person can open a conversation of theirs. The caller holds the lock.
func (s *Slack) inside(userID string, ch *slackChannel) bool {
	return ch != nil && s.person(userID) == nil && slices.Contains(ch.members, userID)
}

// Seen returns what a person sees now in a conversation they are in, as Posts does, without what was
// deleted: a deleted message whose thread goes on is there as Deleted, without content.
func (s *Slack) Seen(userID, channelID string) []Post {
	return s.seen(userID, channelID, func(m *slackMessage) bool { return m.parent() || m.broadcast })
}

// SeenThread returns what a person sees now of a thread, as Thread does.
func (s *Slack) SeenThread(userID, channelID, ts string) []Post {
	return s.seen(userID, channelID, func(m *slackMessage) bool { return m.ts == ts || m.thread == ts })
}

func (s *Slack) seen(userID, channelID string, wanted func(*slackMessage) bool) []Post {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch := s.channels[channelID]
	if !s.inside(userID, ch) {
		return nil
	}
	var out []Post
	for _, m := range ch.messages {
		if !wanted(m) || m.deleted && (!m.parent() || len(m.live()) == 0) {
			continue
		}
		p := s.post(m)
		p.Files = slices.DeleteFunc(p.Files, func(f SlackFile) bool { return f.Deleted })
		out = append(out, p)
	}
	return out
}

// SeenFile returns a file and its content if a person can open it: one of their own, or one that
// is shared in a conversation they are in.
func (s *Slack) SeenFile(userID, fileID string) (SlackFile, []byte, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f := s.files[fileID]
	if f == nil || !f.complete || f.deleted || s.person(userID) != nil {
		return SlackFile{}, nil, false
	}
	shown := func(m *slackMessage) bool { return !m.deleted && s.inside(userID, s.channels[m.channel]) }
	if f.user != userID && !slices.ContainsFunc(f.shares, shown) {
		return SlackFile{}, nil, false
	}
	return f.public(s), slices.Clone(f.body), true
}
