"""Made-up facts for states, clocks, heads and lists."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import pgettext

from niangjia.kit import components as made
from niangjia.kit.dates import now
from niangjia.kit.flow import Step
from niangjia.kit.revealed import RevealForm
from niangjia.kit.samples.base import Sample, Shown
from niangjia.kit.tables import Column, Table
from niangjia.kit.totals import Total, Totals


def states() -> Iterator[Shown]:
    words = {
        "draft": pgettext("gallery", "draft"),
        "open": pgettext("gallery", "to be accepted"),
        "doing": pgettext("gallery", "in mediation"),
        "wait": pgettext("gallery", "waiting for payment"),
        "done": pgettext("gallery", "settled"),
        "moved": pgettext("gallery", "to arbitration"),
        "stop": pgettext("gallery", "withdrawn"),
        "late": pgettext("gallery", "waiting for payment"),
    }
    yield Shown("pill", [{"phase": phase, "label": words[phase]} for phase in made.PHASES], wide=False)
    colours = {
        "red": pgettext("gallery", "red"),
        "orange": pgettext("gallery", "orange"),
        "yellow": pgettext("gallery", "yellow"),
        "blue": pgettext("gallery", "blue"),
    }
    yield Shown("level", [{"colour": code, "label": label} for code, label in colours.items()], wide=False)
    today = now()
    faces = [made.face(today + timedelta(days=9)), made.face(today + timedelta(days=3), today), made.face(today - timedelta(days=3))]
    yield Shown("clock", [{"face": one} for one in faces], wide=False)
    yield Shown("ticks", [{"of": 15, "at": 6}, {"of": 15, "at": 12, "working": True}, {"of": 15, "at": 18}], wide=False)
    rungs = [
        made.Rung(pgettext("gallery", "township"), "past"),
        made.Rung(pgettext("gallery", "county"), "past"),
        made.Rung(pgettext("gallery", "city"), "here"),
        made.Rung(pgettext("gallery", "province")),
    ]
    yield Shown("ladder", [{"levels": rungs}], wide=False)
    running = [
        made.Running(
            pgettext("gallery", "Mediation"),
            made.ClockFace("soon", faces[1].text, faces[1].due),
            of=15,
            at=12,
            basis=pgettext("gallery", "Labour Dispute Mediation and Arbitration Law, art. 14"),
        ),
        made.Running(
            pgettext("gallery", "Limitation of arbitration"),
            made.face(today + timedelta(days=326)),
            percent=11,
            basis=pgettext("gallery", "the same law, art. 27"),
        ),
        made.Running(pgettext("gallery", "Reply to the firm's objection"), faces[2], of=15, at=18),
    ]
    yield Shown("clocks", [{"clocks": running}])


def heads() -> Iterator[Shown]:
    acts = [
        made.Act(pgettext("gallery", "Report an event"), url="#", icon="alert-triangle"),
        made.Act(pgettext("gallery", "New case"), url="#", primary=True, icon="plus"),
    ]
    kinds = [
        made.Act(pgettext("gallery", "Register the agreement"), post=True, primary=True),
        made.Act(pgettext("gallery", "Extend the term"), post=True),
        made.Act(pgettext("gallery", "Withdraw the batch"), post=True, danger=True),
        made.Act(pgettext("gallery", "Add a note"), url="#", quiet=True),
        made.Act(pgettext("gallery", "Close"), why=pgettext("gallery", "Register the agreement first.")),
        made.Act(pgettext("gallery", "Verify"), post=True, small=True),
    ]
    crumbs = [(pgettext("gallery", "Disputes"), "#"), ("德劳调〔2015〕184号", "")]
    yield Shown(
        "head",
        [
            {
                "title": pgettext("gallery", "12 workers against a weaving mill: wages"),
                "text": pgettext("gallery", "Nine things wait for you, two of them are late."),
                "crumbs": crumbs,
                "acts": acts,
            }
        ],
    )
    yield Shown(
        "act",
        [{"act": act} for act in kinds],
        wide=False,
        notes=pgettext("gallery", "One primary button a page. A button that waits says why."),
    )
    yield Shown("acts", [{"acts": acts}])
    line = made.stages(
        [
            (c, c)
            for c in (
                pgettext("gallery", "registered"),
                pgettext("gallery", "accepted"),
                pgettext("gallery", "mediation"),
                pgettext("gallery", "agreement"),
                pgettext("gallery", "payment"),
                pgettext("gallery", "closed"),
            )
        ],
        pgettext("gallery", "mediation"),
    )
    yield Shown("flow", [{"stages": line}])
    steps = [
        Step("agree", ("OPEN",), "DONE", "x", pgettext("gallery", "Register the agreement")),
        Step("extend", ("OPEN",), "OPEN", "x", pgettext("gallery", "Extend the term"), page=True),
        Step("fail", ("OPEN",), "STOP", "x", pgettext("gallery", "No agreement"), reason=True),
    ]
    yield Shown("next", [{"steps": steps, "action": "#", "why": pgettext("gallery", "To extend, both sides must agree in writing.")}])
    parts = (pgettext("gallery", "handed in"), pgettext("gallery", "first review"), pgettext("gallery", "paid"))
    items = made.stages([(word, word) for word in parts], parts[1])
    yield Shown("steps", [{"stages": items}])
    question = {
        "id": "note",
        "title": pgettext("gallery", "Add a note"),
        "text": pgettext("gallery", "It stands in the story, with your name."),
        "action": "#",
        "fields": [Sample()["says"]],
    }
    yield Shown("dialog", [question | {"act": made.Act(pgettext("gallery", "Save"), post=True, primary=True)}], notes="#note")
    covered = {
        "key": "phone",
        "heading": pgettext("gallery", "Show the phone number"),
        "text": question["text"],
        "action": "#",
        "asking": RevealForm(),
    }
    yield Shown("reveal", [covered], notes="#show-phone")


def lists() -> Iterator[Shown]:
    yield Shown(
        "views",
        [
            {
                "views": [
                    made.View(pgettext("gallery", "Open"), "#", 118, here=True),
                    made.View(pgettext("gallery", "Late"), "#", 7, late=True),
                    made.View(pgettext("gallery", "Ten people and more"), "#", 402),
                ]
            }
        ],
    )
    form = Sample()
    chips = [
        made.Chip(pgettext("gallery", "Accepted"), "2012-01-01–2015-06-30", clear="#"),
        made.Chip(pgettext("gallery", "Cause"), field=form["what"]),
        made.Chip(pgettext("gallery", "Place"), field=form["place"]),
    ]
    yield Shown("chip", [{"chip": chip} for chip in chips[:2]], wide=False)
    yield Shown("filters", [{"chips": chips, "q": ""}])
    sums = [
        Total(pgettext("gallery", "Cases"), "6,266", pgettext("gallery", "cases"), "#"),
        Total(pgettext("gallery", "of them in mediation"), "118", pgettext("gallery", "cases")),
    ]
    yield Shown("totals", [{"totals": Totals(sums, now())}])
    yield Shown("table", [{"table": disputes()}])
    yield Shown("keyset", [{"keyset": made.Keyset(pgettext("gallery", "By day, the newest first"), newer="#", older="#", oldest="#")}])
    act = made.Act(pgettext("gallery", "Ring"), url="#", small=True)
    todos = [
        made.Todo(
            pgettext("gallery", "Reply"),
            pgettext("gallery", "to the objection of a machine works"),
            "#",
            made.face(now() - timedelta(days=2)),
            pgettext("gallery", "Trade Union Law, art. 22"),
            act,
        ),
        made.Todo(
            pgettext("gallery", "Verify"),
            pgettext("gallery", "unpaid wages at a timber firm, 46 people"),
            "#",
            made.face(now() + timedelta(days=2)),
            "YJ-2015-0713",
            act,
        ),
    ]
    yield Shown("todo", [{"items": todos}])
    yield Shown(
        "empty",
        [
            {
                "title": pgettext("gallery", "Nothing is late"),
                "text": pgettext("gallery", "What becomes late in your counties appears here the same minute."),
                "act": made.Act(pgettext("gallery", "What is due soon"), url="#"),
            }
        ],
    )


def disputes() -> Table:
    columns = [
        Column(pgettext("gallery", "Number"), at=3, nowrap=True),
        Column(pgettext("gallery", "Accepted"), nowrap=True, soft=True, sort="descending", url="#"),
        Column(pgettext("gallery", "Applicant"), at=1, nowrap=True),
        Column(pgettext("gallery", "Firm"), at=5, clip=True),
        Column(pgettext("gallery", "State"), at=2, nowrap=True),
        Column(pgettext("gallery", "Due"), at=4, nowrap=True),
        Column(pgettext("gallery", "Recovered"), unit=pgettext("gallery", "yuan"), num=True),
    ]
    rows = [
        [
            made.link("湖劳调〔2015〕88号", "#"),
            date(2015, 6, 30),
            made.mask("张*平"),
            "湖州示例纺织有限公司",
            made.pill("doing", pgettext("gallery", "in mediation")),
            made.clock("soon", pgettext("gallery", "2 days left")),
            Decimal(0),
        ],
        [
            made.link("德劳调〔2015〕97号", "#"),
            date(2015, 6, 30),
            made.mask("王*"),
            "德清示例包装有限公司",
            made.pill("done", pgettext("gallery", "settled")),
            "",
            Decimal(86400),
        ],
        [
            made.link("浔劳调〔2015〕102号", "#"),
            date(2015, 6, 29),
            made.mask("沈*良"),
            "南浔示例地板有限公司",
            made.pill("late", pgettext("gallery", "waiting for payment")),
            made.clock("late", pgettext("gallery", "4 days late")),
            Decimal("318650.00"),
        ],
    ]
    return Table(
        columns,
        rows,
        foot=[pgettext("gallery", "Sum"), "", "", "", "", "", made.fig(Decimal("405050.00"), "#")],
        label=pgettext("gallery", "Disputes"),
    )
