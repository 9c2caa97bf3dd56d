"""The walls hold: floors, doors, keys pointing down, writes in their place. Each check is also shown a house that breaks it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest
from django.apps import apps

HOUSE = Path(__file__).resolve().parents[1]
CODE = HOUSE / "niangjia"
FLOORS = [
    "kit",
    "access",
    "flow files notices",
    "unions",
    "exports rulebook",
    "members",
    "rights reconcile asked",
    "worklog",
    "reports returns",
    "desk",
    "scenario",
    "config",
]
HEIGHT = {app: number for number, floor in enumerate(FLOORS) for app in floor.split()}
DOORS = {"api", "models"}
# Who may be entered elsewhere, and why: the roof wires all; the scenario is an owner's tool that writes whole tables.
OPEN = {"config", "scenario", "kit"}


def sources() -> Iterator[Path]:
    """Every module that runs in production."""
    yield from (path for path in CODE.rglob("*.py") if not {"tests", "migrations"} & set(path.parts))


def test_imports_go_downstairs():
    done = subprocess.run(
        [str(Path(sys.executable).parent / "lint-imports"), "--no-cache"], cwd=HOUSE, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-3000:]


def strangers(edges: set[tuple[str, str]]) -> list[str]:
    """Imports that enter another app by a window: neither its api nor its models."""
    found = []
    for importer, imported in sorted(edges):
        mine, theirs = importer.split(".")[1:2], imported.split(".")[1:2]
        if not mine or not theirs or mine == theirs or mine[0] in OPEN or theirs[0] == "kit" or ".tests" in importer:
            continue
        door = imported.split(".")[2:3]
        if door and door[0] not in DOORS | {"enums", "figures"}:
            found.append(f"{importer} enters {imported}")
    return found


def test_apps_enter_each_other_by_the_door():
    graph = grimp.build_graph("niangjia", cache_dir=None)
    edges = {(importer, imported) for importer in graph.modules for imported in graph.find_modules_directly_imported_by(importer)}
    assert strangers(edges) == []


def test_a_window_is_seen():
    assert strangers({("niangjia.rights.views", "niangjia.members.actions")}) == ["niangjia.rights.views enters niangjia.members.actions"]


def upward(keys: list[tuple[str, str]]) -> list[str]:
    """Foreign keys that point to a higher floor."""
    return [
        f"{mine} points up to {theirs}"
        for mine, theirs in keys
        if HEIGHT.get(theirs.split(".")[0], -1) > HEIGHT.get(mine.split(".")[0], 99)
    ]


def test_foreign_keys_point_down():
    keys = [
        (model._meta.label_lower, field.related_model._meta.label_lower)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.concrete and field.related_model and model.__module__.startswith("niangjia")
    ]
    assert upward(keys) == []
    assert upward([("unions.union", "rights.event")]) == ["unions.union points up to rights.event"]


WRITES = {"save", "create", "bulk_create", "bulk_update", "update_or_create", "get_or_create", "delete"}
WRITERS = re.compile(
    r"/(actions|importing|laying|jobs|models|scope|factories|prose|load|living)(\.py|/)|/(scenario|config)/|/kit/crypt\.py|/worklog/|/flow/actions"
)


def writes(source: str) -> list[int]:
    """Lines that write through the ORM."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and "objects" in ast.unparse(node.func.value)
    ]


def test_only_actions_write():
    found = [
        f"{path.relative_to(HOUSE)}:{line}" for path in sources() if not WRITERS.search(str(path)) for line in writes(path.read_text())
    ]
    assert found == []
    assert writes("def view(request):\n    Union.objects.create(name='x')\n") == [2]


def test_nothing_is_left_open_in_the_code():
    words = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X|raise NotImplemented" + r"Error|pragma: no co" + r"ver)\b")
    found = [f"{path.relative_to(HOUSE)}" for path in sources() if words.search(path.read_text())]
    assert found == []


def test_no_module_is_longer_than_400_lines():
    assert [str(path.relative_to(HOUSE)) for path in sources() if len(path.read_text().splitlines()) > 400] == []


def test_every_module_says_what_it_is():
    bare = [
        str(path.relative_to(HOUSE))
        for path in sources()
        if path.read_text().strip() and not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert bare == []


def test_nobody_asks_the_machine_for_the_time():
    asked = re.compile(r"\b(datetime\.now|date\.today|timezone\.now|datetime\.utcnow)\(")
    found = [str(path.relative_to(HOUSE)) for path in sources() if asked.search(path.read_text()) and path.name != "dates.py"]
    assert found == []


def test_every_template_is_used():
    """Pages of libraries and of errors are named by no one of ours; parts are shown by the gallery, whose test has them all."""
    used = "\n".join(path.read_text() for path in [*CODE.rglob("*.py"), *CODE.rglob("*.html")])
    found = []
    for path in CODE.rglob("templates/**/*.html"):
        name = str(path).split("/templates/", 1)[1]
        if name not in used and not name.startswith(("account/", "mfa/", "usersessions/", "allauth/", "errors/", "4", "500", "ui/")):
            found.append(name)
    assert found == []


def test_no_page_carries_style_or_script_of_its_own():
    bad = re.compile(r"<script(?![^>]*(?:\bsrc=|application/json))|\sstyle=|\son[a-z]+=|javascript:")
    found = [str(path.relative_to(HOUSE)) for path in CODE.rglob("templates/**/*.html") if bad.search(path.read_text())]
    assert found == []
    assert bad.search('<p style="color:red">')


# Signing in and out, and the language: they are of libraries, or may be done twice. Whoever asks to join, objects or signs in by phone is
# nobody yet: her form has a key of its own.
KEYLESS = re.compile(
    r"/(account|mfa|usersessions|allauth)/|access/demo\.html|members/(join(_sent)?|door_(number|code|tail))\.html|gazette/public_notice\.html|ui/(language|me_links)\.html"
)


def keyless(source: str) -> int:
    """Forms that are sent without a one-time key."""
    return sum("{% once %}" not in form for form in re.findall(r"<form[^>]*method=\"post\".*?</form>", source, re.DOTALL))


def test_every_form_carries_a_one_time_key():
    found = [
        str(path.relative_to(HOUSE))
        for path in CODE.rglob("templates/**/*.html")
        if not KEYLESS.search(str(path)) and keyless(path.read_text())
    ]
    assert found == []
    assert keyless('<form class="x" method="post">{% csrf_token %}<button>…</button></form>') == 1


@pytest.mark.django_db
def test_a_change_of_a_model_has_its_migration(owner):
    from django.core.management import call_command

    with owner():
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)


