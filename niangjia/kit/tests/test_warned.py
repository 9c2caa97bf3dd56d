"""Warnings stand in order, come each in its time, and what was told stays told, however an end is reckoned anew."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from niangjia.kit import warned
from niangjia.kit.clock import Deadline
from niangjia.kit.dates import at, date
from niangjia.kit.parameter import Parameter
from niangjia.kit.spans import Span, days

END = at(date(2026, 12, 31), 23, 59)
FAR, MIDDLE, NEAR = (Parameter(f"x.{n}", days(n), "", "", "", kind="span") for n in (180, 90, 30))
spans = st.lists(st.builds(Span, st.integers(1, 99), st.sampled_from(["d", "wd", "mo"])), min_size=1, max_size=4)


def clock(**facts):
    return Deadline("X-1", "x", {"OPEN"}, None, "chair", "", ends="end", **facts)


def test_a_deadline_warns_never_once_or_several_times():
    assert clock().warns == ()
    assert clock(warn=NEAR).warns == (NEAR,)
    assert clock(warn=(FAR, NEAR)).warns == (FAR, NEAR)


def test_it_turns_yellow_with_the_first_warning_unless_another_is_named():
    kept = [days(180), days(90), days(30)]
    assert clock().yellow_at(END, ()) is None
    assert clock(warn=(FAR, MIDDLE, NEAR)).yellow_at(END, kept) == END - timedelta(days=180)
    assert clock(warn=(FAR, MIDDLE, NEAR), yellow=MIDDLE).yellow_at(END, kept) == END - timedelta(days=90)


@pytest.mark.parametrize("facts", [{"warn": (NEAR, FAR)}, {"warn": NEAR, "yellow": FAR}, {"yellow": FAR}])
def test_a_declaration_in_the_wrong_order_fails_at_once(facts):
    with pytest.raises(ValueError, match="X-1"):
        clock(**facts)


@given(spans, st.integers(-400, 400), st.integers(-30, 30))
def test_no_warning_is_told_twice_and_none_is_lost_when_the_end_is_reckoned_anew(those, when, shift):
    here = END + timedelta(days=when)
    was, then = warned.moments(END, those), warned.moments(END + timedelta(days=shift), those)
    waits = warned.upcoming(was, here)
    next_ = warned.carried(was, waits, then)
    assert (next_ is None) == (waits is None)
    assert next_ is None or next_ - timedelta(days=shift) == waits
    assert warned.read(warned.kept(those)) == tuple(those)
