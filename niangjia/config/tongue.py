"""In which language the command speaks: that of the caller's locale, Chinese or else English; also before Django is awake.

Keys and codes of JSON are the same in every language; the texts within follow the same rule.
"""

from __future__ import annotations

import argparse
import gettext as catalogues
import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from niangjia.kit.unsaid import gettext_noop

HOUSE = Path(__file__).resolve().parents[1]
ENGLISH, CHINESE = "en", "zh-hans"
spoken = ENGLISH  # until the command says otherwise: a module that is merely imported speaks as the code is written


def language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of a locale, by the first variable that says something, as POSIX reads them."""
    said = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := environment.get(name))), "")
    return CHINESE if said.lower().startswith("zh") else ENGLISH


def speak(chosen: str) -> None:
    """Speak this language from now on, the frame of the help included: argparse asks the machine's catalogues, which have none."""
    global spoken  # noqa: PLW0603 - a process speaks one language
    spoken = chosen
    setattr(argparse, "_", gettext)  # noqa: B010 - the checker knows only what argparse declares
    setattr(argparse, "ngettext", ngettext)  # noqa: B010


@cache
def catalogue(language: str) -> catalogues.NullTranslations:
    """The texts of the roof and of the kit in a language; English is what the code says."""
    if language == ENGLISH:
        return catalogues.NullTranslations()
    own, kit = (
        catalogues.translation("django", HOUSE / floor / "locale", languages=["zh_Hans"], fallback=True) for floor in ("config", "kit")
    )
    own.add_fallback(kit)
    return own


def gettext(text: str) -> str:
    """A text in the language that is spoken; the tool of the catalogues finds it as it finds Django's."""
    return catalogue(spoken).gettext(text) if text else ""


def ngettext(one: str, many: str, n: int) -> str:
    """One or many."""
    return catalogue(spoken).ngettext(one, many, n)


# What argparse says by itself.
FRAME = (
    gettext_noop("usage: "), gettext_noop("positional arguments"), gettext_noop("options"), gettext_noop("show this help message and exit"),
    gettext_noop("%(prog)s: error: %(message)s\n"), gettext_noop("the following arguments are required: %s"), gettext_noop("unrecognized arguments: %s"),
    gettext_noop("argument %(argument_name)s: %(message)s"), gettext_noop("invalid choice: %(value)r (choose from %(choices)s)"),
    gettext_noop("invalid %(type)s value: %(value)r"), gettext_noop("expected one argument"),
)  # fmt: skip
