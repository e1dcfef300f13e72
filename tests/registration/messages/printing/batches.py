"""Batches for the print shop, as an operator's commands make them."""

import io
from pathlib import Path

from django.core.management import call_command

from registration.domain.subscriptions import Wish
from registration.models import PrintBatch

BY = "--by=Ana Ruiz"
WISH = Wish(print_post=True)


def run(*words) -> str:
    out = io.StringIO()
    call_command(*map(str, words), BY, stdout=out, stderr=out)
    return out.getvalue()


def batch_in(folder: Path) -> Path:
    (batch,) = folder.iterdir()
    return batch


def exported(tmp_path, now) -> Path:
    run("print_export", tmp_path / "shop")
    PrintBatch.objects.update(exported_at=now)
    return batch_in(tmp_path / "shop")
