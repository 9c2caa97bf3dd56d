"""The command speaks the language of its caller, and says of each argument what it is."""

from __future__ import annotations

import argparse
import errno
import os
import re
import subprocess
import sys

import pytest

from niangjia.config import house, tongue
from niangjia.config.cli import parser
from niangjia.config.cli_run import here
from niangjia.config.stop import Stop
from niangjia.kit.pg import Embedded, disk

HAN = re.compile(r"[\u4e00-\u9fff]")
OWN = ("湖州市总工会",)  # an example that is Chinese in every language


@pytest.mark.parametrize(
    ("said", "spoken"),
    [
        ({}, "en"), ({"LANG": "zh_CN.UTF-8"}, "zh-hans"), ({"LANG": "C.UTF-8"}, "en"), ({"LANG": "de_DE.UTF-8"}, "en"), ({"LC_ALL": "POSIX", "LANG": "zh_CN"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "C"}, "zh-hans"), ({"LC_ALL": "zh_CN.UTF-8", "LC_MESSAGES": "C"}, "zh-hans"),
    ],
)  # fmt: skip
def test_the_first_variable_that_says_something_decides(said, spoken):
    assert tongue.language(said) == spoken


@pytest.fixture
def speaking():
    """`speaking(language)` until the test ends."""
    kept = tongue.spoken, argparse._, argparse.ngettext
    yield tongue.speak
    tongue.spoken, argparse._, argparse.ngettext = kept


def parsers(top, name="niangjia"):
    """A parser and all below it, by their names."""
    yield name, top
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for word, below in action.choices.items():
                yield from parsers(below, f"{name} {word}")


def mute(top):
    """The arguments, options and commands of which nothing is said."""
    found = []
    for name, one in parsers(top):
        for action in one._actions:
            if isinstance(action, argparse._SubParsersAction):
                said = {choice.dest for choice in action._choices_actions if choice.help}
                found += [f"{name} {word}" for word in action.choices if word not in said]
            elif not action.help:
                found.append(f"{name} {action.dest}")
    return found


def test_each_command_and_each_argument_says_what_it_is():
    assert mute(parser()) == []
    assert len(list(parsers(parser()))) > 12


def test_an_argument_of_which_nothing_is_said_is_found():
    top = argparse.ArgumentParser()
    below = top.add_subparsers().add_parser("load")
    below.add_argument("--seed")
    assert mute(top) == ["niangjia load", "niangjia load seed"]


def test_help_is_in_one_language(speaking):
    for name, one in parsers(parser()):
        said = one.format_help()
        for word in OWN:
            said = said.replace(word, "")
        assert not HAN.search(said), name
    speaking(tongue.CHINESE)
    for name, one in parsers(parser()):
        assert one.format_help().startswith("用法："), name
        assert all(HAN.search(action.help) for action in one._actions if action.help), name


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("C", ["error: argument --seed: “x” is no whole number"]),
        ("zh_CN.UTF-8", ["错误：参数 --seed：“x”不是整数", "用法："]),
    ],
)
def test_what_is_refused_is_told_in_the_caller_s_language(tmp_path, locale, said):
    environment = {**os.environ, "LC_ALL": locale, "PYTHONUTF8": "1", "DATA": str(tmp_path)}
    command = [sys.executable, "-m", "niangjia.config.cli", "scenario", "load", "huzhou", "--seed", "x"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert all(one in done.stderr for one in said), done.stderr
    assert locale != "C" or not HAN.search(done.stderr)


def test_the_sentence_of_a_server_that_is_none_is_told_too(speaking, monkeypatch, tmp_path):
    def full(_server):
        raise disk(OSError(errno.ENOSPC, "full"), tmp_path)

    for name in ("NIANGJIA_TEST_SERVER", "DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(house, "DATA", tmp_path)
    monkeypatch.setattr(Embedded, "ensure", full)
    with pytest.raises(Stop, match=r"^The disk of .* is full"):
        house.up()
    speaking(tongue.CHINESE)
    with pytest.raises(Stop, match="所在磁盘已满"):
        house.up()


def test_moments_are_told_by_the_clock_on_the_wall():
    assert here("2026-11-25 20:00:03.5+00:00; 2 clocks") == "2026-11-26 04:00:03 Asia/Shanghai; 2 clocks"
    assert here("0 lines, 2 s") == "0 lines, 2 s"
