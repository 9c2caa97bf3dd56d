"""Annual returns, and the surveys of the grassroots unions with which they begin."""

from __future__ import annotations

from niangjia.returns.models.annual import AnnualReturn, Remark, Signature
from niangjia.returns.models.survey import Survey

__all__ = ["AnnualReturn", "Remark", "Signature", "Survey"]
