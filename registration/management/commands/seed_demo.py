"""manage.py seed_demo: the demo partner of a first look."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from registration.models import Partner

DEMO = ("demo", "Demo Partner")


class Command(BaseCommand):
    help = "Make the demo partner, if it is not there."

    def handle(self, *_args: Any, **_options: Any) -> None:
        slug, name = DEMO
        Partner.objects.get_or_create(slug=slug, defaults={"name": name, "approved_at": timezone.now()})
        self.stdout.write(f"Partner '{slug}' is there.")