PARAMETER_FILES = sorted(str(path.relative_to(HOUSE)) for path in sources() if path.name == "parameters.py" and path.parent.name != "kit")


def bound_twice(source: str) -> list[str]:
    """Names that a module binds more than once: the first of them can be imported by nobody."""
    names = [
        name.id
        for node in ast.parse(source).body
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else [])
        for name in ast.walk(target)
        if isinstance(name, ast.Name)
    ]
    return sorted({name for name in names if names.count(name) > 1})


@pytest.mark.parametrize("file", PARAMETER_FILES)
def test_no_parameter_hides_another_under_its_name(file):
    assert bound_twice((HOUSE / file).read_text()) == []
    assert bound_twice("A = 1\nB = 2\nA = 3\n") == ["A"]


def unused(declared: dict[str, str], used: str) -> list[str]:
    """Parameters that nothing asks for: what a place sets there changes nothing."""
    return sorted(code for name, code in declared.items() if len(re.findall(rf"\b{name}\b", used)) == 0)


@pytest.mark.parametrize("file", PARAMETER_FILES)
def test_every_parameter_is_asked_for_somewhere(file):
    """Under the name by which its module, or another that imports it from there, knows it."""
    tree, app = ast.parse((HOUSE / file).read_text()), str(Path(file).parent)
    declared = {
        node.targets[0].id: ast.unparse(node.value.args[0])
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Call) and ast.unparse(node.value.func) == "parameter"
    }  # fmt: skip
    module, mine = app.replace("/", ".") + ".parameters", re.compile(rf"^{re.escape(app)}/")
    rest = []
    for path in sources():
        text, name = path.read_text(), str(path.relative_to(HOUSE))
        if name == file:
            text = "\n".join(ast.unparse(node.value) if isinstance(node, ast.Assign) else ast.unparse(node) for node in tree.body)
        elif module not in text and not mine.search(name):
            continue
        else:
            text = re.sub(r"^(from|import) .*?(\([^)]*\))?$", "", text, flags=re.MULTILINE)
        rest.append(text)
    assert unused(declared, "\n".join(rest)) == []
    assert unused({"A": "a.b", "B": "b.c"}, "asking(A)") == ["b.c"]


MAKERS = {"Span", "minutes", "hours", "days", "working_days", "months", "years", "timedelta", "Decimal"}
TECHNICAL = {"files"}  # sizes of files and what opens them: no law says them


def bare_numbers(source: str) -> list[int]:
    """Lines of a rule or deadline that hold a length, a sum or a threshold of their own: 0 and 1 are reckoning, all else is set somewhere."""

    def number(node: ast.AST) -> bool:
        return (
            isinstance(node, ast.Constant)
            and isinstance(node.value, int | float)
            and not isinstance(node.value, bool)
            and node.value not in (0, 1)
        )

    tree, found = ast.parse(source), set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            made = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if made in MAKERS or made == "Deadline":
                found |= {node.lineno for said in [*node.args, *(word.value for word in node.keywords)] if any(map(number, ast.walk(said)))}
    for node in tree.body:
        named = [target.id for target in getattr(node, "targets", []) if isinstance(target, ast.Name)]
        if isinstance(node, ast.Assign) and named != ["VERSION"] and any(number(one) for one in ast.walk(node.value)):
            found.add(node.lineno)
    return sorted(found)


def test_rules_and_deadlines_hold_no_number_that_somebody_may_set():
    found = [
        f"{path.relative_to(HOUSE)}:{line}"
        for path in sources()
        if (path.name in ("rules.py", "deadlines.py") or path.parent.name == "rules") and path.parent.name not in TECHNICAL
        for line in bare_numbers(path.read_text())
    ]
    assert found == []


@pytest.mark.parametrize(
    "violation",
    [
        "Deadline('X', 'y', {S.OPEN}, limit=days(15), falls_on='rights', basis='art. 14')", "END = working_days(3)", "MEDIATION_DAYS = 15",
        "def end(day):\n    return day + timedelta(days=15)", "SCALE = {'RED': {'4': minutes(30)}}", "def owed(sum_):\n    return sum_ >= Decimal(500_000)",
    ],
)  # fmt: skip
def test_a_number_in_a_rule_is_seen(violation):
    assert bare_numbers(violation) != []
    assert bare_numbers("LAST = start - timedelta(days=1)\nLIMIT = days(term.count)\n") == []
