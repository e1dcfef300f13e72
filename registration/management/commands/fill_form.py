"""manage.py fill_form answers.json form.pdf: a filled form from a file, for scripts and a first look."""

import json
import os
from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone, translation

import state_rules
from registration.domain import documents, rules
from registration.forms.application_form import ApplicationForm, Setting
from registration.forms.shapes import fields_of


def read_answers(path: Path) -> dict[str, str]:
    """The file's object of field names and texts. Raises CommandError with the place of what is wrong."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CommandError(f"{path}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError:
        raise CommandError(f"{path}: is not UTF-8 text.") from None
    except json.JSONDecodeError as error:
        raise CommandError(f"{path}: line {error.lineno} is not JSON ({error.msg}).") from None
    if not isinstance(found, dict) or not all(isinstance(value, str | int | bool) for value in found.values()):
        raise CommandError(f"{path}: must be one object whose values are texts.")
    words = {True: "yes", False: "no"}
    return {name: words[value] if isinstance(value, bool) else str(value) for name, value in found.items()}


def setting_for(answers: Mapping[str, str], on: date) -> Setting:
    """The jurisdiction named by "state" and its next election. Raises CommandError."""
    code = answers.get("state", "").upper()
    try:
        jurisdiction = rules.current(code, on)
    except KeyError:
        raise CommandError('"state" must be a state\'s two letters, such as "GA".') from None
    election = state_rules.target_election(jurisdiction, on)
    return Setting(jurisdiction, state_rules.form_needs(jurisdiction, on), election, on)


def refuse_unknown(answers: Mapping[str, str], form: ApplicationForm) -> None:
    """A misspelt name would drop an answer in silence, so it is an error that lists the names there are."""
    known = {field.name for step in form.steps for field in fields_of(step.items)}
    unknown = sorted(set(answers) - known - {"state"})
    if unknown:
        raise CommandError(f"Unknown: {', '.join(unknown)}. This state's form knows: {', '.join(sorted(known))}.")


class Command(BaseCommand):
    help = "Fill the National Mail Voter Registration Form from a JSON file. A sample is docs/sample_answers.json."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("answers", type=Path, help='JSON object of the web form\'s field names, and "state"')
        parser.add_argument("form", type=Path, help="the PDF to write; it holds personal data")
        parser.add_argument("--language", choices=["en", "es"], default="en", help="of the form and its cover sheet")
        parser.add_argument(
            "--on", type=date.fromisoformat, default=None, help="as if today were this day (YYYY-MM-DD)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        on = options["on"] or timezone.localdate()
        answers = read_answers(options["answers"])
        setting = setting_for(answers, on)
        with translation.override(options["language"]):
            form = ApplicationForm(setting, answers)
            refuse_unknown(answers, form)
            for notice in form.complaints:
                if notice.advisory:
                    self.stderr.write(f"{notice.field}: {notice.message}")
            if form.blocking:
                raise CommandError("\n".join(f"{each.field}: {each.message}" for each in form.blocking))
            pdf = documents.draw(form.applicant, setting.jurisdiction, setting.election, options["language"], on=on)
        with os.fdopen(os.open(options["form"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(pdf)
        self.stdout.write(f"{options['form']}: {len(pdf) / 1000:.0f} kB. Check it, sign it in ink, mail it.")
