"""What the tests of splits do over and over: a joint union of several units with members, a split that may be sent."""

from __future__ import annotations

from django.db import transaction

from niangjia.kit import crypt
from niangjia.kit.dates import today
from niangjia.kit.ids import MADE_UP, identity_check
from niangjia.members.enums import ID
from niangjia.members.models import Person
from niangjia.unions.actions import splits, units
from niangjia.unions.models import Employer, Office, Split, Union
from niangjia.unions.tests.moving import member
from tests.town import SINCE, credit, person, union

WORDS = "车间各自独立经营，会员活动不便。"


def joint(town) -> Union:
    """A joint union under the township with four units, six members and three officers."""
    with transaction.atomic():
        made = union("U33052200131", "煤山示例园联合工会委员会", "21", 4, town.hill, division=town.hill.division)
    units.cover_all(
        made, [units.Unit(credit(900 + n), f"煤山分立{name}有限公司") for n, name in enumerate("甲乙丙丁")], since=SINCE, by=town.north_org
    )
    town.unions["joint"] = made
    town.people["joint_chair"] = person("joint-chair", "姜联合", made, "chair", "主席")
    person("joint-vice", "戚副主", made, "leader", "副主席")
    person("joint-women", "谢女工", made, "women", "女职工委员会主任")
    for n, name in enumerate(("一", "二", "三", "四", "五", "六")):
        first = f"{MADE_UP}19880101{100 + 2 * n:03d}"
        number = first + identity_check(first)
        her = Person.objects.create(name=f"邹{name}", sex="2", id_sealed=crypt.seal_one(number, ID), id_hash=crypt.blind_one(number, ID))
        one = member(her, made)
        one.employer = Employer.objects.get(uscc=credit(900 + n % 4))
        one.save(update_fields=["employer"])
    return made


def said(**more):
    facts = {
        "why": WORDS, "organ": "MEMBERS", "decided_on": today(), "decision_no": "会议纪要第3号", "entitled": 6, "present": 5, "ayes": 4,
        "assets": "经费按会员人数分割，无房产和债务。",
    }  # fmt: skip
    return splits.Said(**facts | more)


def draft(town, *, by=None, ends=False, two=False, **more) -> Split:
    """A draft in which two units, and the vice-chair, go to a union of their own; with `two`, the others go to another."""
    one = splits.begin(town.joint, said(ends=ends, **more), by=by or town.joint_chair)
    first = splits.add_part(one, name="煤山分立东片联合工会委员会", kind="21", by=town.joint_chair)
    splits.give_units(first, [units.Unit(credit(900)), units.Unit(credit(901))], by=town.joint_chair)
    splits.give_offices(first, list(Office.objects.filter(union=town.joint, duty="leader")), by=town.joint_chair)
    if two:
        second = splits.add_part(one, name="煤山分立西片联合工会委员会", kind="21", by=town.joint_chair)
        splits.give_units(second, [units.Unit(credit(902)), units.Unit(credit(903))], by=town.joint_chair)
        splits.give_offices(second, list(Office.objects.filter(union=town.joint, duty="chair")), by=town.joint_chair)
    return one


def sent(town, **more) -> Split:
    return splits.send(fresh(draft(town, **more)), by=town.joint_chair)


def fresh(one):
    return type(one).objects.get(pk=one.pk)
