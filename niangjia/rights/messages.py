"""What people are told of events and disputes. E-mails carry the title, so it names no person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message, short

message(
    "event-arrived",
    title=_("%(severity)s event: %(firm)s, %(people)s workers"),
    text=_("%(reference)s has been reported to your union by %(from)s. It must stand one level higher by %(until)s."),
)
message(
    "event-overdue",
    title=_("%(reference)s was not reported upward in time; the house has sent it on"),
    text=_("%(firm)s. It stayed with %(from)s beyond %(until)s and now stands with %(to)s."),
)
message(
    "event-late",
    title=_("%(reference)s: %(what)s was due at %(until)s"),
    text=_("%(firm)s, %(people)s workers. Nobody has done it yet."),
)
message(
    "event-severity",
    title=_("%(reference)s is now %(severity)s"),
    text=_("%(firm)s, %(people)s workers. Before it was %(was)s. %(why)s"),
)
message(
    "event-followed",
    title=_("Follow-up on %(reference)s: %(firm)s"),
    text=_("%(people)s workers affected so far. Read what was found."),
)
message(
    "dispute-late",
    title=_("%(reference)s: %(what)s was due on %(until)s"),
    text=_("Open the case, and write down what was done or when it will be."),
)
message(
    "dispute-given",
    title=_("%(reference)s is yours to mediate"),
    text=_("%(union)s accepted it on %(day)s; the mediation ends on %(until)s."),
)
message(
    "event-alarm",
    title=_("%(severity)s event: %(firm)s, %(people)s workers: say that you have it"),
    text=_("%(reference)s lies with %(place)s. Open it and confirm by %(until)s; without a receipt the next one is told."),
)
message(
    "duty-unconfirmed",
    title=_("%(union)s has nobody on duty tonight (%(day)s)"),
    text=_("Nobody confirmed in time. Your office stands in until the morning; whatever is reported there rings with you."),
)
message(
    "duty-planned",
    title=_("The duty roster of %(union)s for month %(month)s of %(year)s stands"),
    text=_("Look which turns are yours, and confirm them."),
)
message(
    "duty-swap",
    title=_("You are asked to take over a turn on duty on %(day)s"),
    text=_("%(union)s. Agree or decline; until you do, the roster stays as it is."),
)
message(
    "duty-swapped",
    title=_("Your request to swap the turn on %(day)s: %(answer)s"),
    text=_("%(union)s. Look at the roster, and confirm your turns."),
)
message(
    "zero-missing",
    title=_("%(union)s: the weekly report for the week from %(week)s is missing"),
    text=_("Missing for %(n)s weeks in a row. If nothing happened, one tap is enough."),
)
short(
    "event-alarm",
    _("%(severity)s event %(reference)s: %(firm)s, %(people)s workers. Reply 1, or sign in and confirm."),
    at_once=True,
    pressing=True,
)
message(
    "dispute-performed",
    title=_("%(reference)s was performed and waits to be closed"),
    text=_("The receipts show %(sum)s yuan. Somebody other than the mediator looks at them, and closes the case."),
)
message(
    "dispute-transferred",
    title=_("%(reference)s was handed over to %(union)s"),
    text=_("Open the case: its story and its clocks go on with you."),
)
message(
    "dispute-sent-in",
    title=_("%(reference)s: a worker asks for help"),
    text=_("It came in on %(day)s and is decided by %(until)s. Read it, and call her back."),
)
message(
    "dispute-answered",
    title=_("%(reference)s: %(state)s"),
    text=_("Your union has dealt with what you sent in. Read on your page how it stands, and what comes next."),
)
message(
    "dispute-near",
    title=_("%(reference)s: %(what)s is due on %(until)s"),
    text=_("You mediate it. Open the case, and write down what was done."),
)
message(
    "dispute-covered",
    title=_("%(reference)s: all that was agreed has come"),
    text=_("The receipts show %(sum)s yuan. Record that it was performed; somebody else then closes it."),
)
message(
    "dispute-left",
    title=_("%(reference)s was handed on to %(union)s; you mediate it no more"),
    text=_("What you wrote stays with the case. Give whatever papers you still hold to the union that goes on with it."),
)
message(
    "dispute-own-near",
    title=_("%(reference)s: the last day is %(until)s, for %(what)s"),
    text=_("Read on your page what you can do until then. If you are not sure, call your union or 12351."),
)
message(
    "dispute-own-over",
    title=_("%(reference)s: the last day was %(until)s, for %(what)s"),
    text=_("Read on your page what remains. If you are not sure, call your union or 12351."),
)
message(
    "supervision-late",
    title=_("%(reference)s: %(what)s was due on %(until)s"),
    text=_("Open the case, and write down what was done or what comes next."),
)
message(
    "supervision-to-sign",
    title=_("%(reference)s: a letter waits for your signature"),
    text=_("Read what was found and what it asks; sign it, or give it back with a reason."),
)
message(
    "event-letter-to-sign",
    title=_("%(reference)s: a letter to %(to)s waits for your signature"),
    text=_("Read what was found and what it asks; sign it, or give it back with a reason."),
)
message(
    "redundancy-explained",
    title=_("%(reference)s: %(firm)s plans dismissals on %(day)s, people: %(people)s"),
    text=_("The union there hears the staff and replies. Read the plan, and advise it if you can."),
)
message(
    "redundancy-advised",
    title=_("%(reference)s: %(name)s has advised you"),
    text=_("Read it on the case before the union replies to the employer."),
)
message(
    "redundancy-supervised",
    title=_("%(reference)s was turned into supervision by %(union)s"),
    text=_("The hearing ends here; go on with what the office that supervises asks of you."),
)
message(
    "redundancy-late",
    title=_("%(reference)s: %(what)s was due on %(until)s"),
    text=_("Open the case, and write down what was done or what comes next."),
)
message(
    "aid-applied",
    title=_("%(reference)s: somebody applies for legal aid"),
    text=_("It came in on %(day)s and is decided by %(until)s. Look what is missing, and decide."),
)
message(
    "aid-answered",
    title=_("%(reference)s: %(state)s"),
    text=_("Read on your page how your application for legal aid stands, and what comes next."),
)
message(
    "aid-objected",
    title=_("%(reference)s: the applicant objects to a refusal of legal aid"),
    text=_("Your union looks at it again by %(until)s: uphold it, or have the aid granted."),
)
message(
    "aid-overturned",
    title=_("%(reference)s: the refusal was set aside"),
    text=_("The union above granted the aid. Assign an agent within the days."),
)
message(
    "aid-to-sign",
    title=_("%(reference)s: an assignment waits for your signature"),
    text=_("Read who acts and in what; sign it, or give it back with a reason."),
)
message("aid-given", title=_("%(reference)s is assigned to you"), text=_("%(union)s asks you to act. Accept or decline by %(until)s."))
message("aid-declined", title=_("%(reference)s: the agent declined"), text=_("Assign another one within the days."))
message(
    "aid-left",
    title=_("%(reference)s: another agent goes on with it"),
    text=_("What you wrote stays with the case. Give whatever papers you still hold to the office."),
)
message("aid-withdrawn", title=_("%(reference)s: the application was withdrawn"), text=_("Nothing is left to be done in it."))
message(
    "aid-subsidy",
    title=_("%(reference)s: a subsidy of %(sum)s yuan waits for your approval"),
    text=_("Look at the case and the rate; approve it, or give it back with a reason."),
)
message(
    "aid-late",
    title=_("%(reference)s: %(what)s was due on %(until)s"),
    text=_("Open the case, and write down what was done or what comes next."),
)
