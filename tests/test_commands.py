"""The console command, as other programs call it, on a small city in a folder with a blank and Chinese characters in its name."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from bench.rosters import HEADS, people
from niangjia.kit.pg import Embedded

COMMAND = [sys.executable, "-m", "niangjia.config.cli"]
# As the review of 2015 printed them; the interval is what rounds to it. Members: a hundredth of 855,000.
PUBLISHED = {
    "F043": (730, 730), "F044": (46894, 46894), "F045": (6266, 6266), "F046": (6273, 6273), "F047": (38123, 38123), "F048": (180_500_000, 181_499_999.99),
    "F102": (8200, 8200), "F103": (8545, 8555), "F104": (99.5, 100), "F105": (99.5, 100), "F107": (76, 76), "F108": (76, 76),
}  # fmt: skip


class House:
    """A house of its own: a folder, and the command run on it."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.shown: dict[str, dict[str, object]] = {}

    def environment(self, **more: str) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("NIANGJIA_", "DATABASE_", "DJANGO_"))}
        return kept | {"LC_ALL": "C", "DATA": str(self.data), "PYTHONPATH": str(Path(__file__).resolve().parents[1])} | more

    def run(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([*COMMAND, *words], env=self.environment(**more), capture_output=True, text=True, check=False, timeout=600)

    def ask(self, *words: str) -> object:
        done = self.run(*words, "--json")
        assert done.stdout, done.stderr
        return json.loads(done.stdout)


@pytest.mark.parametrize(
    ("words", "more", "why"),
    [
        (["scenario", "load", "huzhou", "--scale", "tiny"], {}, "“tiny” is none of these"),
        (["scenario", "load", "huzhou", "--scale", "9"], {}, "a number up to 3"),
        (["serve"], {"PORT": "eight"}, "“eight” is no port"),
        (["demo", "--port", "70000"], {}, "“70000” is no port"),
    ],
)
def test_what_cannot_be_meant_is_told_in_a_sentence_before_anything_is_made(tmp_path, words, more, why):
    done = House(tmp_path).run(*words, **more)
    assert (done.returncode, why in done.stderr, "Traceback" in done.stderr) == (2, True, False), done.stderr
    assert not list(tmp_path.iterdir())


def test_a_demo_that_ends_at_once_leaves_no_database_running(tmp_path):
    done = House(tmp_path).run("demo", "--port", "8999", SCALE="tiny")
    assert done.returncode == 2
    assert "“tiny” is none of these" in done.stderr
    assert Embedded(tmp_path / "postgres").status() != "ready"


def test_a_port_that_another_command_would_take_does_not_stand_in_the_way(tmp_path):
    assert House(tmp_path).run("health", "--help", PORT="eight").returncode == 0


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory):
    made = House(tmp_path_factory.mktemp("湖州 small city"))
    for words in (["migrate"], ["scenario", "load", "huzhou", "--scale", "small", "--today", "2026-11-25"]):
        done = made.run(*words)
        assert done.returncode == 0, done.stderr
    made.shown = {one["ref"]: one for one in made.ask("review", "show", "huzhou-2015")}  # before any test adds to the city
    yield made
    Embedded(made.data / "postgres").stop("immediate")


def test_the_records_alone_print_the_published_figures(house):
    shown = house.shown
    assert len(shown) >= 100
    for ref, (low, high) in PUBLISHED.items():
        assert low <= float(shown[ref]["value"]) <= high, (ref, shown[ref])
    assert shown["F048"]["printed"] == "1.81亿元"
    assert shown["F045"]["printed"] == "6266件"
    assert shown["F010"]["value"] is None
    assert set(shown["F045"]) == {"code", "ref", "label", "value", "unit", "printed", "records", "url"}
    assert shown["F045"]["records"] == 6266


def test_two_reviews_stand_published_and_the_full_one_is_a_draft(house):
    assert house.ask("review", "list") == ["huzhou-2015", "huzhou-2015-brief", "huzhou-2013"]
    then = {one["code"]: one for one in house.ask("review", "show", "huzhou-2013")}
    brief = {one["code"]: one for one in house.ask("review", "show", "huzhou-2015-brief")}
    figures = [
        one for one in (*then.values(), *brief.values()) if not one["code"].startswith("review.")
    ]  # its years and its span are no figures
    assert len(figures) > 30
    assert all("freeze=" in one["url"] for one in figures)
    assert all(one["value"] is not None for one in (*then.values(), *brief.values()))
    found = house.ask("review", "prove")
    assert [(one["name"], one["document"], one["books"]) for one in found] == [
        ("huzhou-2013", True, True),
        ("huzhou-2015-brief", True, True),
    ]
    assert found[0]["posting"] < found[1]["posting"]  # as known when 2013 ended, which was declared


def test_what_is_published_is_the_same_after_dump_and_restore_into_a_new_cluster(house, tmp_path):
    said = house.ask("review", "prove")
    assert house.run("backup", str(tmp_path / "kept")).returncode == 0
    other = House(tmp_path / "another 家")
    other.data.mkdir()
    shutil.copy(house.data / "keys.json", other.data / "keys.json")
    try:
        done = other.run("restore", str(tmp_path / "kept"))
        assert done.returncode == 0, done.stderr
        assert other.ask("review", "prove") == said
        assert other.ask("review", "show", "huzhou-2015-brief") == house.ask("review", "show", "huzhou-2015-brief")
    finally:
        Embedded(other.data / "postgres").stop("immediate")


