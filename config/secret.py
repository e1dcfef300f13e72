"""The secret key of a machine that was given none: made once, kept in a file only its owner can read."""

import os
import secrets
from pathlib import Path


def local_secret(path: Path) -> str:
    """The key in ``path``, made on first use. Several processes may start at once; the first one's key wins.

    The text is written in full elsewhere and then linked into place, so that no process reads half of it.
    """
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    mine = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(mine, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(mine, path)
    except FileExistsError:
        pass
    finally:
        mine.unlink()
    return path.read_text().strip()
