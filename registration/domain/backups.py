"""Backups: a file of the whole database, what is in it written beside it; and bringing one back.

Nobody is served, and nothing is sent, between the moment at which an old database is back and the moment at which what
was deleted since is deleted again: a file in VAR_DIR keeps this machine's servers (``config.health``), relays
(``config.relay``) and workers shut meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Max, Q

from registration.delivery.durable import sync_folder
from registration.domain import audit_chain, dumps, retention, sealed_files, tombstones
from registration.domain.audit import Order, Refused, record
from registration.models import SITE_SLUG, Application, AuditEntry, Contact, Partner, Subscription

NAME = re.compile(r"enfranchise-(\d{8}T\d{6}Z)\.backup")
STAMP = "%Y%m%dT%H%M%SZ"
#: Its presence keeps the servers, relays and workers of this machine shut.
SHUT = "restoring"
#: What it says to whoever wonders whether it may be removed.
SHUT_SAYS = (
    "A restore is under way, or broke off. Run manage.py restore again, until it comes to its end: removing this file "
    "could show what people had deleted. What is to be looked through again then:"
)
#: How the folders begin in which a backup is made, beside the others, and in which one is opened, in VAR_DIR.
MAKING, BRINGING_BACK = ".making-", "restore-"
_Action = AuditEntry.Action
#: What comes back with an old database, and was taken away, closed or set right since.
TAKEN_AWAY = (
    *(_Action.STAFF_REMOVED, _Action.FACTOR_RESET, _Action.MEMBER_REMOVED, _Action.ROLE_CHANGED),
    *(_Action.INVITATION_REVOKED, _Action.PARTNER_SUSPENDED, _Action.SITE_REMOVED, _Action.KEY_REVOKED),
    *(_Action.KEY_ROTATED, _Action.WEBHOOK_CHANGED, _Action.WEBHOOK_ROTATED, _Action.WEBHOOK_REMOVED),
    *(_Action.QUESTION_RETIRED, _Action.KEEPING_ENDED, _Action.SWITCHED_OFF, _Action.CORRECTED),
)
UNREAD = "The audit of before could not be read: go by its heads in your mail, by your log and your notes."


class Unfinished(Exception):
    """This machine stays shut until a restore comes to its end; the text says so, and why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup is. ``sha256``: of the file as it lies there, encrypted or not."""

    made_at: str
    database: str
    release: str
    migrations: list[str]
    rows: dict[str, int]
    audit_head: int
    is_sealed: bool
    sha256: str


@dataclass(frozen=True, slots=True)
class Restored:
    """How it went. ``rows``: (table, rows in the backup, rows now) where they differ after all steps.

    ``again``: the audit's lines of before on what was taken away since, and is back.
    """

    manifest: Manifest
    steps: tuple[tuple[str, int], ...]
    rows: tuple[tuple[str, int, int], ...]
    faults: tuple[str, ...]
    again: tuple[str, ...]


#: What must be done to an old database before anybody sees it; each returns how many rows it took away.
_steps: list[tuple[str, Callable[[datetime], int]]] = []
#: What must hold of it; each returns what is wrong.
_looks: list[Callable[[], list[str]]] = []


def after_restore(name: str, step: Callable[[datetime], int]) -> None:
    """Have ``step`` done to each database that was brought back, in the order of these calls."""
    _steps.append((name, step))


def look_after_restore(look: Callable[[], list[str]]) -> None:
    _looks.append(look)


def _journal() -> list[str]:
    path: Path = settings.TOMBSTONES
    return path.read_text().splitlines() if path.exists() else []


def _bury_again(now: datetime) -> int:
    """What people had deleted or stopped since the backup was made stays so."""
    return tombstones.replay(_journal(), now).deleted


def _journal_faults() -> list[str]:
    """Without its journal, or with another one, nobody would notice that deleted people are back."""
    count = tombstones.missing(_journal())
    if not count:
        return []
    return [
        f"journal: {settings.TOMBSTONES} lacks {count} deletions that the backup knows of: later ones may lack, too"
    ]


def _forget(now: datetime) -> int:
    return sum(retention.forget_all(lambda: now).values())


def _sign_out(_now: datetime) -> int:
    """A session that was ended since is not to come back to life."""
    return Session.objects.all().delete()[0]


def _audit_faults() -> list[str]:
    return [f"audit: {fault.text}" for fault in audit_chain.all_faults()]


look_after_restore(_audit_faults)
look_after_restore(_journal_faults)
after_restore("rows deleted again on request", _bury_again)
after_restore("sessions ended", _sign_out)
after_restore("rows forgotten since their time was over", _forget)


def is_shut() -> bool:
    """While an old database is brought back nobody may see what was deleted since, and nothing is sent from it."""
    return (Path(settings.VAR_DIR) / SHUT).exists()


def manifest_of(path: Path) -> Path:
    return path.with_suffix(".json")


def backup(folder: Path, now: datetime) -> Path:
    """Write a backup into ``folder``; returns its file, which only its owner can read. Raises DumpFailed, OSError."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    target = folder / f"enfranchise-{now.astimezone(UTC):{STAMP}}.backup"
    if target.exists():
        raise Refused("There is a backup of this very second already.")
    _clear_killed(folder, now)
    with tempfile.TemporaryDirectory(prefix=MAKING, dir=folder) as work:
        plain, ready = Path(work) / "plain", Path(work) / "ready"
        _empty(plain)
        head = AuditEntry.objects.aggregate(last=Max("pk"))["last"] or 0
        rows = dumps.dump(plain)
        if settings.BACKUP_KEY_PUBLIC:
            _empty(ready)
            with plain.open("rb") as source, ready.open("wb") as sealed:
                sealed_files.seal(source, sealed, settings.BACKUP_KEY_PUBLIC)
        else:
            plain.rename(ready)
        manifest = Manifest(
            made_at=now.isoformat(),
            database=connection.vendor,
            release=settings.RELEASE,
            migrations=sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()),
            rows=rows,
            audit_head=head,
            is_sealed=bool(settings.BACKUP_KEY_PUBLIC),
            sha256=digest_of(ready),
        )
        _put(ready, target)
        said = Path(work) / "manifest"
        _empty(said)
        said.write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True))
        _put(said, manifest_of(target))  # last: without it a backup is none
    return target


