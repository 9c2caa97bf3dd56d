"""The tables of returns."""

from __future__ import annotations

from niangjia.returns.models.annual import AnnualReturn, Remark, Signature

__all__ = ["AnnualReturn", "Remark", "Signature"]
