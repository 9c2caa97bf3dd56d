"""What the log of who saw what writes in codes, in words: the acts, and the kinds of things that it is about."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.translation import pgettext_lazy

from niangjia.kit.told import TOLD, reason

ACTS: dict[str, Any] = {
    "opened": pgettext_lazy("log", "opened"),
    "revealed": pgettext_lazy("log", "had shown"),
    "exported": pgettext_lazy("log", "exported"),
    "downloaded": pgettext_lazy("log", "downloaded"),
    "export asked": pgettext_lazy("log", "asked for an export"),
    "export approved": pgettext_lazy("log", "let out an export"),
    "export refused": pgettext_lazy("log", "kept back an export"),
    "signed-in": pgettext_lazy("log", "signed in"),
    "refused": pgettext_lazy("log", "was refused at the door"),
    "account made": pgettext_lazy("log", "made an account"),
    "password anew": pgettext_lazy("log", "gave a new password"),
    "account closed": pgettext_lazy("log", "closed an account"),
    "account opened": pgettext_lazy("log", "opened an account again"),
    "called": pgettext_lazy("log", "called the interface for machines"),
    "sent on": pgettext_lazy("log", "sent on an application to join"),
    "client made": pgettext_lazy("log", "entered another system"),
    "scope granted": pgettext_lazy("log", "granted another system its scope"),
    "client closed": pgettext_lazy("log", "shut another system out"),
    "key made": pgettext_lazy("log", "made a key for another system"),
    "key revoked": pgettext_lazy("log", "revoked a key of another system"),
    "provider bound": pgettext_lazy("log", "bound an account to the provider of sign-in"),
    "provider unbound": pgettext_lazy("log", "undid the binding of an account to the provider of sign-in"),
    "address entered": pgettext_lazy("log", "entered an address that is told of changes"),
    "address approved": pgettext_lazy("log", "approved an address that is told of changes"),
    "address tried": pgettext_lazy("log", "tried an address that is told of changes"),
    "address paused": pgettext_lazy("log", "paused an address that is told of changes"),
    "address resumed": pgettext_lazy("log", "resumed an address that is told of changes"),
    "address taken away": pgettext_lazy("log", "took away an address that was told of changes"),
    "secret made": pgettext_lazy("log", "made a secret for an address"),
    "secret ended": pgettext_lazy("log", "ended a secret of an address"),
    "office given": pgettext_lazy("log", "gave an office"),
    "office ended": pgettext_lazy("log", "ended an office"),
    "office to hand over": pgettext_lazy("log", "left with an office to be handed over"),
    "body ended": pgettext_lazy("log", "ended a body"),
    "list laid": pgettext_lazy("log", "laid a list of the tax side"),
    "list taken in": pgettext_lazy("log", "took a list of the tax side in"),
    "list put away": pgettext_lazy("log", "put a list of the tax side away"),
    "firm excused": pgettext_lazy("log", "recorded that a firm needs no union"),
    "firm needs one": pgettext_lazy("log", "recorded that a firm needs a union after all"),
    "firm known": pgettext_lazy("log", "said which employer a taxpayer is"),
    "firm is another": pgettext_lazy("log", "said that a taxpayer is another than the employer of its name"),
    "corrected": pgettext_lazy("log", "corrected what is written about a member"),
    "cards ordered": pgettext_lazy("log", "sent an order of cards to the bank"),
    "merged": pgettext_lazy("log", "merged two people of the register"),
    "firms merged": pgettext_lazy("log", "merged two entries of one employer"),
    "firms parted": pgettext_lazy("log", "undid the merger of two employers"),
    "parted": pgettext_lazy("log", "undid a merger of two people"),
    "asked": pgettext_lazy("log", "asked another union for her"),
    "erased": pgettext_lazy("log", "erased, its time was over"),
    "confirmed": pgettext_lazy("log", "confirmed who it is"),
    "imported": pgettext_lazy("log", "took over a roster"),
    "imported further": pgettext_lazy("log", "took over more rows"),
    "import-taking": pgettext_lazy("log", "asked for a roster to be taken over"),
    "import-undoing": pgettext_lazy("log", "took an import back"),
    "import-checking": pgettext_lazy("log", "read a roster again"),
    "import-whole": pgettext_lazy("log", "chose that a roster is taken over whole or not at all"),
    "import-parts": pgettext_lazy("log", "chose that the good rows of a roster are taken over"),
    "import-dropped": pgettext_lazy("log", "dropped an import"),
    "calendar changed": pgettext_lazy("log", "changed the calendar"),
    "value proposed": pgettext_lazy("log", "proposed a value"),
    "value put in force": pgettext_lazy("log", "put a value in force"),
    "value withdrawn": pgettext_lazy("log", "withdrew a value"),
    "clocks restated": pgettext_lazy("log", "clocks were reckoned anew"),
}
# Kinds whose models have no name of their own, or that are no model: all that is exported is noted by one of them.
KINDS: dict[str, Any] = {
    "access.user": pgettext_lazy("log", "Account"),
    "access.seenlog": pgettext_lazy("log", "This log"),
    "members.batch": pgettext_lazy("log", "Import of a roster"),
    "flow.workday": pgettext_lazy("log", "Working calendar"),
    "flow.clock": pgettext_lazy("log", "Clock"),
    "notices.message": pgettext_lazy("log", "Message"),
    "files.paper": pgettext_lazy("log", "Paper"),
    "files.document": pgettext_lazy("log", "File"),
    "reports.review": pgettext_lazy("log", "Review"),
    "worklog.figure": pgettext_lazy("log", "Figure"),
}
ALSO = {"worklog.figures": "worklog.figure"}  # one word for both


def act_words(act: str) -> str:
    """What somebody did."""
    return str(ACTS.get(act, act))


def kind_words(kind: str) -> str:
    """What sort of thing a line is about."""
    kind = ALSO.get(kind, kind)
    if kind in KINDS:
        return str(KINDS[kind])
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


def kinds() -> list[tuple[str, str]]:
    """The kinds by which the log is narrowed."""
    return sorted(((kind, kind_words(kind)) for kind in {*KINDS, *TOLD}), key=lambda pair: pair[1])


def written(kind: str) -> list[str]:
    """The codes under which a kind stands in the log."""
    return [kind, *(code for code, same in ALSO.items() if same == kind)]


DOORS: dict[str, Any] = {
    "provider": pgettext_lazy("log", "through the provider of sign-in"),
    "provider state": pgettext_lazy("log", "through the provider: the way was not begun here, or used already"),
    "provider refused": pgettext_lazy("log", "through the provider: it did not let in"),
    "provider unbound": pgettext_lazy("log", "through the provider: bound to no account"),
    "provider closed": pgettext_lazy("log", "through the provider: the account is closed"),
    "provider expired": pgettext_lazy("log", "through the provider: the proof was over"),
}
DOORS_ELSE = pgettext_lazy("log", "through the provider: the proof did not hold")


@reason("signed-in", "refused")
def door_words(why: str) -> str:
    """Through which door somebody came, and why she was not let in."""
    return str(DOORS.get(why) or (DOORS_ELSE if why.startswith("provider ") else why))
