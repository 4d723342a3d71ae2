package words

import (
	"slices"
	"strings"

	"github.com/heedbot/heed/locales"
)

// plan is a chapter of the program's texts before it is written in a language.
// Its keys stand as customers meet them; a section with a star is all of it
// that stands nowhere else.
type plan struct{ name, about, keys string }

// customers are the chapters of what customers can meet, in the order of a
// conversation.
var customers = []plan{
	{"Choosing a language", "Asked where nothing tells which one the customer reads; a switch is only ever offered.", `
		language.ask language.offer language.changed button.language language.*`},
	{"The greeting", "What somebody reads who comes for the first time.", `
		greet.hello greet.hello_plain greet.urgent greet.how greet.how_undated greet.privacy
		button.complain button.policy button.privacy button.help ask.start greet.*`},
	{"The questions", "One at a time. Behind each question stands its short name, as the review and the buttons to change an answer show it.", `
		ask.opening ask.topic label.topic ask.choice ask.choice_kept
		ask.summary label.summary ask.words_kept ask.noted ask.more_words ask.more
		button.done button.back button.skip button.cancel button.clear ask.optional
		ask.entity label.entity ask.tickets label.tickets ask.staff label.staff
		ask.staff_about label.staff_about option.staff_about.yes option.staff_about.no
		ask.failing label.failing ask.when label.when ask.phones label.phones ask.emails label.emails ask.contact label.contact
		ask.capacity label.capacity option.capacity.self option.capacity.organisation option.capacity.representative
		ask.represented label.represented ask.authorisation label.authorisation label.later
		option.* ask.* label.*`},
	{"Files", "Photos, documents and voice messages, and what is said where one cannot be taken.", `
		ask.evidence label.evidence files.taken ask.more_files files.voice
		file.too_big file.big file.empty file.type file.gone file.* files.*`},
	{"Review and sending", "All answers once more before they are sent; and what is said to those who stop on the way.", `
		review.head review.line review.files review.nothing review.foot button.change button.submit button.yes button.no
		review.not_yet review.added draft.goes_on draft.reminder button.continue
		cancel.ask button.cancel_yes button.cancel_no cancel.done cancel.nothing review.* draft.*`},
	{"Receipt and promises", "What comes at once: the reference, and by when the customer hears what.", `
		receipt.thanks receipt.taken receipt.promises
		promise.line_open promise.by_bot promise.acknowledged promise.first_update promise.replied promise.response promise.second_response
		receipt.sooner receipt.own receipt.no_dates receipt.late receipt.more receipt.contact
		receipt.walled receipt.walled_open role.senior_management role.manager receipt.authorisation
		promise.line_kept promise.line_overdue promise.line_late promise.line_missed promise.line_dropped promise.line_paused
		promise.stands_still promise.runs_again receipt.* promise.* role.*`},
	{"Status", "What /status answers, and what customers are told unasked when a date will not be kept.", `
		button.status status.head status.stage
		stage.received stage.acknowledged stage.examined stage.decided stage.disputed stage.closed stage.withdrawn
		status.received status.outcome status.waiting status.promises status.unsent status.none
		status.update_soon status.update_late status.update_held status.update_next status.update_next_paper
		status.reminder status.reminder_paper status.* stage.*`},
	{"Adding, editing, withdrawing", "After the complaint is sent.", `
		button.add add.now add.which add.choose add.done add.done_walled add.closed add.done_closed add.new add.none
		edit.taken edit.passed
		cancel.withdraw button.withdraw withdraw.ask button.withdraw_yes button.withdraw_no withdraw.done
		add.* edit.* withdraw.* cancel.*`},
	{"Words from staff", "Sentences that a member of staff chooses and a customer then reads: acknowledgement, reply, progress update, request.", `
		ready.acknowledge letter.reply ready.reply_1 ready.reply_2 ready.reply_3
		letter.update ready.update_1 ready.update_2 ready.update_3
		letter.ask ready.ask_1 ready.ask_2 ready.ask_3 ready.authorisation ready.*`},
	{"Decisions and letters", "The formal response: its heading, the outcome, the reasons, and what the customer can do about it.", `
		letter.decide response.upheld response.partly response.not_upheld response.unfounded response.out_of_scope response.declined
		response.reasons reason.no_grounds reason.no_evidence reason.out_of_scope response.remedy
		response.dispute response.dispute_paper response.final response.external response.regulator response.senior letter.decide_again
		decision.upheld decision.partly decision.not_upheld decision.unfounded decision.out_of_scope decision.declined
		button.accept accept.thanks refused.channel response.* reason.* decision.* letter.* accept.* refused.*`},
	{"Disagreeing", "When the customer does not agree with the response.", `
		dispute.escalate dispute.appeal dispute.restart dispute.ask dispute.taken dispute.why dispute.reopened dispute.no_date dispute.*`},
	{"Outside bodies", "The letter that tells of an ombudsman or another body.", `
		adr.time adr.deadlock adr.body adr.binding adr.goes_on adr.*`},
	{"Survey", "Asked once after a complaint is closed.", `
		survey.ask survey.again survey.satisfied survey.neutral survey.dissatisfied survey.rather_not
		survey.thanks survey.comment survey.commented survey.fine survey.already survey.dispute survey.*`},
	{"Closing", "And how someone without a messenger gets to one.", `
		close.told close.undecided close.told_paper close.undecided_paper code.text code.unknown code.linked close.* code.*`},
	{"Representatives", "When someone complains for someone else: the authorisation, and the person they speak for.", `
		button.invite invite.text invite.own invite.theirs
		inform.ask button.inform button.inform_no inform.welcome inform.declined inform.head inform.passed inform.status inform.which
		inform.not inform.former inform.ended
		button.consent_withdraw consent.ask consent.noted consent.noted_unsure
		mandate.confirmed mandate.confirmed_otherwise mandate.refused mandate.withdrawn mandate.untold
		invite.* inform.* consent.* mandate.*`},
	{"Conduct measures", "When a customer is asked to write politely, or is not answered for a time. The hardest texts to word: firm, and never rude.", `
		measure.warn_feel measure.warn_what
		conduct.aggressive_offensive_or_vulgar conduct.threatening conduct.offensive_about_team conduct.bullying
		conduct.assumptions_about_how_we_work conduct.hardship_as_leverage conduct.threat_of_bad_comments
		measure.message measure.warn_ask measure.warn_counts measure.goes_on measure.goes_on_dates measure.rights
		measure.next measure.next_stop_replying measure.next_block measure.appeal measure.appeal_paper button.review
		measure.again measure.now_stop_replying measure.now_block measure.reason measure.still_stop_replying measure.still_block
		measure.kept_stop measure.kept_block measure.status_stop_replying measure.status_block measure.holds
		measure.renewed_stop_replying measure.renewed_block
		measure.lapsed_stop_replying measure.lapsed_block measure.lifted_warn measure.lifted_stop_replying measure.lifted_block
		measure.over_stop_replying measure.over_block measure.shown measure.again_all
		measure.appealed measure.appealed_warn measure.asked measure.reviewed measure.over
		measure.stands_warn measure.stands_stop_replying measure.stands_block measure.stands_late
		measure.right_warn measure.right_stop_replying measure.right_block measure.right measure.right_late
		measure.* conduct.*`},
	{"Floods", "When very many messages come at once.", `
		flood.begun flood.kept flood.last flood.*`},
	{"Errors and misunderstandings", "What is said when something cannot be read, or a button is from earlier.", `
		error.empty error.sticker error.unsupported error.command error.required error.first error.phone error.phone_needed
		press.old press.old_long press.unknown press.unknown_long error.* press.*`},
	{"Help, commands and profile", "The list of commands as the messenger shows it, and what stands on the bot’s profile.", `
		help.intro command.start command.complain command.status command.add command.cancel command.language command.help
		command.privacy command.policy privacy.text about.short about.long
		about.* help.* command.* privacy.* button.*`},
	{"The policy in words", "What /policy answers and the policy command prints; much of it is put together from pieces.", `
		about_policy.head about_policy.next about_policy.no_dates about_policy.dispute about_policy.hotline about_policy.contact about_policy.link
		policy.who policy.who_customer policy.who_representative policy.who_stakeholder
		policy.how policy.how_accept policy.how_refuse policy.how_any policy.same_channel
		policy.way.chat policy.way.form policy.way.email policy.way.letter policy.way.phone policy.way.office policy.way.in_person policy.or
		policy.languages policy.topics policy.route policy.topic_route policy.then policy.topic_hidden policy.topic_written policy.topic_notice policy.copy
		policy.ask policy.ask_optional
		policy.promises policy.step policy.step_receipt policy.step_only policy.step_bot policy.step_pause policy.step_operator policy.step_law
		policy.no_promises policy.late
		within.seconds within.minutes within.hours within.business_hours within.days within.working_days within.weeks within.until within.roll
		policy.from.received policy.from.acknowledged policy.from.first_update policy.from.replied policy.from.response
		policy.from.disputed policy.from.second_response policy.from.closed
		policy.again policy.again_restart policy.again_escalate policy.again_appeal policy.again_route policy.rounds policy.final
		policy.outside policy.outside_binding policy.outside_since policy.outside_letter
		policy.survey policy.survey_ask policy.decline policy.decline_never
		policy.conduct policy.conduct_fair policy.conduct_line policy.conduct_warn policy.conduct_stop_replying policy.conduct_block
		policy.conduct_report_authority policy.conduct_by_staff policy.conduct_by_manager policy.conduct_needs
		policy.days policy.days_zone policy.days_week policy.days_range
		policy.day.mon policy.day.tue policy.day.wed policy.day.thu policy.day.fri policy.day.sat policy.day.sun
		policy.days_hours policy.days_holidays about_policy.* policy.* within.*`},
	{"Words that may be typed", "What heed understands where a customer types instead of pressing a button. Which words do people really type?", `
		typed.yes typed.no typed.back typed.skip typed.cancel typed.done typed.*`},
	{"Dates, numbers and lists", "As Unicode CLDR writes them. A pattern stands below its examples.", `
		calendar.at calendar.full calendar.long calendar.medium calendar.brief calendar.month calendar.time
		calendar.weekdays calendar.months calendar.alone calendar.short
		number.thousand number.million list.pair list.middle list.last list.note list.colon list.next calendar.* number.* list.*`},
}

