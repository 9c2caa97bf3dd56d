"""Who holds which office: a chair in every union, officers with an account in the federations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from niangjia.scenario.spread import dice
from niangjia.scenario.tree import Tree, Union
from niangjia.scenario.words import Baptist

POSTS = {
    1: (("chair", "主席"), ("leader", "常务副主席"), ("office", "办公室主任"), ("organisation", "基层工作部部长"), ("rights", "法律保障部部长"),
        ("women", "女职工部部长"), ("finance", "财务部部长"), ("audit", "经审办主任"), ("centre", "职工服务中心主任"),
        ("system", "系统管理员"), ("security", "安全管理员"), ("auditlog", "审计管理员")),
    2: (("chair", "主席"), ("organisation", "基层组织部部长"), ("rights", "权益保障部部长"), ("finance", "财务科科长"), ("women", "女职工委员会主任")),
    3: (("chair", "专职主席"), ("rights", "权益干事"), ("organisation", "组织干事")),
}  # fmt: skip
DEMO = {  # who can be signed in as with one click, by union and duty
    "U330500": "city", "U330522": "changxing", "U330503": "nanxun", "U330522112": "meishan",
}  # fmt: skip
ONLY = {"nanxun": {"rights"}}


def account(union: Union, duty: str) -> str:
    """The name of an account: demo-… for the people of the demo."""
    place = DEMO.get(union.code, "")
    if place and duty in ONLY.get(place, {duty}):
        return f"demo-{place}-{duty}"
    return f"{union.code.lower()}-{duty}"


@dataclass(slots=True)
class Officer:
    """An office with its holder; who works at a federation has an account."""

    pk: int
    union: int
    user: int | None
    name: str
    duty: str
    post: str
    served: str
    since: date
    until: date | None = None


class Staff:
    """The offices of a tree."""

    def __init__(self, seed: int, tree: Tree, today: date) -> None:
        rng, baptist = dice(seed, "staff"), Baptist()
        self.officers: list[Officer] = []
        self.of: dict[tuple[int, str], int] = {}
        self.users: list[tuple[int, str, str]] = []  # number, name of the account, name
        names, women = iter(baptist.names(rng, len(tree.unions) * 2 + 1500)), iter(baptist.names(rng, 400, 1.0))
        reach = rng.integers(200, 2600, size=len(tree.unions) * 2 + 1500).tolist()
        for union in tree.unions:
            until = union.closed
            if union.grassroots:
                served = "FULL" if union.size > 900 else "PART"
                since = max(union.founded, (until or today) - timedelta(days=reach.pop()))
                self.officers.append(Officer(len(self.officers) + 1, union.pk, None, next(names), "chair", "主席", served, since, until))
                if union is tree.firm:
                    self.officers[-1].user = self.enrol("demo-firm-chair", self.officers[-1].name)
                    self.of[union.pk, "chair"] = len(self.users)
                continue
            for duty, post in POSTS[union.level if union.kind != "13" else 3]:
                name = next(women if duty == "women" else names)
                since = max(union.founded, (until or today) - timedelta(days=reach.pop()))
                user = self.enrol(account(union, duty), name)
                self.of[union.pk, duty] = user
                served = "FULL" if union.kind != "13" else "PART"
                self.officers.append(Officer(len(self.officers) + 1, union.pk, user, name, duty, post, served, since, until))

    def enrol(self, account: str, name: str) -> int:
        """An account; answers with its number."""
        self.users.append((len(self.users) + 1, account, name))
        return len(self.users)

    def officer(self, union: Union, duty: str = "rights") -> int:
        """The account of whoever does a duty for a union: its own officer, or the township's, the county's, the city's."""
        for pk in (union.pk, union.township, union.county, 1):
            if pk is not None and (found := self.of.get((pk, duty))):
                return found
        raise LookupError(union.code)
