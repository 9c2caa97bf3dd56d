from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rights', '0004_disputes_in_full'),
        ('unions', '0006_size_of_employers'),
    ]

    operations = [
        migrations.AddField(
            model_name='dispute',
            name='answer_days',
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(models.F('accepted_on'), models.F('applied_on'), arg_joiner=' - ', output_field=models.IntegerField(), template='(%(expressions)s)'),
                null=True,
                output_field=models.IntegerField(),
            ),
        ),
        migrations.AddField(
            model_name='dispute',
            name='decided',
            field=models.CharField(blank=True, choices=[('IN', 'within its days'), ('LATE', 'late')], db_default='', default='', max_length=4, verbose_name='decided within its days'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='mediated',
            field=models.CharField(blank=True, choices=[('IN', 'within its days'), ('LATE', 'late')], db_default='', default='', max_length=4, verbose_name='mediated within its days'),
        ),
    ]
