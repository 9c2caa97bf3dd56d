from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0002_imports'),
    ]

    operations = [
        migrations.AlterField(
            model_name='batch',
            name='state',
            field=models.CharField(choices=[('CHECKING', 'Being checked'), ('CHECKED', 'To be looked through'), ('TAKING', 'Being taken over'), ('DONE', 'Taken over'), ('UNDOING', 'Being taken back'), ('UNDONE', 'Taken back'), ('FAILED', 'Not readable'), ('DROPPED', 'Dropped')], default='CHECKING', max_length=8),
        ),
        migrations.AddIndex(
            model_name='membership',
            index=models.Index(condition=models.Q(('left_on', None), ('standing', 'RETAINED')), fields=['name_py', 'id'], name='members_retained'),
        ),
    ]
