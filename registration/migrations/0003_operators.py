"""Switches, corrections and the audit, whose rows the database itself keeps as they are.

A later migration that remakes the audit's table on SQLite loses the triggers and has to make them again.
"""

from django.db import migrations, models

TABLE = "registration_auditentry"
MAKE = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{event.lower()} BEFORE {event} ON {TABLE} "
        "BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END"
        for event in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit is append-only'; END $$",
        f"CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON {TABLE} "
        "FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()",
    ],
}
DROP = {
    "sqlite": ["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"],
    "postgresql": [f"DROP TRIGGER audit_append_only ON {TABLE}", "DROP FUNCTION audit_is_append_only()"],
}


def run(statements):
    def of_vendor(_apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement, params=None)

    return of_vendor


class Migration(migrations.Migration):

    dependencies = [
        ('registration', '0002_site_partner'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuditEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('who', models.CharField(max_length=100)),
                ('action', models.CharField(choices=[('switched_off', 'Switched Off'), ('switch_ended', 'Switch Ended'), ('corrected', 'Corrected'), ('correction_ended', 'Correction Ended')], max_length=20)),
                ('subject_kind', models.CharField(max_length=20)),
                ('subject_id', models.BigIntegerField()),
                ('reason', models.CharField(max_length=300)),
                ('at', models.DateTimeField()),
                ('details', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['subject_kind', 'subject_id'], name='audit_by_subject')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.CharField(max_length=2)),
                ('rule', models.CharField(max_length=60)),
                ('fragment', models.TextField()),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('reason', models.CharField(max_length=300)),
                ('reason_es', models.CharField(blank=True, max_length=300)),
                ('made_by', models.CharField(max_length=100)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['jurisdiction', 'ends_on'], name='correction_not_ended')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='correction_has_a_day')],
            },
        ),
        migrations.CreateModel(
            name='Switch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('jurisdiction', models.CharField(blank=True, max_length=2)),
                ('channel', models.CharField(choices=[('online', 'Online'), ('mail', 'Mail'), ('in_person', 'In Person')], max_length=9)),
                ('language', models.CharField(blank=True, max_length=10)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('reason_es', models.CharField(blank=True, max_length=300)),
                ('made_by', models.CharField(max_length=100)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['ends_at'], name='switch_not_ended')],
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='switch_ends_after_start')],
            },
        ),
        migrations.RunPython(run(MAKE), run(DROP)),
    ]
