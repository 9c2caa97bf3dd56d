"""What goes on around memberships at the firm that the demo shows: asked for, paid, talked with, confirmed, given cards, found twice."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING

from niangjia.access.models import User
from niangjia.kit import crypt
from niangjia.kit.dates import add_months, now, today
from niangjia.kit.ids import identity_check
from niangjia.members import actions as members
from niangjia.members.bank import ANSWER, DONE, FileBank, luhn
from niangjia.members.enums import ID, NEW_FORMS, PHONE
from niangjia.members.models import Lapse, Membership
from niangjia.unions.models import Union

if TYPE_CHECKING:
    from niangjia.scenario.living import Living

DAY = timedelta(days=1)
TOWN, FAR = "煤山镇", "新市镇"  # a township of 长兴, one of 德清
CARD = "62220299"  # no bank gives numbers that begin so


class Affairs:
    """Some dozen people of one firm, and a union of drivers: nobody joins and nobody leaves, so that no published figure moves."""

    def __init__(self, living: Living) -> None:
        self.living, self.firm = living, living.firm
        self.chair = User.objects.get(pk=living.staff.of[living.tree.firm.pk, "chair"])
        self.above = living.officer(living.tree.named[f"{TOWN}总工会"].pk, "organisation")
        held = Membership.objects.filter(
            union=self.firm, left_on=None, state="MEMBER", standing="ACTIVE", primary=True, person__phone_sealed__isnull=False
        )
        self.people = list(held.select_related("person", "union").order_by("pk")[3:33])

    def all(self) -> None:
        """Everything."""
        self.dues()
        self.cards()
        self.asked_for()
        self.drivers()
        self.twins()

    def dues(self) -> None:
        """Most have paid, some are behind, two have stopped for long: one was talked with."""
        month = today().replace(day=1)
        for behind, rows in ((1, self.people[:18]), (3, self.people[18:22]), (5, self.people[22:24]), (9, self.people[24:26])):
            with self.living.ago(25 * DAY):
                members.pay(rows, until=add_months(month, -behind), by=self.chair)
        with self.living.ago(12 * DAY):
            members.find_lapsing()
        with self.living.ago(4 * DAY):
            talked = Lapse.objects.filter(union=self.firm).order_by("pk")[0]
            members.talk(
                talked,
                on=today(),
                with_her=self.chair.name,
                words="到车间谈话，说明会员义务；本人称忘了补缴，答应月底前答复。",
                by=self.chair,
            )

    def cards(self) -> None:
        """One order that was handed out, one to be handed out with a card that was not made, one at the bank; a card that was lost."""
        for span, rows, refused, handed in (
            (90, self.people[:8], 0, True),
            (21, self.people[8:14], 2, False),
            (6, self.people[14:18], 0, None),
        ):
            with self.living.ago(span * DAY):
                batch = members.draft(self.firm, rows, bank=FileBank.name, consent=True, by=self.chair)
            with self.living.ago((span - 1) * DAY):
                members.send_order(batch, by=self.above)
            if handed is None:
                continue
            with self.living.ago((span - 12) * DAY):
                members.read_answer(
                    batch, self._answer(batch.pk, [(one.serial, one.name) for one in members.orders(batch)], refused), by=self.chair
                )
            if handed:
                with self.living.ago((span - 16) * DAY):
                    members.hand_out(batch, list(batch.cards.order_by("serial")), on=today(), by=self.chair)
                with self.living.ago(8 * DAY):
                    members.lose(batch.cards.order_by("serial")[1], reason="上下班途中遗失，已向银行电话挂失。", by=self.chair)

    @staticmethod
    def _answer(batch: int, rows: list[tuple[int, str]], refused: int) -> bytes:
        """What the bank would answer."""
        out = io.StringIO(newline="")
        writer = csv.writer(out)
        writer.writerow(ANSWER)
        for serial, name in rows:
            first = f"{CARD}{batch:06d}{serial:03d}"
            number = next(first + digit for digit in "0123456789" if luhn(first + digit))
            writer.writerow([serial, name, "", "失败", "身份核验未通过"] if serial == refused else [serial, name, number, DONE, ""])
        return out.getvalue().encode("gb18030")

    def asked_for(self) -> None:
        """A union of another county asks for somebody who works there now."""
        far, one = self.living.firms(FAR, above=20)[1], self.people[26]
        with self.living.ago(2 * DAY):
            by = self.living.officer(far.pk, "organisation")
            number = crypt.unseal(one.person.id_sealed or b"", ID)
            members.ask_for(
                Union.objects.get(pk=far.pk), name=one.name, number=number, why="本月起在我单位打包车间上班，已签劳动合同。", by=by
            )

    def drivers(self) -> None:
        """Members in new forms of work were confirmed this spring and summer; in one union of the township the half year is over."""
        rows = Membership.objects.filter(work__in=NEW_FORMS, left_on=None, state="MEMBER")
        rows.update(confirmed_on=(now() - 50 * DAY).date())
        late = (
            rows.filter(township=self.living.tree.named[f"{TOWN}总工会"].pk, standing="ACTIVE", primary=True)
            .order_by("union", "pk")
            .first()
        )
        if late is not None:
            rows.filter(union=late.union_id).update(confirmed_on=(now() - 190 * DAY).date())
            with self.living.ago(3 * DAY):
                members.open_rounds()

    def twins(self) -> None:
        """Somebody of the firm asks to join again, under her mobile and with another number: she may be the same."""
        one = self.people[27]
        assert one.person.phone_sealed is not None
        with self.living.ago(6 * DAY):
            known = crypt.unseal(one.person.id_sealed or b"", ID)
            first = f"{known[:14]}{(int(known[14:17]) + 2) % 1000:03d}"  # the same birthday and sex, another turn
            number = first + identity_check(first)
            phone = crypt.unseal(one.person.phone_sealed, PHONE)
            members.apply(self.firm, members.Facts(name=one.name, number=number, phone=phone, job="装配工"), by=self.chair)
        with self.living.ago(5 * DAY):
            members.find_alike()
