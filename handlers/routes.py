"""The whole routing table: what arrives, and the function that answers it. The first match wins."""

from telegram.ext import filters

from bot.conversation.flow import Answers
from bot.domain.rights import Right
from handlers.common import (
    afterwards,
    calendar,
    call_me,
    coming,
    membership,
    menu,
    moving,
    news,
    on_the_day,
    relay,
    reminders,
    series,
)
from handlers.common.private import in_own_language, in_private, permitted
from handlers.common.start import CALL_ME, Start
from handlers.common.talk import Script, Talk
from handlers.coordinator import (
    agenda,
    agreeing,
    announcements,
    applicants,
    approving,
    blocking,
    cases,
    county,
    deciding,
    desk,
    errands,
    inviting,
    meetups,
    merging,
    new_request,
    noting,
    office,
    passing,
    posters,
    report,
    roster,
    stats,
    team,
    trail,
    views,
    volunteers_times,
)
from handlers.coordinator import care as office_care
from handlers.coordinator import records as office_records
from handlers.coordinator import series as office_series
from handlers.referrer import filing as referral
from handlers.requester import (
    answering,
    appointment,
    ask_for_help,
    languages,
    my_requests,
    times,
)
from handlers.requester import closing as went
from handlers.routing import Bound, Kind, Route
from handlers.turn import Handler, Turn, Turns
from handlers.volunteer import (
    apply,
    care,
    closing,
    colleagues,
    hours,
    listening,
    offers,
    open_tasks,
    pause,
    profile,
)
from handlers.volunteer import calendar as feed
from handlers.volunteer import meetups as own_meetups
from handlers.volunteer import times as offer_times
from handlers.volunteer.times import OfferTimes

#: Every conversation there is.
SCRIPTS = (
    Script(ask_for_help.FLOW, ask_for_help.finish),
    Script(call_me.FLOW, call_me.finish),
    Script(offer_times.FLOW, offer_times.finish),
    Script(moving.FLOW, moving.finish),
    Script(on_the_day.FLOW, on_the_day.finish),
    Script(profile.FLOW, profile.finish),
    Script(pause.FLOW, pause.finish),
    Script(pause.HOLIDAY_FLOW, pause.finish_holidays),
    Script(series.PAUSE_FLOW, series.finish_pause),
    Script(series.TIME_FLOW, series.finish_time),
    Script(apply.FLOW, apply.finish),
    Script(care.FLOW, care.finish),
    Script(approving.FLOW, approving.finish, Right.ACT, "volunteer"),
    Script(office_care.RENEW_FLOW, office_care.finish_renewing, Right.ACT),
    Script(office_care.STEP_FLOW, office_care.finish_step, Right.ACT, "volunteer"),
    Script(inviting.FLOW, inviting.finish, Right.ACT),
    Script(languages.FLOW, languages.finish),
    Script(answering.FLOW, answering.finish),
    Script(afterwards.TELL, afterwards.finish_telling),
    Script(afterwards.WRONG, afterwards.finish_wrong),
    Script(county.FLOW, county.finish, Right.TEXTS, "path"),
    Script(county.BRING, county.finish, Right.TEXTS, "path"),
    Script(cases.CLOSE, cases.finish, Right.ACT, "case"),
    Script(deciding.WRITE, deciding.finish_writing, Right.ACT, "request"),
    Script(deciding.TELL, deciding.finish_telling, Right.ACT, "request"),
    Script(noting.REQUEST, noting.finish_request, Right.ACT, "request"),
    Script(noting.PERSON, noting.finish_person, Right.ACT, "person"),
    Script(blocking.FLOW, blocking.finish, Right.ACT, "person"),
    Script(referral.REGISTER, referral.finish_registering, Right.REFER),
    Script(referral.FLOW, referral.finish, Right.REFER),
    Script(new_request.FLOW, new_request.finish, Right.ACT),
    Script(new_request.COMPLETE, new_request.finish_completing, Right.ACT, "request"),
    Script(listening.FLOW, listening.finish),
    Script(relay.FLOW, relay.finish),
    Script(volunteers_times.FLOW, volunteers_times.finish, Right.ACT),
    Script(hours.FLOW, hours.finish),
    Script(hours.KM_FLOW, hours.finish_km),
    Script(office_records.CORRECT_FLOW, office_records.finish_correcting, Right.ACT, "record"),
    Script(office_records.ADD_FLOW, office_records.finish_adding, Right.ACT, "volunteer"),
    Script(office_records.DROP_FLOW, office_records.finish_dropping, Right.ACT, "record"),
    Script(meetups.FLOW, meetups.finish, Right.ACT),
    Script(meetups.CHANGE, meetups.finish_change, Right.ACT, "meetup"),
    Script(announcements.FLOW, announcements.finish, Right.ACT),
    Script(announcements.TEXT, announcements.finish_text, Right.ACT, "announce"),
)

