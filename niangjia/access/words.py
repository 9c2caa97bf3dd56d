"""What the log of who saw what writes in codes, in words: the acts, and the kinds of things that it is about."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.translation import pgettext_lazy

from niangjia.kit.told import TOLD

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
    "office given": pgettext_lazy("log", "gave an office"),
    "office ended": pgettext_lazy("log", "ended an office"),
    "confirmed": pgettext_lazy("log", "confirmed who it is"),
    "imported": pgettext_lazy("log", "took over a roster"),
    "imported further": pgettext_lazy("log", "took over more rows"),
    "import-taking": pgettext_lazy("log", "asked for a roster to be taken over"),
    "import-undoing": pgettext_lazy("log", "took an import back"),
    "import-checking": pgettext_lazy("log", "read a roster again"),
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
