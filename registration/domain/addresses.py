"""Reading addresses in order to suggest, never to change or refuse. The only user of usaddress.

ZIP prefixes follow the Postal Service's list of three-digit prefixes (Labeling List L002); ZIP codes that cross a
state line follow the Census Bureau's ZIP code tabulation areas. Both are data: ``data/zip_states.toml``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from registration.applicant import Address

#: Longer streets are not parsed: the parser's time grows with its input.
LONGEST_PARSED = 200
FILE = Path(__file__).parent / "data" / "zip_states.toml"

_ZIP = re.compile(r"(\d{5})(?:-?\d{4})?", re.ASCII)
#: "PO Box 12", "P. O. Box A", "Post Office Box 12", "PO Drawer 3", "POB 12", "Apartado 12".
_PO_BOX = re.compile(
    r"(p\W{0,2}o\W{0,2}|post\s+office\s+)(box|drawer)\W{0,3}\w|(p\W?o\W?b\W{0,3}|apartado\W{1,3}(postal\W{1,3})?)#?\d",
    re.IGNORECASE,
)
_GENERAL_DELIVERY = re.compile(r"(general\s+delivery|gen\.?\s+del\.?|entrega\s+general)\b", re.IGNORECASE)
_MILITARY_STREET = re.compile(r"(psc|cmr|omc|unit)\W{0,2}\d+\W{1,3}(box)\b|(uss|usns|uscgc)\s", re.IGNORECASE)
_MILITARY_CITIES = frozenset({"APO", "FPO", "DPO"})
_MILITARY_STATES = frozenset({"AA", "AE", "AP"})
_MILITARY_CITY_IN_STREET = re.compile(r"\b[AFD]PO\W{1,2}(AA|AE|AP)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``street`` without its apartment or unit, and that unit, for a person to accept or leave."""

    street: str
    unit: str


def suggestion(address: Address) -> Suggestion | None:
    """The unit moved out of the street line, where one clearly stands at its end and the unit's box is empty."""
    if address.unit.strip() or len(address.street) > LONGEST_PARSED or is_po_box(address.street):
        return None
    unit = _unit_at_end(address.street)
    street = address.street[: len(address.street) - len(unit)].rstrip(" ,") if unit else ""
    if not unit or not street:
        return None
    return Suggestion(street, unit)


def _unit_at_end(street: str) -> str:
    """The words at the end of ``street`` that name an apartment or unit, exactly as they stand there, or ""."""
    import usaddress  # here: it loads a model, which most processes need not pay for

    try:
        parts, kind = usaddress.tag(street)
    except usaddress.RepeatedLabelError:
        return ""
    if kind != "Street Address" or "AddressNumber" not in parts:
        return ""
    kind_of_unit, number = parts.get("OccupancyType", ""), parts.get("OccupancyIdentifier", "")
    if not number or not (kind_of_unit or number.startswith("#")):
        return ""
    words = [re.escape(word) for word in f"{kind_of_unit} {number}".replace("#", " # ").split()]
    found = re.search(r"\W{0,2}?".join(words) + r"\W*$", street)
    return found.group().strip() if found else ""


def is_po_box(street: str) -> bool:
    """Whether the line is a post office box and no place to live."""
    return _PO_BOX.match(street.strip().lstrip("#").strip()) is not None


def is_general_delivery(street: str) -> bool:
    return _GENERAL_DELIVERY.match(street.strip()) is not None


def is_military(address: Address) -> bool:
    """An APO, FPO or DPO address: by its city, its "state" (AA, AE, AP) or the shape of its street line."""
    return (
        address.city.strip().upper() in _MILITARY_CITIES
        or address.state.strip().upper() in _MILITARY_STATES
        or _MILITARY_STREET.match(address.street.strip()) is not None
        or _MILITARY_CITY_IN_STREET.search(address.street) is not None
    )


def zip5(zip_code: str) -> str:
    """The first five digits of a ZIP or ZIP+4, or "" for anything of another shape."""
    found = _ZIP.fullmatch(zip_code.strip())
    return found.group(1) if found else ""


@dataclass(frozen=True, slots=True)
class _Tables:
    """ZIP3 prefix -> codes; prefixes taken for several states; five-digit ZIPs that differ from their prefix."""

    prefixes: dict[str, tuple[str, ...]]
    spanning: dict[str, tuple[str, ...]]
    zips: dict[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    data = tomllib.loads(FILE.read_text(encoding="utf-8"))
    prefixes: dict[str, tuple[str, ...]] = {}
    for code, ranges in data["prefixes"].items():
        for each in ranges:
            first, _, last = each.partition("-")
            for number in range(int(first), int(last or first) + 1):
                prefixes[f"{number:03}"] = (code,)
    spanning, zips = ({key: tuple(codes) for key, codes in data[name].items()} for name in ("spanning", "zips"))
    return _Tables(prefixes, spanning, zips)


def states_of_zip(zip_code: str) -> tuple[str, ...]:
    """Codes of the states where the ZIP delivers, the likelier first; () where it is unknown or misshapen.

    Military codes ("AA", "AE", "AP") stand for themselves.
    """
    five, tables = zip5(zip_code), _tables()
    return tables.zips.get(five) or tables.prefixes.get(five[:3], ())


@lru_cache(maxsize=1)
def known_states() -> frozenset[str]:
    """Every two-letter code that an address in the United States mail can have."""
    tables = _tables()
    every = (tables.prefixes, tables.spanning, tables.zips)
    return frozenset(code for table in every for codes in table.values() for code in codes)


def zip_matches_state(zip_code: str, state: str) -> bool | None:
    """Whether the ZIP may be one of the state's; None where the table cannot say."""
    states = states_of_zip(zip_code)
    if not states or state.strip().upper() not in known_states():
        return None
    return state.strip().upper() in (*states, *_tables().spanning.get(zip5(zip_code)[:3], ()))