def test_the_books_are_equal(house):
    found = house.ask("audit")
    assert (found["equal"], found["differences"]) == (True, [])
    assert found["lines"] > 100_000


def test_a_union_is_found_by_its_name(house):
    first = house.ask("unions", "find", "煤山镇总工会")[0]
    assert set(first) == {"code", "name", "parent", "members"}
    assert first["parent"] == "长兴县总工会"
    assert house.run("unions", "find", "没有这样的工会").returncode == 1


def test_a_roster_is_tried_then_imported(house, tmp_path):
    code = next(one["code"] for one in house.ask("unions", "find", "煤山") if one["parent"] == "煤山镇总工会")
    rows = [list(row) for row in people(50_000, 40)]
    rows[3][1] = rows[3][1][:17] + ("0" if rows[3][1][17] != "0" else "1")
    roster = tmp_path / "名册.csv"
    roster.write_text("\n".join(",".join(row) for row in [HEADS, *rows]), encoding="utf-8")
    tried = house.ask("import", "roster", str(roster), "--union", code, "--dry-run")
    assert (tried["rows"], tried["good"], tried["bad"]) == (40, 39, 1)
    assert set(tried["faults"][0]) == {"sheet", "row", "column", "code", "value", "text"}
    assert tried["faults"][0]["row"] == 5
    assert rows[3][1] not in json.dumps(tried)
    before = house.ask("unions", "find", code)[0]["members"]
    done = house.run("import", "roster", str(roster), "--union", code, "--json")
    assert done.returncode == 1
    assert house.run("audit").returncode == 0
    assert house.ask("unions", "find", code)[0]["members"] == before + 39


HAN = re.compile(r"[\u4e00-\u9fff]")
CHINESE = {"LC_ALL": "zh_CN.UTF-8", "PYTHONUTF8": "1"}  # a locale need not be installed to be spoken


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (["import", "roster", __file__, "--union", "U1"], "no union has the code U1", "没有代码为U1的工会"),
        (["review", "show", "nowhere"], "no review is called nowhere", "没有名为nowhere的总结"),
        (["scenario", "load", "huzhou"], "A city stands here already", "这里已有一座演示城市"),
    ],
)
def test_what_cannot_be_done_is_told_in_the_caller_s_language(house, words, english, chinese):
    here, there = house.run(*words), house.run(*words, **CHINESE)
    assert (here.returncode, there.returncode) == (2, 2)
    assert english in here.stderr
    assert not HAN.search(here.stderr)
    assert chinese in there.stderr


def test_faults_of_a_roster_are_told_in_the_caller_s_language_and_coded_alike(house, tmp_path):
    code = house.ask("unions", "find", "煤山")[-1]["code"]
    rows = [list(row) for row in people(60_000, 2)]
    rows[1][1] = rows[1][1][:17] + ("0" if rows[1][1][17] != "0" else "1")
    roster, empty = tmp_path / "roster.csv", tmp_path / "empty.csv"
    roster.write_text("\n".join(",".join(row) for row in [HEADS, *rows]), encoding="utf-8")
    empty.write_text("", encoding="utf-8")
    words = ("import", "roster", str(roster), "--union", code, "--dry-run", "--json")
    (english,), (chinese,) = (json.loads(house.run(*words, **more).stdout)["faults"] for more in ({}, CHINESE))
    assert {name for name in english if english[name] != chinese[name]} == {"text"}
    assert not HAN.search(english["text"])
    assert HAN.search(chinese["text"])
    refused = [house.run("import", "roster", str(empty), "--union", code, **more).stderr for more in ({}, CHINESE)]
    assert [bool(HAN.search(one)) for one in refused] == [False, True], refused


def test_health_tells_moments_by_the_clock_on_the_wall(house):
    plain, found = house.run("health"), house.ask("health")
    assert set(found["checks"]) == {"backup", "clerk", "clocks", "log", "queue"}
    assert not HAN.search(plain.stdout)
    assert not re.search(r"\+00:00", plain.stdout)
    assert "正常" in house.run("health", **CHINESE).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["review", "show", "nowhere"], "huzhou-2015"),
        (["import", "roster", "/nowhere.csv", "--union", "x"], "/nowhere.csv"),
        (["scenario", "load", "huzhou"], "DATA="),
        (["scenario", "load", "huzhou", "--scale", "9"], "--scale"),
    ],
)
def test_what_cannot_be_done_ends_in_a_sentence(house, words, said):
    done = house.run(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_said(house):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = house.run("demo", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "PORT=" in done.stderr


def test_a_database_that_does_not_answer_is_said(house):
    done = house.run("health", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 2
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_house_is_served_again_with_its_data_and_ends_when_told(house):
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    child = subprocess.Popen(
        [*COMMAND, "demo", "--port", str(port)], env=house.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(240):
            try:
                page = urllib.request.urlopen(f"http://127.0.0.1:{port}/access/demo/", timeout=5).read().decode()
                break
            except (urllib.error.URLError, ConnectionError):
                time.sleep(0.5)
        else:
            pytest.fail("it was not served within two minutes")
        assert "demo-firm-chair" in page
        static = urllib.request.urlopen(f"http://127.0.0.1:{port}/static/niangjia/niangjia.css", timeout=5)
        assert static.status == 200
    finally:
        child.send_signal(signal.SIGTERM)
        assert child.wait(40) == 0
    with pytest.raises(urllib.error.URLError):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2)
