"""Tables of workers for a dispute: found by the words of their heads, judged row by row, nothing guessed."""

from __future__ import annotations

from niangjia.rights.sheets.heads import KINDS, template
from niangjia.rights.sheets.reading import Cells, Read, read
from niangjia.rights.sheets.words import sentence

__all__ = ["KINDS", "Cells", "Read", "read", "sentence", "template"]
