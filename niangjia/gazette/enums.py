"""Code lists of public notices and of objections to them (domain reference, part K)."""

from __future__ import annotations

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """The life of a notice."""

    UP = "UP", _("On show")
    ASKED = "ASKED", _("Objections open")
    ENDED = "ENDED", _("Over")
    WITHDRAWN = "WITHDRAWN", _("Taken down")


class Raised(TextChoices):
    """The life of an objection."""

    OPEN = "OPEN", _("To be answered")
    UPHELD = "UPHELD", _("Found right")
    DISMISSED = "DISMISSED", _("Not found right")
    MOOT = "MOOT", _("Its notice was taken down")


class Channel(TextChoices):
    """How an objection came."""

    ONLINE = "ONLINE", _("On the page")
    PHONE = "PHONE", _("By telephone")
    LETTER = "LETTER", _("By letter or e-mail")
    PERSON = "PERSON", _("In person")


class May(StrEnum):
    """Permissions on notices; both follow from those on the thing that a notice is about."""

    SEE = "gazette.see"
    TAKE_DOWN = "gazette.take_down"
    RECORD = "gazette.record"  # an objection that came by telephone, by letter or in person
    SEE_OBJECTION = "gazette.see_objection"
    ANSWER = "gazette.answer"


CONTACT = "gazette.contact"  # the purpose for which the contact of somebody who objects is sealed
