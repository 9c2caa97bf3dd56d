"""Persons and memberships as blocks of COPY: numbers made and sealed, names read, whole columns at a time."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

import numpy as np
import polars as pl

from niangjia.kit import crypt
from niangjia.kit.ids import CHECKS, MADE_UP, WEIGHTS
from niangjia.kit.names import reading, tokens
from niangjia.members.enums import ID, ID_TAIL, PHONE, PHONE_TAIL
from niangjia.members.models import Membership, Person
from niangjia.scenario import targets
from niangjia.scenario.copying import amend, copy_blocks
from niangjia.scenario.people import ENDINGS, HOWS, WORKS, People, slice_of
from niangjia.scenario.spread import EPOCH, Ints, dice
from niangjia.scenario.tree import Tree
from niangjia.scenario.words import Baptist

MANY = 50_000
NULL = "\\N"
PERSON = ("id", "uuid", "name", "sex", "born_on", "id_sealed", "id_hash", "id_tail_hash", "phone_sealed", "phone_hash", "phone_tail_hash")
SPELL = (
    "id", "uuid", "person", "union", "township", "county", "state", "standing", "primary", "joined_on", "left_on", "ending", "how", "work", "migrant", "sex",
    "employer", "job", "name", "name_py", "tokens",
)  # fmt: skip


def days(ordinals: Ints, *, none: int | None = None) -> pl.Series:
    """Ordinals as dates."""
    made = pl.Series((ordinals - EPOCH).astype(np.int32)).cast(pl.Date)
    return made if none is None else made.set(pl.Series(ordinals == none), None)


def hexes(values: list[bytes]) -> pl.Series:
    """Bytes as COPY's text has them."""
    return "\\\\x" + pl.Series(values, dtype=pl.Binary).bin.encode("hex")


def identifiers(rng: np.random.Generator, count: int) -> pl.Series:
    """Random identifiers of version 4, the same from the same dice."""
    raw = np.frombuffer(rng.bytes(16 * count), dtype=np.uint8).reshape(-1, 16).copy()
    raw[:, 6] = (raw[:, 6] & 0x0F) | 0x40
    raw[:, 8] = (raw[:, 8] & 0x3F) | 0x80
    text = raw.tobytes().hex()
    return pl.Series([text[i : i + 32] for i in range(0, 32 * count, 32)], dtype=pl.String)


def identities(born: Ints, sequence: Ints) -> list[str]:
    """Identity numbers of people who do not exist: 330599, the day of birth, three digits, the check character."""
    dates = (born - EPOCH).astype("datetime64[D]")
    years = dates.astype("datetime64[Y]").astype(np.int64) + 1970
    months = dates.astype("datetime64[M]").astype(np.int64) % 12 + 1
    in_month = (dates - dates.astype("datetime64[M]")).astype(np.int64) + 1
    body = ((int(MADE_UP) * 10_000 + years) * 10_000 + months * 100 + in_month) * 1000 + sequence
    digits = np.zeros(len(born), dtype=np.int64)
    rest = body.copy()
    for weight in reversed(WEIGHTS):
        rest, digit = np.divmod(rest, 10)
        digits += digit * weight
    checks = [CHECKS[i] for i in (digits % 11).tolist()]
    return [f"{number}{check}" for number, check in zip(body.tolist(), checks, strict=True)]


class Named:
    """Each different name once: written, read, cut into tokens."""

    def __init__(self, keys: Ints) -> None:
        unique, self.at = np.unique(keys, return_inverse=True)
        baptist = Baptist()
        names = [baptist.name(key) for key in unique.tolist()]
        said = [reading(name) for name in names]
        self.names = pl.Series(names, dtype=pl.String)
        self.readings = pl.Series(said, dtype=pl.String)
        self.tokens = pl.Series(["{" + ",".join(tokens(name, read)) + "}" for name, read in zip(names, said, strict=True)], dtype=pl.String)


def ahead(make: Callable[[], Iterator[bytes]]) -> Iterator[bytes]:
    """Make the next blocks while the database takes the last one."""
    waiting: queue.Queue[bytes | BaseException | None] = queue.Queue(2)

    def work() -> None:
        try:
            for block in make():
                waiting.put(block)
            waiting.put(None)
        except BaseException as fault:  # noqa: BLE001 - told to whoever waits
            waiting.put(fault)

    threading.Thread(target=work, daemon=True).start()
    while (block := waiting.get()) is not None:
        if isinstance(block, BaseException):
            raise block
        yield block


