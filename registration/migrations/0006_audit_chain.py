"""The audit becomes a chain: each entry has a digest over itself and the digest of the one before it.

SQLite makes the table anew here, so that the triggers go and come back; PostgreSQL's refuse TRUNCATE from now on. A
later migration that remakes the table has to do the same (``GUARD`` and ``UNGUARD``).
"""

import hashlib
import json
from datetime import UTC

from django.db import migrations, models

TABLE = "registration_auditentry"
GUARDS = {
    "sqlite": {"audit_no_update", "audit_no_delete"},
    "postgresql": {"audit_append_only", "audit_no_truncate"},
}
OF_ROWS = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{event.lower()} BEFORE {event} ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
        for event in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        f"CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()",
    ],
}
FUNCTION = (
    "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$"
)
# An empty table may be truncated: nothing is lost, and Django's own flush truncates every table.
FUNCTION_OF_TABLE = (
    "CREATE FUNCTION audit_is_not_emptied() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF EXISTS (SELECT 1 FROM {TABLE}) THEN RAISE EXCEPTION 'the audit is append-only'; END IF; "
    "RETURN NULL; END $$"
)
GUARD = {
    "sqlite": OF_ROWS["sqlite"],
    "postgresql": [
        FUNCTION,
        FUNCTION_OF_TABLE,
        *OF_ROWS["postgresql"],
        f"CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON {TABLE} "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_is_not_emptied()",
    ],
}
GUARD_OF_BEFORE = {"sqlite": OF_ROWS["sqlite"], "postgresql": [FUNCTION, *OF_ROWS["postgresql"]]}
UNGUARD = {
    "sqlite": [f"DROP TRIGGER IF EXISTS {name}" for name in sorted(GUARDS["sqlite"])],
    "postgresql": [
        *(f"DROP TRIGGER IF EXISTS {name} ON {TABLE}" for name in sorted(GUARDS["postgresql"])),
        "DROP FUNCTION IF EXISTS audit_is_append_only()",
        "DROP FUNCTION IF EXISTS audit_is_not_emptied()",
    ],
}


def run(statements):
    def of_vendor(_apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return of_vendor


def digest_of(entry, previous):
    columns = {
        "action": entry.action,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "details": entry.details,
        "id": entry.pk,
        "partner": entry.partner_id,
        "reason": entry.reason,
        "subject_id": entry.subject_id,
        "subject_kind": entry.subject_kind,
        "who": entry.who,
    }
    canonical = json.dumps(columns, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256((previous + canonical).encode("ascii")).hexdigest()


def chain(apps, schema_editor):
    """The entries of before, in the order of their numbers. What was changed before today cannot be known."""
    entries = apps.get_model("registration", "AuditEntry").objects
    digest, number, count = "0" * 64, 0, 0
    for entry in entries.order_by("pk").iterator():
        previous, digest = digest, digest_of(entry, digest)
        entries.filter(pk=entry.pk).update(previous=previous, digest=digest)
        number, count = entry.pk, count + 1
    apps.get_model("registration", "AuditHead").objects.create(id=1, number=number, digest=digest, count=count)
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0005_outbox'),
    ]

    operations = [
        migrations.RunPython(run(UNGUARD), run(GUARD_OF_BEFORE)),
        migrations.CreateModel(
            name='AuditHead',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('number', models.BigIntegerField(default=0)),
                ('digest', models.CharField(default='0' * 64, max_length=64)),
                ('count', models.BigIntegerField(default=0)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='audit_has_one_head')],
            },
        ),
        migrations.AddField(
            model_name='auditentry',
            name='previous',
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.AddField(
            model_name='auditentry',
            name='digest',
            field=models.CharField(max_length=64, null=True),
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.AlterField(
            model_name='auditentry',
            name='previous',
            field=models.CharField(max_length=64),
        ),
        migrations.AlterField(
            model_name='auditentry',
            name='digest',
            field=models.CharField(max_length=64),
        ),
        migrations.AddConstraint(
            model_name='auditentry',
            constraint=models.UniqueConstraint(models.F('previous'), name='audit_does_not_fork'),
        ),
        migrations.RunPython(run(GUARD), run(UNGUARD)),
    ]
