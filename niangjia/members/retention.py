"""How long the register keeps what it keeps of people, and what it holds of documents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.kit.retention import holds, retention
from niangjia.members.actions import forget_applications, forget_codes, forget_old
from niangjia.members.actions.door import KEPT as CODE_KEPT
from niangjia.members.actions.erasing import erase_left, erase_rosters
from niangjia.members.actions.imports import KEPT as ROWS_KEPT
from niangjia.members.models import Batch
from niangjia.members.parameters import FILE_KEPT, FORGET, ROSTER_KEPT

retention(
    "members.person", after=FILE_KEPT, since=_("the last membership ended, and no dispute needs the file"),
    goes=_("name, identity number, phone, birth, job, free text, papers, account, messages"), keeps=_("a tombstone: sex, unions, days, so that every count stays"),
    erase=erase_left,
)  # fmt: skip
retention(
    "members.application", after=FORGET, since=_("it was decided"), goes=_("name, numbers, job, answer"), keeps=_("that somebody asked, and what became of it"),
    erase=forget_applications,
)  # fmt: skip
retention(
    "members.line", after=ROWS_KEPT, since=_("the roster was read"), goes=_("bad rows, corrections, what was written over"), keeps=_("faults and figures of the import"),
    erase=forget_old,
)  # fmt: skip
retention(
    "members.batch", after=ROSTER_KEPT, since=_("the roster was sent"), goes=_("the file as it was sent"), keeps=_("that it was taken over, and its figures"),
    erase=erase_rosters,
)  # fmt: skip
retention("members.phonecode", after=CODE_KEPT, since=_("it was drawn"), goes=_("the whole line"), keeps=_("nothing"), erase=forget_codes)


@holds
def rosters(digest: str) -> bool:
    """Whether an import still keeps its file."""
    return Batch.objects.filter(file_digest=digest).exists()