def _clear_killed(folder: Path, now: datetime) -> None:
    """What was killed on its way left the database readable in its work folder. None takes longer than a day."""
    for work in (*folder.glob(f"{MAKING}*"), *Path(settings.VAR_DIR).glob(f"{BRINGING_BACK}*")):
        if work.stat().st_mtime < (now - timedelta(days=1)).timestamp():
            shutil.rmtree(work, ignore_errors=True)


def _empty(path: Path) -> None:
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _put(ready: Path, target: Path) -> None:
    """On the disk first, then under its name."""
    with ready.open("rb") as file:
        os.fsync(file.fileno())
    ready.replace(target)
    sync_folder(target.parent)


def digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove_old(folder: Path, keep: timedelta, now: datetime) -> list[Path]:
    """Delete backups made longer ago than ``keep``; returns them. Other files stay, and so does the newest backup."""
    found = sorted(path for path in folder.iterdir() if NAME.fullmatch(path.name))
    old = []
    for path in found[:-1]:
        stamp = NAME.fullmatch(path.name)
        made = datetime.strptime(stamp[1] if stamp else "", STAMP).replace(tzinfo=UTC)
        if made < now - keep:
            manifest_of(path).unlink(missing_ok=True)
            path.unlink()
            old.append(path)
    return old


def read_manifest(path: Path) -> Manifest:
    """Raises Refused where there is none, or the file is not what it says."""
    try:
        manifest = Manifest(**json.loads(manifest_of(path).read_text()))
    except FileNotFoundError:
        raise Refused(f"There is no {manifest_of(path).name} beside it: the backup is not complete.") from None
    except (ValueError, TypeError):
        raise Refused(f"{manifest_of(path).name} is not the manifest of a backup.") from None
    if not path.is_file() or digest_of(path) != manifest.sha256:
        raise Refused("The file is missing or not the one that was written: its SHA-256 differs.")
    if manifest.database != connection.vendor:
        raise Refused(f"The backup is of {manifest.database}; the database that is set is {connection.vendor}.")
    return manifest


def holds_something() -> bool:
    """Whether there is anything in the database that a restore would destroy."""
    try:
        models = (Application, AuditEntry, Contact, Subscription, get_user_model())
        return any(model._default_manager.exists() for model in models)
    except DatabaseError:
        tables = connection.introspection.table_names()
        return bool(tables) and not {"django_migrations"}.issuperset(tables)


