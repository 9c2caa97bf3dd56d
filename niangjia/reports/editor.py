"""The editor's page: what stands beside a text while it is written, found anew for every press."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from niangjia.kit.components import View
from niangjia.reports import picker, queries, shown
from niangjia.reports.enums import Language
from niangjia.reports.models import Review
from niangjia.reports.prose.notation import periods_of
from niangjia.reports.prose.untrue import Untrue


def pressed(post: Mapping[str, str]) -> str:
    """Which part of the page answers: the preview, the picker, or the whole."""
    if post.get("do") == "save":
        return "save"
    if post.get("do") in ("find", "span") or "pick" in post:
        return "pick"
    return "proof" if post.get("do") == "preview" else ""


def editing(
    request: HttpRequest, review: Review, language: str, text: str, after: int, *, overtaken: bool = False, refused: str = ""
) -> dict[str, Any]:
    """Everything that the editor shows of a text, saved or not."""
    said = request.POST
    if chip := said.get("insert"):
        text = picker.put(text, chip)
    out, books = queries.compiled(review, text, language)
    found = queries.Read(review, language, out, books)
    facts = out.facts()
    held, recorded = len(out.held), sum(fact.recorded for fact in facts)
    figures = ngettext("%(n)d figure in the text", "%(n)d figures in the text", len(facts)) % {"n": len(facts)}
    if len(facts) > recorded:
        figures += _(", %(n)d of them not yet recorded") % {"n": len(facts) - recorded}
    code, period = said.get("pick") or said.get("picked", ""), said.get("span", "")
    fact, why = None, ""
    try:
        fact = books.get(code, period) if code else None
    except Untrue as untrue:
        why = untrue.say(queries.language_here())
    here = reverse("reports:edit", args=[review.name])
    return {
        "review": review, "language": language, "text": text, "after": after, "here": here, "found": found, "overtaken": overtaken, "refused": refused,
        "title": out.title or review.title(language), "lines": shown.lines(found), "findings": shown.faults(out), "held": held, "figures": figures,
        "tabs": [View(label, f"{here}?language={c}", here=c == language) for c, label in Language.choices], "words": said.get("find", ""),
        "offers": picker.find(said.get("find", ""), books, language), "fact": fact, "picked": code, "why": why,
        "fact_name": fact.words(english=language == "en") if fact else "", "fact_note": fact.note[language == "en"] if fact else "",
        "fact_value": picker.valued(fact), "ways": picker.ways(fact, period, language) if fact else [], "span": period,
        "spans": [name for name, _period in periods_of(out.review.head.get("时期", ""))], "signatures": shown.signatures(review),
        "ready": bool(text and after == review.current and not held), "drafts": reverse("reports:drafts", args=[review.name]),
        "read": review.get_absolute_url(), "crumbs": [(_("Reviews"), reverse("reports:reviews")), (_("Draft %(n)d") % {"n": after}, "")],
    }  # fmt: skip
