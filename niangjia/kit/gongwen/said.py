r"""Days, moments and lines of text as papers write them, in Chinese whatever language their drafter reads.

>>> day_said(None), lines_said(" 一。 \n\n二。")
('　　　　年　　月　　日', ['一。', '二。'])
"""

from __future__ import annotations

from datetime import date, datetime

from niangjia.kit.dates import CHINA

BLANK_DAY = "　　　　年　　月　　日"


def day_said(of: date | None, blank: str = BLANK_DAY) -> str:
    """A day; a gap to be filled by hand where it is not known.

    >>> day_said(date(2026, 12, 1))
    '2026年12月1日'
    """
    return f"{of.year}年{of.month}月{of.day}日" if of else blank


def moment_said(of: datetime) -> str:
    """A moment, by the clocks in China.

    >>> moment_said(datetime(2026, 12, 1, 8, 5, tzinfo=CHINA))
    '2026年12月1日8时05分'
    """
    here = of.astimezone(CHINA)
    return f"{day_said(here)}{here.hour}时{here.minute:02d}分"


def lines_said(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
