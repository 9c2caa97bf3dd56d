"""How the columns of a roster stand on the page that asks which is what."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from niangjia.kit import choosing
from niangjia.kit.columns import Choice
from niangjia.kit.workbook import letters
from niangjia.members.importing.fields import ROSTER, not_kept
from niangjia.members.importing.looking import PROPOSED
from niangjia.members.importing.words import label
from niangjia.members.models import Batch


def sheet(look: dict[str, Any], choice: Choice | None, *, said: bool, fresh: bool) -> choosing.SheetForm:
    """A sheet with what was chosen."""
    return choosing.sheet(look, choice, ROSTER, PROPOSED, said=said, fresh=fresh)


def proposals(batch: Batch) -> list[str]:
    """What no head says and the content suggests, in a sentence each: it is never taken by itself."""
    said = []
    for look in batch.look:
        for code, i in look["proposed"].items():
            if look["how"] == "out" or (code == "name" and look["how"]) or (not look["how"] and "id" not in look["proposed"]):
                continue
            at = _("%(sheet)s, column %(letter)s") if look["name"] else _("Column %(letter)s")
            where = at % {"sheet": look["name"], "letter": letters(i)}
            said.append(
                _("%(where)s looks like this: %(what)s. Its head does not say so, and it was not read.")
                % {"where": where, "what": label(code)}
            )
    return said


def readings(batch: Batch) -> list[dict[str, Any]]:
    """How each sheet was read, for the page of the import."""
    return choosing.readings(batch, ROSTER, not_kept)
