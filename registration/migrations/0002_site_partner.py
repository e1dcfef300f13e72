"""The service's own pages are a partner like any other."""

from django.db import migrations


def make_site(apps, _schema_editor):
    apps.get_model("registration", "Partner").objects.get_or_create(slug="site", defaults={"name": "This site"})


class Migration(migrations.Migration):
    dependencies = [("registration", "0001_initial")]
    operations = [migrations.RunPython(make_site, migrations.RunPython.noop)]
