"""The empty roster that unions fill in."""

from __future__ import annotations

from django.utils.translation import gettext as _

from niangjia.kit.blank import PREPARED, Blank, blank
from niangjia.members.importing.fields import FIELDS, PAPERS, ROSTER, WORKS

__all__ = ["PREPARED", "template"]
assert all(word in PAPERS or word in WORKS for one in FIELDS if one.code in ("paper", "work") for word in one.choices)


def template(union: str = "") -> bytes:
    """A roster with its heads, an example that is passed over, lists to choose from and a page that says how; `union` is its name, where one is meant."""
    rules = [
        _("The row that begins with 示例 is an example; it is passed over, and may stay."),
        _("One person a row. Rows without a person are passed over, and so are titles, sums and notes."),
        _("Identity numbers and mobiles are text here: paste them as values, so that their columns keep that."),
        _("Columns may be left out, added or moved; they are known by their heads."),
        _("Nothing else about people is needed: ethnicity, schooling, politics, origin and marriage are not kept."),
    ]
    return blank(ROSTER, Blank(
        f"{union}会员名册" if union else "会员名册", "会员名册", rules,
        examples={"union": union, "employer": union.removesuffix("工会")}, prepared={"union": union} if union else {},
        # Other papers than the identity card are shorter.
        lengths={"id": (5, 18, "身份证号码为18位"), "phone": (11, 11, "手机号码为11位")}, widths={"id": 22, "union": 30, "employer": 30},
    ))  # fmt: skip