def restore(path: Path, private_key: str, order: Order) -> Restored:
    """Bring ``path`` back in place of the database.

    Raises Refused, DumpFailed, CannotOpenFile, BadBackupKey and OSError, where all is as it was; else Unfinished.
    """
    order.check()
    manifest = read_manifest(path)
    try:
        again = _load(path, manifest, private_key)
        return _finish(manifest, order, again)
    except Exception as error:
        if not is_shut():
            raise
        said = (str(error).splitlines() or [""])[0]
        raise Unfinished(
            f"The restore broke off: {type(error).__name__}: {said}\nWhat people had deleted may not be deleted again "
            "yet, so this machine stays shut. Mend the cause and run restore again, until it comes to its end."
        ) from error


def _load(path: Path, manifest: Manifest, private_key: str) -> tuple[str, ...]:
    """Shut this machine and put the backup in place; what of the audit of before is to be looked through again."""
    shut = Path(settings.VAR_DIR) / SHUT
    with tempfile.TemporaryDirectory(prefix=BRINGING_BACK, dir=settings.VAR_DIR) as work:
        source = _opened(path, manifest, private_key, Path(work))
        was_shut = is_shut()
        shut.touch(mode=0o600)
        try:
            _keep_deletions()
            again = {*shut.read_text().splitlines()[1:], *_taken_away(manifest)}
            said = Path(work) / SHUT
            _empty(said)
            said.write_text("".join(f"{line}\n" for line in (SHUT_SAYS, *sorted(again))))
            _put(said, shut)
            dumps.load(source)
        except (Refused, dumps.DumpFailed):
            if not was_shut:  # else what an earlier restore left half done is still there
                shut.unlink()  # all is as it was
            raise
    return tuple(sorted(again))


def _keep_deletions() -> None:
    """What the database alone knows of, or another machine wrote down, would be lost with it. Raises Refused."""
    try:
        tombstones.write_all(_journal())
    except (OSError, DatabaseError) as error:
        raise Refused(
            f"What people deleted could not be brought into {settings.TOMBSTONES}, so nothing was changed: {error} "
            "A database that is damaged, and that nobody can mend, has to be made anew and empty first."
        ) from error


def _taken_away(manifest: Manifest) -> list[str]:
    """No values: when, what, and which row of which organization."""
    later = Q(at__gte=datetime.fromisoformat(manifest.made_at)) | Q(pk__gt=manifest.audit_head)
    entries = AuditEntry.objects.filter(later, action__in=TAKEN_AWAY).order_by("pk")
    columns = ("at", "action", "subject_kind", "subject_id", "partner__slug")
    try:
        found = list(entries.values_list(*columns))
    except DatabaseError:
        return [UNREAD]
    return [
        f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC {action} {kind} {number}" + (f" of {slug}" if slug else "")
        for at, action, kind, number, slug in found
    ]


def _finish(manifest: Manifest, order: Order, again: tuple[str, ...]) -> Restored:
    """What must be done to the old database before this machine opens again."""
    rows = dumps.row_counts()
    faults = [
        f"{name} has {rows.get(name, 0)} rows" for name, count in manifest.rows.items() if rows.get(name) != count
    ]
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    steps = tuple((name, step(order.at)) for name, step in _steps)
    faults += [fault for look in _looks for fault in look()]
    with transaction.atomic():
        site = Partner.objects.get(slug=SITE_SLUG)
        record(order, _Action.RESTORED, site, {"rows": sum(manifest.rows.values()), "sha256": manifest.sha256})
    now = dumps.row_counts()
    differ = tuple((name, count, now.get(name, 0)) for name, count in manifest.rows.items() if now.get(name) != count)
    (Path(settings.VAR_DIR) / SHUT).unlink()
    return Restored(manifest, steps, differ, tuple(faults), again)


def _opened(path: Path, manifest: Manifest, private_key: str, folder: Path) -> Path:
    if not manifest.is_sealed:
        return path
    if not private_key:
        raise Refused("The backup is encrypted. Say where its private key is: --key FILE")
    plain = folder / "plain"
    _empty(plain)
    with path.open("rb") as source, plain.open("wb") as target:
        sealed_files.unseal(source, target, private_key)
    return plain
