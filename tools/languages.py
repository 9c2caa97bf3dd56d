"""The catalogues: `python -m tools.languages compile | check | update`.

Texts are found in Python by its own parser and in templates by Django's; gettext's programs are not needed. Every app
keeps its own catalogue, complete in Chinese; English is what the code says.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

BASE = Path(__file__).resolve().parents[1] / "niangjia"
LANGUAGE = "zh_Hans"
SINGULAR = {"gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
CONTEXT = {"pgettext", "pgettext_lazy"}
CONTEXT_PLURAL = {"npgettext", "npgettext_lazy"}
TONGUES = ("django.utils.translation", "niangjia.config.tongue", "niangjia.kit.unsaid")  # the command speaks before Django is awake
ALL = SINGULAR | PLURAL | CONTEXT | CONTEXT_PLURAL
STRING = r"""(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*u?({STRING})(?:\s*,\s*u?({STRING}))?(?:\s*,\s*u?({STRING}))?")
PLACE = re.compile(r"%\((\w+)\)[sdf]|\{(\w*)\}")


class Text(NamedTuple):
    """A text as the catalogue knows it."""

    id: str
    plural: str | None = None
    context: str | None = None


def read(call: str, given: list[str]) -> Text | None:
    """What a call of a function says, if all it needs is written there."""
    needed = 1 + (call in PLURAL or call in CONTEXT) + 2 * (call in CONTEXT_PLURAL)
    if len(given) < needed or not given[0]:
        return None
    if call in CONTEXT_PLURAL:
        return Text(given[1], given[2], given[0])
    if call in CONTEXT:
        return Text(given[1], None, given[0])
    return Text(given[0], given[1] if call in PLURAL else None)


def in_python(source: str) -> Iterator[tuple[int, Text]]:
    """Texts that a module hands to Django's translation or to the command's, under whatever name it imported it."""
    tree = ast.parse(source)
    names = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in TONGUES
        for alias in node.names
        if alias.name in ALL
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        call = (
            names.get(node.func.id) if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else None
        )
        if call in ALL:
            given = [one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str)]
            if text := read(str(call), given):
                yield node.lineno, text


def in_template(source: str, name: str) -> Iterator[tuple[int, Text]]:
    """Texts of a Django template, as its own extractor lays them bare."""
    bare = templatize(source, origin=name)
    for found in CALL.finditer(bare):
        given = [ast.literal_eval(one) for one in found.groups()[1:] if one]
        if text := read({"_": "gettext"}.get(found[1], found[1]), given):
            yield bare.count("\n", 0, found.start()) + 1, text


def texts(app: Path) -> dict[Text, list[tuple[str, int]]]:
    """All texts of an app, with where each is said."""
    said: dict[Text, list[tuple[str, int]]] = defaultdict(list)
    for path in sorted(app.rglob("*")):
        inside = path.relative_to(app)
        if {"tests", "migrations", "static", "locale"} & set(inside.parts):
            continue
        found: Iterator[tuple[int, Text]] = iter(())
        if path.suffix == ".py":
            found = in_python(path.read_text())
        elif path.suffix in (".html", ".txt") and "templates" in inside.parts:
            found = in_template(path.read_text(), str(inside))
        for line, text in found:
            said[text].append((inside.as_posix(), line))
    return said


def catalogue(app: Path) -> Path:
    return app / "locale" / LANGUAGE / "LC_MESSAGES" / "django.po"


def held(path: Path) -> Catalog:
    """A catalogue as it stands."""
    if not path.exists():
        return Catalog(locale=LANGUAGE, charset="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale=LANGUAGE, charset="utf-8")


def texts_of(message: Message) -> Text:
    if isinstance(message.id, (tuple, list)):
        return Text(message.id[0], message.id[1], message.context)
    return Text(str(message.id), None, message.context)


def apps() -> list[Path]:
    return sorted(path.parent for path in BASE.glob("*/__init__.py"))


def faults_of(app: Path) -> Iterator[str]:
    """What is wrong with an app's catalogue."""
    said, path = texts(app), catalogue(app)
    have = {texts_of(message): message for message in held(path) if message.id}
    for text, places in said.items():
        if text not in have:
            yield f"missing: {text.id!r} ({app.name}/{places[0][0]}:{places[0][1]})"
    for text, message in have.items():
        strings = [message.string] if isinstance(message.string, str) else list(message.string or ())
        if text not in said:
            yield f"unused: {text.id!r} ({app.name})"
        elif message.fuzzy:
            yield f"fuzzy: {text.id!r} ({app.name})"
        elif not strings or not all(strings):
            yield f"empty: {text.id!r} ({app.name})"
        else:
            wanted = set(PLACE.findall(text.plural or text.id))
            if any(set(PLACE.findall(string)) != wanted for string in strings):
                yield f"placeholders differ: {text.id!r} ({app.name})"


def conflicts() -> Iterator[str]:
    """One text with two translations: Django would take either."""
    said: dict[Text, dict[str, str]] = defaultdict(dict)
    for app in apps():
        for message in held(catalogue(app)):
            if message.id and message.string:
                said[texts_of(message)].setdefault(str(message.string), app.name)
    for text, ways in said.items():
        if len(ways) > 1:
            yield f"two translations: {text.id!r}: " + ", ".join(f"{way!r} ({app})" for way, app in ways.items())


def check(only: list[str]) -> int:
    """1 if anything is missing, fuzzy, empty, unused, or said in two ways."""
    told = [fault for app in apps() if not only or app.name in only for fault in faults_of(app)]
    told += [] if only else list(conflicts())
    print("\n".join(told) if told else "catalogues are complete")
    return int(bool(told))


def compile_all() -> int:
    """Write .mo beside each .po that is newer."""
    for path in BASE.glob(f"*/locale/{LANGUAGE}/LC_MESSAGES/*.po"):
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime < path.stat().st_mtime:
            made = io.BytesIO()
            write_mo(made, held(path))
            beside = target.with_suffix(".new")
            beside.write_bytes(made.getvalue())
            beside.replace(target)
    return 0


def update(only: list[str]) -> int:
    """Bring catalogues to what the code says: new texts empty, unused ones gone; the translating is left to people."""
    for app in apps():
        said, path = texts(app), catalogue(app)
        if (only and app.name not in only) or not (said or path.exists()):
            continue
        have = {texts_of(message): message for message in held(path) if message.id}
        fresh = Catalog(locale=LANGUAGE, charset="utf-8")
        for text in sorted(said, key=lambda one: (said[one][0], one.id)):
            old = have.get(text)
            flags = {flag for flag in (old.flags if old else ()) if flag == "fuzzy"}
            files = sorted({(file, None) for file, _ in said[text]})
            fresh.add((text.id, text.plural) if text.plural else text.id, old.string if old else "", files, flags, context=text.context)  # type: ignore[arg-type]
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            file.write(
                b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n"Language: zh_Hans\\n"\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
            )
            write_po(file, fresh, width=140, omit_header=True)
    return 0


def main() -> int:
    """Do what was asked."""
    settings.configure() if not settings.configured else None
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("act", choices=["compile", "check", "update"])
    asked.add_argument("apps", nargs="*", help="only these apps")
    args = asked.parse_args()
    if args.act == "compile":
        return compile_all()
    return check(args.apps) if args.act == "check" else update(args.apps)


if __name__ == "__main__":
    sys.exit(main())
