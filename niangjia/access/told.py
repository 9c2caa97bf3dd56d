"""How the log of who saw what tells of accounts: by the account. Its page is opened by an office, not by a permission."""

from __future__ import annotations

from operator import attrgetter

from niangjia.access.models import User
from niangjia.kit.told import told

told(User, "", attrgetter("username"))
