"""Decoding as a gate: whatever was declared, characters that mean different things stay different."""

import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.decoding import decode
from parsers.errors import MonitorError, ReadingError

CHARSETS = ["utf-8", "cp932", "euc-jp"]
LABELS = {"utf-8": "utf-8", "cp932": "shift_jis", "euc-jp": "euc-jp", "x-sjis": "x-sjis", "none": ""}
PAIRS = ["増額減額", "受付交付", "期限期間期日", "可否", "国県町村", "髙﨑①㈱～"]
PROSE = "この事業は、地域の課題を解決するための取組を支援するものです。"


def extension_characters() -> list[str]:
    """The NEC row 13 and the NEC-selected IBM extensions of Windows-31J, in the order of their codes there."""
    return list(EXTENSION_CODES)


AS_PYTHON = str.maketrans("～－∥￠￡￢", "〜−‖¢£¬")


def _extension_codes() -> dict[str, bytes]:
    found = {}
    for lead in (0x87, 0xED, 0xEE):
        for trail in range(0x40, 0xFD):
            try:
                found[bytes((lead, trail)).decode("cp932")] = bytes((lead, trail))
            except UnicodeDecodeError:
                continue
    return found


EXTENSION_CODES = _extension_codes()


def euc(text: str) -> bytes:
    """EUC-JP with the extension rows, as browsers and Windows write it."""
    out = bytearray()
    for char in text:
        try:
            out += char.translate(AS_PYTHON).encode("euc_jp")
        except UnicodeEncodeError:
            lead, trail = EXTENSION_CODES[char]
            row = (lead - (0x81 if lead < 0xA0 else 0xC1)) * 2 + (2 if trail >= 0x9F else 1)
            cell = trail - 0x9E if trail >= 0x9F else trail - (0x40 if trail >= 0x80 else 0x3F)
            out += bytes((row + 0xA0, cell + 0xA0))
    return bytes(out)


def encoded(text: str, charset: str) -> bytes:
    return euc(text) if charset == "euc-jp" else text.encode(charset)


@pytest.mark.parametrize("declared", LABELS)
@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("words", PAIRS)
def test_words_stay_distinct_whatever_was_declared(words: str, charset: str, declared: str) -> None:
    label = LABELS[declared]
    page = f'<meta charset="{label}"><p>{PROSE}{words}</p>' if label else f"<p>{PROSE}{words}</p>"
    body = encoded(page, charset)
    for content_type in (None, f"text/html; charset={label}" if label else None):
        assert words in decode(body, content_type=content_type).text


@pytest.mark.parametrize("charset", ["cp932", "euc-jp"])
def test_all_extension_characters_survive(charset: str) -> None:
    characters = "".join(extension_characters())
    assert len(characters) == 457
    assert decode(encoded(characters, charset), charset=charset).text == characters


@pytest.mark.parametrize(
    ("mark", "codec"), [(b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")]
)
def test_a_byte_order_mark_decides(mark: bytes, codec: str) -> None:
    decoded = decode(mark + PROSE.encode(codec), content_type="text/html; charset=shift_jis")
    assert (decoded.text, decoded.charset) == (PROSE, codec)


def test_iso_2022_jp_is_read_without_a_declaration() -> None:
    assert decode(PROSE.encode("iso-2022-jp")).text == PROSE


def test_a_charset_that_the_bytes_belie_is_said() -> None:
    decoded = decode(PROSE.encode("cp932"), content_type="text/html; charset=EUC-JP")
    assert decoded.warnings == ("declared as euc-jp, but the bytes are cp932",)


def test_a_meta_in_a_comment_declares_nothing() -> None:
    assert decode(b'<!-- <meta charset="euc-jp"> --><p>' + PROSE.encode("cp932")).warnings == ()


def test_up_to_three_bad_sequences_are_shown_as_bytes() -> None:
    decoded = decode(PROSE.encode() + b"\xff" + PROSE.encode())
    assert (decoded.text, decoded.bad_sequences) == (f"{PROSE}\\xff{PROSE}", 1)


def test_more_than_three_bad_sequences_are_refused() -> None:
    with pytest.raises(ReadingError) as caught:
        decode(PROSE.encode() + b"\xff\x80 " * 4)
    assert caught.value.reason == "undecodable"


@pytest.mark.parametrize("charset", [*CHARSETS, None])
@pytest.mark.timeout(20)
def test_bad_bytes_without_end_are_counted_no_further_than_to_too_many(charset: str | None) -> None:
    with pytest.raises(ReadingError, match="more than 3 byte sequences"):
        decode((PROSE.encode() + b"\x80\xff\xa0 ") * 200_000, charset=charset)


def test_a_bad_byte_costs_little_more_memory_than_none() -> None:
    body = PROSE.encode() * 50_000
    tracemalloc.start()
    try:
        decode(body + b"\xff")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 6 * len(body)


def test_a_pair_that_the_end_cuts_off_counts_with_both_bytes() -> None:
    assert decode(b"\x8f\xc8", charset="euc-jp").bad_sequences == 2


def test_a_charset_nobody_knows_is_refused_by_name() -> None:
    with pytest.raises(MonitorError, match="unknown character set 'klingon'"):
        decode(b"abc", charset="klingon")


@given(
    st.text(alphabet=st.characters(codec="cp932", exclude_characters="\ufeff¢£¬‖−〜"), max_size=60),
    st.sampled_from(CHARSETS),
)
def test_a_named_charset_gives_the_text_back(text: str, charset: str) -> None:
    try:
        body = encoded(text, charset)
    except (UnicodeEncodeError, KeyError):
        return
    if charset != "cp932" or body.decode("cp932") == text:
        assert decode(body, charset=charset).text == text


@given(st.binary(max_size=300))
def test_no_bytes_raise_anything_but_our_errors(body: bytes) -> None:
    try:
        text = decode(body).text
    except MonitorError:
        return
    assert "\ufffd" not in text
