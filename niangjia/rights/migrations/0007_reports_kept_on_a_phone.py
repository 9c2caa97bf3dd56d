"""A report that was kept on a phone has a key of its own: however often it arrives, it is one event."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rights', '0006_labour_law_supervision'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='sent_key',
            field=models.UUIDField(editable=False, null=True, unique=True),
        ),
    ]
