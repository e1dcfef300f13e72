"""One of each record that the operators' pages show."""

from datetime import UTC, date, datetime, timedelta

from django.db.models import Model

from registration.models import Application, AuditEntry, Correction, DailyCount, Document, Partner, Switch

NOW = datetime(2028, 6, 1, 15, 30, tzinfo=UTC)


def make_records(partner: Partner) -> dict[str, Model]:
    """One of each record, by the name of its kind."""
    order = {"reason": "It does not answer.", "made_by": "Ana", "made_at": NOW}
    application = Application.objects.create(
        partner=partner, reference_hash=b"\x07" * 32, jurisdiction="GA", channel="web", language="en",
        rules_version="v1", election_day=date(2028, 11, 7), created_at=NOW,
    )  # fmt: skip
    made = (
        application,
        Document.objects.create(
            application=application, reference_hash=b"\x08" * 32, sealed=b"Zz-sealed-bytes", expires_at=NOW
        ),
        partner,
        AuditEntry.objects.create(
            who="Ana", action="corrected", subject_kind="correction", subject_id=1, reason="So it is.", at=NOW
        ),
        DailyCount.objects.create(partner=partner, day=NOW.date(), kind="started", channel="web", count=3),
        Switch.objects.create(
            jurisdiction="GA", channel="online", starts_at=NOW, ends_at=NOW + timedelta(days=1), **order
        ),
        Correction.objects.create(
            jurisdiction="GA", rule="office", fragment="[[office]]", starts_on=NOW.date(), ends_on=NOW.date(), **order
        ),
    )
    return {type(each).__name__.lower(): each for each in made}
