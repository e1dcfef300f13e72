"""What a person wants us to send, as they said it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Wish:
    """``email`` and ``phone`` as typed; the rest, whether they said yes to it. Nothing is sent without a yes."""

    email: str = ""
    phone: str = ""
    link_email: bool = False
    link_sms: bool = False
    remind_email: bool = False
    remind_sms: bool = False
    print_post: bool = False
