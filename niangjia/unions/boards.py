"""What unions put on the public board."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from niangjia.gazette.api import Sheet, notice_kind
from niangjia.unions.parameters import NOTICE
from niangjia.unions.polls import Paper
from niangjia.unions.words import body_name, post_name, term_name

FREE = notice_kind("union", _("Notice of a union"), duty="office")
CANDIDATES = notice_kind("candidates", _("Candidates for a committee"), duty="chair", days=NOTICE)


def candidates_text(paper: Paper) -> str:
    """What is said above the list, unless the union says it otherwise."""
    one = paper.election
    return (
        f"经酝酿推荐、上级工会审查，现将{one.union.name}{term_name(one.term_no)}工会委员会等组织的候选人予以公示。"
        "如对候选人有不同意见，请在公示期内通过本页、电话、信函或者当面提出；提出异议可以不署名，每件异议都有编号和书面答复。"
    )


def candidates_sheet(paper: Paper, text: str, call: str) -> Sheet:
    """The notice of the candidates: name, work and what they stand for, and nothing else (domain reference, part K)."""
    one = paper.election
    rows = [(who.name, who.job or "—", f"{body_name(who.body)}{post_name(who.body, who.post)}") for who in paper.candidates]
    title = f"{one.union.name}{term_name(one.term_no)}候选人公示"
    return Sheet(title, text, ("姓名", "所在部门和职务", "拟提名为"), rows, signed=one.union.name, call=call)
