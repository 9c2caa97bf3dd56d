from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('rights', '0009_redundancy_hearings'),
    ]

    operations = [
        migrations.AddField(
            model_name='dispute',
            name='arbitrate_by',
            field=models.DateField(null=True),
        ),
    ]
