"""A chair puts a list on the public board; somebody who knows better objects on her phone and reads the answer; the days go by."""

from __future__ import annotations

from datetime import timedelta

import pytest

from niangjia.flow.api import clocks, ring
from niangjia.gazette.models import Notice, Objection
from tests.journeys.conftest import FACES, faults, press, read, tongue

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "姓名\t部门\n示*甲\t一车间\n示*乙\t二车间"


@pytest.mark.parametrize(("width", "language"), FACES)
def test_a_list_hangs_is_objected_to_and_comes_to_its_end(town, enter, width, language):
    say = tongue(language)
    chair = enter(town.firm_chair, width=width, language=language)
    chair.goto(f"/unions/{town.firm.code}/")
    press(chair, say("Put up a public notice"))
    chair.locator("#id_title").fill("冬季慰问名单公示")
    chair.locator("#id_text").fill("拟对下列职工发放慰问金。")
    chair.locator("#id_lines").fill(LIST + "\t10012345678")
    press(chair, say("Put up"))
    assert not Notice.objects.exists()
    assert "冬季慰问名单公示" in chair.locator("#id_title").input_value()
    chair.locator("#id_lines").fill(LIST)
    press(chair, say("Put up"))
    hung = Notice.objects.get()
    assert faults(chair) == []

    phone = enter(None, width=360, language=language)
    phone.goto("/board/")
    press(phone, "冬季慰问名单公示")
    assert "示*乙" in read(phone)
    assert "二车间" in read(phone)
    assert faults(phone) == []
    phone.locator("#id_row").fill("9")
    phone.locator("#id_text").fill("第二行的人已经调走了。")
    press(phone, say("Send the objection"))
    assert phone.locator("#id_text").input_value() == "第二行的人已经调走了。"
    phone.locator("#id_row").fill("2")
    phone.locator("#id_contact").fill("someone@example.org")
    press(phone, say("Send the objection"))
    phone.wait_for_url("**/board/objections/**")
    one = Objection.objects.get()
    assert one.reference in read(phone)
    assert "example.org" not in phone.content()
    assert faults(phone) == []

    ring(clocks(hung)[0].due_at + timedelta(minutes=1))
    chair.goto(hung.get_absolute_url())
    assert say("Objections open") in read(chair)
    press(chair, one.reference)
    press(chair, say("It is right"))
    chair.locator("#id_answer").fill("属实，已改。")
    press(chair, say("Answer"))
    assert "属实，已改。" in read(chair)
    assert faults(chair) == []
    hung.refresh_from_db()
    assert (hung.state, hung.clear) == ("ENDED", False)

    phone.reload()
    assert "属实，已改。" in read(phone)
    phone.goto(hung.public_url)
    assert "示*乙" not in phone.content()
    assert faults(phone) == []
