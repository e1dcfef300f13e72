"""The services of a run, started when the first drill needs them and shared by those that come after."""

from __future__ import annotations

import secrets
from pathlib import Path

from drills.places import listens
from drills.processes import Site
from drills.services import Postgres, RabbitMQ, Redis

BASE = "base"


class Stack:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {
            "DJANGO_SETTINGS_MODULE": "drills.settings",
            "STATIC_ROOT": str(folder / "static"),
            "SECRET_KEY": secrets.token_urlsafe(40),
            "FIELD_KEYS": f"first:{secrets.token_urlsafe(32)}",
            "DELIVERY_KEYS": f"first:{secrets.token_urlsafe(32)}",
        }
        self.api_key = ""
        self._postgres: Postgres | None = None
        self._redis: Redis | None = None
        self._rabbitmq: RabbitMQ | None = None

    @property
    def postgres(self) -> Postgres:
        """Ready, with a prepared database to copy."""
        if self._postgres is None:
            self._postgres = Postgres(self.folder)
            self._postgres.create()
            self._prepare(self._postgres)
        return self._postgres

    def _prepare(self, postgres: Postgres) -> None:
        postgres.create_database(BASE)
        self.api_key = prepare(Site(self.folder, {**self.settings, "DATABASE_URL": postgres.url(BASE)}, "preparing"))

    @property
    def redis(self) -> Redis:
        if self._redis is None:
            self._redis = Redis(self.folder)
            self._redis.create()
        return self._redis

    @property
    def rabbitmq(self) -> RabbitMQ:
        if self._rabbitmq is None:
            self._rabbitmq = RabbitMQ(self.folder)
            self._rabbitmq.create()
        return self._rabbitmq

    def take_over(self, standby: Postgres) -> None:
        """From now on ``standby`` is the database of all drills."""
        self._postgres = standby

    def heal(self) -> None:
        """Start again what the last drill left broken."""
        for service in (self._postgres, self._redis, self._rabbitmq):
            if service is not None and not (service.program and service.program.is_running and listens(service.port)):
                service.kill9()
                service.start()

    def folders(self) -> list[tuple[Path, bool]]:
        """(folder, whether dates and numbers are searched for there, too) of every service that runs."""
        found = [(self._postgres.folder, False)] if self._postgres else []
        return found + [(each.folder, True) for each in (self._redis, self._rabbitmq) if each]

    def stop(self) -> None:
        for service in (self._postgres, self._redis, self._rabbitmq):
            if service is not None:
                service.stop()


def prepare(site: Site) -> str:
    """Tables, static files, and a partner whose key for the API it gives."""
    site.manage("prepare")
    by = ("--by", "Drill", "--reason", "A partner for a drill.")
    site.manage("partner", "create", "drill", "--name", "Drill Partner", *by)
    printed = site.manage("partner", "key", "drill", "--mode", "live", *by)
    return next(word for word in printed.split() if len(word) > 30 and "_" in word)