class Roster:
    """Writes the people of a city, slice by slice."""

    def __init__(self, seed: int, tree: Tree, people: People, slices: Sequence[date]) -> None:
        self.seed, self.people = seed, people
        self.named = Named(people.name)
        count = len(tree.unions) + 1
        self.township, self.county = np.zeros(count, np.int64), np.zeros(count, np.int64)
        for union in tree.unions:
            self.township[union.pk], self.county[union.pk] = union.township or 0, union.county or 0
        self.joined, self.left = slice_of(people.joined, slices), np.where(people.left > 0, slice_of(people.left, slices), 999)
        self.begins = np.searchsorted(self.joined, np.arange(len(slices) + 1))
        tails = [f"{i:04d}" for i in range(10_000)]
        self.phone_tails = dict(zip(tails, hexes(crypt.blind(tails, PHONE_TAIL)).to_list(), strict=True))
        tails += [f"{i:03d}X" for i in range(1000)]
        self.id_tails = dict(zip(tails, hexes(crypt.blind(tails, ID_TAIL)).to_list(), strict=True))

    def everybody(self) -> None:
        """All the people: no book counts a person, only what she does, so that they may stand before their slice."""
        copy_blocks(Person, PERSON, self.persons(0, len(self.people.born)))

    def slice(self, number: int) -> None:
        """The spells that became known in a slice, and what ended of earlier ones."""
        first, last = self.begins[number], self.begins[number + 1]
        for start in range(int(first), int(last), 4 * MANY):
            copy_blocks(Membership, SPELL, ahead(partial(self.spells, number, start, min(start + 4 * MANY, int(last)))))
        ended = np.flatnonzero((self.left == number) & (self.joined < number))
        rows = zip((ended + 1).tolist(), days(self.people.left[ended]).to_list(), self.people.ending[ended].tolist(), strict=True)
        amend(Membership, ("id", "left_on", "ending", "state"), ((pk, left, ENDINGS[ending], "ENDED") for pk, left, ending in rows))

    def persons(self, start: int, end: int) -> Iterator[bytes]:
        """Lines of persons."""
        people = self.people
        for low in range(start, end, MANY):
            part = slice(low, min(low + MANY, end))
            count = part.stop - part.start
            numbers = identities(people.born[part], people.sequence[part])
            phones = people.phone[part]
            said = [str(phone) for phone in phones[phones > 0].tolist()]
            has = pl.Series(np.flatnonzero(phones > 0)).cast(pl.UInt32)
            held = pl.DataFrame({
                "row": has, "phone_sealed": hexes(crypt.seal(said, PHONE)), "phone_hash": hexes(crypt.blind(said, PHONE)),
                "phone_tail_hash": pl.Series([self.phone_tails[phone[-4:]] for phone in said], dtype=pl.String),
            })  # fmt: skip
            rows = pl.DataFrame({
                "id": np.arange(part.start + 1, part.stop + 1), "uuid": identifiers(dice(self.seed, f"person {low}"), count),
                "name": self.named.names.gather(pl.Series(self.named.at[part])), "sex": pl.Series(np.where(people.woman[part], "2", "1")), "born_on": days(people.born[part]),
                "id_sealed": hexes(crypt.seal(numbers, ID)), "id_hash": hexes(crypt.blind(numbers, ID)),
                "id_tail_hash": pl.Series([self.id_tails[one[-4:]] for one in numbers], dtype=pl.String), "row": pl.Series(np.arange(count)).cast(pl.UInt32),
            })  # fmt: skip
            rows = rows.join(held, on="row", how="left", maintain_order="left")
            yield written(rows.select(PERSON))

    def spells(self, number: int, start: int, end: int) -> Iterator[bytes]:
        """Lines of memberships, as known at the end of a slice."""
        people = self.people
        jobs = pl.Series(
            [job for line in targets.INDUSTRIES for job in (*line[5], *[""] * (64 - len(line[5])))] + ["职工"], dtype=pl.String
        )
        endings, hows, works = (pl.Series(list(words), dtype=pl.String) for words in (ENDINGS, HOWS, WORKS))
        for low in range(start, end, MANY):
            part = slice(low, min(low + MANY, end))
            over = self.left[part] <= number
            person = people.person[part]
            names = pl.Series(self.named.at[person - 1])
            yield written(pl.DataFrame({
                "id": np.arange(part.start + 1, part.stop + 1), "uuid": identifiers(dice(self.seed, f"spell {low}"), part.stop - part.start),
                "person": person, "union": people.union[part], "township": absent(self.township[people.union[part]]),
                "county": absent(self.county[people.union[part]]), "state": np.where(over, "ENDED", "MEMBER"),
                "standing": np.where(people.retained[part], "RETAINED", "ACTIVE"), "primary": ~people.second[part],
                "joined_on": days(people.joined[part]), "left_on": days(np.where(over, people.left[part], 0), none=0),
                "ending": endings.gather(pl.Series(np.where(over, people.ending[part], 0))), "how": hows.gather(pl.Series(people.how[part])),
                "work": works.gather(pl.Series(people.work[part])), "migrant": people.migrant[part],
                "sex": np.where(people.woman[person - 1], "2", "1"), "employer": absent(people.employer[part]),
                "job": jobs.gather(pl.Series(np.where(people.job[part] < 0, len(jobs) - 1, people.job[part]))),
                "name": self.named.names.gather(names), "name_py": self.named.readings.gather(names), "tokens": self.named.tokens.gather(names),
            }).select(SPELL))  # fmt: skip


def absent(numbers: Ints) -> pl.Series:
    """Numbers in which 0 means none."""
    made = pl.Series(numbers)
    return made.set(pl.Series(numbers == 0), None)


def written(rows: pl.DataFrame) -> bytes:
    """Lines of COPY's text format."""
    return rows.write_csv(include_header=False, separator="\t", null_value=NULL, quote_style="never").encode()
