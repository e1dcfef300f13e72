"""What any text must be: bounded, and made of characters that print. No script, accent or mark is refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from registration.domain.validation.problem import Problem

#: Longest part of a name or address, in characters; nothing within it is ever cut.
PART = 120
#: Longest description of a home without a street address, and of a helper's address.
PASSAGE = 300
#: Longest telephone or identity number.
NUMBER = 40

#: Control characters, lone surrogates, private and unassigned code points, line and paragraph separators.
_UNPRINTABLE = frozenset({"Cc", "Cs", "Co", "Cn", "Zl", "Zp"})
#: Marks that reorder what is seen, so that it is not what is printed; and the sign of a character already lost.
_DECEPTIVE = frozenset("\u202a\u202b\u202c\u202d\u202e\ufffd")


#: Spaces, marks without a letter, controls and joiners; and letters by their category that are nothing to the eye.
_UNSEEN = frozenset({"Zs", "Zl", "Zp", "Mn", "Mc", "Me", "Cc", "Cf"})
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def is_blank(text: str) -> bool:
    """Whether nothing of it would be seen: empty, or spaces, joiners, marks and fillers only."""
    return all(each in _FILLERS or unicodedata.category(each) in _UNSEEN for each in text)


def prints(text: str) -> bool:
    return not any(each in _DECEPTIVE or unicodedata.category(each) in _UNPRINTABLE for each in text)


def text_problems(text: str, field: str, limit: int = PART) -> Iterator[Problem]:
    """``too_long`` or ``bad_character``, whichever comes first."""
    if len(text) > limit:
        yield Problem("too_long", field, {"limit": limit})
    elif not prints(text):
        yield Problem("bad_character", field)
