"""manage.py staff list | add | remove | reset-factor: who may open the operators' pages, and lost second factors."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone, translation

from registration.domain import staff
from registration.domain.audit import Order, Refused
from registration.views.partners.access import has_factor
from registration.views.partners.recovery import begin_anew, forget_factors, is_proven, tell

LANGUAGES = [code for code, _name in settings.LANGUAGES]


class Command(BaseCommand):
    help = "List, add or remove operators; take away the second factor of who lost it. See docs/operating.md."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="what", required=True)
        commands.add_parser("list", help="all operators, and whether they have a second factor")
        for name, text in (
            ("add", "make somebody an operator, and send them an email"),
            ("remove", "make them none again; the account stays"),
            ("reset-factor", "of an operator or a partner's member: both factors begin anew, by email"),
        ):
            made = commands.add_parser(name, help=text)
            made.add_argument("email")
            made.add_argument("--by", required=True, help="your name, for the audit")
            made.add_argument("--reason", required=True, help="one plain sentence")
            made.add_argument("--language", choices=LANGUAGES, default="en", help="of the e-mail")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["what"] == "list":
            lines = [self._line(each) for each in staff.staff()]
            self.stdout.write("\n".join(lines) or "There is no operator.")
            return
        try:
            validate_email(options["email"])
            order = Order(options["by"], options["reason"], timezone.now())
            with transaction.atomic(), translation.override(options["language"]):
                getattr(self, f"do_{options['what'].replace('-', '_')}")(options["email"], order)
        except ValidationError:
            raise CommandError(f"{options['email']!r} is not an e-mail address.") from None
        except Refused as refusal:
            raise CommandError(str(refusal)) from None

    def _line(self, user: Any) -> str:
        return f"{user.email}  {'second factor' if has_factor(user) else 'no second factor yet'}"

    def do_add(self, email: str, order: Order) -> None:
        user = staff.add(email, order)
        if not is_proven(user):
            # Somebody else may have signed up with this address, and chosen the password that is there.
            staff.close_door(user)
            forget_factors(user)
        if user.has_usable_password():
            tell(user, "staff_added")
        else:
            begin_anew(user, "staff_invited")
        where = f"/{settings.ADMIN_PATH}/" if settings.ADMIN_PATH else "nowhere until ADMIN_PATH is set"
        self.stdout.write(f"{user.email} is an operator. An email is on its way. The pages: {where}")

    def do_remove(self, email: str, order: Order) -> None:
        user = staff.remove(email, order)
        self.stdout.write(f"{user.email} is no operator any more.")

    def do_reset_factor(self, email: str, order: Order) -> None:
        user = staff.forget_password(email, order)
        forget_factors(user)
        begin_anew(user, "factor_reset")
        self.stdout.write(f"{user.email} is signed out everywhere, and an email leads to a new password and factor.")
