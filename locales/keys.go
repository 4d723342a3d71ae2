// Code generated from en.toml by go generate; DO NOT EDIT.

package locales

// The keys of all texts; behind each the English one.
const (
	AboutLong                          Key = "about.long"                             // Tell us what went wrong. You will get a reference and hear from us. We ...
	AboutShort                         Key = "about.short"                            // The place for complaints: tell us what went wrong, in your language.
	AboutPolicyContact                 Key = "about_policy.contact"                   // Contact: {{.Contact}}
	AboutPolicyDispute                 Key = "about_policy.dispute"                   // If you do not agree with our answer, you can say so here, and it is lo ...
	AboutPolicyHead                    Key = "about_policy.head"                      // {{.Title}}, version {{.Version}}
	AboutPolicyHotline                 Key = "about_policy.hotline"                   // Hotline: {{.Number}}
	AboutPolicyLink                    Key = "about_policy.link"                      // Read more
	AboutPolicyNext                    Key = "about_policy.next"                      // What happens with a complaint, by our policy:
	AboutPolicyNoDates                 Key = "about_policy.no_dates"                  // Our policy names no dates. We look into every complaint as quickly as  ...
	AcceptThanks                       Key = "accept.thanks"                          // Thank you for letting us know. We are glad that we could settle this w ...
	AddChoose                          Key = "add.choose"                             // Which complaint would you like to add to?
	AddClosed                          Key = "add.closed"                             // Your complaint {{.Ref}} is closed. Do these words belong to it, or are ...
	AddDone                            Key = "add.done"                               // Added to your complaint {{.Ref}}. Our team can see it. For a new compl ...
	AddDoneClosed                      Key = "add.done_closed"                        // Added to your complaint {{.Ref}}. Those who looked into it can see it, ...
	AddDoneWalled                      Key = "add.done_walled"                        // Added to your complaint {{.Ref}}. Only those who look into it see it.  ...
	AddNew                             Key = "add.new"                                // None of these: a new complaint
	AddNone                            Key = "add.none"                               // You have no open complaint to add to.
	AddNow                             Key = "add.now"                                // Please send what you would like to add to complaint {{.Ref}}: words, p ...
	AddWhich                           Key = "add.which"                              // You have several complaints open. Which one does this belong to?
	AdrBinding                         Key = "adr.binding"                            // We follow their decisions.
	AdrBody                            Key = "adr.body"                               // You now have the right to take your complaint to {{.Name}}. They are i ...
	AdrDeadlock                        Key = "adr.deadlock"                           // About your complaint {{.Ref}}: our last answer is our final one. If yo ...
	AdrGoesOn                          Key = "adr.goes_on"                            // We go on looking into your complaint meanwhile, and you will still hea ...
	AdrTime                            Key = "adr.time"                               // About your complaint {{.Ref}}: it is not settled, and the time that th ...
	AskAuthorisation                   Key = "ask.authorisation"                      // Please send the authorisation: a photo or a document that shows you ma ...
	AskCapacity                        Key = "ask.capacity"                           // For whom are you complaining?
	AskChoice                          Key = "ask.choice"                             // Please press one of the buttons.
	AskChoiceKept                      Key = "ask.choice_kept"                        // I have kept these words for your account of what happened. First, plea ...
	AskContact                         Key = "ask.contact"                            // Under which number can we call you, if need be?
	AskEmails                          Key = "ask.emails"                             // Did you send us e-mails about this? Please paste them here or send the ...
	AskEntity                          Key = "ask.entity"                             // Which of our companies is it about?
	AskEvidence                        Key = "ask.evidence"                           // Would you like to send photos or documents that show what happened? Th ...
	AskFailing                         Key = "ask.failing"                            // How did our colleague fall short of what you could expect?
	AskMore                            Key = "ask.more"                               // Send more if you like, or press Done.
	AskMoreFiles                       Key = "ask.more_files"                         // I have {{.N}} files from you.
	AskMoreWords                       Key = "ask.more_words"                         // I have noted {{.N}} messages.
	AskNoted                           Key = "ask.noted"                              // Thank you for telling us. I have noted what you sent.
	AskOpening                         Key = "ask.opening"                            // Thank you for telling us. Let us go through it step by step.
	AskOptional                        Key = "ask.optional"                           // (You can skip this.)
	AskPhones                          Key = "ask.phones"                             // Which phone number did you call us from? With it we can find the calls ...
	AskRepresented                     Key = "ask.represented"                        // Whom do you speak for? Please write their name.
	AskStaff                           Key = "ask.staff"                              // Whom in our team did you speak to about this? Please write the names y ...
	AskStaffAbout                      Key = "ask.staff_about"                        // Is your complaint about whom you just named, or did you only speak to  ...
	AskStart                           Key = "ask.start"                              // Would you like to tell us about a complaint? Then press the button: wh ...
	AskSummary                         Key = "ask.summary"                            // Please tell us what happened, in your own words. You may send several  ...
	AskTickets                         Key = "ask.tickets"                            // Do you have a ticket or issue number from us about this? Please write  ...
	AskTopic                           Key = "ask.topic"                              // What is your complaint about?
	AskWhen                            Key = "ask.when"                               // When did it happen? Please write the dates and times, as well as you r ...
	AskWordsKept                       Key = "ask.words_kept"                         // I have noted your words here.
	ButtonAccept                       Key = "button.accept"                          // I accept this answer
	ButtonAdd                          Key = "button.add"                             // Add something
	ButtonBack                         Key = "button.back"                            // Back
	ButtonCancel                       Key = "button.cancel"                          // Cancel
	ButtonCancelNo                     Key = "button.cancel_no"                       // No, continue
	ButtonCancelYes                    Key = "button.cancel_yes"                      // Yes, throw it away
	ButtonChange                       Key = "button.change"                          // Change: {{.What}}
	ButtonClear                        Key = "button.clear"                           // Write it anew
	ButtonComplain                     Key = "button.complain"                        // Make a complaint
	ButtonConsentWithdraw              Key = "button.consent_withdraw"                // I no longer agree
	ButtonContinue                     Key = "button.continue"                        // Continue
	ButtonDone                         Key = "button.done"                            // Done
	ButtonHelp                         Key = "button.help"                            // Help
	ButtonInform                       Key = "button.inform"                          // Yes, keep me informed
	ButtonInformNo                     Key = "button.inform_no"                       // No, thank you
	ButtonInvite                       Key = "button.invite"                          // Keep them informed too
	ButtonLanguage                     Key = "button.language"                        // Language
	ButtonNo                           Key = "button.no"                              // No
	ButtonPolicy                       Key = "button.policy"                          // Our policy
	ButtonPrivacy                      Key = "button.privacy"                         // Privacy
	ButtonReview                       Key = "button.review"                          // Ask for a review
	ButtonSkip                         Key = "button.skip"                            // Skip
	ButtonStatus                       Key = "button.status"                          // Status
	ButtonSubmit                       Key = "button.submit"                          // Send my complaint
	ButtonWithdraw                     Key = "button.withdraw"                        // Withdraw {{.Ref}}
	ButtonWithdrawNo                   Key = "button.withdraw_no"                     // No, keep it
	ButtonWithdrawYes                  Key = "button.withdraw_yes"                    // Yes, withdraw it
	ButtonYes                          Key = "button.yes"                             // Yes
	CalendarAlone                      Key = "calendar.alone"                         // January February March April May June July August September October No ...
	CalendarAt                         Key = "calendar.at"                            // {w}, {d} {m} {y} at {t}
	CalendarBrief                      Key = "calendar.brief"                         // {d} {s} {y}, {t}
	CalendarFull                       Key = "calendar.full"                          // {w}, {d} {m} {y}
	CalendarLong                       Key = "calendar.long"                          // {d} {m} {y}
	CalendarMedium                     Key = "calendar.medium"                        // {d} {s} {y}
	CalendarMonth                      Key = "calendar.month"                         // {l} {y}
	CalendarMonths                     Key = "calendar.months"                        // January February March April May June July August September October No ...
	CalendarShort                      Key = "calendar.short"                         // Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec
	CalendarTime                       Key = "calendar.time"                          // 09:30
	CalendarWeekdays                   Key = "calendar.weekdays"                      // Sunday Monday Tuesday Wednesday Thursday Friday Saturday
	CancelAsk                          Key = "cancel.ask"                             // Shall I throw away what you have told me so far? It has not been sent  ...
	CancelDone                         Key = "cancel.done"                            // It is thrown away. If you change your mind, you can start again at any ...
	CancelNothing                      Key = "cancel.nothing"                         // There is nothing to cancel.
	CancelWithdraw                     Key = "cancel.withdraw"                        // Your complaint has been sent. If you no longer want us to look into it ...
	CloseTold                          Key = "close.told"                             // Complaint {{.Ref}} is now closed. Thank you for having told us. If som ...
	CloseToldPaper                     Key = "close.told_paper"                       // Complaint {{.Ref}} is now closed. Thank you for having told us. If som ...
	CloseUndecided                     Key = "close.undecided"                        // Complaint {{.Ref}} is now closed, without a formal response from us. W ...
	CloseUndecidedPaper                Key = "close.undecided_paper"                  // Complaint {{.Ref}} is now closed, without a formal response from us. W ...
	CodeLinked                         Key = "code.linked"                            // This chat is now linked to your complaint {{.Ref}}. From now on we wri ...
	CodeText                           Key = "code.text"                              // If you would like to follow complaint {{.Ref}} in a messenger, write t ...
	CodeUnknown                        Key = "code.unknown"                           // This code is not known here. Please check it letter by letter; it may  ...
	CommandAdd                         Key = "command.add"                            // Add something to your complaint
	CommandCancel                      Key = "command.cancel"                         // Stop, or withdraw a complaint
	CommandComplain                    Key = "command.complain"                       // Make a complaint
	CommandHelp                        Key = "command.help"                           // See what you can do here
	CommandLanguage                    Key = "command.language"                       // Change the language
	CommandPolicy                      Key = "command.policy"                         // Our complaint policy
	CommandPrivacy                     Key = "command.privacy"                        // How we use what you tell us
	CommandStart                       Key = "command.start"                          // Start here
	CommandStatus                      Key = "command.status"                         // See where your complaint stands
	ConductAggressiveOffensiveOrVulgar Key = "conduct.aggressive_offensive_or_vulgar" // aggressive, offensive or vulgar language
	ConductAssumptionsAboutHowWeWork   Key = "conduct.assumptions_about_how_we_work"  // assumptions about how we work
	ConductBullying                    Key = "conduct.bullying"                       // bullying
	ConductHardshipAsLeverage          Key = "conduct.hardship_as_leverage"           // pressing again for an exception after it was explained
	ConductOffensiveAboutTeam          Key = "conduct.offensive_about_team"           // insults against people in our team
	ConductThreatOfBadComments         Key = "conduct.threat_of_bad_comments"         // threatening bad reviews or comments
	ConductThreatening                 Key = "conduct.threatening"                    // threats
	ConsentAsk                         Key = "consent.ask"                            // Complaint {{.Ref}}: shall we note that nobody is to speak for you any  ...
	ConsentNoted                       Key = "consent.noted"                          // We have noted that nobody speaks for you any more in complaint {{.Ref} ...
	ConsentNotedUnsure                 Key = "consent.noted_unsure"                   // We have noted that nobody speaks for you any more in complaint {{.Ref} ...
	DecisionDeclined                   Key = "decision.declined"                      // not taken up
	DecisionNotUpheld                  Key = "decision.not_upheld"                    // not upheld
	DecisionOutOfScope                 Key = "decision.out_of_scope"                  // outside what we can decide
	DecisionPartly                     Key = "decision.partly"                        // upheld in part
	DecisionUnfounded                  Key = "decision.unfounded"                     // unfounded
	DecisionUpheld                     Key = "decision.upheld"                        // upheld
	DisputeAppeal                      Key = "dispute.appeal"                         // Appeal the decision
	DisputeAsk                         Key = "dispute.ask"                            // {{.Way}}: you do not agree with our answer to complaint {{.Ref}}. Shal ...
	DisputeEscalate                    Key = "dispute.escalate"                       // Take it further
	DisputeNoDate                      Key = "dispute.no_date"                        // Our policy names no date for this; we will write to you as soon as we  ...
	DisputeReopened                    Key = "dispute.reopened"                       // We have opened complaint {{.Ref}} again and are having another look at ...
	DisputeRestart                     Key = "dispute.restart"                        // Look at it again
	DisputeTaken                       Key = "dispute.taken"                          // We have noted that you do not agree. Complaint {{.Ref}} is being looke ...
	DisputeWhy                         Key = "dispute.why"                            // Please tell us here, in your own words, what we got wrong. You can als ...
	DraftGoesOn                        Key = "draft.goes_on"                          // We are in the middle of your complaint. Let us go on.
	DraftReminder                      Key = "draft.reminder"                         // You began to tell us about a complaint, and it has not been sent yet.  ...
	EditPassed                         Key = "edit.passed"                            // You changed a message. Both versions are in your complaint {{.Ref}} an ...
	EditTaken                          Key = "edit.taken"                             // I have taken over your change.
	ErrorCommand                       Key = "error.command"                          // I do not know this command.
	ErrorEmpty                         Key = "error.empty"                            // Your message arrived empty. Please write it in words, or send a photo  ...
	ErrorFirst                         Key = "error.first"                            // This is the first question: there is nothing before it.
	ErrorPhone                         Key = "error.phone"                            // I could not find a phone number in that. Please write it in digits, or ...
	ErrorPhoneNeeded                   Key = "error.phone_needed"                     // I could not find a phone number in that. Please write it in digits.
	ErrorRequired                      Key = "error.required"                         // We need an answer here to look into your complaint.
	ErrorSticker                       Key = "error.sticker"                          // Thank you! So that we understand you rightly, please tell us in words.
	ErrorUnsupported                   Key = "error.unsupported"                      // I cannot read this kind of message, but it has not been lost. Please w ...
	FileBig                            Key = "file.big"                               // I could not take “{{.Name}}”: it is too large. Please send a small ...
	FileEmpty                          Key = "file.empty"                             // I could not take “{{.Name}}”: the file is empty. Please send it ag ...
	FileGone                           Key = "file.gone"                              // I could not fetch “{{.Name}}”: the messenger no longer has it. Ple ...
	FileKindAudio                      Key = "file.kind.audio"                        // sound
	FileKindDocument                   Key = "file.kind.document"                     // document
	FileKindFile                       Key = "file.kind.file"                         // file
	FileKindPhoto                      Key = "file.kind.photo"                        // photo
	FileKindVideo                      Key = "file.kind.video"                        // video
	FileKindVoice                      Key = "file.kind.voice"                        // voice message
	FileTooBig                         Key = "file.too_big"                           // I could not take “{{.Name}}”: it is larger than {{.Max}} MB, the m ...
	FileType                           Key = "file.type"                              // I could not take “{{.Name}}”: it is a program or script, and for s ...
	FilesTaken                         Key = "files.taken"                            // I have received {{.N}} files.
	FilesVoice                         Key = "files.voice"                            // I have kept your voice message as evidence. So that nothing is mishear ...
	FloodBegun                         Key = "flood.begun"                            // Thank you, a lot is coming in. We keep all of it and answer once you p ...
	FloodKept                          Key = "flood.kept"                             // We have kept your last {{.N}} messages, every word.
	FloodLast                          Key = "flood.last"                             // We have kept your last message.
	GreetHello                         Key = "greet.hello"                            // Hello, this is the complaint desk of {{.Company}}. If something went w ...
	GreetHelloPlain                    Key = "greet.hello_plain"                      // Hello, this is the complaint desk. If something went wrong, we want to ...
	GreetHow                           Key = "greet.how"                              // I will ask you a few questions, one at a time. You can go back, skip w ...
	GreetHowUndated                    Key = "greet.how_undated"                      // I will ask you a few questions, one at a time. You can go back, skip w ...
	GreetPrivacy                       Key = "greet.privacy"                          // We use what you tell us only to look into your complaint, and only the ...
	GreetUrgent                        Key = "greet.urgent"                           // If someone is in danger or it cannot wait, please call us first: {{.Nu ...
	HelpIntro                          Key = "help.intro"                             // Here is what you can do:
	InformAsk                          Key = "inform.ask"                             // Someone has made a complaint in your name: {{.Ref}}. If you like, we k ...
	InformDeclined                     Key = "inform.declined"                        // That is all right. If you change your mind, just send the code again.
	InformEnded                        Key = "inform.ended"                           // Thank you for your patience. From now on we do not write to you here a ...
	InformFormer                       Key = "inform.former"                          // We do not write to you here about complaint {{.Ref}} at present. If it ...
	InformHead                         Key = "inform.head"                            // For your information, about the complaint that was made in your name,  ...
	InformNot                          Key = "inform.not"                             // We do not write to you here about complaint {{.Ref}}, and what you wri ...
	InformPassed                       Key = "inform.passed"                          // Thank you. Our team can see this, with the complaint that was made in  ...
	InformStatus                       Key = "inform.status"                          // Complaint {{.Ref}} was made in your name. We write to you here wheneve ...
	InformWelcome                      Key = "inform.welcome"                         // Thank you. From now on we keep you informed here of the complaint that ...
	InformWhich                        Key = "inform.which"                           // Does this belong to the complaint that was made in your name, or is it ...
	InviteOwn                          Key = "invite.own"                             // This code is for the person you speak for. Please hand it on to them.
	InviteText                         Key = "invite.text"                            // If the person you speak for is to hear from us as well, please hand th ...
	InviteTheirs                       Key = "invite.theirs"                          // Someone has made a complaint to us in your name. If you would like to  ...
	LabelAuthorisation                 Key = "label.authorisation"                    // Authorisation
	LabelCapacity                      Key = "label.capacity"                         // For whom
	LabelContact                       Key = "label.contact"                          // Telephone number
	LabelEmails                        Key = "label.emails"                           // E-mails you sent us
	LabelEntity                        Key = "label.entity"                           // Company
	LabelEvidence                      Key = "label.evidence"                         // Evidence
	LabelFailing                       Key = "label.failing"                          // How we fell short
	LabelLater                         Key = "label.later"                            // What came later
	LabelPhones                        Key = "label.phones"                           // Numbers you called from
	LabelRepresented                   Key = "label.represented"                      // Whom you speak for
	LabelStaff                         Key = "label.staff"                            // Whom you spoke to
	LabelStaffAbout                    Key = "label.staff_about"                      // Is it about them?
	LabelSummary                       Key = "label.summary"                          // What happened
	LabelTickets                       Key = "label.tickets"                          // Ticket references
	LabelTopic                         Key = "label.topic"                            // Topic
	LabelWhen                          Key = "label.when"                             // Dates and times
	LanguageAsk                        Key = "language.ask"                           // In which language shall we talk?
	LanguageChanged                    Key = "language.changed"                       // We will go on in English. You can change the language at any time with ...
	LanguageOffer                      Key = "language.offer"                         // Would you like to go on in English?
	LetterAsk                          Key = "letter.ask"                             // About your complaint {{.Ref}}, we need your help:
	LetterDecide                       Key = "letter.decide"                          // Our formal response to your complaint {{.Ref}}
	LetterDecideAgain                  Key = "letter.decide_again"                    // Our answer after looking at your complaint {{.Ref}} again
	LetterReply                        Key = "letter.reply"                           // About your complaint {{.Ref}}:
	LetterUpdate                       Key = "letter.update"                          // How the investigation of your complaint {{.Ref}} is going:
	ListClause                         Key = "list.clause"                            // {{.A}}, {{.B}}
	ListColon                          Key = "list.colon"                             // {{.A}}: {{.B}}
	ListLast                           Key = "list.last"                              // {{.A}} and {{.B}}
	ListMiddle                         Key = "list.middle"                            // {{.A}}, {{.B}}
	ListNext                           Key = "list.next"                              // {{.A}} {{.B}}
	ListNote                           Key = "list.note"                              // {{.A}} ({{.B}})
	ListPair                           Key = "list.pair"                              // {{.A}} and {{.B}}
	MandateConfirmed                   Key = "mandate.confirmed"                      // Thank you. We have looked at your authorisation. In complaint {{.Ref}} ...
	MandateConfirmedOtherwise          Key = "mandate.confirmed_otherwise"            // Thank you. In complaint {{.Ref}} we can now speak with you about every ...
	MandateRefused                     Key = "mandate.refused"                        // About complaint {{.Ref}}: what we have does not show yet that you may  ...
	MandateUntold                      Key = "mandate.untold"                         // Complaint {{.Ref}} is with us. We can tell more about it only to the p ...
	MandateWithdrawn                   Key = "mandate.withdrawn"                      // About complaint {{.Ref}}: from now on we write about it to the person  ...
	MeasureAgain                       Key = "measure.again"                          // We asked you politely to stop. After that, you wrote again in a way th ...
	MeasureAgainAll                    Key = "measure.again_all"                      // We answer you again as usual.
	MeasureAppeal                      Key = "measure.appeal"                         // If you find this unfair, you can ask for a review with the button belo ...
	MeasureAppealPaper                 Key = "measure.appeal_paper"                   // If you find this unfair, get in touch with us, give this reference and ...
	MeasureAppealed                    Key = "measure.appealed"                       // Thank you, we have noted that you ask for a review. A manager looks at ...
	MeasureAppealedWarn                Key = "measure.appealed_warn"                  // Thank you, we have noted that you ask for a review. A manager looks at ...
	MeasureAsked                       Key = "measure.asked"                          // You have asked for this review already. A manager looks at it, and you ...
	MeasureGoesOn                      Key = "measure.goes_on"                        // We keep looking into your complaint just as before.
	MeasureGoesOnDates                 Key = "measure.goes_on_dates"                  // We keep looking into your complaint just as before, and every date we  ...
	MeasureHolds                       Key = "measure.holds"                          // Another decision still holds:
	MeasureKeptBlock                   Key = "measure.kept_block"                     // What you write is kept, but not passed on to our team until {{.Until}} ...
	MeasureKeptStop                    Key = "measure.kept_stop"                      // Added to your complaint {{.Ref}}. Our team sees it and all you send is ...
	MeasureLapsedBlock                 Key = "measure.lapsed_block"                   // The time in which your messages were not passed on is over. Our team r ...
	MeasureLapsedStopReplying          Key = "measure.lapsed_stop_replying"           // The time in which we did not reply to your messages is over. We answer ...
	MeasureLiftedBlock                 Key = "measure.lifted_block"                   // A manager has ended the time in which your messages were not passed on ...
	MeasureLiftedStopReplying          Key = "measure.lifted_stop_replying"           // A manager has ended the time in which we did not reply to your message ...
	MeasureLiftedWarn                  Key = "measure.lifted_warn"                    // We asked you to write to us differently. We take that back; it no long ...
	MeasureMessage                     Key = "measure.message"                        // It is about your message “{{.Words}}” – {{.Date}}
	MeasureNext                        Key = "measure.next"                           // If it goes on, a manager may decide:
	MeasureNextBlock                   Key = "measure.next_block"                     // that for a time what you write here is kept, but not passed on to our  ...
	MeasureNextStopReplying            Key = "measure.next_stop_replying"             // that for a time we do not reply to your messages
	MeasureNowBlock                    Key = "measure.now_block"                      // A manager has therefore decided: until {{.Until}} what you write here  ...
	MeasureNowStopReplying             Key = "measure.now_stop_replying"              // A manager has therefore decided: until {{.Until}} we do not reply to y ...
	MeasureOver                        Key = "measure.over"                           // This is over already, so there is nothing left to review.
	MeasureOverBlock                   Key = "measure.over_block"                     // Our decision not to pass your messages on to our team is over.
	MeasureOverStopReplying            Key = "measure.over_stop_replying"             // Our decision not to reply to your messages is over.
	MeasureReason                      Key = "measure.reason"                         // The reason:
	MeasureRenewedBlock                Key = "measure.renewed_block"                  // A manager has decided that this goes on until {{.Until}}: what you wri ...
	MeasureRenewedStopReplying         Key = "measure.renewed_stop_replying"          // A manager has decided that this goes on until {{.Until}}: we do not re ...
	MeasureReviewed                    Key = "measure.reviewed"                       // This has been reviewed already; we wrote to you what came of it.
	MeasureRight                       Key = "measure.right"                          // You asked for a review. You were right: we take this decision back, an ...
	MeasureRightBlock                  Key = "measure.right_block"                    // You asked for a review. You were right: our team reads what you write  ...
	MeasureRightLate                   Key = "measure.right_late"                     // You asked for a review. You were right: this should not have been deci ...
	MeasureRightStopReplying           Key = "measure.right_stop_replying"            // You asked for a review. You were right: we answer your messages again  ...
	MeasureRightWarn                   Key = "measure.right_warn"                     // You asked for a review of our request to write to us differently. You  ...
	MeasureRights                      Key = "measure.rights"                         // What you can do about our answer stays the same.
	MeasureShown                       Key = "measure.shown"                          // What you wrote meanwhile has been shown to our team.
	MeasureStandsBlock                 Key = "measure.stands_block"                   // You asked for a review. A manager has looked at it: it stays as it is, ...
	MeasureStandsLate                  Key = "measure.stands_late"                    // You asked for a review of something that is over by now. A manager has ...
	MeasureStandsStopReplying          Key = "measure.stands_stop_replying"           // You asked for a review. A manager has looked at it: it stays as it is, ...
	MeasureStandsWarn                  Key = "measure.stands_warn"                    // You asked for a review of our request to write to us differently. A ma ...
	MeasureStatusBlock                 Key = "measure.status_block"                   // Until {{.Until}} what you write here is kept, but not passed on to our ...
	MeasureStatusStopReplying          Key = "measure.status_stop_replying"           // Until {{.Until}} we do not reply to your messages. What we owe you sti ...
	MeasureStillBlock                  Key = "measure.still_block"                    // What we owe you still comes: news of your complaint, our formal respon ...
	MeasureStillStopReplying           Key = "measure.still_stop_replying"            // What we owe you still comes: news of your complaint, our formal respon ...
	MeasureWarnAsk                     Key = "measure.warn_ask"                       // We ask you politely to leave that out from now on. We owe you the same ...
	MeasureWarnCounts                  Key = "measure.warn_counts"                    // This request counts for {{.Months}} months; after that it no longer do ...
	MeasureWarnFeel                    Key = "measure.warn_feel"                      // We understand how frustrating it is when something goes wrong. You may ...
	MeasureWarnWhat                    Key = "measure.warn_what"                      // In one message, though, you went further than that. Our policy “{{.T ...
	NumberMillion                      Key = "number.million"                         // 1,234,567
	NumberThousand                     Key = "number.thousand"                        // 1,234
	OptionCapacityOrganisation         Key = "option.capacity.organisation"           // For my organisation
	OptionCapacityRepresentative       Key = "option.capacity.representative"         // For someone else, as their representative
	OptionCapacitySelf                 Key = "option.capacity.self"                   // For myself
	OptionStaffAboutNo                 Key = "option.staff_about.no"                  // I only spoke to them
	OptionStaffAboutYes                Key = "option.staff_about.yes"                 // It is about them
	PolicyAgain                        Key = "policy.again"                           // If you do not agree with our answer
	PolicyAgainAppeal                  Key = "policy.again_appeal"                    // You can appeal.
	PolicyAgainEscalate                Key = "policy.again_escalate"                  // You can take it to a higher level.
	PolicyAgainRestart                 Key = "policy.again_restart"                   // You can ask us to look at it again from the beginning.
	PolicyAgainRoute                   Key = "policy.again_route"                     // A complaint is then looked at by: {{.Roles}}
	PolicyAsk                          Key = "policy.ask"                             // What we ask you
	PolicyAskOptional                  Key = "policy.ask_optional"                    // {{.What}} (only if you wish)
	PolicyConduct                      Key = "policy.conduct"                         // If someone is abusive towards our team
	PolicyConductBlock                 Key = "policy.conduct_block"                   // We may block further messages
	PolicyConductByManager             Key = "policy.conduct_by_manager"              // by a manager
	PolicyConductByStaff               Key = "policy.conduct_by_staff"                // by anyone in our team
	PolicyConductFair                  Key = "policy.conduct_fair"                    // Being dissatisfied, and saying so, is never abuse.
	PolicyConductLine                  Key = "policy.conduct_line"                    // {{.Step}} ({{.By}})
	PolicyConductNeeds                 Key = "policy.conduct_needs"                   // only after an earlier step
	PolicyConductReportAuthority       Key = "policy.conduct_report_authority"        // We may report it to the authorities
	PolicyConductStopReplying          Key = "policy.conduct_stop_replying"           // We may stop replying
	PolicyConductWarn                  Key = "policy.conduct_warn"                    // We ask politely to stop
	PolicyCopy                         Key = "policy.copy"                            // Every complaint is also seen, as it came, by: {{.Roles}}
	PolicyDayFri                       Key = "policy.day.fri"                         // Friday
	PolicyDayMon                       Key = "policy.day.mon"                         // Monday
	PolicyDaySat                       Key = "policy.day.sat"                         // Saturday
	PolicyDaySun                       Key = "policy.day.sun"                         // Sunday
	PolicyDayThu                       Key = "policy.day.thu"                         // Thursday
	PolicyDayTue                       Key = "policy.day.tue"                         // Tuesday
	PolicyDayWed                       Key = "policy.day.wed"                         // Wednesday
	PolicyDays                         Key = "policy.days"                            // How we count days
	PolicyDaysHolidays                 Key = "policy.days_holidays"                   // Public holidays: {{.Calendar}}; they are known until the end of {{.Yea ...
	PolicyDaysHours                    Key = "policy.days_hours"                      // Business hours: {{.Hours}}
	PolicyDaysRange                    Key = "policy.days_range"                      // {{.A}} to {{.B}}
	PolicyDaysWeek                     Key = "policy.days_week"                       // Working days: {{.Week}}
	PolicyDaysZone                     Key = "policy.days_zone"                       // Time zone: {{.Zone}}
	PolicyDecline                      Key = "policy.decline"                         // When we may decline a complaint
	PolicyDeclineNever                 Key = "policy.decline_never"                   // Never.
	PolicyFinal                        Key = "policy.final"                           // Our answer is final.
	PolicyFromAcknowledged             Key = "policy.from.acknowledged"               // of our confirmation
	PolicyFromClosed                   Key = "policy.from.closed"                     // of closing your complaint
	PolicyFromDisputed                 Key = "policy.from.disputed"                   // of hearing that you do not agree
	PolicyFromFirstUpdate              Key = "policy.from.first_update"               // of our first news of how it is going
	PolicyFromReceived                 Key = "policy.from.received"                   // of receiving your complaint
	PolicyFromReplied                  Key = "policy.from.replied"                    // of our reply
	PolicyFromResponse                 Key = "policy.from.response"                   // of our formal response
	PolicyFromSecondResponse           Key = "policy.from.second_response"            // of our answer after looking at it again
	PolicyHow                          Key = "policy.how"                             // How to complain
	PolicyHowAccept                    Key = "policy.how_accept"                      // You can complain {{.Ways}}.
	PolicyHowAny                       Key = "policy.how_any"                         // However they come, we take complaints about: {{.Topics}}.
	PolicyHowRefuse                    Key = "policy.how_refuse"                      // We do not take complaints {{.Ways}}.
	PolicyLanguages                    Key = "policy.languages"                       // Languages of this policy
	PolicyLate                         Key = "policy.late"                            // If one of these steps is late, the dates of those after it do not move ...
	PolicyNoPromises                   Key = "policy.no_promises"                     // Nothing is promised with a date.
	PolicyOr                           Key = "policy.or"                              // {{.A}} or {{.B}}
	PolicyOutside                      Key = "policy.outside"                         // Outside bodies
	PolicyOutsideBinding               Key = "policy.outside_binding"                 // We do what this body decides.
	PolicyOutsideLetter                Key = "policy.outside_letter"                  // If your complaint is not settled, we write to you about this body {{.W ...
	PolicyOutsideSince                 Key = "policy.outside_since"                   // Complaints received from this day on: {{.Date}}
	PolicyPromises                     Key = "policy.promises"                        // What we promise, and by when
	PolicyRounds                       Key = "policy.rounds"                          // We look into a complaint {{.N}} times at most.
	PolicyRoute                        Key = "policy.route"                           // Who looks into complaints
	PolicySameChannel                  Key = "policy.same_channel"                    // We answer the way you came to us.
	PolicyStep                         Key = "policy.step"                            // {{.What}}: {{.Within}} {{.From}}
	PolicyStepBot                      Key = "policy.step_bot"                        // sent automatically
	PolicyStepLaw                      Key = "policy.step_law"                        // required by law
	PolicyStepOnly                     Key = "policy.step_only"                       // only for: {{.Topic}}
	PolicyStepOperator                 Key = "policy.step_operator"                   // our own target; the policy itself gives no number
	PolicyStepPause                    Key = "policy.step_pause"                      // the time stands still while we wait for your answer
	PolicyStepReceipt                  Key = "policy.step_receipt"                    // A receipt for your complaint
	PolicySurvey                       Key = "policy.survey"                          // Afterwards
	PolicySurveyAsk                    Key = "policy.survey_ask"                      // We ask how satisfied you were: {{.Answers}}. You do not have to answer ...
	PolicyThen                         Key = "policy.then"                            // {{.A}}, then {{.B}}
	PolicyTopicHidden                  Key = "policy.topic_hidden"                    // Staff who are complained of cannot see the complaint.
	PolicyTopicNotice                  Key = "policy.topic_notice"                    // You can also turn to this body at once: {{.Name}}
	PolicyTopicRoute                   Key = "policy.topic_route"                     // {{.Topic}}: {{.Roles}}
	PolicyTopicWritten                 Key = "policy.topic_written"                   // The answer is given in writing.
	PolicyTopics                       Key = "policy.topics"                          // What complaints can be about, and who looks into them
	PolicyWayChat                      Key = "policy.way.chat"                        // here in the chat
	PolicyWayEmail                     Key = "policy.way.email"                       // by e-mail
	PolicyWayForm                      Key = "policy.way.form"                        // through our online form
	PolicyWayInPerson                  Key = "policy.way.in_person"                   // in person
	PolicyWayLetter                    Key = "policy.way.letter"                      // by letter
	PolicyWayOffice                    Key = "policy.way.office"                      // at our offices
	PolicyWayPhone                     Key = "policy.way.phone"                       // by telephone
	PolicyWho                          Key = "policy.who"                             // Who may complain
	PolicyWhoCustomer                  Key = "policy.who_customer"                    // Anyone who uses what we offer.
	PolicyWhoRepresentative            Key = "policy.who_representative"              // Someone you have authorised, on your behalf.
	PolicyWhoStakeholder               Key = "policy.who_stakeholder"                 // Anyone else who is affected by what we do.
	PressOld                           Key = "press.old"                              // This button is from earlier.
	PressOldLong                       Key = "press.old_long"                         // That button belongs to an earlier question. This is where we are now:
	PressUnknown                       Key = "press.unknown"                          // This button no longer works.
	PressUnknownLong                   Key = "press.unknown_long"                     // That button no longer works. This is where we are now:
	PrivacyText                        Key = "privacy.text"                           // What you write and send here is kept so that we can look into your com ...
	PromiseAcknowledged                Key = "promise.acknowledged"                   // A confirmation from a person in our team
	PromiseByBot                       Key = "promise.by_bot"                         // A receipt for your complaint
	PromiseFirstUpdate                 Key = "promise.first_update"                   // News of how the investigation is going
	PromiseLineDropped                 Key = "promise.line_dropped"                   // {{.What}}: will not come, because the complaint is closed
	PromiseLineKept                    Key = "promise.line_kept"                      // {{.What}}: done, {{.Date}}
	PromiseLineLate                    Key = "promise.line_late"                      // {{.What}}: done late, {{.Date}}; it was due {{.Due}}
	PromiseLineMissed                  Key = "promise.line_missed"                    // {{.What}}: not done; it was due {{.Due}}
	PromiseLineOpen                    Key = "promise.line_open"                      // {{.What}}, at the latest: {{.Date}}
	PromiseLineOverdue                 Key = "promise.line_overdue"                   // {{.What}}: was due {{.Date}} and is late
	PromiseLinePaused                  Key = "promise.line_paused"                    // {{.What}}: the time for this stands still until we have your answer
	PromiseReplied                     Key = "promise.replied"                        // A reply from a person in our team
	PromiseResponse                    Key = "promise.response"                       // Our formal response
	PromiseRunsAgain                   Key = "promise.runs_again"                     // Thank you for your answer. The time runs again, and these are the date ...
	PromiseSecondResponse              Key = "promise.second_response"                // Our answer after looking at it again
	PromiseStandsStill                 Key = "promise.stands_still"                   // While we wait for your answer, the time stands still for:
	ReadyAcknowledge                   Key = "ready.acknowledge"                      // Thank you for your complaint. I have read it, and I am now looking int ...
	ReadyAsk1                          Key = "ready.ask_1"                            // So that I can look into this, could you please send me the date and ti ...
	ReadyAsk2                          Key = "ready.ask_2"                            // So that I can look into this, could you please send me a photo or a do ...
	ReadyAsk3                          Key = "ready.ask_3"                            // So that I can look into this, could you please tell me the account or  ...
	ReadyAuthorisation                 Key = "ready.authorisation"                    // So that we can speak with you about everything, could you please send  ...
	ReadyReply1                        Key = "ready.reply_1"                          // Thank you for your message. I have passed it on to the colleague who i ...
	ReadyReply2                        Key = "ready.reply_2"                          // I am sorry for the trouble this has caused you.
	ReadyReply3                        Key = "ready.reply_3"                          // I have put this right. Please tell us if anything is still not as it s ...
	ReadyUpdate1                       Key = "ready.update_1"                         // We are looking into what happened and have asked the colleagues concer ...
	ReadyUpdate2                       Key = "ready.update_2"                         // We have checked our records and found what you describe. We are now wo ...
	ReadyUpdate3                       Key = "ready.update_3"                         // The investigation is taking longer than we hoped, because we are waiti ...
	ReasonNoEvidence                   Key = "reason.no_evidence"                     // There is nothing yet that shows what happened. If you can send us a ph ...
	ReasonNoGrounds                    Key = "reason.no_grounds"                      // We found nothing that we did wrong in what you describe.
	ReasonOutOfScope                   Key = "reason.out_of_scope"                    // It is about something that is not ours to decide.
	ReceiptAuthorisation               Key = "receipt.authorisation"                  // We do not have the authorisation yet. Please send it here as soon as y ...
	ReceiptContact                     Key = "receipt.contact"                        // If you would like to add something, please get in touch with us and gi ...
	ReceiptLate                        Key = "receipt.late"                           // We are sorry that this is late. Our team sees it, and its managers are ...
	ReceiptMore                        Key = "receipt.more"                           // You can write here at any time: what you send is added to your complai ...
	ReceiptNoDates                     Key = "receipt.no_dates"                       // Our policy names no dates, so we promise none. We will look into it as ...
	ReceiptOwn                         Key = "receipt.own"                            // We have set ourselves these dates for you:
	ReceiptPromises                    Key = "receipt.promises"                       // Our policy is that you will receive:
	ReceiptSooner                      Key = "receipt.sooner"                         // These are the latest dates; you may well hear from us sooner.
	ReceiptTaken                       Key = "receipt.taken"                          // You began to tell us about a complaint. A colleague has taken it up as ...
	ReceiptThanks                      Key = "receipt.thanks"                         // Thank you. We have received your complaint. Your reference is:
	ReceiptWalled                      Key = "receipt.walled"                         // Only these people see your complaint: {{.Role}}. Whoever it is about d ...
	ReceiptWalledOpen                  Key = "receipt.walled_open"                    // Only these people see your complaint: {{.Role}}. Should it be about on ...
	RefusedChannel                     Key = "refused.channel"                        // We are sorry: our policy does not let us take complaints this way. Ple ...
	ResponseDeclined                   Key = "response.declined"                      // We have read your complaint, and we cannot take it up.
	ResponseDispute                    Key = "response.dispute"                       // If you do not agree with this response, you can tell us so with the bu ...
	ResponseDisputePaper               Key = "response.dispute_paper"                 // If you do not agree with this response, please get in touch with us, g ...
	ResponseExternal                   Key = "response.external"                      // If we cannot settle it between us, you can turn to {{.Name}}. They are ...
	ResponseFinal                      Key = "response.final"                         // This is our last answer to this complaint.
	ResponseNotUpheld                  Key = "response.not_upheld"                    // We have looked into your complaint carefully. We do not agree with it: ...
	ResponseOutOfScope                 Key = "response.out_of_scope"                  // We have looked into your complaint. It is about something that is not  ...
	ResponsePartly                     Key = "response.partly"                        // We have looked into your complaint and agree with part of it: it is up ...
	ResponseReasons                    Key = "response.reasons"                       // Our reasons:
	ResponseRegulator                  Key = "response.regulator"                     // Because this is about personal data, you also have the right to raise  ...
	ResponseRemedy                     Key = "response.remedy"                        // What we will do:
	ResponseSenior                     Key = "response.senior"                        // Looked into by: {{.Role}}. Nobody whom it is about took part.
	ResponseUnfounded                  Key = "response.unfounded"                     // We have looked into your complaint carefully and found nothing to supp ...
	ResponseUpheld                     Key = "response.upheld"                        // We have looked into your complaint and agree with you: it is upheld.
	ReviewAdded                        Key = "review.added"                           // I have added that to your account.
	ReviewAlso                         Key = "review.also"                            // {{.A}} + {{.B}}
	ReviewFiles                        Key = "review.files"                           // {{.N}} files
	ReviewFoot                         Key = "review.foot"                            // Is everything right? Then press “Send my complaint”. You can still ...
	ReviewHead                         Key = "review.head"                            // This is what we have. Please look it over:
	ReviewLine                         Key = "review.line"                            // {{.What}}: {{.Value}}
	ReviewNotYet                       Key = "review.not_yet"                         // Something is still missing. Let us finish that first.
	ReviewNothing                      Key = "review.nothing"                         // –
	RoleManager                        Key = "role.manager"                           // our managers
	RoleSeniorManagement               Key = "role.senior_management"                 // senior management
	SaidAcknowledged                   Key = "said.acknowledged"                      // acknowledgement
	SaidAdrLetter                      Key = "said.adr_letter"                        // ADR letter
	SaidAsk                            Key = "said.ask"                               // request for more
	SaidBlock                          Key = "said.block"                             // that messages are not passed on
	SaidClosed                         Key = "said.closed"                            // closing message
	SaidCode                           Key = "said.code"                              // code for a messenger
	SaidDates                          Key = "said.dates"                             // word about the dates
	SaidDisputed                       Key = "said.disputed"                          // word about the second look
	SaidInvite                         Key = "said.invite"                            // code for the person represented
	SaidLapsed                         Key = "said.lapsed"                            // that a measure is over
	SaidLifted                         Key = "said.lifted"                            // that a measure is over
	SaidMandate                        Key = "said.mandate"                           // word about the authorisation
	SaidReceipt                        Key = "said.receipt"                           // receipt and dates
	SaidRenewed                        Key = "said.renewed"                           // that a measure goes on
	SaidReply                          Key = "said.reply"                             // reply
	SaidResponse                       Key = "said.response"                          // formal response
	SaidReviewed                       Key = "said.reviewed"                          // outcome of the review
	SaidStatusUpdate                   Key = "said.status_update"                     // status update
	SaidStopReplying                   Key = "said.stop_replying"                     // that we stop replying
	SaidUpdate                         Key = "said.update"                            // progress update
	SaidWaiting                        Key = "said.waiting"                           // reminder that we wait for an answer
	SaidWarn                           Key = "said.warn"                              // request to stop
	SaidWithdrawn                      Key = "said.withdrawn"                         // word that it is withdrawn
	StaffAccepted                      Key = "staff.accepted"                         // The customer accepts the response.
	StaffAlreadyAcknowledged           Key = "staff.already_acknowledged"             // Already acknowledged by {{.Who}}. Nothing was sent again.
	StaffAlreadyAssigned               Key = "staff.already_assigned"                 // This complaint is already theirs; nothing was changed.
	StaffAlreadyEscalated              Key = "staff.already_escalated"                // This complaint has been escalated already; nothing was done.
	StaffAssigned                      Key = "staff.assigned"                         // gave this complaint to
	StaffButtonAcknowledge             Key = "staff.button.acknowledge"               // Acknowledge
	StaffButtonArrived                 Key = "staff.button.arrived"                   // It arrived
	StaffButtonAsk                     Key = "staff.button.ask"                       // Ask for more
	StaffButtonAssign                  Key = "staff.button.assign"                    // Assign
	StaffButtonBlock                   Key = "staff.button.block"                     // Block …
	StaffButtonClose                   Key = "staff.button.close"                     // Close
	StaffButtonCode                    Key = "staff.button.code"                      // Messenger code
	StaffButtonConduct                 Key = "staff.button.conduct"                   // Conduct
	StaffButtonDecide                  Key = "staff.button.decide"                    // Decide
	StaffButtonDecline                 Key = "staff.button.decline"                   // Decline
	StaffButtonEscalate                Key = "staff.button.escalate"                  // Escalate
	StaffButtonFlag                    Key = "staff.button.flag"                      // Flag
	StaffButtonGuidance                Key = "staff.button.guidance"                  // Guidance
	StaffButtonHandOver                Key = "staff.button.hand_over"                 // Hand over: {{.Role}}
	StaffButtonHeard                   Key = "staff.button.heard"                     // They told us …
	StaffButtonInvite                  Key = "staff.button.invite"                    // Invite the person
	StaffButtonLift                    Key = "staff.button.lift"                      // Lift …
	StaffButtonMandate                 Key = "staff.button.mandate"                   // Authorisation
	StaffButtonName                    Key = "staff.button.name"                      // It is about …
	StaffButtonNote                    Key = "staff.button.note"                      // Note
	StaffButtonRecord                  Key = "staff.button.record"                    // I have sent it
	StaffButtonRefer                   Key = "staff.button.refer"                     // Outside body
	StaffButtonRelease                 Key = "staff.button.release"                   // It is not about …
	StaffButtonRenew                   Key = "staff.button.renew"                     // Renew …
	StaffButtonReopen                  Key = "staff.button.reopen"                    // Reopen
	StaffButtonReply                   Key = "staff.button.reply"                     // Reply
	StaffButtonReportAuthority         Key = "staff.button.report_authority"          // Report …
	StaffButtonResend                  Key = "staff.button.resend"                    // Send again
	StaffButtonReview                  Key = "staff.button.review"                    // Review …
	StaffButtonStopReplying            Key = "staff.button.stop_replying"             // Stop replying …
	StaffButtonTakeOver                Key = "staff.button.take_over"                 // Take over
	StaffButtonUnflag                  Key = "staff.button.unflag"                    // No abuse …
	StaffButtonUnshown                 Key = "staff.button.unshown"                   // Kept messages
	StaffButtonUpdate                  Key = "staff.button.update"                    // Progress update
	StaffButtonWall                    Key = "staff.button.wall"                      // It is about a colleague
	StaffButtonWarn                    Key = "staff.button.warn"                      // Ask to stop …
	StaffCardAssigned                  Key = "staff.card.assigned"                    // Assigned to
	StaffCardCame                      Key = "staff.card.came"                        // Came
	StaffCardContact                   Key = "staff.card.contact"                     // How to reach them
	StaffCardCustomer                  Key = "staff.card.customer"                    // Customer
	StaffCardCut                       Key = "staff.card.cut"                         // (the whole text is in the thread)
	StaffCardEscalated                 Key = "staff.card.escalated"                   // escalated
	StaffCardHeading                   Key = "staff.card.heading"                     // Complaint {{.Ref}}
	StaffCardLanguage                  Key = "staff.card.language"                    // Language
	StaffCardLater                     Key = "staff.card.later"                       // What came later
	StaffCardNobody                    Key = "staff.card.nobody"                      // Nobody has taken this complaint yet.
	StaffCardOver                      Key = "staff.card.over"                        // Nobody has it any more.
	StaffCardReceived                  Key = "staff.card.received"                    // Received
	StaffCardRound                     Key = "staff.card.round"                       // round {{.Round}}
	StaffCardStage                     Key = "staff.card.stage"                       // Stage
	StaffCardText                      Key = "staff.card.text"                        // Complaint {{.Ref}}: {{.Stage}}
	StaffCardThread                    Key = "staff.card.thread"                      // What you type in this thread stays among colleagues. Words reach the c ...
	StaffCardUnreachable               Key = "staff.card.unreachable"                 // The customer cannot be reached: they have blocked this chat.
	StaffCardWaiting                   Key = "staff.card.waiting"                     // waiting for the customer
	StaffCardWith                      Key = "staff.card.with"                        // With
	StaffCardUnsent                    Key = "staff.card_unsent"                      // ✎ {{.N}} prepared messages wait in the thread to be sent
	StaffChanged                       Key = "staff.changed"                          // Nothing was sent: something happened on this complaint while you were  ...
	StaffCloseTold                     Key = "staff.close.told"                       // The customer is told that the complaint is closed.
	StaffCloseOpen                     Key = "staff.close_open"                       // {{.N}} promises are still open. They will be counted as missed.
	StaffClosedBy                      Key = "staff.closed_by"                        // closed this complaint.
	StaffClosedWrote                   Key = "staff.closed_wrote"                     // The customer wrote after the complaint was closed
	StaffCommented                     Key = "staff.commented"                        // The customer’s comment on the survey
	StaffConductAppealed               Key = "staff.conduct.appealed"                 // The customer asks for a review: {{.What}}, {{.At}}. A manager who did  ...
	StaffConductAsked                  Key = "staff.conduct.asked"                    // The customer has asked for a review already.
	StaffConductBears                  Key = "staff.conduct.bears"                    // A measure rests on this message. Please lift that first; then nothing  ...
	StaffConductBecause                Key = "staff.conduct.because"                  // Reason:
	StaffConductBefore                 Key = "staff.conduct.before"                   // Too early: the customer wrote this before the request to stop had reac ...
	StaffConductChanged                Key = "staff.conduct.changed"                  // (before it was changed)
	StaffConductDidBlock               Key = "staff.conduct.did_block"                // Block
	StaffConductDidReportAuthority     Key = "staff.conduct.did_report_authority"     // Report to an authority
	StaffConductDidStopReplying        Key = "staff.conduct.did_stop_replying"        // No replies
	StaffConductDidWarn                Key = "staff.conduct.did_warn"                 // Request to stop
	StaffConductDropped                Key = "staff.conduct.dropped"                  // A manager found that this message is no abuse. If the customer writes  ...
	StaffConductEndedWith              Key = "staff.conduct.ended_with"               // {{.What}}: ended too, because it rested on this
	StaffConductFair                   Key = "staff.conduct.fair"                     // Being upset or dissatisfied, and saying so, is never abuse: it is not  ...
	StaffConductFlag                   Key = "staff.conduct.flag"                     // Flagged: {{.Kind}}
	StaffConductFlagSaid               Key = "staff.conduct.flag_said"                // The customer wrote ({{.At}})
	StaffConductFlagged                Key = "staff.conduct.flagged"                  // This message is flagged already, by {{.Who}}. The post in the thread s ...
	StaffConductInForce                Key = "staff.conduct.in_force"                 // This is in force already, until {{.Until}}. Please renew it instead, i ...
	StaffConductKeptHead               Key = "staff.conduct.kept_head"                // The customer wrote, while blocked ({{.At}})
	StaffConductKeptWhy                Key = "staff.conduct.kept_why"                 // Kept while the customer is blocked, newest first. Agents do not see th ...
	StaffConductLapsedBlock            Key = "staff.conduct.lapsed_block"             // The block is over: nobody renewed it.
	StaffConductLapsedStill            Key = "staff.conduct.lapsed_still"             // Another measure holds until {{.Until}}.
	StaffConductLapsedStopReplying     Key = "staff.conduct.lapsed_stop_replying"     // The time without replies is over: nobody renewed it.
	StaffConductLapsedTold             Key = "staff.conduct.lapsed_told"              // All is as before, and the customer is told so.
	StaffConductLiftTold               Key = "staff.conduct.lift_told"                // The customer is told kindly that it is over.
	StaffConductLiftedBlock            Key = "staff.conduct.lifted_block"             // Block: ended early
	StaffConductLiftedStopReplying     Key = "staff.conduct.lifted_stop_replying"     // No replies: ended early
	StaffConductLiftedWarn             Key = "staff.conduct.lifted_warn"              // The request to stop is taken back
	StaffConductLifts                  Key = "staff.conduct.lifts"                    // The customer is right: it ends
	StaffConductLineAsked              Key = "staff.conduct.line_asked"               // ⚑ The customer asks for a review
	StaffConductLineBlock              Key = "staff.conduct.line_block"               // ⚑ Messages kept and not shown until {{.Until}}. Acknowledging, updat ...
	StaffConductLineStopReplying       Key = "staff.conduct.line_stop_replying"       // ⚑ No replies until {{.Until}}. Acknowledging, updates, decisions and ...
	StaffConductLineUntold             Key = "staff.conduct.line_untold"              // ⚑ Asked to stop: not delivered yet
	StaffConductLineWarned             Key = "staff.conduct.line_warned"              // ⚑ Asked to stop: {{.At}}
	StaffConductMerits                 Key = "staff.conduct.merits"                   // This customer is restricted in other complaints because of how they wr ...
	StaffConductNoAbuse                Key = "staff.conduct.no_abuse"                 // Found to be no abuse
	StaffConductNoAuthority            Key = "staff.conduct.no_authority"             // Please say to whom it was reported.
	StaffConductNoChat                 Key = "staff.conduct.no_chat"                  // This customer has no messenger here, so there is nothing to block. Ple ...
	StaffConductNoDay                  Key = "staff.conduct.no_day"                   // Please choose a later day: tomorrow or after, later than it lasts now, ...
	StaffConductNoFlag                 Key = "staff.conduct.no_flag"                  // Nothing is flagged that this could rest on. Please flag a message firs ...
	StaffConductNoKind                 Key = "staff.conduct.no_kind"                  // The policy does not call this abuse. Please choose one of its kinds, o ...
	StaffConductNoLadder               Key = "staff.conduct.no_ladder"                // The policy says nothing about conduct, so nothing can be done here. Pl ...
	StaffConductNoMeasure              Key = "staff.conduct.no_measure"               // There is no such measure. Please look in the thread or at /complaint c ...
	StaffConductNoMessage              Key = "staff.conduct.no_message"               // Please choose the message.
	StaffConductNoOutcome              Key = "staff.conduct.no_outcome"               // Please say what you find.
	StaffConductNoReason               Key = "staff.conduct.no_reason"                // Please give the reason: without one nothing is done.
	StaffConductNoStep                 Key = "staff.conduct.no_step"                  // The policy does not have this step. Please talk to a manager about wha ...
	StaffConductNotTold                Key = "staff.conduct.not_told"                 // The customer has not been told yet.
	StaffConductNothingKept            Key = "staff.conduct.nothing_kept"             // Nothing of this complaint is kept back.
	StaffConductOver                   Key = "staff.conduct.over"                     // This has ended. If the customer goes on, please flag what they write;  ...
	StaffConductOwnMeasure             Key = "staff.conduct.own_measure"              // You decided this yourself, so someone else reviews it. Please ask anot ...
	StaffConductRecordOnly             Key = "staff.conduct.record_only"              // heed only records this: the report itself is made outside. The custome ...
	StaffConductRemind                 Key = "staff.conduct.remind"                   // {{.What}}: this lapses {{.Until}} unless a manager renews it. Is it st ...
	StaffConductRenewed                Key = "staff.conduct.renewed"                  // Renewed until {{.Until}}
	StaffConductReported               Key = "staff.conduct.reported"                 // Reported to an authority: {{.To}}
	StaffConductRested                 Key = "staff.conduct.rested"                   // A measure rests on this message already. If it goes on, please flag wh ...
	StaffConductReviewWaits            Key = "staff.conduct.review_waits"             // The customer still waits for the review asked for {{.At}}: {{.What}}.  ...
	StaffConductReviewed               Key = "staff.conduct.reviewed"                 // This has been reviewed already; the thread says what came of it.
	StaffConductSamePerson             Key = "staff.conduct.same_person"              // You flagged this message yourself, so someone else decides. Please ask ...
	StaffConductSilenced               Key = "staff.conduct.silenced"                 // Nothing was sent: this customer is not replied to until {{.Until}} ({{ ...
	StaffConductStale                  Key = "staff.conduct.stale"                    // Too early: the request to stop is older than 12 months and counts no l ...
	StaffConductStands                 Key = "staff.conduct.stands"                   // It stands
	StaffConductStood                  Key = "staff.conduct.stood"                    // Reviewed: it stands
	StaffConductTimeless               Key = "staff.conduct.timeless"                 // This has no date that could be moved.
	StaffConductTookBlock              Key = "staff.conduct.took_block"               // This customer’s messages are kept and not shown until {{.Until}}
	StaffConductTookStopReplying       Key = "staff.conduct.took_stop_replying"       // No replies to this customer until {{.Until}}
	StaffConductTookWarn               Key = "staff.conduct.took_warn"                // The customer is being asked to stop
	StaffConductUnasked                Key = "staff.conduct.unasked"                  // The customer has not asked for a review. If you find that it should en ...
	StaffConductUntold                 Key = "staff.conduct.untold"                   // Too early: the request to stop has not reached the customer yet. Pleas ...
	StaffConductUnwarned               Key = "staff.conduct.unwarned"                 // Too early: the customer has not been asked to stop. Please press “As ...
	StaffConductWarned                 Key = "staff.conduct.warned"                   // The customer has been asked to stop since they wrote this. If it goes  ...
	StaffConductWrong                  Key = "staff.conduct.wrong"                    // Reviewed: the customer was right. It had ended already, and does not c ...
	StaffConductNKept                  Key = "staff.conduct_n_kept"                   // ⚑ {{.N}} messages and files are kept and not shown
	StaffConductNKeptFiles             Key = "staff.conduct_n_kept_files"             // And {{.N}} files
	StaffConductNNew                   Key = "staff.conduct_n_new"                    // Since this customer is blocked, {{.N}} messages and files are kept and ...
	StaffConductNShown                 Key = "staff.conduct_n_shown"                  // {{.N}} messages and files were kept meanwhile:
	StaffContinued                     Key = "staff.continued"                        // (continued)
	StaffCopyFailed                    Key = "staff.copy_failed"                      // Someone who is to see this complaint has not got it: Slack did not tak ...
	StaffCustomerEdited                Key = "staff.customer_edited"                  // The customer changed a message. It now says
	StaffCustomerEditedWas             Key = "staff.customer_edited_was"              // The customer changed a message. It said before
	StaffCustomerSent                  Key = "staff.customer_sent"                    // The customer has sent a file, above
	StaffCustomerTold                  Key = "staff.customer_told"                    // The customer told us
	StaffCustomerWrote                 Key = "staff.customer_wrote"                   // The customer wrote
	StaffDecidedBefore                 Key = "staff.decided_before"                   // The last decision on this complaint was yours, and someone else is to  ...
	StaffDeliveryAgain                 Key = "staff.delivery_again"                   // Sent again below ({{.At}})
	StaffDeliveryFailed                Key = "staff.delivery_failed"                  // Not delivered ({{.At}}): {{.Why}}
	StaffDeliveryPossibly              Key = "staff.delivery_possibly"                // Nobody knows whether this arrived ({{.At}}). Please ask the customer o ...
	StaffDeliveryQueued                Key = "staff.delivery_queued"                  // On its way …
	StaffDeliverySent                  Key = "staff.delivery_sent"                    // Delivered {{.At}}
	StaffDialogBack                    Key = "staff.dialog.back"                      // Back
	StaffDialogCancel                  Key = "staff.dialog.cancel"                    // Cancel
	StaffDialogClose                   Key = "staff.dialog.close"                     // Close it
	StaffDialogDone                    Key = "staff.dialog.done"                      // Close
	StaffDialogLanguage                Key = "staff.dialog.language"                  // The customer reads:
	StaffDialogLast                    Key = "staff.dialog.last"                      // What the customer wrote last
	StaffDialogMeaning                 Key = "staff.dialog.meaning"                   // What it says, in {{.Language}}:
	StaffDialogMeaningOwn              Key = "staff.dialog.meaning_own"               // What someone typed stays as it is.
	StaffDialogPreview                 Key = "staff.dialog.preview"                   // Preview
	StaffDialogSave                    Key = "staff.dialog.save"                      // Save
	StaffDialogSend                    Key = "staff.dialog.send"                      // Send
	StaffDisputed                      Key = "staff.disputed"                         // The customer does not agree with the response: “{{.Way}}”. It must ...
	StaffDoubtOver                     Key = "staff.doubt_over"                       // This has been settled already; nothing was done.
	StaffDraftGone                     Key = "staff.draft_gone"                       // This account is no longer unfinished: the customer has sent it, thrown ...
	StaffErrorBefore                   Key = "staff.error.before"                     // heed had not prepared these words by then. Please check the day and th ...
	StaffErrorBeforeIt                 Key = "staff.error.before_it"                  // This is before the complaint came. Please check the day.
	StaffErrorChannel                  Key = "staff.error.channel"                    // Please choose how it came.
	StaffErrorDate                     Key = "staff.error.date"                       // Please give a day and a time.
	StaffErrorDecided                  Key = "staff.error.decided"                    // The last decision was theirs. Please choose someone else.
	StaffErrorFinding                  Key = "staff.error.finding"                    // Please choose what you found.
	StaffErrorFindingBefore            Key = "staff.error.finding_before"             // This is how it stands already, or a colleague was quicker. Please clos ...
	StaffErrorFuture                   Key = "staff.error.future"                     // This lies in the future. Please give the time at which it really happe ...
	StaffErrorHeard                    Key = "staff.error.heard"                      // Please choose what it is.
	StaffErrorHide                     Key = "staff.error.hide"                       // Please choose a person.
	StaffErrorHow                      Key = "staff.error.how"                        // Please choose how it was sent.
	StaffErrorLanguage                 Key = "staff.error.language"                   // Please choose the language.
	StaffErrorLesson                   Key = "staff.error.lesson"                     // The policy asks for this before a complaint is closed. “Nothing” i ...
	StaffErrorLongAgo                  Key = "staff.error.long_ago"                   // This is more than two years ago. Please check the year.
	StaffErrorMet                      Key = "staff.error.met"                        // The customer dealt with this person about it, so someone else must hav ...
	StaffErrorOption                   Key = "staff.error.option"                     // Please choose one of these.
	StaffErrorOutcome                  Key = "staff.error.outcome"                    // Please choose an outcome.
	StaffErrorPerson                   Key = "staff.error.person"                     // They cannot act at this desk. Please choose a member of its channel.
	StaffErrorReason                   Key = "staff.error.reason"                     // Please choose a reason: the policy lets no complaint be declined witho ...
	StaffErrorReasons                  Key = "staff.error.reasons"                    // Please write the reasons: no decision goes out without them.
	StaffErrorReferral                 Key = "staff.error.referral"                   // Please fill in at least one of these.
	StaffErrorRelease                  Key = "staff.error.release"                    // Please choose one of them.
	StaffErrorSummary                  Key = "staff.error.summary"                    // Please write what the customer complains of.
	StaffErrorTheirWords               Key = "staff.error.their_words"                // Please write what they told us.
	StaffErrorTopic                    Key = "staff.error.topic"                      // Please choose what it is about.
	StaffErrorWhy                      Key = "staff.error.why"                        // Please say why, for the record.
	StaffErrorWords                    Key = "staff.error.words"                      // Please choose a ready sentence or write your own.
	StaffEscalatedBy                   Key = "staff.escalated_by"                     // Escalated: please have a look.
	StaffFieldAuthority                Key = "staff.field.authority"                  // To whom, and their reference
	StaffFieldBody                     Key = "staff.field.body"                       // Which body?
	StaffFieldBodyOutcome              Key = "staff.field.body_outcome"               // What they decided
	StaffFieldChannel                  Key = "staff.field.channel"                    // How did it come?
	StaffFieldContact                  Key = "staff.field.contact"                    // How to reach them
	StaffFieldContactHint              Key = "staff.field.contact_hint"               // Address, e-mail or telephone number, as they gave it.
	StaffFieldDate                     Key = "staff.field.date"                       // Day on which it came
	StaffFieldDone                     Key = "staff.field.done"                       // What we did about it
	StaffFieldFinding                  Key = "staff.field.finding"                    // What did you find?
	StaffFieldFlag                     Key = "staff.field.flag"                       // Which flagged message does it rest on?
	StaffFieldHeard                    Key = "staff.field.heard"                      // What is it?
	StaffFieldHide                     Key = "staff.field.hide"                       // Whom is it about?
	StaffFieldHideHint                 Key = "staff.field.hide_hint"                  // They will see nothing of it any more. What was posted here is deleted, ...
	StaffFieldHow                      Key = "staff.field.how"                        // How was it sent?
	StaffFieldKind                     Key = "staff.field.kind"                       // What is it?
	StaffFieldLanguage                 Key = "staff.field.language"                   // Language of the customer
	StaffFieldLesson                   Key = "staff.field.lesson"                     // Lesson learned
	StaffFieldMeasure                  Key = "staff.field.measure"                    // Which measure?
	StaffFieldMessage                  Key = "staff.field.message"                    // Which message?
	StaffFieldMissing                  Key = "staff.field.missing"                    // What is missing
	StaffFieldMissingHint              Key = "staff.field.missing_hint"               // In the customer’s language; sent to the representative where the aut ...
	StaffFieldName                     Key = "staff.field.name"                       // Name of the customer
	StaffFieldNote                     Key = "staff.field.note"                       // Note
	StaffFieldOutcome                  Key = "staff.field.outcome"                    // Outcome
	StaffFieldOwnHint                  Key = "staff.field.own_hint"                   // Sent as you write it. Please write in the customer’s language.
	StaffFieldOwnSentence              Key = "staff.field.own_sentence"               // A sentence of your own
	StaffFieldPerson                   Key = "staff.field.person"                     // Who takes it?
	StaffFieldReady                    Key = "staff.field.ready"                      // A ready sentence, in the customer's language
	StaffFieldReason                   Key = "staff.field.reason"                     // Reason
	StaffFieldReasonHint               Key = "staff.field.reason_hint"                // It stands in the history of the complaint. The customer is not told it ...
	StaffFieldReasonTold               Key = "staff.field.reason_told"                // It stands in the history, and the customer is told it: write it to the ...
	StaffFieldReasons                  Key = "staff.field.reasons"                    // Reasons
	StaffFieldReasonsHint              Key = "staff.field.reasons_hint"               // In the customer's language: what you looked at, and what you found.
	StaffFieldReference                Key = "staff.field.reference"                  // Their reference
	StaffFieldReleased                 Key = "staff.field.released"                   // Whom is it not about?
	StaffFieldRemedy                   Key = "staff.field.remedy"                     // Remedy
	StaffFieldRemedyHint               Key = "staff.field.remedy_hint"                // In the customer's language: what we will do, and by when.
	StaffFieldRepresented              Key = "staff.field.represented"                // Who is represented
	StaffFieldReviewed                 Key = "staff.field.reviewed"                   // What do you find?
	StaffFieldSentDate                 Key = "staff.field.sent_date"                  // Day on which it was sent
	StaffFieldTheirWords               Key = "staff.field.their_words"                // In their own words
	StaffFieldTime                     Key = "staff.field.time"                       // Time
	StaffFieldUntil                    Key = "staff.field.until"                      // Until the end of
	StaffFieldUntilHint                Key = "staff.field.until_hint"                 // At least tomorrow, at most {{.Most}} days from today. It lapses then,  ...
	StaffFieldUntilNew                 Key = "staff.field.until_new"                  // Now until the end of
	StaffFieldWhy                      Key = "staff.field.why"                        // Reason
	StaffFieldWords                    Key = "staff.field.words"                      // Your own words
	StaffFieldWordsHint                Key = "staff.field.words_hint"                 // Sent as you write it, after the ready sentence if you chose one. Pleas ...
	StaffFileBig                       Key = "staff.file.big"                         // too large
	StaffFileEmpty                     Key = "staff.file.empty"                       // empty
	StaffFileGone                      Key = "staff.file.gone"                        // no longer there
	StaffFileType                      Key = "staff.file.type"                        // a program or script
	StaffFileNot                       Key = "staff.file_not"                         // A file of the customer could not be taken: {{.Why}}
	StaffFileWanted                    Key = "staff.file_wanted"                      // being fetched
	StaffFiled                         Key = "staff.filed"                            // Filed: entries {{.Events}}, files {{.Files}}, seal {{.Hash}}
	StaffFiles                         Key = "staff.files"                            // Files
	StaffFindingConfirmed              Key = "staff.finding.confirmed"                // The authorisation is enough
	StaffFindingRefused                Key = "staff.finding.refused"                  // It is missing, or not enough
	StaffFindingStop                   Key = "staff.finding.stop"                     // The represented person is not to be informed any more
	StaffFindingVouch                  Key = "staff.finding.vouch"                    // Whoever is kept informed is the represented person: we made sure
	StaffFindingWithdrawn              Key = "staff.finding.withdrawn"                // The represented person no longer agrees
	StaffHandedBefore                  Key = "staff.handed_before"                    // A colleague was quicker: this complaint is with {{.Role}} now. Nothing ...
	StaffHasChat                       Key = "staff.has_chat"                         // This customer has a messenger by now: they write there, and are writte ...
	StaffHeardAccepts                  Key = "staff.heard_accepts"                    // They accept our answer
	StaffHeardDisputes                 Key = "staff.heard_disputes"                   // They do not agree: {{.Way}}
	StaffHeardMore                     Key = "staff.heard_more"                       // They added something
	StaffHeardWithdraws                Key = "staff.heard_withdraws"                  // They withdraw the complaint
	StaffHeld                          Key = "staff.held"                             // The customer has several complaints open and did not say which one the ...
	StaffHorizon                       Key = "staff.horizon"                          // The calendar of the policy ends too soon: its holidays are known only  ...
	StaffInARow                        Key = "staff.in_a_row"                         // The customer wrote {{.N}} messages in a row
	StaffLabelEmails                   Key = "staff.label.emails"                     // E-mails they sent us
	StaffLabelPhones                   Key = "staff.label.phones"                     // Numbers they called from
	StaffLabelRepresented              Key = "staff.label.represented"                // Whom they speak for
	StaffLabelStaff                    Key = "staff.label.staff"                      // Whom they spoke to
	StaffLesson                        Key = "staff.lesson"                           // Lesson learned
	StaffLetterDue                     Key = "staff.letter_due"                       // ✉ ADR letter ({{.Name}}): will be sent {{.At}}, unless it is settled ...
	StaffLetterFailed                  Key = "staff.letter_failed"                    // ✉ ADR letter ({{.Name}}): not sent
	StaffLetterPrepared                Key = "staff.letter_prepared"                  // An ADR letter for the customer is prepared above. Please send it today ...
	StaffLetterSent                    Key = "staff.letter_sent"                      // ✉ ADR letter ({{.Name}}): {{.At}}
	StaffLetterWaits                   Key = "staff.letter_waits"                     // ✉ ADR letter ({{.Name}}): prepared in the thread, not sent yet
	StaffLinked                        Key = "staff.linked"                           // The customer has linked a messenger with the code. From now on they ar ...
	StaffLogHint                       Key = "staff.log_hint"                         // For a complaint that came by letter, telephone, e-mail, form or in per ...
	StaffLogRefused                    Key = "staff.log_refused"                      // Not taken: the policy does not accept complaints {{.Way}}. What you ca ...
	StaffLogged                        Key = "staff.logged"                           // entered this complaint. It came {{.Way}}: {{.At}}
	StaffLoggedAs                      Key = "staff.logged_as"                        // Logged as {{.Ref}}. You will find it in the desk’s channel.
	StaffLoggedLate                    Key = "staff.logged_late"                      // Already overdue when it was entered: the {{.What}} was due {{.Due}}.
	StaffLoggedWalled                  Key = "staff.logged_walled"                    // Logged as {{.Ref}}. It is about a member of staff, so senior managemen ...
	StaffMandateAlready                Key = "staff.mandate.already"                  // The person represented is kept informed already. Nothing was done.
	StaffMandateCame                   Key = "staff.mandate.came"                     // A file has come while the authorisation is not confirmed. Please see w ...
	StaffMandateConfirmed              Key = "staff.mandate.confirmed"                // authorisation: confirmed {{.At}} by
	StaffMandateCopyFailed             Key = "staff.mandate.copy_failed"              // The person represented has not got a message that was for them, too: i ...
	StaffMandateDidConfirmed           Key = "staff.mandate.did_confirmed"            // confirmed the authorisation.
	StaffMandateDidRefused             Key = "staff.mandate.did_refused"              // found that the authorisation is missing or not enough. The representat ...
	StaffMandateDidStop                Key = "staff.mandate.did_stop"                 // noted that the person represented is not to be informed any more.
	StaffMandateDidVouch               Key = "staff.mandate.did_vouch"                // made sure that whoever is kept informed is the person represented.
	StaffMandateDidWithdrawn           Key = "staff.mandate.did_withdrawn"            // noted that the person represented no longer agrees. Words about the co ...
	StaffMandateEdited                 Key = "staff.mandate.edited"                   // The person represented changed a message. It now says
	StaffMandateEditedWas              Key = "staff.mandate.edited_was"               // The person represented changed a message. It said before
	StaffMandateEnded                  Key = "staff.mandate.ended"                    // Whoever was kept informed had the code from the representative, and no ...
	StaffMandateFirst                  Key = "staff.mandate.first"                    // Nobody has confirmed that this representative may speak for someone el ...
	StaffMandateFor                    Key = "staff.mandate.for"                      // Representative of {{.Person}}
	StaffMandateGone                   Key = "staff.mandate.gone"                     // The person represented has blocked their chat with us, and is not kept ...
	StaffMandateInformed               Key = "staff.mandate.informed"                 // kept informed in their own chat
	StaffMandateInformedUnsure         Key = "staff.mandate.informed_unsure"          // someone is kept informed by the representative’s code
	StaffMandateInformedWho            Key = "staff.mandate.informed_who"             // Kept informed in their own chat: {{.Name}}, since {{.At}}, by the code ...
	StaffMandateInformedWhoUnsure      Key = "staff.mandate.informed_who_unsure"      // Kept informed in their own chat: {{.Name}}, since {{.At}}, by a code t ...
	StaffMandateInforms                Key = "staff.mandate.informs"                  // The person represented is kept informed in their own chat from now on.
	StaffMandateInformsUnsure          Key = "staff.mandate.informs_unsure"           // Someone is kept informed in their own chat from now on, by a code that ...
	StaffMandateInvite                 Key = "staff.mandate.invite"                   // With this code the person represented can be kept informed in their ow ...
	StaffMandateLook                   Key = "staff.mandate.look"                     // authorisation: to be looked at
	StaffMandateMissing                Key = "staff.mandate.missing"                  // authorisation: missing
	StaffMandateNoPaper                Key = "staff.mandate.no_paper"                 // No authorisation was sent here. Please say below how you know, for the ...
	StaffMandateNone                   Key = "staff.mandate.none"                     // Nobody complains for someone else here. Nothing was done.
	StaffMandatePerson                 Key = "staff.mandate.person"                   // the person represented
	StaffMandatePreparedHead           Key = "staff.mandate.prepared_head"            // To be sent by you to {{.Person}}, not to the representative: {{.What}} ...
	StaffMandatePreparedHow            Key = "staff.mandate.prepared_how"             // The representative may not be told this. Please send these words to {{ ...
	StaffMandatePreview                Key = "staff.mandate.preview"                  // This is what {{.Person}} will read ({{.Language}}):
	StaffMandateRefused                Key = "staff.mandate.refused"                  // authorisation: not enough, {{.At}},
	StaffMandateSent                   Key = "staff.mandate.sent"                     // If it is missing or not enough, the representative is sent this ({{.La ...
	StaffMandateSentFile               Key = "staff.mandate.sent_file"                // The person represented has sent a file, below
	StaffMandateWarnClaimed            Key = "staff.mandate.warn_claimed"             // Careful: nobody has confirmed that this representative may speak for { ...
	StaffMandateWarnPaper              Key = "staff.mandate.warn_paper"               // This is prepared for you to send to {{.Person}}, who has no chat with  ...
	StaffMandateWarnPerson             Key = "staff.mandate.warn_person"              // This goes to {{.Person}}, in their own chat. The representative is not ...
	StaffMandateWarnRepresentative     Key = "staff.mandate.warn_representative"      // Careful: this goes to the representative, who may not speak for {{.Per ...
	StaffMandateWarnUnsure             Key = "staff.mandate.warn_unsure"              // This is prepared for you to send to {{.Person}}. Someone is kept infor ...
	StaffMandateWithdrawn              Key = "staff.mandate.withdrawn"                // consent withdrawn {{.At}}, noted by
	StaffMandateWithdrawnTheirs        Key = "staff.mandate.withdrawn_theirs"         // consent withdrawn {{.At}} by the person represented
	StaffMandateWithdrew               Key = "staff.mandate.withdrew"                 // The person represented no longer agrees that the representative speaks ...
	StaffMandateWrote                  Key = "staff.mandate.wrote"                    // The person represented wrote
	StaffMandateWroteBefore            Key = "staff.mandate.wrote_before"             // Someone who was kept informed before, as the person represented, wrote
	StaffMeasuresAgent                 Key = "staff.measures.agent"                   // flags {{.Flags}}, found to be none {{.Dropped}}, steps {{.Steps}}, ove ...
	StaffMeasuresAsked                 Key = "staff.measures.asked"                   // A review is asked for.
	StaffMeasuresByAgent               Key = "staff.measures.by_agent"                // By member of staff
	StaffMeasuresByLanguage            Key = "staff.measures.by_language"             // By language
	StaffMeasuresByTopic               Key = "staff.measures.by_topic"                // By topic
	StaffMeasuresEven                  Key = "staff.measures.even"                    // No percentage is given under {{.Least}} complaints: it would say nothi ...
	StaffMeasuresHead                  Key = "staff.measures.head"                    // Conduct
	StaffMeasuresInForce               Key = "staff.measures.in_force"                // In force
	StaffMeasuresLine                  Key = "staff.measures.line"                    // {{.What}}: {{.Kind}}, since {{.Since}}, until {{.Until}}
	StaffMeasuresNoFigures             Key = "staff.measures.no_figures"              // No complaint was received and no step was taken in this quarter.
	StaffMeasuresNobody                Key = "staff.measures.nobody"                  // none
	StaffMeasuresNone                  Key = "staff.measures.none"                    // Nobody is restricted.
	StaffMeasuresQuarter               Key = "staff.measures.quarter"                 // Steps taken, {{.Year}}, quarter {{.Quarter}}
	StaffMeasuresRate                  Key = "staff.measures.rate"                    // complaints with a step {{.With}} of {{.Received}} ({{.Percent}}%)
	StaffMeasuresRateSmall             Key = "staff.measures.rate_small"              // complaints with a step {{.With}} of {{.Received}}
	StaffMeasuresRateUnknown           Key = "staff.measures.rate_unknown"            // steps {{.Steps}}, complaints received {{.Received}}
	StaffMetDecides                    Key = "staff.met_decides"                      // The customer dealt with you about this, so someone else must decide it ...
	StaffMineHead                      Key = "staff.mine_head"                        // Your complaints
	StaffMineNone                      Key = "staff.mine_none"                        // No open complaint is assigned to you.
	StaffNoComplaint                   Key = "staff.no_complaint"                     // There is no complaint with this reference. Please check it, or look wi ...
	StaffNoDeclining                   Key = "staff.no_declining"                     // The policy gives no reason for declining a complaint, so none can be d ...
	StaffNoMessage                     Key = "staff.no_message"                       // heed cannot find this message any more. Please look further down in th ...
	StaffNoSuchAct                     Key = "staff.no_such_act"                      // heed does not know this button. Please reload Slack and try again.
	StaffNoWords                       Key = "staff.no_words"                         // There were no words to send. Please open the dialog again and write so ...
	StaffNobodyNext                    Key = "staff.nobody_next"                      // There is nobody further to hand this over to.
	StaffNotARef                       Key = "staff.not_a_ref"                        // This is not a reference: a letter is missing or mistaken. It looks lik ...
	StaffNotAllowed                    Key = "staff.not_allowed"                      // You cannot do this: only members of the desk’s channel can. Please a ...
	StaffNotDelivered                  Key = "staff.not_delivered"                    // Your message did not reach the customer. Please see why above; it coun ...
	StaffNotKeeper                     Key = "staff.not_keeper"                       // This person does not see this complaint. Please choose someone who doe ...
	StaffNotManagers                   Key = "staff.not_managers"                     // Only managers can do this. Please ask one of them.
	StaffNotNow                        Key = "staff.not_now"                          // This cannot be done now: the complaint is {{.Stage}}.
	StaffNotSeniors                    Key = "staff.not_seniors"                      // Only senior management can do this. Please ask one of them.
	StaffNotUnchecked                  Key = "staff.not_unchecked"                    // heed could not check with Slack whether you may do this. Nothing was d ...
	StaffNoteBy                        Key = "staff.note_by"                          // Note by
	StaffNoteInternal                  Key = "staff.note_internal"                    // Only colleagues see notes.
	StaffOpenThread                    Key = "staff.open_thread"                      // Open the thread
	StaffOptionCapacityOrganisation    Key = "staff.option.capacity.organisation"     // For their organisation
	StaffOptionCapacityRepresentative  Key = "staff.option.capacity.representative"   // For someone else, as their representative
	StaffOptionCapacitySelf            Key = "staff.option.capacity.self"             // For themselves
	StaffOptionStaffAboutNo            Key = "staff.option.staff_about.no"            // They only spoke to them
	StaffOptionStaffAboutYes           Key = "staff.option.staff_about.yes"           // It is about them
	StaffOverdue                       Key = "staff.overdue"                          // Overdue: the {{.What}} was due {{.Due}}.
	StaffOverdueTold                   Key = "staff.overdue_told"                     // Overdue: the {{.What}} was due {{.Due}}. The customer has been told wh ...
	StaffPaused                        Key = "staff.paused"                           // Waiting for the customer: the time for the {{.What}} stands still, as  ...
	StaffPreparedHead                  Key = "staff.prepared_head"                    // To be sent to the customer by you: {{.What}} ({{.Language}})
	StaffPreparedHow                   Key = "staff.prepared_how"                     // This customer has no chat with us. Please send these words yourself, t ...
	StaffPreparedNot                   Key = "staff.prepared_not"                     // Not sent after all
	StaffPreparedSent                  Key = "staff.prepared_sent"                    // Sent ({{.How}}), {{.At}}
	StaffPreparedStale                 Key = "staff.prepared_stale"                   // What was prepared above about being late is not needed any more: the c ...
	StaffPreviewChanged                Key = "staff.preview.changed"                  // Something happened since you opened the dialog. The customer's newest  ...
	StaffPreviewHead                   Key = "staff.preview.head"                     // This is what the customer will read ({{.Language}}):
	StaffPromiseAcknowledged           Key = "staff.promise.acknowledged"             // acknowledgement
	StaffPromiseFirstUpdate            Key = "staff.promise.first_update"             // progress update
	StaffPromiseKept                   Key = "staff.promise.kept"                     // ✓ {{.What}}: kept, {{.Met}} (due {{.Due}})
	StaffPromiseLate                   Key = "staff.promise.late"                     // ✗ {{.What}}: late, {{.Met}} (was due {{.Due}})
	StaffPromiseLatest                 Key = "staff.promise.latest"                   // ○ {{.What}}: {{.Due}} at the latest
	StaffPromiseMissed                 Key = "staff.promise.missed"                   // ✗ {{.What}}: missed (was due {{.Due}})
	StaffPromiseNone                   Key = "staff.promise.none"                     // Nothing is promised with a date.
	StaffPromiseOpen                   Key = "staff.promise.open"                     // ○ {{.What}}: due {{.Due}}
	StaffPromiseOverdue                Key = "staff.promise.overdue"                  // ● {{.What}}: OVERDUE, was due {{.Due}}
	StaffPromisePaused                 Key = "staff.promise.paused"                   // ‖ {{.What}}: stands still since {{.Since}}, waiting for the customer
	StaffPromiseReplied                Key = "staff.promise.replied"                  // reply
	StaffPromiseResponse               Key = "staff.promise.response"                 // formal response
	StaffPromiseSecondResponse         Key = "staff.promise.second_response"          // second response
	StaffPromiseVoid                   Key = "staff.promise.void"                     // – {{.What}}: void, the customer could not be reached or withdrew
	StaffRated                         Key = "staff.rated"                            // The customer’s answer to the survey: {{.Answer}}
	StaffReachable                     Key = "staff.reachable"                        // The customer can be reached again.
	StaffRecordFirst                   Key = "staff.record_first"                     // Something the policy promises is prepared, and nobody has recorded tha ...
	StaffReferNoted                    Key = "staff.refer_noted"                      // noted what went to or came from the outside body; the card shows it.
	StaffReferred                      Key = "staff.referred"                         // ⚖ {{.Name}}: their reference {{.Reference}}
	StaffReferredDone                  Key = "staff.referred_done"                    // – what we did: {{.Done}}
	StaffReferredOutcome               Key = "staff.referred_outcome"                 // – they decided: {{.Outcome}}
	StaffRemindHalf                    Key = "staff.remind_half"                      // Reminder: half the time has passed for the {{.What}}. Due {{.Due}}.
	StaffRemindMost                    Key = "staff.remind_most"                      // Reminder: little time is left for the {{.What}}. Due {{.Due}}.
	StaffReopened                      Key = "staff.reopened"                         // This complaint was opened again.
	StaffResumed                       Key = "staff.resumed"                          // The customer has answered: the time for the {{.What}} runs again. Due  ...
	StaffReviewElsewhere               Key = "staff.review_elsewhere"                 // In complaint {{.Ref}} at the desk: {{.Text}}
	StaffRouteFirst                    Key = "staff.route_first"                      // For: {{.Role}}
	StaffRouteNext                     Key = "staff.route_next"                       // Handed over to: {{.Role}}
	StaffSlaFigure                     Key = "staff.sla.figure"                       // {{.What}}: {{.Kept}} of {{.Of}} on time (late {{.Late}}, missed {{.Mis ...
	StaffSlaHead                       Key = "staff.sla.head"                         // Promises and deadlines
	StaffSlaMonth                      Key = "staff.sla.month"                        // Kept on time in {{.Month}}
	StaffSlaNext                       Key = "staff.sla.next"                         // Due next
	StaffSlaNoNext                     Key = "staff.sla.no_next"                      // Nothing is due.
	StaffSlaNoOverdue                  Key = "staff.sla.no_overdue"                   // Nothing is overdue.
	StaffSlaNoPromises                 Key = "staff.sla.no_promises"                  // Nothing is promised with a date: not measured.
	StaffSlaNoSurvey                   Key = "staff.sla.no_survey"                    // Satisfaction rate, return rate: not measured, because the policy has n ...
	StaffSlaNothing                    Key = "staff.sla.nothing"                      // No promise has come to its end this month: not measured.
	StaffSlaOpen                       Key = "staff.sla.open"                         // Open complaints
	StaffSlaOverdue                    Key = "staff.sla.overdue"                      // Overdue now
	StaffSlaOverdueOpen                Key = "staff.sla.overdue_open"                 // {{.Line}}; still open and overdue: {{.N}}
	StaffSlaRate                       Key = "staff.sla.rate"                         // All together: {{.Kept}} of {{.Of}} on time ({{.Percent}}%)
	StaffSlaReturned                   Key = "staff.sla.returned"                     // Return rate of surveys: {{.N}} answered of {{.Of}} delivered ({{.Perce ...
	StaffSlaReturnedZero               Key = "staff.sla.returned_zero"                // Return rate of surveys: none was delivered this month
	StaffSlaSatisfied                  Key = "staff.sla.satisfied"                    // Satisfaction rate: {{.N}} satisfied of {{.Of}} answered ({{.Percent}}% ...
	StaffSlaSatisfiedZero              Key = "staff.sla.satisfied_zero"               // Satisfaction rate: nobody has answered yet
	StaffSlaTimely                     Key = "staff.sla.timely"                       // Rate of timely responses: {{.N}} of {{.Of}} ({{.Percent}}%)
	StaffSlaTimelyNone                 Key = "staff.sla.timely_none"                  // Rate of timely responses: not measured, because the policy sets no dat ...
	StaffSlaTimelyZero                 Key = "staff.sla.timely_zero"                  // Rate of timely responses: no response was due this month
	StaffSourceLaw                     Key = "staff.source.law"                       // by law
	StaffSourceOperator                Key = "staff.source.operator"                  // our own number
	StaffTitleAsk                      Key = "staff.title.ask"                        // Ask for more
	StaffTitleAssign                   Key = "staff.title.assign"                     // Assign
	StaffTitleBlock                    Key = "staff.title.block"                      // Block
	StaffTitleClose                    Key = "staff.title.close"                      // Close
	StaffTitleDecide                   Key = "staff.title.decide"                     // Decide
	StaffTitleDecline                  Key = "staff.title.decline"                    // Decline
	StaffTitleFlag                     Key = "staff.title.flag"                       // Flag a message
	StaffTitleGuidance                 Key = "staff.title.guidance"                   // Guidance
	StaffTitleHeard                    Key = "staff.title.heard"                      // What they told us
	StaffTitleLift                     Key = "staff.title.lift"                       // Lift
	StaffTitleLog                      Key = "staff.title.log"                        // Log a complaint
	StaffTitleMandate                  Key = "staff.title.mandate"                    // Authorisation
	StaffTitleName                     Key = "staff.title.name"                       // Hide a complaint
	StaffTitleNote                     Key = "staff.title.note"                       // Note
	StaffTitlePreview                  Key = "staff.title.preview"                    // Send this?
	StaffTitleRecord                   Key = "staff.title.record"                     // How was it sent?
	StaffTitleRefer                    Key = "staff.title.refer"                      // Outside body
	StaffTitleRelease                  Key = "staff.title.release"                    // Not about them
	StaffTitleRenew                    Key = "staff.title.renew"                      // Renew
	StaffTitleReply                    Key = "staff.title.reply"                      // Reply
	StaffTitleReportAuthority          Key = "staff.title.report_authority"           // Report to an authority
	StaffTitleReview                   Key = "staff.title.review"                     // Review
	StaffTitleStopReplying             Key = "staff.title.stop_replying"              // Stop replying
	StaffTitleUnflag                   Key = "staff.title.unflag"                     // No abuse
	StaffTitleUnshown                  Key = "staff.title.unshown"                    // Kept messages
	StaffTitleUpdate                   Key = "staff.title.update"                     // Progress update
	StaffTitleWall                     Key = "staff.title.wall"                       // Hide a complaint
	StaffTitleWarn                     Key = "staff.title.warn"                       // Ask to stop
	StaffToldByPerson                  Key = "staff.told_by_person"                   // Sent to the customer: {{.What}}
	StaffToldByProgram                 Key = "staff.told_by_program"                  // Sent to the customer by heed: {{.What}}
	StaffTongueEn                      Key = "staff.tongue.en"                        // English
	StaffTongueFr                      Key = "staff.tongue.fr"                        // French
	StaffTongueIt                      Key = "staff.tongue.it"                        // Italian
	StaffTongueLo                      Key = "staff.tongue.lo"                        // Lao
	StaffTonguePl                      Key = "staff.tongue.pl"                        // Polish
	StaffTongueVi                      Key = "staff.tongue.vi"                        // Vietnamese
	StaffTongueZhHans                  Key = "staff.tongue.zh_hans"                   // Chinese
	StaffTook                          Key = "staff.took"                             // took this complaint
	StaffTrouble                       Key = "staff.trouble"                          // That did not work; nothing was changed. Please try again in a minute.
	StaffUnfinished                    Key = "staff.unfinished"                       // An unfinished account
	StaffUnfinishedWhy                 Key = "staff.unfinished_why"                   // The customer has not come back since {{.Since}}, though reminded. You  ...
	StaffUnreachable                   Key = "staff.unreachable"                      // The customer has blocked this chat. Nothing can be delivered until the ...
	StaffUnread                        Key = "staff.unread"                           // Something arrived from {{.Channel}} that heed cannot read. It is kept; ...
	StaffUploadFailed                  Key = "staff.upload_failed"                    // A file of the customer is kept, but Slack did not take it. Please ask  ...
	StaffUsageComplaint                Key = "staff.usage_complaint"                  // Write /complaint followed by a reference such as KXM-4FQ-7TA, /complai ...
	StaffUsageConduct                  Key = "staff.usage_conduct"                    // Write /complaint conduct for all measures in force and the figures of  ...
	StaffUsageSla                      Key = "staff.usage_sla"                        // Write /sla for what is open, due and overdue and for the figures of th ...
	StaffWallAlone                     Key = "staff.wall_alone"                       // This complaint is about a member of staff, so it is kept from the desk ...
	StaffWallAlready                   Key = "staff.wall_already"                     // This complaint is hidden already. To hide it from someone else, use  ...
	StaffWallDirect                    Key = "staff.wall_direct"                      // This complaint is about a member of staff, and someone it may be about ...
	StaffWallDone                      Key = "staff.wall_done"                        // Thank you. The complaint is hidden from {{.Names}}, and senior managem ...
	StaffWallDown                      Key = "staff.wall_down"                        // This complaint turned out not to be about a member of staff: the whole ...
	StaffWallHidden                    Key = "staff.wall_hidden"                      // Hidden from: {{.Names}}
	StaffWallJoined                    Key = "staff.wall_joined"                      // {{.Name}} has joined the channel in which this complaint was shown. It ...
	StaffWallLast                      Key = "staff.wall_last"                        // Nobody could look into it then. Please add someone to senior managemen ...
	StaffWallLeft                      Key = "staff.wall_left"                        // A post about this complaint could not be deleted where it had been sho ...
	StaffWallMet                       Key = "staff.wall_met"                         // Dealt with the customer, so neither has it nor decides: {{.Names}}
	StaffWallNobody                    Key = "staff.wall_nobody"                      // Hidden from the desk. It is not known whom it is about: please say so.
	StaffWallOpen                      Key = "staff.wall_open"                        // This complaint is not hidden from anyone.
	StaffWallRaised                    Key = "staff.wall_raised"                      // hid this complaint from {{.Names}}, because it is about them.
	StaffWallReleased                  Key = "staff.wall_released"                    // found that this is not about {{.Name}}, who may see it again.
	StaffWallRoom                      Key = "staff.wall_room"                        // This complaint is about a member of staff, so it is shown here and not ...
	StaffWallUnsure                    Key = "staff.wall_unsure"                      // {{.Name}} (perhaps)
	StaffWallWatched                   Key = "staff.wall_watched"                     // heed cannot use the channel for complaints about staff: someone this o ...
	StaffWayEmail                      Key = "staff.way.email"                        // by e-mail
	StaffWayForm                       Key = "staff.way.form"                         // by form
	StaffWayInPerson                   Key = "staff.way.in_person"                    // in person
	StaffWayLetter                     Key = "staff.way.letter"                       // by letter
	StaffWayNotSent                    Key = "staff.way.not_sent"                     // it is not sent after all
	StaffWayOffice                     Key = "staff.way.office"                       // at an office
	StaffWayPhone                      Key = "staff.way.phone"                        // by telephone
	StaffWayTelegram                   Key = "staff.way.telegram"                     // by Telegram
	StaffWhyBlocked                    Key = "staff.why.blocked"                      // the customer has blocked the chat
	StaffWhyClosed                     Key = "staff.why.closed"                       // too late: the platform lets nobody answer after so long
	StaffWhyExpired                    Key = "staff.why.expired"                      // it came too late to be of use
	StaffWhyGaveUp                     Key = "staff.why.gave_up"                      // tried for three days
	StaffWhyNoCard                     Key = "staff.why.no_card"                      // what it belongs to never arrived
	StaffWhyPart                       Key = "staff.why.part"                         // a part of it did not arrive
	StaffWhyRefused                    Key = "staff.why.refused"                      // the platform refused it
	StaffWhyTakenBack                  Key = "staff.why.taken_back"                   // it was taken back
	StaffWithdrawn                     Key = "staff.withdrawn"                        // The customer has withdrawn this complaint.
	StageAcknowledged                  Key = "stage.acknowledged"                     // confirmed by our team
	StageClosed                        Key = "stage.closed"                           // closed
	StageDecided                       Key = "stage.decided"                          // answered
	StageDisputed                      Key = "stage.disputed"                         // being looked at again
	StageExamined                      Key = "stage.examined"                         // being investigated
	StageReceived                      Key = "stage.received"                         // received
	StageWithdrawn                     Key = "stage.withdrawn"                        // withdrawn
	StatusHead                         Key = "status.head"                            // Complaint {{.Ref}}
	StatusNone                         Key = "status.none"                            // You have no complaint with us at the moment.
	StatusOutcome                      Key = "status.outcome"                         // Outcome: {{.Outcome}}
	StatusPromises                     Key = "status.promises"                        // What you will receive, and what you have had:
	StatusReceived                     Key = "status.received"                        // Received: {{.Date}}
	StatusReminder                     Key = "status.reminder"                        // About your complaint {{.Ref}}: we asked you for something and have not ...
	StatusReminderPaper                Key = "status.reminder_paper"                  // About your complaint {{.Ref}}: we asked you for something and have not ...
	StatusStage                        Key = "status.stage"                           // Where it stands: {{.Stage}}
	StatusUnsent                       Key = "status.unsent"                          // You have begun a complaint that has not been sent yet.
	StatusUpdateHeld                   Key = "status.update_held"                     // About your complaint {{.Ref}}: we want to be honest about where it sta ...
	StatusUpdateLate                   Key = "status.update_late"                     // About your complaint {{.Ref}}: we want to be honest about where it sta ...
	StatusUpdateNext                   Key = "status.update_next"                     // You do not need to do anything. Our team sees this date, and its manag ...
	StatusUpdateNextPaper              Key = "status.update_next_paper"               // You do not need to do anything. Our team sees this date, and its manag ...
	StatusUpdateSoon                   Key = "status.update_soon"                     // About your complaint {{.Ref}}: we want to be honest about where it sta ...
	StatusWaiting                      Key = "status.waiting"                         // We have asked you for something and are waiting for your answer.
	SurveyAgain                        Key = "survey.again"                           // May we ask once more? How satisfied are you with the way we dealt with ...
	SurveyAlready                      Key = "survey.already"                         // Thank you, we have your answer already.
	SurveyAsk                          Key = "survey.ask"                             // Your complaint {{.Ref}} is closed. How satisfied are you with the way  ...
	SurveyComment                      Key = "survey.comment"                         // If you like, tell us why in a few words. You can also just leave it.
	SurveyCommented                    Key = "survey.commented"                       // Thank you. Those who looked into your complaint will read this.
	SurveyDispute                      Key = "survey.dispute"                         // If you do not agree with our answer to your complaint, there is more t ...
	SurveyDissatisfied                 Key = "survey.dissatisfied"                    // Dissatisfied
	SurveyFine                         Key = "survey.fine"                            // That is quite all right. Thank you, and all the best.
	SurveyNeutral                      Key = "survey.neutral"                         // Neither satisfied nor dissatisfied
	SurveyRatherNot                    Key = "survey.rather_not"                      // I would rather not say
	SurveySatisfied                    Key = "survey.satisfied"                       // Satisfied
	SurveyThanks                       Key = "survey.thanks"                          // Thank you for your answer.
	TypedBack                          Key = "typed.back"                             // back, go back
	TypedCancel                        Key = "typed.cancel"                           // cancel, stop, quit
	TypedDone                          Key = "typed.done"                             // done, finished, that is all, that's all
	TypedNo                            Key = "typed.no"                               // no, n, nope, no thanks, none, nothing
	TypedSkip                          Key = "typed.skip"                             // skip, pass
	TypedYes                           Key = "typed.yes"                              // yes, y, yeah, yep, ok, okay, sure, yes please, correct, right
	WithdrawAsk                        Key = "withdraw.ask"                           // Do you really want to withdraw complaint {{.Ref}}? We would then stop  ...
	WithdrawDone                       Key = "withdraw.done"                          // Complaint {{.Ref}} is withdrawn. We will not look into it any further. ...
	WithinBusinessHours                Key = "within.business_hours"                  // within {{.N}} business hours
	WithinDays                         Key = "within.days"                            // within {{.N}} days
	WithinHours                        Key = "within.hours"                           // within {{.N}} hours
	WithinMinutes                      Key = "within.minutes"                         // within {{.N}} minutes
	WithinRoll                         Key = "within.roll"                            // or on the next working day if the last day is not one
	WithinSeconds                      Key = "within.seconds"                         // within {{.N}} seconds
	WithinUntil                        Key = "within.until"                           // by {{.Time}} on the last day
	WithinWeeks                        Key = "within.weeks"                           // within {{.N}} weeks
	WithinWorkingDays                  Key = "within.working_days"                    // within {{.N}} working days
)

