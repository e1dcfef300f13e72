"""The table of what is kept: every model stands in it, with its end or the word that it stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from registration.domain import chores
from registration.domain.retention import forgetting, over
from registration.domain.retention.forgetting import End, Over, forget
from registration.models import Chore

#: How often everything that is over is looked for; and after how long without it the page says that it is late.
EVERY, LATE = timedelta(minutes=10), timedelta(hours=1)
CHORE = "forget"
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Kept:
    """``kind``: its words are in ``phrases.retention``, its days in ``lengths``. ``models``: whose rows. ``over``:
    which of them have come to their end; None for what stays. ``end``: what happens to them then; None: they go.
    """

    kind: str
    models: tuple[str, ...]
    over: Over | None = None
    end: End | None = None

    def forget(self, now: datetime, limit: int = AT_ONCE) -> int:
        return forget(self.kind, self.over, self.end, now, limit) if self.over else 0


SCHEDULE = (
    Kept("sealed_answers", ("registration.Document",), over.sealed_answers, forgetting.end_answers),
    Kept("contacts", ("registration.Contact", "registration.Consent"), over.contacts),
    Kept("contacts_forbidden", ("registration.Contact", "registration.Consent"), over.contacts_forbidden),
    Kept("subscriptions", ("registration.Subscription",), over.subscriptions, forgetting.end_subscriptions),
    Kept("payloads", ("registration.Outbox",), over.payloads, forgetting.erase_payloads),
    Kept("outbox", ("registration.Outbox",), over.outbox),
    Kept("print_batches", ("registration.PrintBatch",), over.print_batches, forgetting.erase_batches),
    Kept("deliveries", ("registration.Delivery",), over.deliveries),
    Kept("webhooks", ("registration.WebhookMessage", "registration.WebhookDelivery"), over.webhooks),
    Kept("endpoints", ("registration.WebhookEndpoint",), over.endpoints),
    Kept("rate_windows", ("registration.RateWindow",), over.rate_windows),
    Kept("mails", ("registration.Mail",), over.mails),
    Kept("sessions", ("sessions.Session", "usersessions.UserSession"), over.sessions, forgetting.end_sessions),
    Kept("invitations", ("registration.Invitation",), over.invitations),
    Kept("sign_ups", ("registration.Partner",), over.sign_ups, forgetting.end_sign_ups),
    Kept(
        "accounts",
        ("auth.User", "account.EmailAddress", "account.EmailConfirmation", "mfa.Authenticator"),
        over.accounts,
    ),
    Kept("tombstones", ("registration.Tombstone",), over.tombstones),
)
#: What has no end: counts, the operators' own records, and what an organization sets while it is one.
STAYS = (
    Kept("applications", ("registration.Application",)),
    Kept("counts", ("registration.DailyCount", "registration.Forgotten")),
    Kept("audit", ("registration.AuditEntry", "registration.AuditHead", "admin.LogEntry")),
    Kept(
        "partners",
        (
            "registration.Partner",
            "registration.PartnerLogo",
            "registration.PartnerSite",
            "registration.OptInQuestion",
            "registration.ApiKey",
            "registration.Membership",
        ),
    ),
    Kept("orders", ("registration.Switch", "registration.Correction", "registration.Chore")),
)
_BY_KIND = {kept.kind: kept for kept in SCHEDULE}


def forget_kind(kind: str, now: datetime, *, limit: int = AT_ONCE) -> int:
    """Forget what is over of one kind, at most ``limit``; how many. Raises KeyError for an unknown kind."""
    return _BY_KIND[kind].forget(now, limit)


def forget_all(clock: Callable[[], datetime]) -> dict[str, int]:
    """Forget whatever is over, some at a time until none is left; how many of each kind."""
    forgotten = dict.fromkeys(_BY_KIND, 0)
    for kept in SCHEDULE:
        while count := kept.forget(clock()):
            forgotten[kept.kind] += count
            if count < AT_ONCE:
                break
    Chore.objects.update_or_create(name=CHORE, defaults={"due_at": clock() + EVERY})
    return forgotten


def work() -> chores.Work:
    """The chore that does all of it."""
    return chores.Work(CHORE, EVERY, lambda now: forget_all(lambda: now))


def last_run() -> datetime | None:
    """When everything was looked through last; None for never."""
    chore = Chore.objects.filter(name=CHORE).first()
    return chore.due_at - EVERY if chore else None


def late(now: datetime) -> tuple[str, ...]:
    """The kinds of which something is still here whose time was over LATE ago. None, if all is well."""
    return tuple(kept.kind for kept in SCHEDULE if kept.over and kept.over(now - LATE).exists())
