"""Changing the keys: everything sealed is sealed anew, everything found by a keyed hash is found by a new one.

The new keys are first written beside the old ones, then all rows change in one transaction, then the file takes the place of
the old one. Killed between the last two, the next rotation (or `finish`) sees by a row which keys are in force.
"""

from __future__ import annotations

import base64
import json
import secrets
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from django.apps import apps
from django.db import connection, transaction

from niangjia.config.tongue import gettext as _
from niangjia.kit import crypt

CHUNK = 20_000


def rotate(path: Path) -> str:
    """Change the keys; answers what was done. Stop the pages first: a page holds the old keys until it is started anew."""
    fresh = path.with_suffix(".next")
    if finish(path):
        return _("an interrupted change of keys was finished; nothing else was changed")
    held = json.loads(path.read_text())
    number = str(max(map(int, held["seal"])) + 1)
    new = {"current": int(number), "seal": {**held["seal"], number: _key()}, "find": _key()}
    crypt.write_keys(fresh, json.dumps(new))
    changed = reseal(held, new)
    fresh.replace(path)
    crypt.keys.cache_clear()
    told = {"changed": changed, "number": number, "path": path}
    return (
        _("%(changed)d values sealed anew; key %(number)s is in force. Copy %(path)s to its safe place; the old keys open older backups.")
        % told
    )


def finish(path: Path) -> bool:
    """If a change of keys was interrupted, let the keys stand that fit the rows; whether there was one."""
    fresh = path.with_suffix(".next")
    if not fresh.exists():
        return False
    if fits(json.loads(fresh.read_text())):
        fresh.replace(path)
    else:
        fresh.unlink()
    crypt.keys.cache_clear()
    return True


def fits(said: dict[str, Any]) -> bool:
    """Whether the first sealed row opens and is found with these keys."""
    for one in crypt.SEALED:
        model = apps.get_model(one.model)
        names = [one.column, *one.found_by]
        row = model._default_manager.exclude(**{one.column: None}).order_by("pk").values_list(*names).first()
        if row is None:
            continue
        with _keys(said):
            try:
                clear = crypt.unseal(row[0], one.purpose)
            except (KeyError, InvalidTag):
                return False
            hashes = [crypt.blind_one(clear[-last:] if last else clear, purpose) for purpose, last in one.found_by.values()]
            return [bytes(value) for value in row[1:]] == hashes
    return True


@transaction.atomic
def reseal(old: dict[str, Any], new: dict[str, Any]) -> int:
    """Seal every declared value anew, in one transaction."""
    changed = 0
    for one in crypt.SEALED:
        model = apps.get_model(one.model)
        table, columns, last = model._meta.db_table, [one.column, *one.found_by], 0
        while rows := list(
            model._default_manager.filter(pk__gt=last).exclude(**{one.column: None}).order_by("pk").values_list("pk", one.column)[:CHUNK]
        ):
            last = rows[-1][0]
            with _keys(old):
                clear = [crypt.unseal(sealed, one.purpose) for _pk, sealed in rows]
            with _keys(new):
                fresh = [crypt.seal(clear, one.purpose)]
                fresh += [crypt.blind([c[-n:] if n else c for c in clear], purpose) for purpose, n in one.found_by.values()]
            with connection.cursor() as cursor:
                cursor.execute(f"CREATE TEMP TABLE fresh (id bigint, {', '.join(f'{name} bytea' for name in columns)}) ON COMMIT DROP")
                with cursor.copy("COPY fresh FROM STDIN (FORMAT BINARY)") as copy:
                    copy.set_types(["int8", *["bytea"] * len(columns)])
                    for (pk, _), *values in zip(rows, *fresh, strict=True):
                        copy.write_row((pk, *values))
                cursor.execute(
                    f"UPDATE {table} t SET {', '.join(f'{name} = fresh.{name}' for name in columns)} FROM fresh WHERE t.id = fresh.id"
                )
                cursor.execute("DROP TABLE fresh")
            changed += len(rows)
    return changed


class _keys:  # noqa: N801 - reads as a word in `with`
    """For a while, other keys are in force."""

    def __init__(self, said: dict[str, Any]) -> None:
        seal = {int(i): base64.b64decode(k) for i, k in said["seal"].items()}
        self.held = crypt.Keys(said["current"], seal, base64.b64decode(said["find"]))

    def __enter__(self) -> None:
        self.before, crypt.keys = crypt.keys, lambda: self.held  # type: ignore[assignment]

    def __exit__(self, *_: object) -> None:
        crypt.keys = self.before


def _key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()
