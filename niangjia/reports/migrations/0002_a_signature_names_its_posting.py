"""A signature names the posting by which its figures were read; of one made before, nobody wrote it down."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reports", "0001_initial")]

    operations = [
        migrations.AddField("signature", "posting", models.BigIntegerField(default=0), preserve_default=False),
    ]
