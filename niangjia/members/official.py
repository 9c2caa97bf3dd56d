"""A membership in the words of the national code lists: employment status, kind of change, reason of the change (forms reference, §2).

What the house does not know is left empty; nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass

from niangjia.members.enums import Ending, How, Reason, Standing

REASONS: dict[str, str] = {
    Reason.RETIRED: "劳动(工作)关系发生变化", Reason.CHANGED: "劳动(工作)关系发生变化", Reason.LAID_OFF: "在本单位下岗后待岗", Reason.JOBLESS: "失业",
    Reason.CLOSED: "所在企业破产", Reason.WISHED: "个人要求退会", Reason.CRIME: "因犯罪被开除会籍",
}  # fmt: skip
STATUS: dict[str, str] = {Reason.RETIRED: "退休", Reason.LAID_OFF: "待(下)岗", Reason.JOBLESS: "失业", Reason.CLOSED: "失业"}
ENDED: dict[str, str] = {
    Ending.RETAINED: "保留",
    Ending.TRANSFER: "转出",
    Ending.EXPELLED: "除名",
    Ending.RESUMED: "入会",
}  # resumed: she counts again
ARRIVED = (How.TRANSFER, How.POOL)


@dataclass(frozen=True)
class Official:
    """What stands in three columns."""

    status: str
    change: str
    why: str


def official(standing: str, how: str, ending: str, reason: str) -> Official:
    """The last change of a membership; one that has ended tells of its end."""
    why = REASONS.get(reason, "")
    if ending in (Ending.RETAINED, Ending.RESUMED):
        return Official("在岗" if ending == Ending.RESUMED else STATUS.get(reason, ""), ENDED[ending], why)
    if ending:
        return Official("", ENDED.get(ending, "退会"), why)
    if standing == Standing.RETAINED:
        return Official(STATUS.get(reason, ""), "保留", why)
    return Official("在岗", "转入" if how in ARRIVED else "入会", REASONS[Reason.CHANGED] if how in ARRIVED else "")
