"""manage.py seed_demo: the demo partner of a first look, which may show the widget on this machine's own pages."""

import os
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from registration.domain.loopback import demo_sites, is_own
from registration.models import Partner, PartnerSite

DEMO = ("demo", "Demo Partner")


class Command(BaseCommand):
    help = "Make the demo partner, if it is not there."

    def handle(self, *_args: Any, **_options: Any) -> None:
        slug, name = DEMO
        now = timezone.now()
        partner, _made = Partner.objects.get_or_create(slug=slug, defaults={"name": name, "approved_at": now})
        port = os.environ.get("PORT", "8000")
        if is_own() and port.isdigit():
            for origin in demo_sites(int(port)):
                PartnerSite.objects.get_or_create(partner=partner, origin=origin, defaults={"created_at": now})
        self.stdout.write(f"Partner '{slug}' is there.")
