package sandbox

import (
	"slices"
	"strings"
)

// slackHandlers carry out the methods. Each is called with the lock held, the token checked, and
// every argument known and every required one present.
var slackHandlers = map[string]func(*Slack, slackArgs) (slackJSON, error){
	"apps.connections.open":        (*Slack).connectionsOpen,
	"auth.test":                    (*Slack).authTest,
	"bots.info":                    (*Slack).botsInfo,
	"chat.delete":                  (*Slack).chatDelete,
	"chat.getPermalink":            (*Slack).chatGetPermalink,
	"chat.postEphemeral":           (*Slack).chatPostEphemeral,
	"chat.postMessage":             (*Slack).chatPostMessage,
	"chat.update":                  (*Slack).chatUpdate,
	"conversations.history":        (*Slack).conversationsHistory,
	"conversations.info":           (*Slack).conversationsInfo,
	"conversations.join":           (*Slack).conversationsJoin,
	"conversations.list":           (*Slack).conversationsList,
	"conversations.members":        (*Slack).conversationsMembers,
	"conversations.open":           (*Slack).conversationsOpen,
	"conversations.replies":        (*Slack).conversationsReplies,
	"files.completeUploadExternal": (*Slack).filesCompleteUpload,
	"files.delete":                 (*Slack).filesDelete,
	"files.getUploadURLExternal":   (*Slack).filesGetUploadURL,
	"files.info":                   (*Slack).filesInfo,
	"pins.add":                     (*Slack).pinsAdd,
	"reactions.add":                (*Slack).reactionsAdd,
	"reactions.get":                (*Slack).reactionsGet,
	"reactions.remove":             (*Slack).reactionsRemove,
	"team.info":                    (*Slack).teamInfo,
	"usergroups.list":              (*Slack).usergroupsList,
	"usergroups.users.list":        (*Slack).usergroupsUsersList,
	"users.info":                   (*Slack).usersInfo,
	"users.list":                   (*Slack).usersList,
	"users.lookupByEmail":          (*Slack).usersLookupByEmail,
	"views.open":                   (*Slack).viewsOpen,
	"views.publish":                (*Slack).viewsPublish,
	"views.push":                   (*Slack).viewsPush,
	"views.update":                 (*Slack).viewsUpdate,
}

// slackScopes are the scopes of which a bot token needs one; where the kind of channel decides, all
// kinds are listed. Source: Slack docs, the page of each method.
var slackScopes = map[string]string{
	"bots.info":                    "users:read",
	"chat.delete":                  "chat:write",
	"chat.postEphemeral":           "chat:write",
	"chat.postMessage":             "chat:write",
	"chat.update":                  "chat:write",
	"conversations.history":        "channels:history,groups:history,im:history,mpim:history",
	"conversations.info":           "channels:read,groups:read,im:read,mpim:read",
	"conversations.join":           "channels:join",
	"conversations.list":           "channels:read,groups:read,im:read,mpim:read",
	"conversations.members":        "channels:read,groups:read,im:read,mpim:read",
	"conversations.open":           "channels:manage,groups:write,im:write,mpim:write",
	"conversations.replies":        "channels:history,groups:history,im:history,mpim:history",
	"files.completeUploadExternal": "files:write",
	"files.delete":                 "files:write",
	"files.getUploadURLExternal":   "files:write",
	"files.info":                   "files:read",
	"pins.add":                     "pins:write",
	"reactions.add":                "reactions:write",
	"reactions.get":                "reactions:read",
	"reactions.remove":             "reactions:write",
	"team.info":                    "team:read",
	"usergroups.list":              "usergroups:read",
	"usergroups.users.list":        "usergroups:read",
	"users.info":                   "users:read",
	"users.list":                   "users:read",
	"users.lookupByEmail":          "users:read.email",
}

// slackKinds are what the scopes of a conversation's kind begin with.
var slackKinds = map[string]string{"channel": "channels", "group": "groups", "im": "im", "mpim": "mpim"}

// scopesOf are the scopes of which the call needs one: where it names a conversation, those of the
// conversation's kind.
func (s *Slack) scopesOf(method string, args slackArgs) string {
	all := slackScopes[method]
	if !strings.HasPrefix(method, "conversations.") || !strings.Contains(all, ",") {
		return all
	}
	kind := ""
	switch ch := s.channels[args["channel"]]; {
	case ch != nil:
		kind = slackKinds[ch.kind()]
	case method == "conversations.open" && strings.Contains(args["users"], ","):
		kind = "mpim"
	case method == "conversations.open" && args["users"] != "":
		kind = "im"
	}
	for _, scope := range strings.Split(all, ",") {
		if kind != "" && strings.HasPrefix(scope, kind+":") {
			return scope
		}
	}
	return all
}

// scoped refuses a method for which the app has no scope.
func (s *Slack) scoped(method string, args slackArgs) error {
	needed := s.scopesOf(method, args)
	if s.Scopes == nil || needed == "" {
		return nil
	}
	for _, scope := range strings.Split(needed, ",") {
		if slices.Contains(s.Scopes, scope) {
			return nil
		}
	}
	return &slackError{code: "missing_scope", needed: needed, provided: strings.Join(s.Scopes, ",")}
}
