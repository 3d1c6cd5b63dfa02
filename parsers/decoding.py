"""Bytes to text as a gate: the declared label is a claim, the bytes are the evidence.

Labels follow the WHATWG Encoding Standard, so that `shift_jis` and `x-sjis` mean Windows-31J (cp932).
EUC-JP's NEC and IBM extension rows, which Python's codec lacks, are read through cp932.
"""

import codecs
import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

import webencodings

from parsers.errors import MonitorError, ReadingError

MAX_BAD_SEQUENCES: Final = 3

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_META: Final = re.compile(rb"<meta[^>]{0,500}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_XML: Final = re.compile(rb"^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_HEADER: Final = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';]+)", re.IGNORECASE)
_COMMENT: Final = re.compile(rb"<!--.*?-->", re.DOTALL)
_PRESCAN_BYTES: Final = 4096
_ISO_2022_JP: Final = re.compile(rb"\x1b\$[@B(]")
# Python's codecs of JIS X 0208 name these six differently from the Encoding Standard, so from every browser.
_AS_BROWSERS: Final = str.maketrans("〜−‖¢£¬", "～－∥￠￡￢")
_HIGH: Final = re.compile(rb"[\x80-\xff]")
_SAMPLE: Final = 8000
_ESCAPED: Final = re.compile("[\udc80-\udcff]")
_BAD: Final = re.compile("[\udc80-\udcff\ufffd]")
_PIECE: Final = 1 << 16  # bytes
_OWN_NAMES: Final = frozenset({"cp932", "utf-16-le", "utf-16-be"})  # as `charset` reports them
_EUC_ERRORS: Final = "parsers.euc_jp_extensions"


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the codec that gave it, and warnings in words; `bad_sequences` stand in the text as \\xNN."""

    text: str
    charset: str
    bad_sequences: int = 0
    warnings: tuple[str, ...] = ()


def _euc_extension(error: UnicodeError) -> tuple[str, int]:
    """Codec error handler: a pair of rows 13 and 89 to 92 through cp932, any other byte as a lone surrogate."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    lead, *rest = error.object[error.start : error.start + 2]
    if rest and 0xA1 <= lead <= 0xFE and 0xA1 <= rest[0] <= 0xFE:
        row, cell = lead - 0xA0, rest[0] - 0xA0
        high = (row + 1) // 2 + (0x80 if row < 63 else 0xC0)
        low = cell + 0x9E if row % 2 == 0 else cell + (0x3F if cell < 64 else 0x40)
        try:
            return bytes((high, low)).decode("cp932"), error.start + 2
        except UnicodeDecodeError:
            pass
    return chr(0xDC00 + lead), error.start + 1


codecs.register_error(_EUC_ERRORS, _euc_extension)


def codec_of(label: str) -> str | None:
    """The Python codec for a WHATWG label ("x-sjis" → "cp932"), or None for an unknown one."""
    if label.lower() in _OWN_NAMES:
        return label.lower()
    encoding = webencodings.lookup(label)
    if encoding is None:
        return None
    name = str(encoding.codec_info.name)
    return {"shift_jis": "cp932", "euc_jp": "euc-jp", "iso2022_jp": "iso-2022-jp"}.get(name, name)


def decode(body: bytes, *, content_type: str | None = None, charset: str | None = None) -> Decoded:
    """The text of a page's bytes.

    `charset` is a person's word and is obeyed; else a byte order mark, then the bytes themselves, weighed
    against the Content-Type header and the `<meta>`. Raises ReadingError("undecodable") where no reading
    leaves at most three bad sequences, MonitorError for a `charset` nobody knows.
    """
    if charset is not None:
        codec = codec_of(charset)
        if codec is None:
            raise MonitorError(
                f"unknown character set {charset!r}",
                where="charset",
                todo="Use a name such as utf-8, shift_jis, euc-jp or iso-2022-jp",
            )
        return _accept(_read(body, codec), ())
    for mark, codec in _BOMS:
        if body.startswith(mark):
            return _accept(_read(body[len(mark) :], codec), ())
    declared, warnings = _declared(body, content_type)
    candidates = _candidates(body, declared)
    best = _at_once(body, candidates) or min(
        (_read(body, codec) for codec in candidates), key=lambda decoded: _rank(decoded, declared)
    )
    if declared and best.charset != declared[0] and _HIGH.search(body):
        warnings.append(f"declared as {declared[0]}, but the bytes are {best.charset}")
    return _accept(best, tuple(warnings))


def _declared(body: bytes, content_type: str | None) -> tuple[list[str], list[str]]:
    """Codecs claimed by the header, then by the page's head, and warnings about labels nobody knows."""
    labels = [found[1] for found in [_HEADER.search(content_type or "")] if found]
    head = _COMMENT.sub(b"", body[:_PRESCAN_BYTES])
    labels += [found[1].decode("ascii") for found in (_XML.search(head), _META.search(head)) if found]
    codecs_, warnings = [], []
    for label in labels:
        codec = codec_of(label)
        if codec is None:
            warnings.append(f"unknown character set {label!r} declared")
        elif codec not in codecs_:
            codecs_.append("utf-8" if codec.startswith("utf-16") and b"\0" not in body else codec)
    return codecs_, warnings


def _candidates(body: bytes, declared: list[str]) -> list[str]:
    if not _HIGH.search(body):
        return ["iso-2022-jp"] if _ISO_2022_JP.search(body) else [*declared[:1], "utf-8"][:1]
    return list(dict.fromkeys([*declared, "utf-8", "cp932", "euc-jp"]))


def _at_once(body: bytes, candidates: list[str]) -> Decoded | None:
    """The reading that needs no weighing: flawless UTF-8, else the first claim where flawless and full of hiragana."""
    for codec in dict.fromkeys(("utf-8", candidates[0])) if _HIGH.search(body) else candidates[:1]:
        try:
            text = body.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\ufffd" not in text and (len(candidates) == 1 or codec == "utf-8" or _reads_well(text)):
            return Decoded(text, codec)
    return None


def _reads_well(text: str) -> bool:
    """Whether a sample from the middle of a text is full of the commonest kana, as Japanese is."""
    sample = text[max(len(text) - _SAMPLE, 0) // 2 :][:_SAMPLE]
    return sum([sample.count(kana) for kana in "のをにはとが"]) * 100 > len(sample)


def _read(body: bytes, codec: str) -> Decoded:
    """`body` read as `codec`, bad bytes shown as \\xNN; of one with too many nothing is read."""
    bad = _bad_sequences(body, codec)
    if bad > MAX_BAD_SEQUENCES:
        return Decoded("", codec, bad)
    try:
        text = body.decode(codec, _EUC_ERRORS if codec == "euc-jp" else "surrogateescape")
    except UnicodeDecodeError:  # of ISO-2022-JP bad bytes may be ASCII, which cannot be escaped so
        text = body.decode(codec, "backslashreplace")
    if not bad:
        return Decoded(text, codec)
    if codec == "euc-jp":
        bad = len(_BAD.findall(text))  # exactly: one that the body's end cuts off
    return Decoded(_ESCAPED.sub(lambda byte: f"\\x{ord(byte[0]) - 0xDC00:02x}", text), codec, bad)


def _bad_sequences(body: bytes, codec: str) -> int:
    """How many sequences are none of `codec`, counted piece by piece and not far beyond what is too many."""
    decoder = codecs.getincrementaldecoder(codec)(_EUC_ERRORS if codec == "euc-jp" else "replace")
    bad = 0
    for at in range(0, len(body), _PIECE):
        piece = decoder.decode(body[at : at + _PIECE], final=at + _PIECE >= len(body))
        bad += len(_BAD.findall(piece))
        if bad > MAX_BAD_SEQUENCES:
            break
    return bad


def _rank(decoded: Decoded, declared: list[str]) -> tuple[bool, int, int]:
    """Readable first, then the most hiragana (no wrong codec of Japanese yields it), then the earliest claim."""
    place = declared.index(decoded.charset) if decoded.charset in declared else len(declared)
    if decoded.bad_sequences > MAX_BAD_SEQUENCES:
        return (True, 0, place)
    hiragana = sum([count for char, count in Counter(decoded.text).items() if "\u3041" <= char <= "\u3096"])
    return (False, -hiragana, place)


def _accept(decoded: Decoded, warnings: tuple[str, ...]) -> Decoded:
    if decoded.bad_sequences > MAX_BAD_SEQUENCES:
        raise ReadingError(
            "undecodable",
            f"more than {MAX_BAD_SEQUENCES} byte sequences are not {decoded.charset}",
            why="the character set is declared wrongly, or the body is damaged or no text",
            todo="Look at the page in a browser; name its character set with --charset if you know it",
        )
    text = decoded.text.removeprefix("\ufeff").replace("\ufffd", "\\ufffd")
    if decoded.charset in ("euc-jp", "iso-2022-jp"):
        text = text.translate(_AS_BROWSERS)
    if decoded.bad_sequences:
        warnings += (f"{decoded.bad_sequences} byte sequences are not {decoded.charset}; shown as \\xNN",)
    return Decoded(text, decoded.charset, decoded.bad_sequences, warnings)
