import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


# Who sent a case in was its first worker. What she said for the case was her own consent; of several workers nobody knows what the others say.
SENT = """
UPDATE rights_claimant c SET sent = true, firm_may_see = d.firm_may_see AND d.many = 1
  FROM (SELECT d.id, d.firm_may_see, min(c.id) AS first, count(*) AS many FROM rights_dispute d JOIN rights_claimant c ON c.dispute_id = d.id
         WHERE d.entrance = 'MEMBER' GROUP BY d.id) d
 WHERE c.id = d.first"""
# A short number tells a paper apart only together with its day, and a day alone not at all.
NUMBERS = """
UPDATE rights_receipt SET slip = CASE
  WHEN slip ~ '^(19|20)[0-9]{2}(0?[1-9]|1[0-2])(0?[1-9]|[12][0-9]|3[01])$' THEN '' ELSE slip || ' ' || to_char(received_on, 'YYYY-MM-DD') END
 WHERE slip <> '' AND length(regexp_replace(slip, '[^0-9]', '', 'g')) < 12"""
SLIPS = """
INSERT INTO rights_slip (number, total, given)
SELECT slip, sum(amount), sum(amount) FROM rights_receipt WHERE NOT void AND slip <> '' GROUP BY slip"""
COVERED = """
UPDATE rights_dispute d SET covered = true
 WHERE agreed > 0 AND agreed_on IS NOT NULL AND agreed <= (SELECT coalesce(sum(amount), 0) FROM rights_receipt r WHERE r.dispute_id = d.id AND NOT r.void)"""
# What ended well waits for no arbitration: its clock runs on in closed cases from now on.
SETTLED = """
UPDATE rights_dispute SET arbitrate_by = NULL WHERE state = 'CLOSED' AND outcome IN ('01', '02')"""
AGAINST = """
UPDATE rights_dispute d SET against_id = (SELECT employer_id FROM rights_respondent r WHERE r.dispute_id = d.id ORDER BY r.id LIMIT 1)"""


class Migration(migrations.Migration):

    dependencies = [
        ('rights', '0010_arbitration_asked_for_until'),
        ('unions', '0006_size_of_employers'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Slip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=200, unique=True)),
                ('total', models.DecimalField(decimal_places=2, max_digits=14)),
                ('given', models.DecimalField(decimal_places=2, max_digits=14)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='receipt',
            name='a_slip_counts_once',
        ),
        migrations.AddField(
            model_name='claimant',
            name='firm_may_see',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='claimant',
            name='sent',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='clause',
            name='done_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='clause',
            name='done_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='clause',
            name='due_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='clause',
            name='proof',
            field=models.CharField(blank=True, db_default='', max_length=200),
        ),
        migrations.AddField(
            model_name='dispute',
            name='against',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='unions.employer'),
        ),
        migrations.AddField(
            model_name='dispute',
            name='cancel_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='dispute',
            name='covered',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='dispute',
            name='do_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='dispute',
            name='sue_by',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='filing',
            name='final',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='filing',
            name='served_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='pause',
            name='consent',
            field=models.CharField(blank=True, db_default='', max_length=200),
        ),
        migrations.AddField(
            model_name='reckoning',
            name='claim',
            field=models.CharField(blank=True, choices=[('01', 'Pay'), ('011', 'Overtime pay'), ('012', 'Wage arrears'), ('02', 'Whether a labour relation exists'), ('03', 'Ending of the contract'), ('031', 'Severance pay'), ('032', 'Damages for unlawful dismissal'), ('04', 'Change of the contract'), ('05', 'Social insurance'), ('051', 'Work injury benefits'), ('052', 'Pension insurance'), ('053', 'Medical insurance'), ('054', 'Unemployment insurance'), ('06', 'Welfare'), ('07', 'Training'), ('08', 'Rest and working time'), ('09', 'Competition clause'), ('10', 'Other causes')], db_default='', max_length=3),
        ),
        migrations.AddField(
            model_name='reckoning',
            name='claimant',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='reckonings', to='rights.claimant'),
        ),
        migrations.AlterField(
            model_name='filing',
            name='kind',
            field=models.CharField(choices=[('COURT', 'Judicial confirmation'), ('REVIEW', 'Review of the agreement by the arbitration commission'), ('ORDER', 'Payment order'), ('ARBITRATION', 'Arbitration'), ('INSPECTION', 'Complaint to labour inspection'), ('AID', 'Legal aid'), ('SUIT', 'Suit in court after the award'), ('CANCEL', "The employer's application to set the award aside"), ('ENFORCE', 'Enforcement by the court')], max_length=11),
        ),
        migrations.AddIndex(
            model_name='receipt',
            index=models.Index(condition=models.Q(('slip', ''), _negated=True), fields=['slip'], name='receipts_of_a_slip'),
        ),
        migrations.AddConstraint(
            model_name='clause',
            constraint=models.CheckConstraint(condition=models.Q(('done_on', None), models.Q(('proof', ''), _negated=True), _connector='OR'), name='a_clause_is_done_by_a_proof'),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.CheckConstraint(condition=models.Q(('served_on', None), ('kind', 'ARBITRATION'), _connector='OR'), name='an_award_is_of_arbitration'),
        ),
        migrations.AddConstraint(
            model_name='slip',
            constraint=models.CheckConstraint(condition=models.Q(('given__gte', 0), ('given__lte', models.F('total'))), name='a_slip_gives_no_more_than_it_is_over'),
        ),
        migrations.RunSQL(SENT, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name='dispute',
            name='firm_may_see',
        ),
        migrations.RunSQL(NUMBERS, migrations.RunSQL.noop),
        migrations.RunSQL(SLIPS, migrations.RunSQL.noop),
        migrations.RunSQL(COVERED, migrations.RunSQL.noop),
        migrations.RunSQL(SETTLED, migrations.RunSQL.noop),
        migrations.RunSQL(AGAINST, migrations.RunSQL.noop),
    ]
