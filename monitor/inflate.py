"""Undoing a body's Content-Encoding piece by piece, never more at once than asked for."""

import zlib
from typing import Final

from monitor.errors import FetchError
from parsers.errors import brief

_GZIP_OR_ZLIB: Final = zlib.MAX_WBITS | 32


class Identity:
    is_complete = True

    def feed(self, chunk: bytes, limit: int) -> bytes:
        return chunk[:limit]


class Inflating:
    """gzip (RFC 1952, several members too) or zlib (RFC 1950), never more at once than asked for."""

    def __init__(self) -> None:
        self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
        self._is_empty = True

    @property
    def is_complete(self) -> bool:
        return self._is_empty or self._inflate.eof

    def feed(self, chunk: bytes, limit: int) -> bytes:
        self._is_empty = False
        text = bytearray()
        try:
            while chunk and len(text) < limit:
                if self._inflate.eof:
                    if not chunk.startswith(b"\x1f"):
                        break  # padding after the last member
                    self._inflate = zlib.decompressobj(_GZIP_OR_ZLIB)
                text += self._inflate.decompress(chunk, limit - len(text))
                chunk = self._inflate.unused_data
        except zlib.error as error:
            raise FetchError("encoding", "the body's compression is broken", why=str(error)) from error
        return bytes(text)


def decoder(content_encoding: str) -> Identity | Inflating:
    """What undoes this Content-Encoding (RFC 9110, 8.4). Raises FetchError for one that was not asked for."""
    encoding = content_encoding.strip().lower()
    if encoding in {"", "identity"}:
        return Identity()
    if encoding in {"gzip", "x-gzip", "deflate"}:
        return Inflating()
    raise FetchError(
        "encoding", f"the body is compressed as {brief(encoding)}", why="the server was asked for gzip or nothing"
    )