_PRIVATE = filters.ChatType.PRIVATE
_GROUP = filters.ChatType.GROUPS
_NEW = filters.UpdateType.MESSAGE
_EDITED = filters.UpdateType.EDITED_MESSAGE

#: The number at the end of a button's data: short enough for a column, whatever a client makes up.
_ID = r"\d{1,18}"
_WORD = r"\w+"
#: A month, as buttons carry it: 202611.
_MONTH = r"20\d{4}"
#: A page of a list.
_PAGE = r"\d{1,3}"
#: Why a volunteer hands a task back.
_WHY = "(ill|no_time|too_far|other)"
#: The documents of a month and of a year or longer.
_OF_MONTH = "(records_pdf|records_xlsx|records_csv|allowance_pdf|allowance_xlsx)"
_OF_PERIOD = "(totals_pdf|totals_xlsx|totals_exact)"
#: A paper to print, and the place its code names.
_PAPER, _TOWN = "(a4|card|leaf)", "[a-z-]+"
#: What comes before a volunteer's first task; the lists of volunteers to look after.
_STEP = "(talked|instructed|certificate|training)"
_CONCERN = "(papers|inactive|overloaded|never_asked)"
#: A role of the office that can be ended.
_OFFICE_ROLE = "(coordinator|reader|referrer)"


def routes(turns: Turns) -> list[Bound]:
    """The routing table, bound to the transactions of *turns*."""
    return [route.bound(turns) for route in table()]


