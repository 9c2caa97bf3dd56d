import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('unions', '0007_what_follows_an_end'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='union',
            name='certificate_no',
            field=models.CharField(blank=True, db_default='', max_length=60, verbose_name='number of the certificate'),
        ),
        migrations.AddIndex(
            model_name='employer',
            index=models.Index(fields=['name', 'id'], name='employers_by_name'),
        ),
        migrations.CreateModel(
            name='EmployerChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('what', models.JSONField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='unions.employer')),
            ],
            options={
                'verbose_name': 'correction of an employer',
                'verbose_name_plural': 'corrections of employers',
                'indexes': [models.Index(fields=['employer', '-at'], name='changes_of_an_employer')],
            },
        ),
        migrations.CreateModel(
            name='SheetImport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('CHECKING', 'Being looked through'), ('CHECKED', 'To be looked through'), ('TAKING', 'Being taken over'), ('DONE', 'Taken over'), ('UNDOING', 'Being taken back'), ('UNDONE', 'Taken back'), ('FAILED', 'Not readable'), ('DROPPED', 'Dropped')], default='CHECKING', max_length=8, verbose_name='state')),
                ('file_name', models.CharField(max_length=200)),
                ('digest', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('whole', models.BooleanField(default=False)),
                ('said', models.CharField(blank=True, max_length=300)),
                ('mapping', models.JSONField(default=dict)),
                ('look', models.JSONField(default=list)),
                ('choice', models.JSONField(default=dict)),
                ('rows', models.IntegerField(default=0)),
                ('good', models.IntegerField(default=0)),
                ('bad', models.IntegerField(default=0)),
                ('found', models.JSONField(default=dict)),
                ('read_at', models.DateTimeField(null=True)),
                ('taken_at', models.DateTimeField(null=True)),
                ('undone_at', models.DateTimeField(null=True)),
                ('at', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sheet_imports', to='unions.union')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('county', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='unions.union')),
                ('taken_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('township', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='unions.union')),
                ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'import of an organisation sheet',
                'verbose_name_plural': 'imports of organisation sheets',
                'indexes': [models.Index(fields=['-made_at', '-id'], name='sheet_imports_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('state', 'DONE'), _negated=True), ('taken_at__isnull', False), _connector='OR'), name='a_sheet_taken_over_has_a_moment')],
            },
        ),
        migrations.CreateModel(
            name='SheetRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sheet', models.IntegerField()),
                ('row', models.IntegerField()),
                ('cells', models.JSONField()),
                ('over', models.JSONField(default=dict)),
                ('over_at', models.DateTimeField(null=True)),
                ('faults', models.JSONField(default=list)),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=30), default=list, size=None)),
                ('verdict', models.CharField(blank=True, max_length=8)),
                ('changes', models.JSONField(default=dict)),
                ('out', models.BooleanField(default=False)),
                ('taken', models.BooleanField(default=False)),
                ('turn', models.IntegerField(default=1)),
                ('made', models.JSONField(default=dict)),
                ('before', models.JSONField(default=dict)),
                ('kept', models.CharField(blank=True, choices=[('EDITED', 'was corrected since'), ('MOVED', 'has moved on since'), ('BUILT', 'other records stand on it')], max_length=6)),
                ('batch', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='unions.sheetimport')),
                ('over_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('union', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='unions.union')),
            ],
            options={
                'verbose_name': 'row of an organisation sheet',
                'verbose_name_plural': 'rows of organisation sheets',
                'constraints': [models.UniqueConstraint(fields=('batch', 'sheet', 'row'), name='a_row_of_a_sheet_is_kept_once')],
            },
        ),
        migrations.CreateModel(
            name='SheetHabit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('heads', models.CharField(max_length=64)),
                ('columns', models.JSONField()),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('union', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='unions.union')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('union', 'heads'), name='heads_of_a_sheet_are_read_one_way')],
            },
        ),
    ]
