"""Made-up employers: firms by the industries of the place, schools and hospitals, the small units of joint unions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from niangjia.scenario import targets
from niangjia.scenario.spread import dice, picked
from niangjia.scenario.words import TRADE_HEAD, TRADE_TAIL, credit_code

ORGANS = {"P": "400", "Q": "400", "S": "500"}
ENDS = {"C": ("有限公司", "有限公司", "有限公司", "股份有限公司", "厂"), "E": ("有限公司", "工程有限公司")}
SMALL = (
    ("C", "加工厂"),
    ("C", "织造厂"),
    ("F", "经营部"),
    ("F", "商行"),
    ("H", "餐馆"),
    ("O", "汽修部"),
    ("C", "五金厂"),
    ("G", "货运部"),
    ("C", "木业加工厂"),
    ("A", "苗木专业合作社"),
)


@dataclass(slots=True)
class Firm:
    """An employer."""

    pk: int
    name: str
    uscc: str
    category: str
    industry: str
    kin: int  # the line of the table of industries
    employees: int
    division: int
    county: int | None
    township: int | None
    opened: date


class Register:
    """Makes employers: no two of one name."""

    def __init__(self, seed: int) -> None:
        self.rng = dice(seed, "firms")
        self.firms: list[Firm] = []
        self.names: set[str] = set()
        shares = np.array([line[1] for line in targets.INDUSTRIES])
        self.shares = shares / shares.sum()

    def trade_name(self) -> str:
        """Two characters that stand on no door."""
        return TRADE_HEAD[self.rng.integers(len(TRADE_HEAD))] + TRADE_TAIL[self.rng.integers(len(TRADE_TAIL))]

    def kin(self) -> int:
        """An industry, by its share."""
        return int(self.rng.choice(len(self.shares), p=self.shares))

    def make(
        self, *, place: str, kin: int | None, employees: int, division: int, county: int | None, township: int | None, before: date
    ) -> Firm:
        """An employer with a union of its own (`kin` says its industry), or a small unit (None)."""
        small = kin is None
        for attempt in range(60):
            head = place if attempt < 20 else place + "城" if attempt < 40 else place + "新"
            if small:
                section, end = SMALL[int(self.rng.integers(len(SMALL)))]
                name = f"{head}{self.trade_name()}{end}"
            else:
                section, _, words, *_ = targets.INDUSTRIES[kin or 0]
                word = words[int(self.rng.integers(len(words)))]
                tails = ("",) if section in ORGANS or section == "H" else ENDS.get(section, ("有限公司",))
                name = f"{head}{self.trade_name()}{word}{tails[int(self.rng.integers(len(tails)))]}"
            if name not in self.names:
                break
        self.names.add(name)
        pk = len(self.firms) + 1
        category = (
            ("600" if end.endswith("部") or end == "餐馆" else "170")
            if small
            else ORGANS.get(section) or picked(self.rng, targets.CATEGORIES, 1)[0]
        )
        opened = before.toordinal() - int(self.rng.integers(90, 3200))
        self.firms.append(
            Firm(
                pk, name, credit_code("91", pk * 52_361_809 % 31**8 + 31**8), category, section, kin if kin is not None else -1, employees, division, county,
                township, date.fromordinal(opened),
            )
        )  # fmt: skip
        return self.firms[-1]
