"""manage.py makemessages -l es: bring a catalogue up to date, with the texts of the rule files among its messages."""

from pathlib import Path

import polib
from django.core.management.commands import makemessages

from registration.phrases import texts_of_rules

WHERE = "state_rules/data"


class Command(makemessages.Command):
    help = "Bring the catalogues up to date. Needs GNU gettext. As Django's own, with the texts of the rule files."

    def build_potfiles(self) -> list[str]:
        paths = super().build_potfiles()
        for path in paths:
            add_texts_of_rules(Path(path))
        return paths


def add_texts_of_rules(template: Path) -> None:
    """Add to a catalogue's template each text of the rule files that it lacks, and say of the others where they are."""
    catalogue = polib.pofile(str(template))
    for text in sorted(texts_of_rules()):
        entry = catalogue.find(text)
        if entry is None:
            entry = polib.POEntry(msgid=text)
            catalogue.append(entry)
        entry.occurrences.append((WHERE, ""))
    catalogue.save()
