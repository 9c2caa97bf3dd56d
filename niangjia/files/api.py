"""What other apps may ask of files: keep bytes, lay papers on their things, say who opens them."""

from __future__ import annotations

from niangjia.files.actions import Source, attach, carry_out, destroy, let_go, store, sweep, take_off
from niangjia.files.enums import May, Media
from niangjia.files.models import Document, Paper
from niangjia.files.permissions import guard
from niangjia.files.queries import open_, papers, size_of, taken_off

__all__ = [
    "Document", "May", "Media", "Paper", "Source", "attach", "carry_out", "destroy", "guard", "let_go", "open_", "papers", "size_of", "store", "sweep", "take_off", "taken_off",
]  # fmt: skip
