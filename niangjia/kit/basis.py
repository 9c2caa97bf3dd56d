"""The basis of what no law sets: the house's own. It stands apart from `kit.parameter`, which rules read and which knows no Django."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CUSTOM = _("custom, configurable")
