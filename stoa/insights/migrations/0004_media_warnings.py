"""A warning about media is a country's, with a beginning and an end. None was ever written before."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("insights", "0003_surveys")]

    operations = [
        migrations.DeleteModel(name="MediaWarning"),
        migrations.CreateModel(
            name="MediaWarning",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("country", models.CharField(max_length=8)),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
                ("failed", models.PositiveIntegerField()),
                ("tried", models.PositiveIntegerField()),
                (
                    "courses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=255), default=list, size=None
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)), fields=("country",), name="one_open_warning_per_country"
                    )
                ],
            },
        ),
    ]
