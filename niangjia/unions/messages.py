"""What people are told of reorganisations, offices, foundings and elections."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.notices.api import message

message(
    "reorganisation-to-sign",
    title=_("%(reference)s waits for the second signature"),
    text=_("%(paper)s, from %(day)s. Look at the rehearsal; somebody other than the first signer adopts it, or sends it back."),
)
message(
    "reorganisation-adopted",
    title=_("%(reference)s is adopted and holds from %(day)s"),
    text=_("%(paper)s. Look which of your desks and clocks change; until that day nothing does."),
)
message(
    "reorganisation-in-force",
    title=_("%(reference)s is in force from %(day)s"),
    text=_("%(paper)s. What ran on the unions that moved lies on the new desks; the page shows both hierarchies, reconciled."),
)
message(
    "reorganisation-held",
    title=_("%(reference)s could not come into force on %(day)s"),
    text=_("%(why)s Nothing was changed. Change the plan, rehearse it, and have it signed again."),
)
message(
    "reorganisation-to-give-up",
    title=_("%(reference)s: it is proposed to give it up"),
    text=_(
        "%(paper)s, from %(day)s. The reason: %(why)s Somebody other than the proposer signs that, or keeps to it; until then it stands."
    ),
)
message(
    "reorganisation-withdrawn",
    title=_("%(reference)s was given up; nothing changes on %(day)s"),
    text=_("%(paper)s. The reason: %(why)s"),
)
message(
    "stands-in",
    title=_("%(union)s: standing in for %(name)s, %(post)s"),
    text=_("From %(first)s to %(last)s. What lies on that desk lies on both; what is done is done in the name of who does it."),
)
message(
    "office-taken-over",
    title=_("%(union)s: you are %(post)s from %(day)s"),
    text=_("You take over from %(name)s. What lay on that desk, with its clocks, lies on yours."),
)
message(
    "election-to-examine",
    title=_("%(union)s sends candidates for its committee"),
    text=_("%(reference)s, assembly planned for %(day)s. Examine them: agree, or send them back with a reason."),
)
message(
    "election-examined",
    title=_("%(union)s: the candidates are agreed to"),
    text=_("%(reference)s. Post them up; when the notice has ended, the assembly may vote."),
)
message(
    "election-returned",
    title=_("%(union)s: %(reference)s came back"),
    text=_("The reason: %(why)s Mend it, and send it again."),
)
message(
    "election-reported",
    title=_("%(union)s reports the result of its election"),
    text=_("%(reference)s, held on %(day)s. Approve it with its number, send it back, or annul it."),
)
message(
    "election-approved",
    title=_("%(union)s: the result of the election is approved"),
    text=_("%(reference)s. The term runs until %(until)s; the offices of those elected have begun."),
)
message(
    "election-annulled",
    title=_("%(union)s: the election is annulled"),
    text=_("%(reference)s. The reason: %(why)s Begin another one."),
)
message(
    "election-objected",
    title=_("%(union)s: an objection to the candidates was right"),
    text=_("%(reference)s. The list is being written again: take off or replace whom it concerns, and send it anew."),
)
message(
    "election-noticed",
    title=_("%(union)s: the notice of the candidates is over"),
    text=_("%(reference)s. The assembly may vote; record it when it has been held."),
)
message(
    "firm-dropped",
    title=_("%(employer)s is no longer in the tax side's list"),
    text=_("%(reference)s. Look what became of it; its clue can be closed on the page of the firm."),
)
message(
    "founding-applied",
    title=_("Application to found %(name)s"),
    text=_("%(reference)s, %(employer)s. Agree to the preparatory group, ask for what is missing, or refuse it."),
)
message(
    "founding-returned",
    title=_("%(reference)s: something is missing"),
    text=_("%(employer)s. What is missing: %(why)s Hand it in again; until then the clock of the reply stands still."),
)
message(
    "founding-refused",
    title=_("%(reference)s was refused"),
    text=_("%(employer)s. The reason: %(why)s"),
)
message(
    "staffing-to-confirm",
    title=_("%(union)s: the check of staffing %(year)s waits for you"),
    text=_("%(name)s has filled it in. Look at the papers and confirm it, or send it back and say what is missing."),
)
message(
    "staffing-returned",
    title=_("%(union)s: the check of staffing %(year)s came back"),
    text=_("The reason: %(why)s Fill it in again."),
)
message(
    "union-to-settle",
    title=_("%(union)s has ended: settle what it leaves until %(until)s"),
    text=_("It ended on %(day)s; its members went to %(heir)s. Record its assets, its account and the cancelling of its legal person."),
)
message(
    "office-to-hand-over",
    title=_("%(union)s: %(name)s, %(post)s, is no member there any more"),
    text=_("Since %(day)s. The office has not ended by that: hand it over on the page of the union, or see that somebody is elected."),
)
message(
    "chair-vacant-late",
    title=_("%(union)s: the chair was not filled by %(day)s"),
    text=_("It lies with %(above)s. Ask what stands in the way, or see to it that somebody is elected."),
)
message(
    "split-to-decide",
    title=_("%(union)s is to be split: decide on it"),
    text=_("%(reference)s. It goes to %(parts)s. Approve it with its number, send it back, or do not agree."),
)
message(
    "split-recalled",
    title=_("%(union)s has taken its split back"),
    text=_("%(reference)s. There is nothing to decide any more; it may be sent again."),
)
message(
    "split-returned",
    title=_("%(union)s: the split %(reference)s came back"),
    text=_("The reason: %(why)s Mend it, and send it again."),
)
message(
    "split-refused",
    title=_("%(union)s: the split %(reference)s was not agreed to"),
    text=_("The reason: %(why)s"),
)
message(
    "split-approved",
    title=_("%(union)s was split on %(day)s"),
    text=_("%(reference)s. The new unions: %(parts)s. Share out funds and property and record it with its paper until %(until)s."),
)
