"""Since when a union lies dormant: of those that do, the day stands in their stories."""

from django.db import migrations, models

FROM_THE_STORY = """UPDATE unions_union u SET dormant_on = told.day FROM (
    SELECT thing_id, max((at AT TIME ZONE 'Asia/Shanghai')::date) AS day FROM flow_move WHERE kind = 'unions.union' AND verb = 'lie-down' GROUP BY 1) told
WHERE told.thing_id = u.id AND u.state = 'DORMANT'"""


class Migration(migrations.Migration):
    dependencies = [("unions", "0008_organisation_sheets"), ("flow", "0001_initial")]

    operations = [
        migrations.AddField(model_name="union", name="dormant_on", field=models.DateField(null=True, verbose_name="dormant since")),
        migrations.RunSQL(FROM_THE_STORY, migrations.RunSQL.noop),
    ]
