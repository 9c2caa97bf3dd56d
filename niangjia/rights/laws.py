"""How laws and their articles are cited, in the language of the reader.

An article is written as a short code of its law and its number: LCL 47 an article, LCL 82/2 its second paragraph, LCL 46(1) its first item.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from niangjia.kit.components import english

LAWS: dict[str, Any] = {
    "LCL": _("Labour Contract Law"),
    "LCR": _("Regulations on the Implementation of the Labour Contract Law"),
    "SEV": _("Measures on economic compensation 1994, 劳部发〔1994〕481号"),
    "LL": _("Labour Law"),
    "TUL": _("Trade Union Law"),
    "WP": _("Interim Provisions on the Payment of Wages"),
    "HR": _("Notice on monthly working time and the conversion of wages, 劳社部发〔2008〕3号"),
    "LDL": _("Labour Dispute Mediation and Arbitration Law"),
    "I2": _("Interpretation II on labour disputes, 法释〔2025〕12号"),
    "PAL": _("Regulation on Paid Annual Leave"),
    "PALM": _("Measures for paid annual leave in enterprises"),
    "MW": _("Provisions on Minimum Wages"),
    "CC": _("Civil Code"),
    "CPL": _("Civil Procedure Law"),
    "PML": _("People's Mediation Law"),
    "AR": _("Rules on handling labour and personnel arbitration cases (2017)"),
    "ZJ": _("Zhejiang Regulations on mediation and arbitration of labour and personnel disputes"),
    "ZJI": _("Zhejiang Regulations on labour inspection"),
    "ZJA": _("Zhejiang Regulations on legal aid"),
    "ZJS": _("Zhejiang Regulations on labour law supervision by trade unions"),
    "LSI": _("Regulation on Labour Inspection"),
    "LAL": _("Legal Aid Law"),
    "XF": _("Regulations on petitions"),
    "LPR": _("Loan prime rate, published by the National Interbank Funding Center"),
}
ARTICLE = re.compile(r"(?P<law>[A-Z]+\d?)(?: (?P<article>\d+)(?:/(?P<paragraph>\d))?(?:\((?P<item>\d)\))?)?")
DIGITS = "零一二三四五六七八九"


def numeral(n: int) -> str:
    """A number below a thousand as Chinese laws write it.

    >>> [numeral(n) for n in (7, 10, 14, 40, 82, 201, 210, 227)]
    ['七', '十', '十四', '四十', '八十二', '二百零一', '二百一十', '二百二十七']
    """
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    said = f"{DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += "十" if tens == 1 and not hundreds else f"{DIGITS[tens]}十"
    elif hundreds and ones:
        said += "零"
    return said + (DIGITS[ones] if ones else "")


def cite(code: str) -> str:
    """One article: Labour Contract Law, art. 46(1)."""
    found = ARTICLE.fullmatch(code)
    assert found is not None, code
    law, article = str(LAWS[found["law"]]), found["article"]
    if article is None:
        return law
    count = str if english() else lambda n: numeral(int(n))
    facts = {"law": law, "article": count(article)}
    if found["paragraph"]:
        return pgettext("an article", "%(law)s, art. %(article)s, para. %(part)s") % {**facts, "part": count(found["paragraph"])}
    if found["item"]:
        return pgettext("an article", "%(law)s, art. %(article)s(%(part)s)") % {**facts, "part": count(found["item"])}
    return pgettext("an article", "%(law)s, art. %(article)s") % facts


def cited(articles: Sequence[str]) -> str:
    """Several articles."""
    return ("; " if english() else "；").join(cite(one) for one in articles)


class Source:
    """Articles as the basis of something that is declared: cited in the language in which they are read."""

    def __init__(self, *articles: str) -> None:
        self.articles = articles

    def __str__(self) -> str:
        return cited(self.articles)
