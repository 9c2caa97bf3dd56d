"""The manual, read in the browser: written in docs/manual, and opened from every page at the part that speaks of that page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

from niangjia.kit.components import english
from niangjia.kit.pages import Request, also_for_members, go, render, signed_in

FOLDER = settings.BASE / "docs" / "manual"
FIRST = "README"  # the table of contents
LISTED = re.compile(r"^\d+\. \[(?P<title>[^\]]+)\]\((?P<part>[\w-]+)\.md\)", re.MULTILINE)
OTHER_LANGUAGE = re.compile(r"\[[^\]]+\]\(\.\./\w+/README\.md\)")  # the house has a switch of its own
OUTSIDE = re.compile(r"\[([^\]]+)\]\((?:\.\./)+[\w-]+\.md\)")  # papers for whoever runs the machine: named, not opened here
SPEAKS_OF = {  # the name space of an address, or the beginning of its name: the part that tells of it
    "unions": "unions",
    "members": "members",
    "rights": "events",
    "rights:dispute": "disputes",
    "rights:reckon": "owed",
    "rights:attach": "owed",
    "rights:duty": "duty",
    "rights:roster": "duty",
    "rights:swap": "duty",
    "rights:zero": "duty",
    "rights:supervis": "supervision",
    "rights:letter": "supervision",
    "rights:complainant": "supervision",
    "rights:mediator": "mediators",
    "rights:appoint": "mediators",
    "rights:recuse": "mediators",
    "rights:paper": "papers",
    "rights:draw": "papers",
    "own-rights": "help",
    "own-rights:aid": "aid",
    "rights:aid": "aid",
    "rights:dispute_aid": "aid",
    "rights:agent": "aid",
    "rights:subsid": "aid",
    "rights:advice": "aid",
    "rights:redundan": "redundancies",
    "worklog": "figures",
    "reports": "review",
    "returns": "returns",
    "rulebook": "settings",
    "exports": "exports",
    "desk": "desk",
    "notices": "desk",
    "gazette": "notices",
    "quality": "quality",
    "exchange": "administrators",
    "board": "notices",
    "access": "administrators",
    "account": "signing-in",
    "mfa": "signing-in",
    "usersessions": "signing-in",
    "unions:poll": "foundings",
    "unions:call": "foundings",
    "unions:founding": "foundings",
    "unions:tax": "firms",
    "unions:follow": "foundings",
    "unions:staff": "staffing",
    "desk:board": "board",
    "own": "own",
    "door": "own",
    "desk:me": "own",
    "desk:own": "own",
    "desk:looked": "own",
    "members:personal_request": "own",
    "unions:entries": "foundings",
    "reconcile": "reconcile",
    "asked": "asked",
}


@dataclass(frozen=True)
class Part:
    """One page of the manual."""

    name: str
    title: str
    url: str = ""
    here: bool = False


def folder() -> Path:
    """Where the reader's language stands."""
    return FOLDER / ("en" if english() else "zh")


def contents(here: str) -> list[Part]:
    """All parts, in the order of the table of contents."""
    try:
        said = (folder() / f"{FIRST}.md").read_text(encoding="utf-8")
    except OSError as fault:
        raise Http404(_("The manual is not installed with this house.")) from fault
    return [Part(part, title, reverse("desk:manual", args=[part]), part == here) for title, part in LISTED.findall(said)]


def part_of(path: str) -> str:
    """The part that speaks of a page; the table of contents where none does."""
    try:
        found = resolve(path)
    except Resolver404:
        return FIRST
    whole = ":".join([*found.namespaces, found.url_name or ""])
    best = max((start for start in SPEAKS_OF if whole.startswith(start)), key=len, default="")
    return SPEAKS_OF.get(best, FIRST)


@lru_cache(64)
def written(path: Path, _changed: float) -> tuple[str, SafeString]:
    """The title of a part and its text as HTML; its links and pictures lead to where the house has them."""
    title, _line, text = path.read_text(encoding="utf-8").partition("\n")
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = reader.parse(OUTSIDE.sub(r"\1", OTHER_LANGUAGE.sub("", text)))
    for token in (child for one in tokens for child in one.children or ()):
        _lead(token)
    return title.removeprefix("# "), mark_safe(reader.renderer.render(tokens, reader.options, {}))  # noqa: S308 - HTML in the text is escaped


def _lead(token: Token) -> None:
    """Let a link or picture of the files lead to an address."""
    for name in ("href", "src"):
        said = str(token.attrGet(name) or "")
        if name == "href" and re.fullmatch(r"[\w-]+\.md", said):
            token.attrSet(name, reverse("desk:manual", args=[said.removesuffix(".md")]))
        elif name == "src" and re.fullmatch(r"\.\./pictures/[\w-]+\.png", said):
            token.attrSet(name, reverse("desk:manual-picture", args=[Path(said).stem]))


@require_safe
@signed_in
@also_for_members
def manual(request: Request, part: str = FIRST) -> HttpResponse:
    """A part of the manual in the reader's language; `page` in the address asks for the part that speaks of that page."""
    if page := request.GET.get("page"):
        return go(request, reverse("desk:manual", args=[part_of(page)]))
    parts = contents(part)
    if part != FIRST and not any(one.here for one in parts):
        raise Http404(_("The manual has no such part."))
    path = folder() / f"{part}.md"
    title, text = written(path, path.stat().st_mtime)
    return render(
        request,
        "desk/manual.html",
        {"title": title, "text": text, "parts": parts, "first": reverse("desk:manual", args=[FIRST]), "whole": part == FIRST},
    )


@require_safe
@signed_in
@also_for_members
def picture(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """A picture of the manual: people and firms on it are made up."""
    path = FOLDER / "pictures" / f"{name}.png"
    if not path.is_file():
        raise Http404
    return HttpResponse(path.read_bytes(), content_type="image/png", headers={"Cache-Control": "private, max-age=86400"})
