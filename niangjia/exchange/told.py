"""How the log of who saw what tells of systems: by name. Their page is opened by an office, not by a permission."""

from __future__ import annotations

from operator import attrgetter

from niangjia.exchange.models import Client, Hook
from niangjia.kit.told import told

told(Client, "", attrgetter("name"))
told(Hook, "", attrgetter("client.name"), "client")
