"""What the database holds in the end, asked in SQL: the oracle does not trust the product's own code for it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Records:
    """``references``: how many applications there are by the hash of their reference. ``forms``: documents likewise."""

    references: dict[bytes, int] = field(default_factory=dict)
    forms: dict[bytes, int] = field(default_factory=dict)
    counted: int = 0
    outbox: dict[str, int] = field(default_factory=dict)
    effects: dict[tuple[str, str], int] = field(default_factory=dict)
    dead: tuple[str, ...] = ()


def read(url: str) -> Records:
    import psycopg

    with psycopg.connect(url, connect_timeout=10) as connection:
        return Records(
            dict(_rows(connection, "SELECT reference_hash, count(*) FROM registration_application GROUP BY 1")),
            dict(_rows(connection, "SELECT reference_hash, count(*) FROM registration_document GROUP BY 1")),
            _number(connection, "SELECT coalesce(sum(count), 0) FROM registration_dailycount WHERE kind = 'form_made'"),
            _outbox(connection),
            _effects(connection),
            tuple(kind for (kind,) in _rows(connection, DEAD)) if _has(connection, OUTBOX) else (),
        )


OUTBOX, DELIVERY = "registration_outbox", "registration_delivery"
DEAD = "SELECT kind FROM registration_outbox WHERE dead_at IS NOT NULL ORDER BY kind"
#: A row of tomorrow is in its place; what is due now must go.
STATES = """
SELECT CASE WHEN done_at IS NOT NULL THEN 'done' WHEN dead_at IS NOT NULL THEN 'dead'
            WHEN available_at > now() + interval '1 hour' THEN 'later' ELSE 'waiting' END, count(*)
FROM registration_outbox GROUP BY 1
"""
EFFECTS = "SELECT ref_id::text, kind, count(*) FROM registration_delivery GROUP BY 1, 2"


def waiting(url: str) -> int:
    """Rows that something still has to be done for."""
    import psycopg

    with psycopg.connect(url, connect_timeout=10) as connection:
        return _outbox(connection).get("waiting", 0)


def _outbox(connection: object) -> dict[str, int]:
    return dict(_rows(connection, STATES)) if _has(connection, OUTBOX) else {}


def _effects(connection: object) -> dict[tuple[str, str], int]:
    if not _has(connection, DELIVERY):
        return {}
    return {(ref, kind): count for ref, kind, count in _rows(connection, EFFECTS)}


def _has(connection: object, table: str) -> bool:
    return bool(_number(connection, f"SELECT count(*) FROM pg_class WHERE relname = '{table}'"))  # noqa: S608  our own words


def _rows(connection: object, statement: str) -> list[tuple]:  # type: ignore[type-arg]  # of the statement's own shape
    rows = connection.execute(statement).fetchall()  # type: ignore[attr-defined]  # a connection of psycopg
    return [tuple(bytes(each) if isinstance(each, memoryview) else each for each in row) for row in rows]


def _number(connection: object, statement: str) -> int:
    return int(_rows(connection, statement)[0][0])
