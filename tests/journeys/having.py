"""What those parts share that put something of everything into the town."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.test import Client

from niangjia.access.models import User
from tests.town import Town

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


class Having:
    """The town, who has keys to it, and what fills the addresses of its pages."""

    town: Town
    folder: Path
    clients: dict[str, Client]
    member: User
    fill: dict[str, dict[str, Any]]
    extra: list[str]
