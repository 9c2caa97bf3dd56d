"""The city's reviews: two that its people checked, signed and published by the house's own steps, and the full one, still a draft.

The full review names many things that no book counts yet, and a leader does not sign what mostly reads “not yet recorded”.
So what stands published tells only what the books count: the five years as known today, and 2011 to 2013 as known when
2013 ended, which the books can answer because a freeze may name any posting.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from niangjia.access.models import User
from niangjia.kit.periods import spoken
from niangjia.reports.api import begin, check, load_huzhou, publish, save_draft, seen, sign
from niangjia.reports.models import Review
from niangjia.unions.models import Union

TEXTS = Path(__file__).parent / "published"
PUBLISHED = {  # name: title, period
    "huzhou-2013": ("三年之后", "2011-01..2013-12"),
    "huzhou-2015-brief": ("娘家人的五年（简报）", "2010-10-21..2015-10-20"),
}


def written(today: date) -> list[Review]:
    """Publish those that are whole, each signed by two; leave the full one to be written on."""
    office, leader = (User.objects.get(username=f"demo-city-{duty}") for duty in ("office", "leader"))
    made = []
    for name, (title, period) in PUBLISHED.items():
        review = begin(Union.objects.get(level=1), name=name, title_zh=title, period=period, by=office)
        for language in ("zh", "en"):
            text = (TEXTS / f"{name}.{language}.md").read_text(encoding="utf-8")
            for hole, said in (("{year}", str(today.year)), ("{zh}", spoken(today, zh=True)), ("{en}", spoken(today, zh=False))):
                text = text.replace(hole, said)
            save_draft(review, text, language=language, after=review.current, by=office)
        check(review, seen=seen(review), by=office)
        sign(review, seen=seen(review), by=leader)
        publish(review, seen=seen(review), by=leader)
        made.append(review)
    return [*made, load_huzhou(office)]
