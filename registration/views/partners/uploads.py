"""Reading the one file that a page of the dashboard takes: in memory, and never more of it than is wanted."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

#: A longer request is refused before it is read.
MOST_BODY = 8_000_000


class OneSmallFile(FileUploadHandler):
    """Keeps one byte more than ``limit`` at most, so that the domain finds the file too heavy and says so.

    A field of another name is passed over, and so is a second file.
    """

    def __init__(self, request: HttpRequest, field: str, limit: int) -> None:
        super().__init__(request)
        self._field = field
        self._limit = limit
        self._kept: BytesIO | None = None

    def handle_raw_input(self, _input: Any, _meta: Any, content_length: int, *_rest: Any) -> None:
        if content_length > MOST_BODY:
            raise RequestDataTooBig("The file is far too large.")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.field_name != self._field or self._kept is not None:
            raise SkipFile
        self._kept = BytesIO()

    def receive_data_chunk(self, raw_data: bytes, _start: int) -> None:
        if self._kept is not None:
            self._kept.write(raw_data[: self._limit + 1 - self._kept.tell()])

    def file_complete(self, _size: int) -> InMemoryUploadedFile | None:
        if self._kept is None:
            return None
        size = self._kept.tell()
        self._kept.seek(0)
        return InMemoryUploadedFile(self._kept, self._field, "logo", "application/octet-stream", size, None)