def table() -> list[Route]:
    """Everything that can arrive, and what answers it."""
    talk = Talk(SCRIPTS, call_me=CALL_ME)
    own_profile, breaks = profile.Profiles(talk), pause.Pauses(talk)
    wishes, approvals = apply.Applications(talk), approving.Approvals(talk)
    words = {
        menu.MY_REQUESTS.msgid: my_requests.mine,
        menu.MY_TASKS.msgid: offers.tasks,
        menu.MY_PROFILE.msgid: own_profile.show,
        menu.PAUSE.msgid: breaks.ask,
        menu.WANT_TO_HELP.msgid: wishes.explain,
    }
    strain, dates = care.Strain(talk), office_care.Dates(talk)

    def unfinished(turn: Turn) -> tuple[str, Answers] | None:
        return referral.unfinished(turn) or profile.unfinished(turn)

    first = Start(talk, words, unfinished)
    for_clients = referral.Filing(talk)
    offering = OfferTimes(talk)
    filing = new_request.NewRequest(talk)
    writing = deciding.Writing(talk)
    notes, blocks = noting.Noting(talk), blocking.Blocking(talk)
    answers = answering.Answering(talk)
    hearing = listening.Listening(talk)
    heard_times = volunteers_times.Noting(talk)
    chat = relay.Chat(talk, first)
    other_time, meeting_point = moving.OtherTime(talk), on_the_day.MeetingPoint(talk)
    gathering, saying = meetups.Meetups(talk), announcements.Announcements(talk)
    after, closing_cases = afterwards.Afterwards(talk), cases.Closing(talk)

    def command(name: str, handler: Handler, where: filters.BaseFilter = _PRIVATE) -> Route:
        return Route(Kind.COMMAND, handler, name, where & _NEW, where is _GROUP)

    def button(pattern: str, handler: Handler) -> Route:
        return Route(Kind.BUTTON, handler, pattern)

    def office_command(
        name: str, right: Right, handler: Handler, where: filters.BaseFilter = _PRIVATE
    ) -> Route:
        return command(name, own(permitted(right, handler)), where)

    def office_button(pattern: str, right: Right, handler: Handler) -> Route:
        """In the group too; what is personal is shown in private."""
        return button(pattern, permitted(right, handler))

    def desk_button(pattern: str, right: Right, handler: Handler) -> Route:
        """In private only."""
        return button(pattern, own(permitted(right, handler)))

    def sent(where: filters.BaseFilter, handler: Handler) -> Route:
        return Route(Kind.SENT, handler, where=where)

    weekly, texts = series.Weekly(talk), county.CountyTexts(talk)
    own_hours, month_records = hours.Hours(talk), office_records.Records(talk)
    own = in_own_language
    found = [
        command("start", first.start),
        command("call", first.call_me),
        command("help", own(first.help)),
        command("language", own(first.language)),
        command("cancel", own(first.cancel)),
        command("back", own(first.back)),
        command("mine", own(my_requests.mine)),
        command("tasks", own(offers.tasks)),
        command("profile", own(own_profile.show)),
        command("pause", own(breaks.ask)),
        command("hours", own(hours.show)),
        command("calendar", own(feed.show)),
        command("reminders", own(reminders.show)),
        office_command("invite", Right.ACT, inviting.Invitations(talk).begin),
        command("here", own(office.here_in_private)),
        command("here", permitted(Right.ACT, office.here), _GROUP),
        office_command("open", Right.LOOK, desk.what_waits),
        office_command("request", Right.LOOK, desk.request),
        office_command("who", Right.LOOK, desk.who),
        office_command("today", Right.LOOK, agenda.today),
        office_command("week", Right.LOOK, agenda.week),
        office_command("calls", Right.LOOK, agenda.call_list),
        office_command("volunteers", Right.LOOK, roster.everybody),
        office_command("blocked", Right.LOOK, blocking.everybody),
        office_command("new", Right.ACT, filing.new),
        office_command("report", Right.EXPORT, report.report),
        office_command("county", Right.TEXTS, county.parts),
        office_command("poster", Right.ACT, posters.ask),
        office_command("records", Right.LOOK, office_records.overview),
        office_command("stats", Right.LOOK, stats.which_time),
        office_command("meetups", Right.LOOK, meetups.overview),
        office_command("announce", Right.ACT, announcements.overview),
        office_command("applications", Right.LOOK, applicants.show),
        office_command("care", Right.LOOK, office_care.show),
        office_command("renew", Right.ACT, dates.renew),
        office_command("team", Right.PEOPLE, team.show),
        office_command("audit", Right.AUDIT, trail.show),
        office_command("file", Right.REFER, for_clients.new),
        button(r"lang:\w+", in_private(first.choose_language)),
        button("voices:languages", in_private(menu.play_languages)),
        button("voices:notice", own(first.hear_notice)),
        button("menu:call", in_private(first.call_me)),
        button("call:when:(now|morning|afternoon|any)", own(call_me.good_time)),
        button(r"f:\d+:.+", own(first.tap)),
        button(r"join:i-[\w-]+", own(first.join)),
        button("menu:go_on", own(first.go_on)),
        button("menu:ask", own(first.ask_for_help)),
        button("menu:again", own(first.ask_with(my_requests.to_repeat))),
        button("menu:also", own(first.other_languages)),
        button("menu:privacy", own(menu.privacy)),
        button("menu:help", own(first.help)),
        button("menu:language", own(first.language)),
        button("menu:mine", own(my_requests.mine)),
        button("menu:tasks", own(offers.tasks)),
        button("menu:reminders", own(reminders.show)),
        button(f"remind:(on|off):({reminders.KEYS})", own(reminders.choose)),
        button(r"quiet:[\w-]+", own(reminders.be_quiet)),
        button("sound:(on|off)", own(reminders.sound)),
        button("news:(on|off)", own(news.among_reminders)),
        button(f"news:(on|off):{_ID}", own(news.below)),
        button("menu:apply", own(wishes.explain)),
        button("apply:begin", own(wishes.begin)),
        button("profile:show", own(own_profile.show)),
        button("profile:change", own(own_profile.change)),
        button("pause:ask", own(breaks.ask)),
        button("pause:days:(7|14|28)", own(breaks.for_days)),
        button("pause:date", own(breaks.until_a_date)),
        button("pause:over", own(breaks.over)),
        button("pause:later", own(breaks.later)),
        button(f"pause:drop:{_ID}", own(breaks.drop)),
        button("care:too_much", own(strain.too_much)),
        button(f"check:(good|talk):{_ID}", own(strain.check_in)),
        button(f"request:show:{_ID}", own(my_requests.show)),
        button(f"request:change:{_ID}", own(first.ask_with(my_requests.to_change))),
        button(f"request:cancel:{_ID}", own(my_requests.cancel)),
        button(f"request:cancelled:{_ID}", own(my_requests.cancelled)),
        button(f"offer:yes:{_ID}", in_private(offering.accept)),
        button(f"offer:no:{_ID}", in_private(offers.decline)),
        button(f"offer:kind:{_ID}", own(open_tasks.not_my_kind)),
        button(f"offer:drop:{_ID}", own(open_tasks.never_again)),
        button(f"listen:yes:{_ID}", own(hearing.take)),
        button(f"listen:no:{_ID}", own(hearing.decline)),
        button("tasks:open", own(open_tasks.show)),
        button(f"task:take:{_ID}", own(offering.take)),
        button(f"task:cant:{_ID}", own(offers.cannot_come)),
        button(f"task:back:{_ID}", own(offers.hand_back)),
        button(f"task:why:{_WHY}:{_ID}", own(offers.hand_back_because)),
        button(f"swap:who:{_ID}", own(colleagues.whom)),
        button(f"swap:ask:{_ID}:{_ID}", own(colleagues.ask)),
        button(f"swap:yes:{_ID}", own(colleagues.yes)),
        button(f"swap:no:{_ID}", own(colleagues.no)),
        button(f"meetup:(yes|no|maybe):{_ID}", own(own_meetups.answer)),
        button(f"meetup:show:{_ID}", own(own_meetups.show)),
        # Agreeing on a time.
        button(f"times:offer:{_ID}", own(offering.begin)),
        button(f"times:back:{_ID}", own(offer_times.cannot_help)),
        button(f"times:gave:{_ID}", own(offer_times.hand_back)),
        button(f"times:why:{_WHY}:{_ID}", own(offer_times.hand_back_because)),
        button(f"times:show:{_ID}", own(times.show)),
        button(f"times:pick:{_ID}", own(times.pick)),
        button(f"times:none:{_ID}", own(times.none_fits)),
        button(f"times:other:{_ID}", own(times.someone_else)),
        button(f"times:else:{_ID}", own(times.surely_someone_else)),
        office_button(f"times:others:{_ID}", Right.ACT, agreeing.ask_others),
        # Another time for an appointment, and the day itself.
        button(f"move:ask:{_ID}", own(other_time.ask)),
        button(f"move:other:{_ID}", own(other_time.counter)),
        button(f"move:sure:{_ID}:{_ID}", own(moving.sure)),
        button(f"move:yes:{_ID}", own(moving.agree)),
        button(f"move:no:{_ID}", own(moving.decline)),
        button(f"day:show:{_ID}", own(on_the_day.show)),
        button(f"day:late:{_ID}", own(on_the_day.late)),
        button(f"day:point:{_ID}", own(meeting_point.ask)),
        button(f"day:(way|here|lost|fine|late10|late20|late30):{_ID}", own(on_the_day.say)),
        # The appointment, before and afterwards.
        button(f"found:other:{_ID}", own(appointment.someone_else)),
        button(f"found:else:{_ID}", own(appointment.surely_someone_else)),
        button(f"coming:yes:{_ID}", own(coming.yes)),
        button(f"coming:no:{_ID}", own(appointment.cannot_come)),
        button(f"coming:off:{_ID}", own(appointment.surely_not)),
        button(f"calendar:file:{_ID}", own(calendar.file)),
        button("calendar:new", own(feed.make_link)),
        button("calendar:stop", own(feed.stop)),
        button(f"went:(well|soso|badly|nobody):{_ID}", own(went.went)),
        button(f"meet:(yes|any|no):{_ID}", own(afterwards.meet_again)),
        button(f"missed:again:{_ID}", own(first.ask_with(went.to_repeat))),
        button(f"missed:no:{_ID}", own(went.no_new_date)),
        button(f"missed:there:{_ID}", own(went.was_there)),
        button(f"after:tell:{_ID}", own(after.tell_more)),
        button(f"after:wrong:{_ID}", own(after.something_wrong)),
        button(f"wrong:yes:{_ID}", own(after.surely_wrong)),
        button(f"wrong:back:{_ID}", own(afterwards.nothing_wrong)),
        button(f"close:done:{_ID}", own(closing.took_place)),
        button(rf"close:min\d{{1,3}}:{_ID}", own(closing.took_minutes)),
        button(f"close:other:{_ID}", own(closing.other_minutes)),
        button(f"close:noshow:{_ID}", own(closing.nobody_came)),
        button(f"close:absent:{_ID}", own(closing.was_absent)),
        button(f"close:moved:{_ID}", own(closing.was_moved)),
        button(f"close:again:{_ID}", own(closing.change)),
        # What a volunteer did.
        button(f"hours:show:{_PAGE}:{_MONTH}", own(hours.show_month)),
        button(f"hours:complete:{_MONTH}", own(hours.complete)),
        button("hours:add", own(own_hours.add)),
        button(f"hours:line:{_ID}", own(hours.show_line)),
        button(f"hours:time:{_ID}", own(hours.ask_time)),
        button(rf"hours:min\d{{1,4}}:{_ID}", own(hours.set_minutes)),
        button(f"hours:people:{_ID}", own(hours.ask_people)),
        button(rf"hours:set:\d{{1,3}}:\d{{1,3}}:{_ID}", own(hours.set_people)),
        button(f"hours:km:{_ID}", own(hours.ask_km)),
        button(rf"hours:km\d{{1,4}}:{_ID}", own(hours.set_km)),
        button(f"hours:kmown:{_ID}", own(own_hours.own_km)),
        button(f"hours:drop:{_ID}", own(hours.ask_drop)),
        button(f"hours:dropped:{_ID}", own(hours.drop)),
        # The two write to each other.
        button(f"relay:open:{_ID}", own(chat.about)),
        button(f"relay:to:{_ID}", own(chat.enter)),
        button(rf"relay:page\d:{_ID}", own(chat.phrases)),
        button(f"relay:say_{_WORD}:{_ID}", own(chat.say)),
        button(f"relay:place:{_ID}", own(chat.place)),
        button(f"relay:phone:{_ID}", own(chat.number)),
        button(f"relay:number:{_ID}", own(chat.surely_number)),
        button(f"relay:(mute|loud):{_ID}", own(chat.mute)),
        button(f"relay:end:{_ID}", own(chat.end)),
        button(f"relay:it:{_ID}", own(chat.it_is_for)),
        button(rf"relay:undo:{_ID}-{_ID}:{_ID}", own(chat.take_back)),
        # Help every week.
        button(f"series:show:{_ID}", own(series.show)),
        button(f"series:yes:{_ID}", own(series.yes)),
        button(f"series:no:{_ID}", own(series.no)),
        button(f"series:another:{_ID}", own(series.another)),
        button(f"series:nobody:{_ID}", own(series.nobody)),
        button(f"series:skip:{_ID}", own(series.skip)),
        button(f"series:off:{_ID}", own(series.surely_skip)),
        button(f"series:clash:{_ID}", own(series.no_meeting_then)),
        button(f"series:pause:{_ID}", own(series.pause)),
        button(rf"series:weeks:\d{{1,3}}:{_ID}", own(series.pause_weeks)),
        button(f"series:until:{_ID}", own(weekly.pause_until)),
        button(f"series:resume:{_ID}", own(series.resume)),
        button(f"series:time:{_ID}", own(weekly.other_time)),
        button(f"series:agree:{_ID}", own(series.agree)),
        button(f"series:keep:{_ID}", own(series.keep)),
        button(f"series:stop:{_ID}", own(series.stop)),
        button(f"series:other:{_ID}", own(series.someone_else)),
        button(f"series:end:{_ID}", own(series.end)),
        button(f"answer:to:{_ID}", own(answers.answer)),
        button(f"relax:yes:{_WORD}:{_ID}", own(answering.relax)),
        button(f"relax:no:{_WORD}:{_ID}", own(answering.keep)),
        # A referrer's.
        desk_button("file:new", Right.REFER, for_clients.new),
        desk_button(f"file:link:{_ID}", Right.REFER, referral.link),
        # A coordinator's, in the group; in private as long as there is none.
        office_button(f"request:release:{_ID}", Right.ACT, deciding.release),
        office_button(f"request:anyway:{_ID}", Right.ACT, deciding.release_anyway),
        office_button(f"request:look:{_ID}", Right.LOOK, desk.look),
        office_button(f"request:voice:{_ID}", Right.LOOK, desk.listen),
        office_button(f"request:write:{_ID}", Right.ACT, deciding.write),
        office_button(f"request:refer:{_ID}", Right.ACT, deciding.refer),
        office_button(f"request:close:{_ID}", Right.ACT, deciding.close),
        office_button(f"request:hand:{_ID}", Right.ACT, deciding.by_hand),
        office_button(f"request:relax:{_ID}", Right.ACT, deciding.relax),
        office_button(f"request:hear:{_ID}", Right.ACT, deciding.ask_to_listen),
        office_button(f"errand:take:{_ID}", Right.ACT, errands.take),
        office_button(f"errand:over:{_ID}", Right.ACT, errands.take_over),
        office_button(f"case:open:{_ID}", Right.ACT, cases.look),
        office_button(f"case:take:{_ID}", Right.ACT, cases.take),
        office_button(f"said:open:{_ID}", Right.ACT, cases.read_feedback),
        # A coordinator's, in private only.
        desk_button(f"case:(fine|apart):{_ID}", Right.ACT, closing_cases.close),
        desk_button(f"report:month:{_MONTH}", Right.EXPORT, report.month),
        desk_button(f"report:people:{_MONTH}(:{_PAGE})?", Right.EXPORT, report.people),
        desk_button(f"report:{_OF_MONTH}:{_MONTH}", Right.EXPORT, report.write_month),
        desk_button(f"report:one:{_MONTH}:{_ID}", Right.EXPORT, report.write_one),
        desk_button(r"report:period:\d{8}:\d{8}", Right.EXPORT, report.period),
        desk_button(rf"report:{_OF_PERIOD}:\d{{8}}:\d{{8}}", Right.EXPORT, report.write_period),
        desk_button(f"record:page:{_PAGE}:{_MONTH}", Right.LOOK, office_records.page),
        office_button(f"record:of:{_ID}:{_MONTH}", Right.LOOK, office_records.of_volunteer),
        desk_button(f"record:part:{_PAGE}:{_ID}:{_MONTH}", Right.LOOK, office_records.of_volunteer),
        office_button(f"record:task:{_ID}", Right.LOOK, office_records.of_task),
        desk_button(f"record:note:{_ID}", Right.ACT, month_records.note),
        desk_button(f"record:line:{_ID}", Right.LOOK, office_records.line),
        desk_button(f"record:check:{_ID}:{_MONTH}", Right.ACT, office_records.check),
        desk_button(f"record:who:{_PAGE}:{_MONTH}", Right.ACT, office_records.choose_volunteer),
        desk_button(f"record:add:{_ID}", Right.ACT, month_records.add),
        desk_button(f"record:correct:{_ID}", Right.ACT, month_records.correct),
        desk_button(f"record:drop:{_ID}", Right.ACT, month_records.drop),
        desk_button(f"record:dropped:{_ID}", Right.ACT, office_records.dropped),
        desk_button(f"record:close:{_MONTH}", Right.CLOSE, office_records.ask_to_close),
        desk_button(f"record:closed:{_MONTH}", Right.CLOSE, office_records.close),
        desk_button("person:team", Right.PEOPLE, team.show),
        desk_button(f"person:look:{_ID}", Right.PEOPLE, team.look),
        desk_button(f"person:lead:{_ID}", Right.PEOPLE, team.make_lead),
        desk_button(f"person:unlead:{_ID}", Right.PEOPLE, team.take_lead_back),
        desk_button(f"person:end:{_OFFICE_ROLE}:{_ID}", Right.PEOPLE, team.end),
        desk_button(f"person:ended:{_OFFICE_ROLE}:{_ID}", Right.PEOPLE, team.ended),
        desk_button("audit:show", Right.AUDIT, trail.show),
        desk_button(f"audit:older:{_ID}", Right.AUDIT, trail.older),
        desk_button(f"audit:who:{_ID}:{_ID}", Right.AUDIT, trail.of_person),
        desk_button(f"audit:about:{_ID}:{_ID}", Right.AUDIT, trail.about_request),
        desk_button("audit:table", Right.AUDIT, trail.table),
        desk_button("desk:open", Right.LOOK, desk.what_waits),
        desk_button("desk:new", Right.ACT, filing.new),
        desk_button("desk:today", Right.LOOK, agenda.today),
        desk_button(r"desk:day:\d{8}", Right.LOOK, agenda.one_day),
        desk_button("desk:week", Right.LOOK, agenda.week),
        desk_button("desk:calls", Right.LOOK, agenda.call_list),
        desk_button("desk:blocked", Right.LOOK, blocking.everybody),
        desk_button(r"volunteers:at:[\w.]*:p\d{1,3}", Right.LOOK, roster.page),
        desk_button(
            rf"volunteers:by_({roster.FILTERS}):[\w.]*:p\d{{1,3}}", Right.LOOK, roster.choose
        ),
        desk_button(f"volunteer:note:{_ID}", Right.ACT, notes.about_person),
        desk_button(f"volunteer:forget:{_ID}", Right.ACT, noting.forget_first),
        desk_button(f"volunteer:forgot:{_ID}", Right.ACT, noting.forget),
        desk_button(f"person:block:{_ID}", Right.ACT, blocks.begin),
        desk_button(f"person:free:{_ID}", Right.ACT, blocking.unblock),
        desk_button(f"request:more:{_ID}", Right.ACT, desk.more),
        desk_button(f"request:note:{_ID}", Right.ACT, notes.about_request),
        desk_button(f"request:reopen:{_ID}", Right.ACT, deciding.reopen),
        desk_button(f"request:free:{_ID}", Right.ACT, deciding.free),
        desk_button(f"request:freed:{_ID}:{_ID}", Right.ACT, deciding.freed),
        desk_button(f"request:twice:{_ID}", Right.ACT, merging.twins),
        desk_button(f"request:same:{_ID}:{_ID}", Right.ACT, merging.ask_first),
        desk_button(f"request:merge:{_ID}:{_ID}", Right.ACT, merging.merge),
        desk_button(f"(request|call|errand|case):pass:{_ID}", Right.ACT, passing.ask_whom),
        desk_button(f"(request|call|errand|case):passto:{_ID}:{_ID}", Right.ACT, passing.hand_over),
        desk_button(f"request:tell:{_ID}", Right.ACT, deciding.tell),
        desk_button(f"tell:own:{_ID}", Right.ACT, writing.own_words_to_volunteer),
        desk_button(f"tell:{_WORD}:{_ID}", Right.ACT, deciding.tell_sentence),
        desk_button(f"request:complete:{_ID}", Right.ACT, filing.complete),
        desk_button(f"request:drop:{_ID}", Right.ACT, deciding.drop),
        desk_button(f"request:dropped:{_ID}", Right.ACT, deciding.dropped),
        desk_button(f"write:own:{_ID}", Right.ACT, writing.own_words),
        desk_button(f"write:{_WORD}:{_ID}", Right.ACT, deciding.write_sentence),
        desk_button(f"refer:{_WORD}:{_ID}", Right.ACT, deciding.refer_to),
        desk_button(f"close:{_WORD}:{_ID}", Right.ACT, deciding.close_because),
        desk_button(f"relax:ask:{_WORD}:{_ID}", Right.ACT, deciding.ask_to_relax),
        desk_button(f"hand:{_ID}:{_ID}", Right.ACT, deciding.choose),
        desk_button(f"hand:ask:{_ID}:{_ID}", Right.ACT, deciding.ask_one),
        desk_button(f"hand:yes:{_ID}:{_ID}", Right.ACT, deciding.accept_for),
        desk_button(f"errand:enter:{_ID}", Right.ACT, heard_times.begin),
        desk_button(f"errand:{_WORD}:{_ID}", Right.ACT, errands.answer),
        desk_button(f"errand:time:{_ID}:{_ID}", Right.ACT, errands.answer),
        desk_button("county:open", Right.TEXTS, county.parts),
        desk_button(f"county:see:{county.PATTERN}", Right.TEXTS, county.see),
        desk_button(f"county:set:{county.PATTERN}", Right.TEXTS, texts.write),
        desk_button(f"county:flip:{county.PATTERN}", Right.TEXTS, county.flip),
        desk_button(f"county:(on|off):{county.PATTERN}", Right.TEXTS, county.switch),
        desk_button(f"county:undo:{county.PATTERN}", Right.TEXTS, county.undo),
        desk_button("poster:volunteers", Right.ACT, posters.volunteers),
        desk_button(f"poster:{_PAPER}(:-:{_TOWN})?", Right.ACT, posters.language),
        desk_button(f"poster:{_PAPER}:{_WORD}(:{_TOWN})?", Right.ACT, posters.make),
        office_button(f"series:others:{_ID}", Right.ACT, office_series.others),
        desk_button(f"series:goon:{_ID}", Right.ACT, office_series.go_on),
        desk_button(f"series:close:{_ID}", Right.ACT, office_series.close),
        desk_button(f"series:closed:{_ID}", Right.ACT, office_series.closed),
        office_button(f"meetup:look:{_ID}", Right.LOOK, meetups.look),
        office_button(rf"meetup:there:p\d{{1,3}}:{_ID}", Right.ACT, meetups.who_was_there),
        desk_button("meetup:list", Right.LOOK, meetups.overview),
        desk_button("meetup:new", Right.ACT, gathering.new),
        desk_button(f"meetup:change:{_ID}", Right.ACT, gathering.change),
        desk_button(f"meetup:off:{_ID}", Right.ACT, meetups.call_off),
        desk_button(f"meetup:surely:{_ID}", Right.ACT, meetups.surely_call_off),
        desk_button(rf"guest:was:p\d{{1,3}}:{_ID}", Right.ACT, meetups.turn_around),
        desk_button(rf"meetup:others:p\d{{1,3}}:{_ID}", Right.ACT, meetups.others),
        desk_button(rf"meetup:plus:v\d{{1,18}}:{_ID}", Right.ACT, meetups.add),
        desk_button(f"meetup:settle:{_ID}", Right.ACT, meetups.settle),
        desk_button(f"meetup:(pdf|xlsx):{_ID}", Right.EXPORT, meetups.as_document),
        desk_button("announce:list", Right.ACT, announcements.overview),
        desk_button("announce:new", Right.ACT, saying.new),
        desk_button(f"announce:look:{_ID}", Right.ACT, announcements.look),
        desk_button(f"announce:language:{_WORD}:{_ID}", Right.ACT, announcements.choose),
        desk_button(f"announce:text:{_WORD}:{_ID}", Right.ACT, saying.write),
        desk_button(f"announce:german:{_WORD}:{_ID}", Right.ACT, announcements.in_german),
        desk_button(f"announce:nothing:{_WORD}:{_ID}", Right.ACT, announcements.leave_out),
        desk_button(f"announce:preview:{_ID}", Right.ACT, announcements.preview),
        desk_button(f"announce:discard:{_ID}", Right.ACT, announcements.discard),
        desk_button(rf"announce:send:r\d{{1,9}}:{_ID}", Right.TEXTS, announcements.send),
        desk_button(f"announce:stop:{_ID}", Right.TEXTS, announcements.stop),
        office_button(f"request:again:{_ID}", Right.ACT, office.ask_again),
        office_button(f"task:who:{_ID}", Right.ACT, office.who_comes),
        office_button(f"task:others:{_ID}", Right.ACT, office.ask_others),
        office_button(f"volunteer:look:{_ID}", Right.LOOK, approving.look),
        desk_button(f"volunteer:later:{_ID}", Right.ACT, approving.not_now),
        desk_button(f"volunteer:(trust|doubt):{_ID}", Right.ACT, approving.trust),
        desk_button(f"volunteer:phone:{_ID}", Right.ACT, approving.help_by_phone),
        desk_button(f"volunteer:papers:{_ID}", Right.ACT, approvals.papers),
        desk_button(f"volunteer:steps:{_ID}", Right.LOOK, office_care.steps),
        desk_button(f"volunteer:step:{_STEP}:{_ID}", Right.ACT, office_care.step),
        desk_button(f"volunteer:today:{_STEP}:{_ID}", Right.ACT, office_care.today),
        desk_button(f"volunteer:clear:{_STEP}:{_ID}", Right.ACT, office_care.clear),
        desk_button(f"volunteer:day:{_STEP}:{_ID}", Right.ACT, dates.day),
        desk_button("care:all", Right.LOOK, office_care.show),
        desk_button(f"care:list:{_CONCERN}", Right.LOOK, office_care.show_list),
        desk_button(f"care:write:{_CONCERN}", Right.ACT, office_care.write),
        desk_button(f"care:say:{_WORD}:{_CONCERN}", Right.ACT, office_care.say),
        office_button(f"apply:take:{_ID}", Right.ACT, applicants.take),
        office_button(f"apply:over:{_ID}", Right.ACT, applicants.take_over),
        desk_button(f"apply:done:{_ID}", Right.ACT, applicants.talked),
        desk_button("apply:all", Right.LOOK, applicants.show),
        desk_button(
            "apply:list:(new|talked|training|appointed|declined)",
            Right.LOOK,
            applicants.show_stage,
        ),
        desk_button(f"apply:look:{_ID}", Right.LOOK, applicants.look),
        desk_button(f"apply:refuse:{_ID}", Right.ACT, applicants.refuse),
        desk_button(
            f"apply:move:(talked|training|appointed|declined):{_ID}", Right.ACT, applicants.move
        ),
        office_button(f"call:take:{_ID}", Right.ACT, office.take_call),
        office_button(f"call:over:{_ID}", Right.ACT, office.take_call_over),
        office_button(f"call:done:{_ID}", Right.ACT, office.call_done),
        desk_button("stats:when", Right.LOOK, stats.which_time),
        desk_button(f"stats:({stats.SPANS})", Right.LOOK, stats.of_span),
        desk_button(f"stats:all:{stats.DAYS}", Right.LOOK, stats.overview),
        desk_button(f"stats:({stats.TOPICS}):{stats.DAYS}", Right.LOOK, stats.picture),
        desk_button(
            f"stats:out:({stats.TOPICS}):{stats.DAYS}", Right.EXPORT, stats.picture_for_others
        ),
        desk_button(f"stats:table:{stats.DAYS}", Right.EXPORT, stats.table),
        button(".*", first.old_button),
        sent(filters.StatusUpdate.MIGRATE & _NEW, membership.migrated),
        sent(_PRIVATE & _NEW & ~filters.StatusUpdate.ALL, chat.anything),
        sent(_PRIVATE & _EDITED & (filters.TEXT | filters.CAPTION), chat.edited),
        Route(Kind.MEMBER, membership.changed),
    ]
    of_the_office = [one.what for one in found if one.is_of_the_office]
    return [
        *(
            command(name, permitted(Right.LOOK, views.in_private_please, noted=False), _GROUP)
            for name in of_the_office
        ),
        *found,
    ]
