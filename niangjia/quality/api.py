"""What other apps may ask of the quality of the register."""

from __future__ import annotations

from niangjia.quality.actions import look, look_soon
from niangjia.quality.checks import CHECKS, Check

__all__ = ["CHECKS", "Check", "look", "look_soon"]
