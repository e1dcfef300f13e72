"""manage.py partner list | show | approve | suspend | resume | create | invite | storing | key | revoke."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from registration.domain import keys, signup, storing
from registration.domain.audit import Order, Refused
from registration.domain.members import Invited, invite, members_of
from registration.domain.sites import sites_of
from registration.models import SITE_SLUG, ApiKey, Membership, Partner, Role
from registration.phrases.members import ROLES, member_problem
from registration.views.partners.letters import write

LOCAL_ORDER = ("operator", "Invited on the command line.")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def address(path: str) -> str:
    return str(settings.SITE_URL) + path


def state_of(partner: Partner) -> str:
    if partner.suspended_at:
        return "suspended"
    return "approved" if partner.approved_at else "waiting for approval"


def partner_named(slug: str) -> Partner:
    """Raises CommandError."""
    try:
        return Partner.objects.exclude(slug=SITE_SLUG).get(slug=slug)
    except Partner.DoesNotExist:
        raise CommandError(f"There is no partner {slug!r}. See: manage.py partner list") from None


class Command(BaseCommand):
    help = "List, approve, suspend or make partners, and invite their people. See docs/operating.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        commands.add_parser("list", help="all partners, those that wait first")
        made = {
            name: commands.add_parser(name, help=text)
            for name, text in (
                ("show", "one partner: sites and members"),
                ("approve", "let its widget and keys work, and tell its owners"),
                ("suspend", "close its widget, keys and dashboard"),
                ("resume", "open them again"),
                ("create", "make a partner that is approved"),
                ("invite", "ask somebody to join; prints the link and sends it"),
                ("storing", "say whether anything of its applicants is stored"),
                ("key", "make a key for the API; prints it once"),
                ("revoke", "end a key of the API at once"),
            )
        }
        for each in made.values():
            each.add_argument("slug", help="the partner's short name")
        made["create"].add_argument("--name", required=True, help="of the organization, as applicants read it")
        made["invite"].add_argument("email")
        made["invite"].add_argument("--role", choices=[role.value for role in Role], default=Role.OWNER.value)
        for name in ("approve", "invite"):
            made[name].add_argument("--language", choices=LANGUAGES, default="en", help="of the e-mail")
        made["key"].add_argument("--mode", choices=[mode.value for mode in ApiKey.Mode], default=ApiKey.Mode.TEST.value)
        made["key"].add_argument("--name", default="From the command line", help="by which its owners know it again")
        made["key"].add_argument("--scopes", nargs="+", choices=keys.SCOPES, default=list(keys.SCOPES))
        made["storing"].add_argument("keep", choices=["nothing", "answers"], help="nothing, or the sealed answers")
        made["revoke"].add_argument(
            "identifier", help="the part of the key that is shown, as in ef_live_IDENTIFIER_..."
        )
        for name in ("approve", "suspend", "resume", "create", "storing", "key", "revoke"):
            made[name].add_argument("--by", required=True, help="your name, for the audit")
            made[name].add_argument("--reason", required=True, help="one plain sentence; the partner's members see it")

    def handle(self, *_args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                getattr(self, f"do_{options['what']}")(options)
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def do_list(self, _options: dict[str, Any]) -> None:
        found = sorted(
            Partner.objects.exclude(slug=SITE_SLUG), key=lambda each: (each.approved_at is not None, each.slug)
        )
        lines = [f"{each.slug}  {state_of(each)}  {each.name}" for each in found]
        self.stdout.write("\n".join(lines) or "There is no partner.")

    def do_show(self, options: dict[str, Any]) -> None:
        partner = partner_named(options["slug"])
        self.stdout.write(f"{partner.slug}  {state_of(partner)}  {partner.name}")
        if partner.keeps_nothing:
            self.stdout.write("Keeps nothing of its applicants")
        self.stdout.write(f"Signed up {partner.created_at:%Y-%m-%d %H:%M} UTC")
        for site in sites_of(partner):
            self.stdout.write(f"Site    {site.origin}")
        for each in members_of(partner):
            self.stdout.write(f"Member  {each.user.email}  {each.role}")
        for key in ApiKey.objects.filter(partner=partner).order_by("created_at"):
            standing = "works" if keys.is_working(key, timezone.now()) else "ended"
            self.stdout.write(f"Key     {key.identifier}  {key.mode}  {standing}  {key.name}")

    def do_approve(self, options: dict[str, Any]) -> None:
        partner = signup.approve(options["slug"], self.order(options))
        owners = Membership.objects.filter(partner=partner, role=Role.OWNER).select_related("user")
        with translation.override(options["language"]):
            link = address(reverse("partners:overview", kwargs={"slug": partner.slug}))
            for owner in owners:
                write("approved", owner.user.email, {"partner": partner, "link": link})
        self.stdout.write(f"{partner.slug} is approved. Its widget and keys work within a minute.")

    def do_suspend(self, options: dict[str, Any]) -> None:
        partner = signup.suspend(options["slug"], self.order(options))
        self.stdout.write(f"{partner.slug} is suspended. Its widget and keys stop within a minute.")

    def do_resume(self, options: dict[str, Any]) -> None:
        partner = signup.resume(options["slug"], self.order(options))
        self.stdout.write(f"{partner.slug} is open again. Its widget and keys work within a minute.")

    def do_create(self, options: dict[str, Any]) -> None:
        partner = signup.create(options["slug"], options["name"], self.order(options))
        self.stdout.write(f"{partner.slug} is there. Next: manage.py partner invite {partner.slug} NAME@EXAMPLE.ORG")

    def do_invite(self, options: dict[str, Any]) -> None:
        partner, email, role = partner_named(options["slug"]), options["email"], Role(options["role"])
        try:
            validate_email(email)
        except ValidationError:
            raise CommandError(f"{email!r} is not an e-mail address.") from None
        made = invite(partner, email, role, Order(*LOCAL_ORDER, timezone.now()))
        if not isinstance(made, Invited):
            raise CommandError(member_problem(made))
        with translation.override(options["language"]):
            link = address(reverse("partners:invitation", kwargs={"token": made.token}))
            write("invitation", email, {"partner": partner, "role": ROLES[role], "link": link})
        self.stdout.write(f"Open this within 7 days to join {partner.name} as {role}:\n{link}")

    def do_storing(self, options: dict[str, Any]) -> None:
        partner, nothing = partner_named(options["slug"]), options["keep"] == "nothing"
        changed = storing.choose(partner, nothing=nothing, order=self.order(options))
        kept = "Nothing of its applicants is stored" if nothing else "The sealed answers of its applicants are stored"
        self.stdout.write(f"{kept} from now on." if changed else "It is so already.")

    def do_key(self, options: dict[str, Any]) -> None:
        partner = partner_named(options["slug"])
        wish = keys.KeyWish(options["name"], options["mode"], tuple(options["scopes"]))
        _key, text = keys.make(partner, wish, self.order(options))
        self.stdout.write(f"Nobody can see this key again:\n{text}")

    def do_revoke(self, options: dict[str, Any]) -> None:
        partner, identifier = partner_named(options["slug"]), options["identifier"]
        key = ApiKey.objects.filter(partner=partner, identifier=identifier).first()
        if key is None:
            raise CommandError(f"{partner.slug} has no key {identifier!r}. See: manage.py partner show {partner.slug}")
        keys.revoke(key, self.order(options))
        self.stdout.write(f"The key {identifier} does not work any more.")

    def order(self, options: dict[str, Any]) -> Order:
        return Order(options["by"], options["reason"], timezone.now())
