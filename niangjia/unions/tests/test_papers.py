"""Papers are drawn up from the case, say what stands in it, and open in an office program."""

from __future__ import annotations

import io
import re
import subprocess

import docx
import pytest

from niangjia.files.api import open_, papers
from niangjia.kit.dates import moved_to, today
from niangjia.kit.errors import Refused, RuleBroken
from niangjia.unions.actions import results
from niangjia.unions.actions.papers import draw_up
from niangjia.unions.tests.electing import fresh, reported
from niangjia.unions.tests.test_founding import applied, elected, granted


def said(paper):
    """All words of a Word file, without blanks."""
    with open_(paper.document.digest) as file:
        document = docx.Document(io.BytesIO(file.read()))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return re.sub(r"\s+", "", "".join([one.text for one in document.paragraphs] + cells))


def test_the_papers_of_a_founding_say_what_stands_in_it(town):
    one = applied(town)
    with pytest.raises(RuleBroken):
        draw_up(one, "granting", by=town.hill_chair)
    words = said(draw_up(one, "application", by=town.hill_chair))
    assert "关于建立煤山新芽电子有限公司工会委员会的请示煤山镇总工会：" in words
    for word in (
        "现有职工80人",
        "60人自愿加入",
        "单独基层工会",
        "每届任期三年",
        "单位党组织意见：同意。",
        "苏筹备组长行政部党组织代表",
        "潘代表成员车间职工代表",
    ):
        assert word in words
    with pytest.raises(Refused):
        draw_up(one, "application", by=town.north_rights)


def test_the_reply_names_the_group_and_its_term(town):
    one = granted(town)
    words = said(draw_up(one, "granting", by=town.hill_chair))
    assert "煤总工〔2026〕3号" in words
    assert "由苏筹备任组长，潘代表为成员" in words
    assert f"{one.group_until.year}年{one.group_until.month}月{one.group_until.day}日" in words


def test_the_papers_of_an_election_count_its_votes(town):
    one, moment = reported(town)
    with moved_to(moment):
        words = said(draw_up(one, "report", by=town.firm_chair))
        for word in (
            "第二届委员会选举结果的报告",
            "应到60人，实到55人",
            "朱企业50500当选",
            "严新丙104500未当选",
            "经费审查委员：华审计",
            "朱企业任主席，孔新甲任副主席",
        ):
            assert word in words
        with pytest.raises(RuleBroken):
            draw_up(one, "reply", by=town.hill_chair)
        results.confirm(one, on=today(), approval_no="煤总工〔2026〕8号", by=town.hill_chair)
        one = fresh(one)
        words = said(draw_up(one, "reply", by=town.hill_chair))
    assert "煤总工〔2026〕8号" in words
    assert f"任期自{one.term_start.year}年{one.term_start.month}月{one.term_start.day}日至{one.term_end.year}年" in words


def test_the_same_paper_is_laid_there_once(town):
    one = applied(town)
    first = draw_up(one, "application", by=town.hill_chair)
    assert draw_up(one, "application", by=town.north_org) == first
    assert papers(one).count() == 1


def test_a_form_has_what_the_house_knows_and_office_programs_open_all(town, tmp_path):
    one, moment = elected(town)
    with moved_to(moment):
        made = [draw_up(one, what, by=town.hill_chair) for what in ("application", "granting", "registration")]
        election = one.union.elections.get()
        made += [draw_up(election, what, by=town.hill_chair) for what in ("report", "reply")]
    words = said(made[2])
    for word in (
        "工会名称煤山新芽电子有限公司工会委员会",
        "住所煤山镇示例路",
        "选举批复文号煤总工〔2026〕8号届次第一届",
        "法定代表人朱企业",
        "身份证件号码移动电话",
    ):
        assert word in words
    for n, paper in enumerate(made):
        with open_(paper.document.digest) as file:
            (tmp_path / f"{n}.docx").write_bytes(file.read())
    office = ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path)]
    subprocess.run([*office, *(str(tmp_path / f"{n}.docx") for n in range(5))], check=True, capture_output=True, timeout=180)
    for n, word in enumerate(("请示", "批复", "法定代表人", "得票情况", "任期自")):
        done = subprocess.run(["pdftotext", str(tmp_path / f"{n}.pdf"), "-"], check=True, capture_output=True, timeout=60)
        assert word in re.sub(r"\s+", "", done.stdout.decode())
    subprocess.run(["pdftoppm", "-r", "60", "-png", str(tmp_path / "2.pdf"), str(tmp_path / "form")], check=True, timeout=60)


def test_papers_are_drawn_up_by_a_button(town, as_):
    one = applied(town)
    client = as_(town.hill_chair)
    url = f"{one.get_absolute_url()}papers/application/"
    assert url in client.get(one.get_absolute_url()).content.decode()
    assert client.post(url).status_code == 303
    assert papers(one).get().name == "建会申请.docx"
    assert client.post(f"{one.get_absolute_url()}papers/registration/").status_code == 422
    assert as_(town.north_rights).post(url).status_code == 403