// Keys lists every key, in order.
var Keys = []Key{
	AboutLong,
	AboutShort,
	AboutPolicyContact,
	AboutPolicyDispute,
	AboutPolicyHead,
	AboutPolicyHotline,
	AboutPolicyLink,
	AboutPolicyNext,
	AboutPolicyNoDates,
	AcceptThanks,
	AddChoose,
	AddClosed,
	AddDone,
	AddDoneClosed,
	AddDoneWalled,
	AddNew,
	AddNone,
	AddNow,
	AddWhich,
	AdrBinding,
	AdrBody,
	AdrDeadlock,
	AdrGoesOn,
	AdrTime,
	AskAuthorisation,
	AskCapacity,
	AskChoice,
	AskChoiceKept,
	AskContact,
	AskEmails,
	AskEntity,
	AskEvidence,
	AskFailing,
	AskMore,
	AskMoreFiles,
	AskMoreWords,
	AskNoted,
	AskOpening,
	AskOptional,
	AskPhones,
	AskRepresented,
	AskStaff,
	AskStaffAbout,
	AskStart,
	AskSummary,
	AskTickets,
	AskTopic,
	AskWhen,
	AskWordsKept,
	ButtonAccept,
	ButtonAdd,
	ButtonBack,
	ButtonCancel,
	ButtonCancelNo,
	ButtonCancelYes,
	ButtonChange,
	ButtonClear,
	ButtonComplain,
	ButtonConsentWithdraw,
	ButtonContinue,
	ButtonDone,
	ButtonHelp,
	ButtonInform,
	ButtonInformNo,
	ButtonInvite,
	ButtonLanguage,
	ButtonNo,
	ButtonPolicy,
	ButtonPrivacy,
	ButtonReview,
	ButtonSkip,
	ButtonStatus,
	ButtonSubmit,
	ButtonWithdraw,
	ButtonWithdrawNo,
	ButtonWithdrawYes,
	ButtonYes,
	CalendarAlone,
	CalendarAt,
	CalendarBrief,
	CalendarFull,
	CalendarLong,
	CalendarMedium,
	CalendarMonth,
	CalendarMonths,
	CalendarShort,
	CalendarTime,
	CalendarWeekdays,
	CancelAsk,
	CancelDone,
	CancelNothing,
	CancelWithdraw,
	CloseTold,
	CloseToldPaper,
	CloseUndecided,
	CloseUndecidedPaper,
	CodeLinked,
	CodeText,
	CodeUnknown,
	CommandAdd,
	CommandCancel,
	CommandComplain,
	CommandHelp,
	CommandLanguage,
	CommandPolicy,
	CommandPrivacy,
	CommandStart,
	CommandStatus,
	ConductAggressiveOffensiveOrVulgar,
	ConductAssumptionsAboutHowWeWork,
	ConductBullying,
	ConductHardshipAsLeverage,
	ConductOffensiveAboutTeam,
	ConductThreatOfBadComments,
	ConductThreatening,
	ConsentAsk,
	ConsentNoted,
	ConsentNotedUnsure,
	DecisionDeclined,
	DecisionNotUpheld,
	DecisionOutOfScope,
	DecisionPartly,
	DecisionUnfounded,
	DecisionUpheld,
	DisputeAppeal,
	DisputeAsk,
	DisputeEscalate,
	DisputeNoDate,
	DisputeReopened,
	DisputeRestart,
	DisputeTaken,
	DisputeWhy,
	DraftGoesOn,
	DraftReminder,
	EditPassed,
	EditTaken,
	ErrorCommand,
	ErrorEmpty,
	ErrorFirst,
	ErrorPhone,
	ErrorPhoneNeeded,
	ErrorRequired,
	ErrorSticker,
	ErrorUnsupported,
	FileBig,
	FileEmpty,
	FileGone,
	FileKindAudio,
	FileKindDocument,
	FileKindFile,
	FileKindPhoto,
	FileKindVideo,
	FileKindVoice,
	FileTooBig,
	FileType,
	FilesTaken,
	FilesVoice,
	FloodBegun,
	FloodKept,
	FloodLast,
	GreetHello,
	GreetHelloPlain,
	GreetHow,
	GreetHowUndated,
	GreetPrivacy,
	GreetUrgent,
	HelpIntro,
	InformAsk,
	InformDeclined,
	InformEnded,
	InformFormer,
	InformHead,
	InformNot,
	InformPassed,
	InformStatus,
	InformWelcome,
	InformWhich,
	InviteOwn,
	InviteText,
	InviteTheirs,
	LabelAuthorisation,
	LabelCapacity,
	LabelContact,
	LabelEmails,
	LabelEntity,
	LabelEvidence,
	LabelFailing,
	LabelLater,
	LabelPhones,
	LabelRepresented,
	LabelStaff,
	LabelStaffAbout,
	LabelSummary,
	LabelTickets,
	LabelTopic,
	LabelWhen,
	LanguageAsk,
	LanguageChanged,
	LanguageOffer,
	LetterAsk,
	LetterDecide,
	LetterDecideAgain,
	LetterReply,
	LetterUpdate,
	ListClause,
	ListColon,
	ListLast,
	ListMiddle,
	ListNext,
	ListNote,
	ListPair,
	MandateConfirmed,
	MandateConfirmedOtherwise,
	MandateRefused,
	MandateUntold,
	MandateWithdrawn,
	MeasureAgain,
	MeasureAgainAll,
	MeasureAppeal,
	MeasureAppealPaper,
	MeasureAppealed,
	MeasureAppealedWarn,
	MeasureAsked,
	MeasureGoesOn,
	MeasureGoesOnDates,
	MeasureHolds,
	MeasureKeptBlock,
	MeasureKeptStop,
	MeasureLapsedBlock,
	MeasureLapsedStopReplying,
	MeasureLiftedBlock,
	MeasureLiftedStopReplying,
	MeasureLiftedWarn,
	MeasureMessage,
	MeasureNext,
	MeasureNextBlock,
	MeasureNextStopReplying,
	MeasureNowBlock,
	MeasureNowStopReplying,
	MeasureOver,
	MeasureOverBlock,
	MeasureOverStopReplying,
	MeasureReason,
	MeasureRenewedBlock,
	MeasureRenewedStopReplying,
	MeasureReviewed,
	MeasureRight,
	MeasureRightBlock,
	MeasureRightLate,
	MeasureRightStopReplying,
	MeasureRightWarn,
	MeasureRights,
	MeasureShown,
	MeasureStandsBlock,
	MeasureStandsLate,
	MeasureStandsStopReplying,
	MeasureStandsWarn,
	MeasureStatusBlock,
	MeasureStatusStopReplying,
	MeasureStillBlock,
	MeasureStillStopReplying,
	MeasureWarnAsk,
	MeasureWarnCounts,
	MeasureWarnFeel,
	MeasureWarnWhat,
	NumberMillion,
	NumberThousand,
	OptionCapacityOrganisation,
	OptionCapacityRepresentative,
	OptionCapacitySelf,
	OptionStaffAboutNo,
	OptionStaffAboutYes,
	PolicyAgain,
	PolicyAgainAppeal,
	PolicyAgainEscalate,
	PolicyAgainRestart,
	PolicyAgainRoute,
	PolicyAsk,
	PolicyAskOptional,
	PolicyConduct,
	PolicyConductBlock,
	PolicyConductByManager,
	PolicyConductByStaff,
	PolicyConductFair,
	PolicyConductLine,
	PolicyConductNeeds,
	PolicyConductReportAuthority,
	PolicyConductStopReplying,
	PolicyConductWarn,
	PolicyCopy,
	PolicyDayFri,
	PolicyDayMon,
	PolicyDaySat,
	PolicyDaySun,
	PolicyDayThu,
	PolicyDayTue,
	PolicyDayWed,
	PolicyDays,
	PolicyDaysHolidays,
	PolicyDaysHours,
	PolicyDaysRange,
	PolicyDaysWeek,
	PolicyDaysZone,
	PolicyDecline,
	PolicyDeclineNever,
	PolicyFinal,
	PolicyFromAcknowledged,
	PolicyFromClosed,
	PolicyFromDisputed,
	PolicyFromFirstUpdate,
	PolicyFromReceived,
	PolicyFromReplied,
	PolicyFromResponse,
	PolicyFromSecondResponse,
	PolicyHow,
	PolicyHowAccept,
	PolicyHowAny,
	PolicyHowRefuse,
	PolicyLanguages,
	PolicyLate,
	PolicyNoPromises,
	PolicyOr,
	PolicyOutside,
	PolicyOutsideBinding,
	PolicyOutsideLetter,
	PolicyOutsideSince,
	PolicyPromises,
	PolicyRounds,
	PolicyRoute,
	PolicySameChannel,
	PolicyStep,
	PolicyStepBot,
	PolicyStepLaw,
	PolicyStepOnly,
	PolicyStepOperator,
	PolicyStepPause,
	PolicyStepReceipt,
	PolicySurvey,
	PolicySurveyAsk,
	PolicyThen,
	PolicyTopicHidden,
	PolicyTopicNotice,
	PolicyTopicRoute,
	PolicyTopicWritten,
	PolicyTopics,
	PolicyWayChat,
	PolicyWayEmail,
	PolicyWayForm,
	PolicyWayInPerson,
	PolicyWayLetter,
	PolicyWayOffice,
	PolicyWayPhone,
	PolicyWho,
	PolicyWhoCustomer,
	PolicyWhoRepresentative,
	PolicyWhoStakeholder,
	PressOld,
	PressOldLong,
	PressUnknown,
	PressUnknownLong,
	PrivacyText,
	PromiseAcknowledged,
	PromiseByBot,
	PromiseFirstUpdate,
	PromiseLineDropped,
	PromiseLineKept,
	PromiseLineLate,
	PromiseLineMissed,
	PromiseLineOpen,
	PromiseLineOverdue,
	PromiseLinePaused,
	PromiseReplied,
	PromiseResponse,
	PromiseRunsAgain,
	PromiseSecondResponse,
	PromiseStandsStill,
	ReadyAcknowledge,
	ReadyAsk1,
	ReadyAsk2,
	ReadyAsk3,
	ReadyAuthorisation,
	ReadyReply1,
	ReadyReply2,
	ReadyReply3,
	ReadyUpdate1,
	ReadyUpdate2,
	ReadyUpdate3,
	ReasonNoEvidence,
	ReasonNoGrounds,
	ReasonOutOfScope,
	ReceiptAuthorisation,
	ReceiptContact,
	ReceiptLate,
	ReceiptMore,
	ReceiptNoDates,
	ReceiptOwn,
	ReceiptPromises,
	ReceiptSooner,
	ReceiptTaken,
	ReceiptThanks,
	ReceiptWalled,
	ReceiptWalledOpen,
	RefusedChannel,
	ResponseDeclined,
	ResponseDispute,
	ResponseDisputePaper,
	ResponseExternal,
	ResponseFinal,
	ResponseNotUpheld,
	ResponseOutOfScope,
	ResponsePartly,
	ResponseReasons,
	ResponseRegulator,
	ResponseRemedy,
	ResponseSenior,
	ResponseUnfounded,
	ResponseUpheld,
	ReviewAdded,
	ReviewAlso,
	ReviewFiles,
	ReviewFoot,
	ReviewHead,
	ReviewLine,
	ReviewNotYet,
	ReviewNothing,
	RoleManager,
	RoleSeniorManagement,
	SaidAcknowledged,
	SaidAdrLetter,
	SaidAsk,
	SaidBlock,
	SaidClosed,
	SaidCode,
	SaidDates,
	SaidDisputed,
	SaidInvite,
	SaidLapsed,
	SaidLifted,
	SaidMandate,
	SaidReceipt,
	SaidRenewed,
	SaidReply,
	SaidResponse,
	SaidReviewed,
	SaidStatusUpdate,
	SaidStopReplying,
	SaidUpdate,
	SaidWaiting,
	SaidWarn,
	SaidWithdrawn,
	StaffAccepted,
	StaffAlreadyAcknowledged,
	StaffAlreadyAssigned,
	StaffAlreadyEscalated,
	StaffAssigned,
	StaffButtonAcknowledge,
	StaffButtonArrived,
	StaffButtonAsk,
	StaffButtonAssign,
	StaffButtonBlock,
	StaffButtonClose,
	StaffButtonCode,
	StaffButtonConduct,
	StaffButtonDecide,
	StaffButtonDecline,
	StaffButtonEscalate,
	StaffButtonFlag,
	StaffButtonGuidance,
	StaffButtonHandOver,
	StaffButtonHeard,
	StaffButtonInvite,
	StaffButtonLift,
	StaffButtonMandate,
	StaffButtonName,
	StaffButtonNote,
	StaffButtonRecord,
	StaffButtonRefer,
	StaffButtonRelease,
	StaffButtonRenew,
	StaffButtonReopen,
	StaffButtonReply,
	StaffButtonReportAuthority,
	StaffButtonResend,
	StaffButtonReview,
	StaffButtonStopReplying,
	StaffButtonTakeOver,
	StaffButtonUnflag,
	StaffButtonUnshown,
	StaffButtonUpdate,
	StaffButtonWall,
	StaffButtonWarn,
	StaffCardAssigned,
	StaffCardCame,
	StaffCardContact,
	StaffCardCustomer,
	StaffCardCut,
	StaffCardEscalated,
	StaffCardHeading,
	StaffCardLanguage,
	StaffCardLater,
	StaffCardNobody,
	StaffCardOver,
	StaffCardReceived,
	StaffCardRound,
	StaffCardStage,
	StaffCardText,
	StaffCardThread,
	StaffCardUnreachable,
	StaffCardWaiting,
	StaffCardWith,
	StaffCardUnsent,
	StaffChanged,
	StaffCloseTold,
	StaffCloseOpen,
	StaffClosedBy,
	StaffClosedWrote,
	StaffCommented,
	StaffConductAppealed,
	StaffConductAsked,
	StaffConductBears,
	StaffConductBecause,
	StaffConductBefore,
	StaffConductChanged,
	StaffConductDidBlock,
	StaffConductDidReportAuthority,
	StaffConductDidStopReplying,
	StaffConductDidWarn,
	StaffConductDropped,
	StaffConductEndedWith,
	StaffConductFair,
	StaffConductFlag,
	StaffConductFlagSaid,
	StaffConductFlagged,
	StaffConductInForce,
	StaffConductKeptHead,
	StaffConductKeptWhy,
	StaffConductLapsedBlock,
	StaffConductLapsedStill,
	StaffConductLapsedStopReplying,
	StaffConductLapsedTold,
	StaffConductLiftTold,
	StaffConductLiftedBlock,
	StaffConductLiftedStopReplying,
	StaffConductLiftedWarn,
	StaffConductLifts,
	StaffConductLineAsked,
	StaffConductLineBlock,
	StaffConductLineStopReplying,
	StaffConductLineUntold,
	StaffConductLineWarned,
	StaffConductMerits,
	StaffConductNoAbuse,
	StaffConductNoAuthority,
	StaffConductNoChat,
	StaffConductNoDay,
	StaffConductNoFlag,
	StaffConductNoKind,
	StaffConductNoLadder,
	StaffConductNoMeasure,
	StaffConductNoMessage,
	StaffConductNoOutcome,
	StaffConductNoReason,
	StaffConductNoStep,
	StaffConductNotTold,
	StaffConductNothingKept,
	StaffConductOver,
	StaffConductOwnMeasure,
	StaffConductRecordOnly,
	StaffConductRemind,
	StaffConductRenewed,
	StaffConductReported,
	StaffConductRested,
	StaffConductReviewWaits,
	StaffConductReviewed,
	StaffConductSamePerson,
	StaffConductSilenced,
	StaffConductStale,
	StaffConductStands,
	StaffConductStood,
	StaffConductTimeless,
	StaffConductTookBlock,
	StaffConductTookStopReplying,
	StaffConductTookWarn,
	StaffConductUnasked,
	StaffConductUntold,
	StaffConductUnwarned,
	StaffConductWarned,
	StaffConductWrong,
	StaffConductNKept,
	StaffConductNKeptFiles,
	StaffConductNNew,
	StaffConductNShown,
	StaffContinued,
	StaffCopyFailed,
	StaffCustomerEdited,
	StaffCustomerEditedWas,
	StaffCustomerSent,
	StaffCustomerTold,
	StaffCustomerWrote,
	StaffDecidedBefore,
	StaffDeliveryAgain,
	StaffDeliveryFailed,
	StaffDeliveryPossibly,
	StaffDeliveryQueued,
	StaffDeliverySent,
	StaffDialogBack,
	StaffDialogCancel,
	StaffDialogClose,
	StaffDialogDone,
	StaffDialogLanguage,
	StaffDialogLast,
	StaffDialogMeaning,
	StaffDialogMeaningOwn,
	StaffDialogPreview,
	StaffDialogSave,
	StaffDialogSend,
	StaffDisputed,
	StaffDoubtOver,
	StaffDraftGone,
	StaffErrorBefore,
	StaffErrorBeforeIt,
	StaffErrorChannel,
	StaffErrorDate,
	StaffErrorDecided,
	StaffErrorFinding,
	StaffErrorFindingBefore,
	StaffErrorFuture,
	StaffErrorHeard,
	StaffErrorHide,
	StaffErrorHow,
	StaffErrorLanguage,
	StaffErrorLesson,
	StaffErrorLongAgo,
	StaffErrorMet,
	StaffErrorOption,
	StaffErrorOutcome,
	StaffErrorPerson,
	StaffErrorReason,
	StaffErrorReasons,
	StaffErrorReferral,
	StaffErrorRelease,
	StaffErrorSummary,
	StaffErrorTheirWords,
	StaffErrorTopic,
	StaffErrorWhy,
	StaffErrorWords,
	StaffEscalatedBy,
	StaffFieldAuthority,
	StaffFieldBody,
	StaffFieldBodyOutcome,
	StaffFieldChannel,
	StaffFieldContact,
	StaffFieldContactHint,
	StaffFieldDate,
	StaffFieldDone,
	StaffFieldFinding,
	StaffFieldFlag,
	StaffFieldHeard,
	StaffFieldHide,
	StaffFieldHideHint,
	StaffFieldHow,
	StaffFieldKind,
	StaffFieldLanguage,
	StaffFieldLesson,
	StaffFieldMeasure,
	StaffFieldMessage,
	StaffFieldMissing,
	StaffFieldMissingHint,
	StaffFieldName,
	StaffFieldNote,
	StaffFieldOutcome,
	StaffFieldOwnHint,
	StaffFieldOwnSentence,
	StaffFieldPerson,
	StaffFieldReady,
	StaffFieldReason,
	StaffFieldReasonHint,
	StaffFieldReasonTold,
	StaffFieldReasons,
	StaffFieldReasonsHint,
	StaffFieldReference,
	StaffFieldReleased,
	StaffFieldRemedy,
	StaffFieldRemedyHint,
	StaffFieldRepresented,
	StaffFieldReviewed,
	StaffFieldSentDate,
	StaffFieldTheirWords,
	StaffFieldTime,
	StaffFieldUntil,
	StaffFieldUntilHint,
	StaffFieldUntilNew,
	StaffFieldWhy,
	StaffFieldWords,
	StaffFieldWordsHint,
	StaffFileBig,
	StaffFileEmpty,
	StaffFileGone,
	StaffFileType,
	StaffFileNot,
	StaffFileWanted,
	StaffFiled,
	StaffFiles,
	StaffFindingConfirmed,
	StaffFindingRefused,
	StaffFindingStop,
	StaffFindingVouch,
	StaffFindingWithdrawn,
	StaffHandedBefore,
	StaffHasChat,
	StaffHeardAccepts,
	StaffHeardDisputes,
	StaffHeardMore,
	StaffHeardWithdraws,
	StaffHeld,
	StaffHorizon,
	StaffInARow,
	StaffLabelEmails,
	StaffLabelPhones,
	StaffLabelRepresented,
	StaffLabelStaff,
	StaffLesson,
	StaffLetterDue,
	StaffLetterFailed,
	StaffLetterPrepared,
	StaffLetterSent,
	StaffLetterWaits,
	StaffLinked,
	StaffLogHint,
	StaffLogRefused,
	StaffLogged,
	StaffLoggedAs,
	StaffLoggedLate,
	StaffLoggedWalled,
	StaffMandateAlready,
	StaffMandateCame,
	StaffMandateConfirmed,
	StaffMandateCopyFailed,
	StaffMandateDidConfirmed,
	StaffMandateDidRefused,
	StaffMandateDidStop,
	StaffMandateDidVouch,
	StaffMandateDidWithdrawn,
	StaffMandateEdited,
	StaffMandateEditedWas,
	StaffMandateEnded,
	StaffMandateFirst,
	StaffMandateFor,
	StaffMandateGone,
	StaffMandateInformed,
	StaffMandateInformedUnsure,
	StaffMandateInformedWho,
	StaffMandateInformedWhoUnsure,
	StaffMandateInforms,
	StaffMandateInformsUnsure,
	StaffMandateInvite,
	StaffMandateLook,
	StaffMandateMissing,
	StaffMandateNoPaper,
	StaffMandateNone,
	StaffMandatePerson,
	StaffMandatePreparedHead,
	StaffMandatePreparedHow,
	StaffMandatePreview,
	StaffMandateRefused,
	StaffMandateSent,
	StaffMandateSentFile,
	StaffMandateWarnClaimed,
	StaffMandateWarnPaper,
	StaffMandateWarnPerson,
	StaffMandateWarnRepresentative,
	StaffMandateWarnUnsure,
	StaffMandateWithdrawn,
	StaffMandateWithdrawnTheirs,
	StaffMandateWithdrew,
	StaffMandateWrote,
	StaffMandateWroteBefore,
	StaffMeasuresAgent,
	StaffMeasuresAsked,
	StaffMeasuresByAgent,
	StaffMeasuresByLanguage,
	StaffMeasuresByTopic,
	StaffMeasuresEven,
	StaffMeasuresHead,
	StaffMeasuresInForce,
	StaffMeasuresLine,
	StaffMeasuresNoFigures,
	StaffMeasuresNobody,
	StaffMeasuresNone,
	StaffMeasuresQuarter,
	StaffMeasuresRate,
	StaffMeasuresRateSmall,
	StaffMeasuresRateUnknown,
	StaffMetDecides,
	StaffMineHead,
	StaffMineNone,
	StaffNoComplaint,
	StaffNoDeclining,
	StaffNoMessage,
	StaffNoSuchAct,
	StaffNoWords,
	StaffNobodyNext,
	StaffNotARef,
	StaffNotAllowed,
	StaffNotDelivered,
	StaffNotKeeper,
	StaffNotManagers,
	StaffNotNow,
	StaffNotSeniors,
	StaffNotUnchecked,
	StaffNoteBy,
	StaffNoteInternal,
	StaffOpenThread,
	StaffOptionCapacityOrganisation,
	StaffOptionCapacityRepresentative,
	StaffOptionCapacitySelf,
	StaffOptionStaffAboutNo,
	StaffOptionStaffAboutYes,
	StaffOverdue,
	StaffOverdueTold,
	StaffPaused,
	StaffPreparedHead,
	StaffPreparedHow,
	StaffPreparedNot,
	StaffPreparedSent,
	StaffPreparedStale,
	StaffPreviewChanged,
	StaffPreviewHead,
	StaffPromiseAcknowledged,
	StaffPromiseFirstUpdate,
	StaffPromiseKept,
	StaffPromiseLate,
	StaffPromiseLatest,
	StaffPromiseMissed,
	StaffPromiseNone,
	StaffPromiseOpen,
	StaffPromiseOverdue,
	StaffPromisePaused,
	StaffPromiseReplied,
	StaffPromiseResponse,
	StaffPromiseSecondResponse,
	StaffPromiseVoid,
	StaffRated,
	StaffReachable,
	StaffRecordFirst,
	StaffReferNoted,
	StaffReferred,
	StaffReferredDone,
	StaffReferredOutcome,
	StaffRemindHalf,
	StaffRemindMost,
	StaffReopened,
	StaffResumed,
	StaffReviewElsewhere,
	StaffRouteFirst,
	StaffRouteNext,
	StaffSlaFigure,
	StaffSlaHead,
	StaffSlaMonth,
	StaffSlaNext,
	StaffSlaNoNext,
	StaffSlaNoOverdue,
	StaffSlaNoPromises,
	StaffSlaNoSurvey,
	StaffSlaNothing,
	StaffSlaOpen,
	StaffSlaOverdue,
	StaffSlaOverdueOpen,
	StaffSlaRate,
	StaffSlaReturned,
	StaffSlaReturnedZero,
	StaffSlaSatisfied,
	StaffSlaSatisfiedZero,
	StaffSlaTimely,
	StaffSlaTimelyNone,
	StaffSlaTimelyZero,
	StaffSourceLaw,
	StaffSourceOperator,
	StaffTitleAsk,
	StaffTitleAssign,
	StaffTitleBlock,
	StaffTitleClose,
	StaffTitleDecide,
	StaffTitleDecline,
	StaffTitleFlag,
	StaffTitleGuidance,
	StaffTitleHeard,
	StaffTitleLift,
	StaffTitleLog,
	StaffTitleMandate,
	StaffTitleName,
	StaffTitleNote,
	StaffTitlePreview,
	StaffTitleRecord,
	StaffTitleRefer,
	StaffTitleRelease,
	StaffTitleRenew,
	StaffTitleReply,
	StaffTitleReportAuthority,
	StaffTitleReview,
	StaffTitleStopReplying,
	StaffTitleUnflag,
	StaffTitleUnshown,
	StaffTitleUpdate,
	StaffTitleWall,
	StaffTitleWarn,
	StaffToldByPerson,
	StaffToldByProgram,
	StaffTongueEn,
	StaffTongueFr,
	StaffTongueIt,
	StaffTongueLo,
	StaffTonguePl,
	StaffTongueVi,
	StaffTongueZhHans,
	StaffTook,
	StaffTrouble,
	StaffUnfinished,
	StaffUnfinishedWhy,
	StaffUnreachable,
	StaffUnread,
	StaffUploadFailed,
	StaffUsageComplaint,
	StaffUsageConduct,
	StaffUsageSla,
	StaffWallAlone,
	StaffWallAlready,
	StaffWallDirect,
	StaffWallDone,
	StaffWallDown,
	StaffWallHidden,
	StaffWallJoined,
	StaffWallLast,
	StaffWallLeft,
	StaffWallMet,
	StaffWallNobody,
	StaffWallOpen,
	StaffWallRaised,
	StaffWallReleased,
	StaffWallRoom,
	StaffWallUnsure,
	StaffWallWatched,
	StaffWayEmail,
	StaffWayForm,
	StaffWayInPerson,
	StaffWayLetter,
	StaffWayNotSent,
	StaffWayOffice,
	StaffWayPhone,
	StaffWayTelegram,
	StaffWhyBlocked,
	StaffWhyClosed,
	StaffWhyExpired,
	StaffWhyGaveUp,
	StaffWhyNoCard,
	StaffWhyPart,
	StaffWhyRefused,
	StaffWhyTakenBack,
	StaffWithdrawn,
	StageAcknowledged,
	StageClosed,
	StageDecided,
	StageDisputed,
	StageExamined,
	StageReceived,
	StageWithdrawn,
	StatusHead,
	StatusNone,
	StatusOutcome,
	StatusPromises,
	StatusReceived,
	StatusReminder,
	StatusReminderPaper,
	StatusStage,
	StatusUnsent,
	StatusUpdateHeld,
	StatusUpdateLate,
	StatusUpdateNext,
	StatusUpdateNextPaper,
	StatusUpdateSoon,
	StatusWaiting,
	SurveyAgain,
	SurveyAlready,
	SurveyAsk,
	SurveyComment,
	SurveyCommented,
	SurveyDispute,
	SurveyDissatisfied,
	SurveyFine,
	SurveyNeutral,
	SurveyRatherNot,
	SurveySatisfied,
	SurveyThanks,
	TypedBack,
	TypedCancel,
	TypedDone,
	TypedNo,
	TypedSkip,
	TypedYes,
	WithdrawAsk,
	WithdrawDone,
	WithinBusinessHours,
	WithinDays,
	WithinHours,
	WithinMinutes,
	WithinRoll,
	WithinSeconds,
	WithinUntil,
	WithinWeeks,
	WithinWorkingDays,
}
