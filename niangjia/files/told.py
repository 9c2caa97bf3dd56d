"""How the log of who saw what tells of papers: by the thing that each lies on. Its own name may be a person's, and stays out of the log."""

from __future__ import annotations

from niangjia.files.models import Paper
from niangjia.kit.told import told

told(Paper, "", lambda _paper: "", hangs_on=lambda paper: (paper.kind, paper.thing_id))
