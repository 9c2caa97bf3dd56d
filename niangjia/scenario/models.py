"""What was loaded: so that a second load is refused, and an interrupted one is told from a whole city."""

from __future__ import annotations

from django.db import models


class Load(models.Model):
    """One load of a made-up city."""

    name = models.CharField(max_length=60)
    seed = models.BigIntegerField()
    scale = models.FloatField()
    today = models.DateField()
    begun_at = models.DateTimeField()
    done = models.BooleanField(default=False)
    digest = models.CharField(max_length=64, blank=True)  # of what was made from the seed

    def __str__(self) -> str:
        return f"{self.name} {self.today}"
