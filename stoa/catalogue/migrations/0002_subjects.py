"""The subjects that every site starts with, each with the landscape of its covers."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SUBJECTS = (
    ("arts-and-humanities", "Arts and Humanities", "society"),
    ("business", "Business", "education"),
    ("computer-science", "Computer Science", "computing"),
    ("data-science", "Data Science", "data"),
    ("information-technology", "Information Technology", "computing"),
    ("health", "Health", "health"),
    ("math-and-logic", "Math and Logic", "data"),
    ("personal-development", "Personal Development", "education"),
    ("physical-science-and-engineering", "Physical Science and Engineering", "ecology"),
    ("social-sciences", "Social Sciences", "society"),
    ("language-learning", "Language Learning", "languages"),
)


def seed(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    Subject = apps.get_model("catalogue", "Subject")
    for order, (slug, name, landscape) in enumerate(SUBJECTS, start=1):
        Subject.objects.get_or_create(
            slug=slug, defaults={"name": name, "landscape": landscape, "order": order}
        )


class Migration(migrations.Migration):
    dependencies = [("catalogue", "0001_initial")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
