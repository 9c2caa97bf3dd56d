"""Small drawings in the page: geometry is written into SVG attributes, because a strict policy allows no style."""

from __future__ import annotations

from collections.abc import Sequence

import qrcode
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

MOST_BOXES = 31  # beyond a month boxes cannot be told apart, and the term is drawn as one bar
WIDEST = 270


def ticks(of: int, at: int, *, working: bool = False) -> SafeString:
    """One box a day: used, today, left, and those past the end. `at` is the day that runs (1 is the first)."""
    over = max(0, at - of)
    boxes = of + over
    if boxes > MOST_BOXES:
        return term(100 * at / of)
    width = min(16, WIDEST // boxes - 2)
    step = width + 2
    kinds = ("is-over" if n > of else "is-used" if n < at or over else "is-now" if n == at else "" for n in range(1, boxes + 1))
    rects = "".join(
        f'<rect x="{i * step}" width="{width}" height="10"{f" class={chr(34)}{kind}{chr(34)}" if kind else ""}/>'
        for i, kind in enumerate(kinds)
    )
    if over:
        said = ngettext("%(of)d day, and %(over)d past the end", "%(of)d days, and %(over)d past the end", of) % {"of": of, "over": over}
    elif working:
        said = _("working day %(at)d of %(of)d") % {"at": at, "of": of}
    else:
        said = _("day %(at)d of %(of)d") % {"at": at, "of": of}
    return format_html(
        '<svg class="n-ticks" width="{0}" height="10" viewBox="0 0 {0} 10" role="img" aria-label="{1}">{2}</svg>',
        boxes * step, said, mark_safe(rects),  # noqa: S308 - numbers of our own
    )  # fmt: skip


def term(percent: float) -> SafeString:
    """A long term as one bar: how much of it has passed."""
    used = min(100.0, max(0.0, percent))
    return format_html(
        '<svg class="n-ticks" width="280" height="10" viewBox="0 0 280 10" preserveAspectRatio="none" role="img" aria-label="{}">'
        '<rect width="280" height="10"/><rect class="{}" width="{}" height="10"/></svg>',
        _("%(percent)d%% of the time has passed") % {"percent": round(percent)},
        "is-used" if percent <= 100 else "is-over",
        f"{used * 2.8:.1f}",
    )


def span(allowed: float, used: float, *, unit: str = "") -> SafeString:
    """Time allowed against time used, on one scale; what went over is the late colour."""
    top = max(allowed, used) or 1
    scale = 190 / max(top, allowed * 2.5)
    within, over = min(allowed, used) * scale, max(0.0, used - allowed) * scale
    tail = format_html('<rect class="is-over" x="{}" width="{}" height="10"/>', f"{allowed * scale:.1f}", f"{over:.1f}") if over else ""
    return format_html(
        '<svg class="n-ticks" width="190" height="10" viewBox="0 0 190 10" role="img" aria-label="{}">'
        '<rect width="{}" height="10"/><rect class="is-used" width="{}" height="10"/>{}</svg>',
        _("%(allowed)s%(unit)s allowed, %(used)s%(unit)s used") % {"allowed": f"{allowed:g}", "used": f"{used:g}", "unit": unit},
        f"{allowed * scale:.1f}", f"{within:.1f}", tail,
    )  # fmt: skip


def bar(percent: float, *, width: int = 90, kind: str = "") -> SafeString:
    """A share of the whole; it stands beside its number, so that readers of text miss nothing."""
    filled = width * min(100.0, max(0.0, float(percent))) / 100
    return format_html(
        '<svg class="n-bar" width="{0}" height="8" viewBox="0 0 {0} 8" aria-hidden="true"><rect class="is-rest" width="{0}" height="8"/>'
        '<rect{1} width="{2}" height="8"/></svg>',
        width, format_html(' class="is-{}"', kind) if kind else "", f"{filled:.1f}",
    )  # fmt: skip


def dot(value: float, mean: float | None, low: float, high: float, *, width: int = 110) -> SafeString:
    """A value among its equals: near values show their difference, which bars from zero would hide."""
    across = (high - low) or 1

    def x(of: float) -> str:
        return f"{4 + (width - 8) * min(1.0, max(0.0, (of - low) / across)):.1f}"

    middle = format_html('<line class="is-mean" x1="{0}" x2="{0}" y1="1" y2="11"/>', x(mean)) if mean is not None else ""
    return format_html(
        '<svg class="n-dot" width="{0}" height="12" viewBox="0 0 {0} 12" aria-hidden="true"><line x1="0" x2="{0}" y1="6" y2="6"/>{1}'
        '<circle cx="{2}" cy="6" r="3.5"/></svg>',
        width, middle, x(value),
    )  # fmt: skip


def spark(values: Sequence[float], *, width: int = 110, height: int = 22) -> SafeString:
    """The course of a number; the last value has a point."""
    if len(values) < 2:
        return SafeString("")
    low, high = min(values), max(values)
    across, room = (high - low) or 1, height - 9
    points = [(1 + (width - 4) * i / (len(values) - 1), 4 + room * (1 - (v - low) / across)) for i, v in enumerate(map(float, values))]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return format_html(
        '<svg class="n-spark" width="{0}" height="{1}" viewBox="0 0 {0} {1}" aria-hidden="true"><line x1="0" x2="{0}" y1="{2}" y2="{2}"/>'
        '<polyline points="{3}"/><circle cx="{4}" cy="{5}" r="2.5"/></svg>',
        width, height, f"{height - 0.5:g}", line, f"{points[-1][0]:.1f}", f"{points[-1][1]:.1f}",
    )  # fmt: skip


def parts(same: int, differ: int, ours: int, theirs: int) -> SafeString:
    """Two lists laid against each other: alike, differing, only ours, only theirs. The words stand below the bar."""
    whole = (same + differ + ours + theirs) or 1
    cuts, x = [], 0.0
    for kind, many in zip("adbc", (same, differ, ours, theirs), strict=True):
        # three units at the least, so that a handful among a hundred thousand is still seen
        wide = max(3.0, 1000 * many / whole) if many else 0.0
        cuts.append((kind, f"{min(x, 997):.0f}", f"{wide:.0f}"))
        x += wide
    said = _("%(same)s alike, %(differ)s differ, %(ours)s only ours, %(theirs)s only theirs") % {
        "same": f"{same:,}", "differ": f"{differ:,}", "ours": f"{ours:,}", "theirs": f"{theirs:,}",
    }  # fmt: skip
    return format_html(
        '<svg class="n-parts" viewBox="0 0 1000 14" preserveAspectRatio="none" role="img" aria-label="{}">{}</svg>',
        said, format_html_join("", '<rect class="is-{}" x="{}" width="{}" height="14"/>', cuts),
    )  # fmt: skip


def key(kind: str) -> SafeString:
    """The swatch before a word under `parts`: a same, b ours, c theirs, d differing."""
    return format_html('<svg class="n-key is-{}" aria-hidden="true"><rect width="10" height="10"/></svg>', kind)


def scanned(text: str, label: str) -> SafeString:
    """A code that a phone reads: the text as a QR code of one path, with the quiet edge that readers need."""
    made = qrcode.QRCode(border=4, error_correction=qrcode.ERROR_CORRECT_M)
    made.add_data(text)
    rows = made.get_matrix()
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return format_html(
        '<svg class="n-qr" viewBox="0 0 {0} {0}" role="img" aria-label="{1}" shape-rendering="crispEdges"><path d="{2}"/></svg>',
        len(rows), label, path,
    )  # fmt: skip
