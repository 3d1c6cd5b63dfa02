"""Files that a command writes."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from monitor.errors import UsageError


@contextmanager
def whole(file: Path) -> Iterator[BinaryIO]:
    """A file that is there once all of it is written, or stays as it was. Raises UsageError."""
    try:
        if file.is_dir():
            raise IsADirectoryError(0, "is a folder")
        partial = file.with_name(f".{file.name}.{os.getpid()}.partial")
        try:
            with partial.open("wb") as out:
                yield out
            partial.replace(file)
        finally:
            partial.unlink(missing_ok=True)
    except OSError as error:
        raise UsageError(
            "cannot be written",
            where=str(file),
            why=error.strerror or str(error),
            todo="Name another file: --output FILE",
        ) from None