// staff are the chapters of what only staff see.
var staff = []plan{
	{"The card", "What stands at the desk for each complaint.", `staff.card.* staff.card_unsent staff.promise.* staff.label.* staff.source.* staff.way.* staff.file.*`},
	{"Buttons", "Below the card and in its thread.", `staff.button.*`},
	{"Dialogs", "Headings, fields and hints of what opens when a button is pressed.", `staff.title.* staff.dialog.* staff.field.* staff.preview.* staff.close.* staff.close_open staff.error.*`},
	{"In the thread", "What heed posts below the card, and answers that only one person sees.", `staff.*`},
	{"What was sent", "Names of what a customer was sent, as the thread says it.", `said.*`},
	{"Representatives", "Authorisations, and the person represented.", `staff.mandate.* staff.finding.*`},
	{"Conduct", "Flags, measures and their figures.", `staff.conduct.* staff.conduct_n_kept staff.conduct_n_shown staff.conduct_n_kept_files staff.conduct_n_new staff.measures.*`},
	{"Figures", "What /sla and the home tab show.", `staff.sla.*`},
}

// rest is the chapter of what stands in no other.
var rest = plan{"More", "Texts that no chapter has yet.", ""}

// planned gives each key's chapters, in order; what no chapter names comes
// last, so that nothing is ever left out.
func planned(keys []locales.Key) (forCustomers, forStaff []chapterKeys) {
	taken := map[locales.Key]bool{}
	var sections []string
	for _, p := range append(slices.Clone(customers), staff...) {
		for _, k := range strings.Fields(p.keys) {
			if strings.HasSuffix(k, "*") {
				sections = append(sections, k)
			} else {
				taken[locales.Key(k)] = true
			}
		}
	}
	// The stars take what is left, the narrower before the wider: staff.card.*
	// before staff.*.
	stars := map[string][]locales.Key{}
	var left []locales.Key
	for _, k := range keys {
		if taken[k] {
			continue
		}
		best := ""
		for _, s := range sections {
			if strings.HasPrefix(string(k), strings.TrimSuffix(s, "*")) && len(s) > len(best) {
				best = s
			}
		}
		if best == "" {
			left = append(left, k)
		} else {
			stars[best] = append(stars[best], k)
		}
	}
	fill := func(plans []plan) []chapterKeys {
		var list []chapterKeys
		for _, p := range plans {
			c := chapterKeys{plan: p}
			for _, k := range strings.Fields(p.keys) {
				switch {
				case strings.HasSuffix(k, "*"):
					c.keys = append(c.keys, stars[k]...)
					delete(stars, k) // the first chapter that has the star
				case slices.Contains(keys, locales.Key(k)):
					c.keys = append(c.keys, locales.Key(k))
				}
			}
			list = append(list, c)
		}
		return list
	}
	forCustomers, forStaff = fill(customers), fill(staff)
	if len(left) > 0 {
		forCustomers = append(forCustomers, chapterKeys{rest, left})
	}
	return forCustomers, forStaff
}

// chapterKeys is a chapter with the keys that fall to it.
type chapterKeys struct {
	plan
	keys []locales.Key
}
