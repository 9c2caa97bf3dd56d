"""Words of official papers, which are Chinese whatever language their writer reads.

>>> cardinal(7), cardinal(12), cardinal(20), cardinal(35), term_name(3)
('七', '十二', '二十', '三十五', '第三届')
"""

from __future__ import annotations

from datetime import date

from niangjia.kit.gongwen.said import day_said

DIGITS = "零一二三四五六七八九"


def cardinal(n: int) -> str:
    """A number below a hundred in Chinese."""
    tens, ones = divmod(n, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")


def term_name(no: int) -> str:
    """第三届."""
    return f"第{cardinal(no)}届"


def day(of: date | None) -> str:
    """A day as papers write it; a gap where it is not known."""
    return day_said(of, "　　年　月　日")


def body_name(body: str) -> str:
    """An elected body."""
    return {"COMMITTEE": "工会委员会", "AUDIT": "经费审查委员会", "WOMEN": "女职工委员会"}[body]


def post_name(body: str, post: str, *, alone: bool = False) -> str:
    """A post within a body; of an audit or women's body the chair is 主任, and who is alone is 委员."""
    if body == "COMMITTEE":
        return {"CHAIR": "主席", "VICE": "副主席"}.get(post, "委员")
    return "委员" if alone else {"CHAIR": "主任", "VICE": "副主任"}.get(post, "委员")
