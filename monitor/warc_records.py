"""The records of a WARC file (ISO 28500:2017), one after the other, none longer in memory than a piece.

warcio reads the headers and the digests. Its own walk through a file is not used: it takes a damaged file for a
shorter one, says so on stderr at best, and holds lines of any length.
"""

import hashlib
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from warcio.digestverifyingreader import DigestChecker, DigestVerifyingReader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser, StatusAndHeadersParserException

from monitor.errors import UsageError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_VERSIONS: Final = ("WARC/1.1", "WARC/1.0", "WARC/0.18", "WARC/0.17")
_BEGINNING: Final = b"WARC/"
_GZIP: Final = b"\x1f\x8b"
_GZIP_ONLY: Final = zlib.MAX_WBITS | 16
_PIECE: Final = 64 * 1024
_LONGEST_LINE: Final = 64 * 1024
_LONGEST_HEADER: Final = 1024 * 1024
_DIGESTS: Final = frozenset({"md5", "sha1", "sha224", "sha256", "sha384", "sha512"}) & hashlib.algorithms_available


class Record:
    """One record: its number in the file from 1, the byte it begins at, and what is left to read of its block."""

    def __init__(self, number: int, offset: int, header: StatusAndHeaders, lines: BinaryIO) -> None:
        self.number = number
        self.offset = offset
        self._header = header
        length = self.field("Content-Length") or ""
        if not (length.isascii() and length.isdigit()):
            raise ValueError("its header names no Content-Length")
        self._digest = DigestChecker()
        algorithm, _, _ = (digest := self.field("WARC-Block-Digest") or "").partition(":")
        self._block = DigestVerifyingReader(
            lines,
            int(length),
            self._digest,
            record_type=self.type,  # of a revisit it is often the original's
            block_digest=digest if algorithm in _DIGESTS else None,
        )

    def field(self, name: str) -> str | None:
        """The header field of that name, in any case of letters."""
        value: str | None = self._header.get_header(name)
        return value

    @property
    def type(self) -> str:
        return (self.field("WARC-Type") or "").lower()

    @property
    def left(self) -> int:
        """Bytes of the block not read yet."""
        left: int = self._block.limit
        return left

    def read(self, size: int) -> bytes:
        """The next bytes of the block, fewer than `size` only at its end. Raises EOFError where the file ends first."""
        data: bytes = self._block.read(size)
        if len(data) < size and self.left:
            raise EOFError("the file ends within its block")
        return data

    def http(self) -> StatusAndHeaders | None:
        """The HTTP status line and header the block begins with (RFC 9112); None where it begins with none."""
        if not self.left or not (self.field("Content-Type") or "").lower().startswith("application/http"):
            return None
        try:
            header = StatusAndHeadersParser([], verify=False).parse(_HeaderLines(self._block))
        except (EOFError, ValueError):
            return None
        return header if header.protocol.upper().startswith("HTTP/") else None

    def finish(self) -> None:
        """Read the block to its end. Raises EOFError where there is less of it, ValueError where it was altered."""
        while self.read(_PIECE):
            pass
        if self._digest.passed is False:
            raise ValueError("its block is not what its WARC-Block-Digest says")


def is_warc(path: Path) -> bool:
    """Whether the file begins as a WARC does, compressed or not. Raises UsageError if it cannot be read."""
    with reading(path) as file:
        head = file.read(_PIECE)
    if head.startswith(_GZIP):
        try:
            head = zlib.decompressobj(_GZIP_ONLY).decompress(head, len(_BEGINNING))
        except zlib.error:
            return False
    return head.startswith(_BEGINNING)


@contextmanager
def reading(path: Path) -> Iterator[BinaryIO]:
    """The file, open. Raises UsageError if it cannot be read."""
    try:
        with path.open("rb") as file:
            yield file
    except OSError as error:
        why = error.strerror or str(error)
        raise UsageError("cannot be read", where=str(path), why=why, todo="Name a file that is there") from None


def records(path: Path) -> Iterator[Record]:
    """Every record of the file in order, held against its digest once the next one is asked for.

    Raises UsageError, naming record and byte, where the file is damaged or ends early.
    """
    offset = number = 0
    with reading(path) as file:
        while True:
            number += 1
            with _damage_named(path, number, offset):
                opened = _open(file, number, offset)
            if opened is None:
                return
            record, lines, member = opened
            yield record
            with _damage_named(path, number, offset):
                record.finish()
                offset = _next_offset(file, lines, member)


@contextmanager
def record_at(path: Path, number: int, offset: int) -> Iterator[Record]:
    """The record that begins there, as `records` found it. Raises UsageError where that is no longer so."""
    with reading(path) as file, _damage_named(path, number, offset):
        opened = _open(file, number, offset)
        if opened is None:
            raise EOFError("the file has become shorter")
        yield opened[0]


def _open(file: BinaryIO, number: int, offset: int) -> "tuple[Record, BinaryIO, _Member | None] | None":
    """The record at the offset, where it is read from, and its gzip member; None at the file's end."""
    file.seek(offset)
    head = file.read(len(_GZIP))
    file.seek(offset)
    if not head:
        return None
    member = _Member(file) if head == _GZIP else None
    lines: BinaryIO = io.BufferedReader(member, _PIECE) if member else file
    header = StatusAndHeadersParser(list(_VERSIONS)).parse(_HeaderLines(lines))
    return Record(number, offset, header, lines), lines, member


def _next_offset(file: BinaryIO, lines: BinaryIO, member: "_Member | None") -> int:
    """Where the next record begins: after the empty lines that end this one."""
    while line := lines.readline(_LONGEST_LINE):
        if line.strip():
            if member:
                raise ValueError(
                    "the file is compressed as a whole, not record by record: unpack it first, as with gunzip"
                )
            return file.tell() - len(line)
    return member.end if member else file.tell()


class _Member(io.RawIOBase):
    """One gzip member (RFC 1952), from where the file stands; it never inflates more than is asked for."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._inflate = zlib.decompressobj(_GZIP_ONLY)

    @property
    def end(self) -> int:
        """Where the file goes on after the member, once that is read."""
        return self._file.tell() - len(self._inflate.unused_data)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        view = memoryview(buffer)
        data = b""
        while not data and not self._inflate.eof:
            packed = self._inflate.unconsumed_tail or self._file.read(_PIECE)
            data = self._inflate.decompress(packed, len(view))
            if not packed and not data and not self._inflate.eof:
                raise EOFError("the file ends within compressed data")
        view[: len(data)] = data
        return len(data)


class _HeaderLines:
    """Lines as warcio reads them: whole, and neither long nor many."""

    def __init__(self, source: "BinaryIO | DigestVerifyingReader") -> None:
        self._source = source
        self._left = _LONGEST_HEADER

    def readline(self) -> bytes:
        line: bytes = self._source.readline(_LONGEST_LINE)
        self._left -= len(line)
        if len(line) == _LONGEST_LINE or self._left < 0:
            raise ValueError("its header is longer than any is")
        if not line.endswith(b"\n"):
            raise EOFError("the file ends within its header")
        return line


@contextmanager
def _damage_named(path: Path, number: int, offset: int) -> Iterator[None]:
    try:
        yield
    except StatusAndHeadersParserException:
        why = "no record begins there"
    except (EOFError, ValueError, zlib.error) as error:
        why = str(error)
    else:
        return
    raise UsageError(
        f"the WARC is damaged at record {number}, byte {offset}",
        where=str(path),
        why=why,
        todo="Nothing of it was taken; get a whole copy",
    )
