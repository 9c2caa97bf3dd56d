from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('unions', '0005_staff_checks'),
    ]

    operations = [
        migrations.AddField(
            model_name='employer',
            name='size',
            field=models.GeneratedField(
                choices=[('0', 'employees not known'), ('1', '1 to 24 employees'), ('2', '25 to 99 employees'), ('3', '100 to 299 employees'), ('4', '300 to 999 employees'), ('5', '1,000 employees and more')],
                db_persist=True,
                expression=models.Case(
                    models.When(employees__gte=1000, then=models.Value('5')), models.When(employees__gte=300, then=models.Value('4')),
                    models.When(employees__gte=100, then=models.Value('3')), models.When(employees__gte=25, then=models.Value('2')),
                    models.When(employees__gte=1, then=models.Value('1')), default=models.Value('0'),
                ),
                output_field=models.CharField(max_length=1),
                verbose_name='size',
            ),
        ),
    ]
