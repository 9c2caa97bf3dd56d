"""Lists and search as readers meet them: asked over HTTP of a house that is served on a copy of the city, and of the queries alone."""

from __future__ import annotations

import http.client
import random
import re
import statistics
import threading
import time
from collections.abc import Iterable, Sequence
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import quote, urlencode

from bench.copies import Served, served
from bench.measure import Result, at_most, measure, once, percentile, times

TRIES = 40
READERS, ROUNDS = 20, 20
SEED = 7
# Each list, and the same page narrowed to what does not exist: the frame without the list.
LISTS = {
    "members": ("/members/", "/members/?under=-"),
    "unions": ("/unions/", "/unions/?under=-"),
    "disputes": ("/rights/disputes/", "/rights/disputes/?since=2999-01-01"),
}
LINE = re.compile(rb"<tr\b")


class Reader:
    """Somebody of the demo, signed in, with a connection that stays open."""

    def __init__(self, port: int, username: str) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self.cookies: dict[str, str] = {}
        self.get("/access/demo/")
        form = {"user": username, "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        status = self.ask("POST", "/access/demo/", urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"})[0]
        assert status == 303, f"{username} was not let in: {status}"

    def ask(self, method: str, path: str, body: bytes | None = None, heads: dict[str, str] | None = None) -> tuple[int, bytes]:
        """One request; its status and what came."""
        said = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        self.link.request(method, path, body, {"Cookie": said, **(heads or {})})
        answer = self.link.getresponse()
        page = answer.read()
        for line in answer.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        return answer.status, page

    def get(self, path: str) -> bytes:
        """A page, which must come."""
        status, page = self.ask("GET", path)
        assert status == 200, f"{path}: {status}"
        return page


def readers(level: int | None = None) -> list[str]:
    """Who of the demo may read every one of the lists, at a level or at any."""
    from niangjia.kit.dates import today
    from niangjia.kit.who import permitted
    from niangjia.unions.models import Office

    held = Office.objects.filter(until=None, since__lte=today(), user__username__startswith="demo-").select_related("user")
    held = held.filter(union__level=level) if level else held
    users = {office.user.username: office.user for office in held.order_by("union__level", "pk") if office.user}
    mays = ("members.list", "unions.view", "rights.see_dispute")
    return [name for name, user in users.items() if all(permitted(user, may)[:1] for may in mays)]


# ---------- lists ----------


def alone(reader: Reader, path: str, frame: str) -> tuple[list[float], list[float]]:
    """A page and its frame asked for by turns, in milliseconds."""
    lines = len(LINE.findall(reader.get(path))) - len(LINE.findall(reader.get(frame)))
    assert lines > 1, f"{path} lists {lines} rows"
    for one in (path, frame) * 6:  # both workers have seen it
        reader.get(one)
    page, bare = [], []
    for _ in range(TRIES):
        page.append(once(lambda: reader.get(path)))
        bare.append(once(lambda: reader.get(frame)))
    return page, bare


def crowd(house: Served, names: Sequence[str], pause: float) -> list[float]:
    """What twenty readers waited, each asking for her next page so many seconds after she asked for the last, or as soon as it came."""
    spent: list[float] = []
    failed: list[BaseException] = []
    start = threading.Barrier(READERS)
    people = [Reader(house.port, names[i % len(names)]) for i in range(READERS)]

    def read(reader: Reader, first: int) -> None:
        paths = [path for path, _frame in LISTS.values()]
        start.wait()
        try:
            time.sleep(pause * first / READERS)
            for i in range(ROUNDS):
                took = once(lambda i=i: reader.get(paths[(first + i) % len(paths)]))
                spent.append(took)
                time.sleep(max(0.0, pause - took / 1000))
        except BaseException as error:  # noqa: BLE001 - raised where the threads are waited for
            failed.append(error)

    threads = [threading.Thread(target=read, args=(reader, i)) for i, reader in enumerate(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return spent


@measure
def lists() -> list[Result]:
    """A page of fifty rows in scope, for who reads the whole city and who reads a township, alone and among twenty."""
    places = {"the city": readers(1)[:1], "a township": readers(3)[:1]}
    names = readers()
    if not names:
        return []
    out = []
    with served() as house:
        for place, user in places.items():
            for username in user:
                reader = Reader(house.port, username)
                for name, (path, frame) in LISTS.items():
                    page, bare = alone(reader, path, frame)
                    out.append(
                        times(f"list of {name}, 50 rows of {place}, signed in", statistics.median(page), "ms", 2.5, statistics.median(bare))
                    )
                    out.append(
                        at_most(f"list of {name}, 50 rows of {place}: 95 of 100, one reader", percentile(page), "ms", 50, percentile(bare))
                    )
        reading = percentile(crowd(house, names, pause=1))
        out.append(at_most(f"lists of 50 rows: 95 of 100, {READERS} readers, each a page a second", reading, "ms", 150))
        rushing = round(percentile(crowd(house, names, pause=0)), 2)
        # More than two cores can do, whatever is asked for: told beside the measure, so that nobody takes the one for the other.
        out.append(
            Result(
                f"lists of 50 rows: 95 of 100, {READERS} readers who never pause", rushing, "ms", None, None, "told, not judged", holds=True
            )
        )
    return out


# ---------- search ----------


def wanted(many: int = 30) -> dict[str, list[str]]:
    """What people search for: names, surnames, initials and the last four of phones, of members taken by chance but always the same."""
    from niangjia.kit import crypt
    from niangjia.kit.names import initials, reading
    from niangjia.members.importing.prepare import PHONE
    from niangjia.members.models import Membership

    chance = random.Random(SEED)
    held = Membership.objects.filter(left_on=None, person__phone_sealed__isnull=False).select_related("person")
    last = Membership.objects.order_by("-pk").values_list("pk", flat=True).first()
    if last is None:
        return {}
    found = [one for _ in range(many) for one in held.filter(pk__gte=chance.randint(1, last)).order_by("pk")[:1]]
    return {
        "a name": [one.name for one in found] + sorted({one.name[0] for one in found}),
        "initials": [initials(reading(one.name)) for one in found],
        "the last four of a phone": [crypt.unseal(one.person.phone_sealed or b"", PHONE)[-4:] for one in found],
    }


def all_of(act: Any, texts: Iterable[str]) -> list[float]:
    """Each text asked twice, and the second counted: what lies on disk was read."""
    return [[once(lambda text=text: act(text)) for _ in range(2)][1] for text in texts]


@measure
def search() -> list[Result]:
    """Search over everything, and the register narrowed by a text: the queries alone, and the pages."""
    from niangjia.access.models import User
    from niangjia.desk.search import search as over_everything
    from niangjia.members.queries import Ask, listed

    asked, names = wanted(), readers(1)
    if not asked or not names:
        return []
    user = User.objects.get(username=names[0])
    out = []
    for kind, texts in asked.items():
        spent = all_of(lambda text: over_everything(user, text), texts)
        out.append(at_most(f"search over everything by {kind}: queries, 95 of 100", percentile(spent), "ms", 40))
        spent = all_of(lambda text: list(listed(user, Ask(text=text)).order_by("name_py", "id")[:51]), texts)
        out.append(at_most(f"members by {kind}: queries, 95 of 100", percentile(spent), "ms", 40))
    with served() as house:
        reader = Reader(house.port, names[0])
        for kind, texts in asked.items():
            spent = all_of(lambda text: reader.get(f"/search/?q={quote(text)}"), texts)
            out.append(at_most(f"search over everything by {kind}: the page, 95 of 100", percentile(spent), "ms", 40))
    return out
