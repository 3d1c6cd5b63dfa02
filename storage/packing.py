"""JSON packed with zstd (RFC 8878), for columns whose rows are many and small.

What is alike in all of them (names of fields, of headers, words of the trade) stands in a sample that serves as
dictionary, so that a row holds what is its own: a record takes a third of its text, a change an eighth.
"""

import json
import sys
from typing import Any, Final

from sqlalchemy import JSON, LargeBinary
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from storage.errors import damaged
from storage.types import as_json

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

# Part of the format: a byte of it altered, and what is stored can no longer be read.
_SAMPLE: Final = """[["Date","Mon, 01 Apr 2024 00:00:00 GMT"],["Server","Apache"],["Vary","Accept-Encoding"],\
["Connection","keep-alive"],["Keep-Alive","timeout=5, max=100"],["Cache-Control","max-age=0"],["Accept-Ranges",\
"bytes"],["Transfer-Encoding","chunked"],["Content-Encoding","gzip"],["Last-Modified","Mon, 01 Apr 2024 00:00:00 GMT"]\
,["ETag","\\"1"],["Content-Length","1"],["Content-Type","text/html; charset=UTF-8"]]\
{"kind":"text","key":"","path":[],"title":"","url":null,"note":null,"date":null,"date_kind":null,"periods":[{"label":\
"公募期間","from":"2024-04-01","until":"2025-03-31T17:00"}],"closed":true,"text":""}\
{"kind":"category","key":"","path":[],"title":"","url":null,"note":null,"date":null,"date_kind":null,"periods":[],\
"closed":false,"text":""}{"kind":"programme","key":"","path":["支援"],"title":"促進税制","url":null,"note":null,"date":\
null,"date_kind":null,"periods":[],"closed":false,"text":"本制度は、事業者が、","category":"税制"}\
{"kind":"document","key":"","path":["","認定申請書・様式"],"title":"の概要","url":"https://www.soumu.go.jp/main_content/\
000","note":"令和6年4月1日更新","date":"2024-04-01","date_kind":"updated","periods":[],"closed":false,"text":"","role":\
"form","format":"pdf","programme":null}{"also":["document.revised"],"title":"","path":[],"fields":["title","url",\
"text"],"flags":["note_without_content"],"cause":null,"before":null,"after":null,"url":"https://www.soumu.go.jp/"}\
{"also":[],"title":"株式会社","path":["","認定開発供給計画","全国5G"],"fields":["note","date"],"flags":[],"cause":null,\
"before":{"kind":"plan","key":"開発供給計画|全国5G|株式会社","path":["","認定導入計画","ローカル5G"],"title":"株式会社",\
"url":"https://www.soumu.go.jp/main_content/000","note":"令和6年1月23日変更","date":"2024-01-23","date_kind":"amended",\
"periods":[],"closed":false,"text":"","position":1,"plan_type":"導入計画","network":"ローカル5G","companies":["株式会社"\
]},"after":{"kind":"plan","key":"導入計画|"""
_DICTIONARY: Final = zstd.ZstdDict(_SAMPLE.encode(), is_raw=True)
_OPTIONS: Final[dict[int, int]] = {
    zstd.CompressionParameter.compression_level: 9,
    zstd.CompressionParameter.content_size_flag: 0,
}


def pack(value: object) -> bytes:
    """A value that JSON can hold, in bytes."""
    return zstd.compress(as_json(value).encode(), options=_OPTIONS, zstd_dict=_DICTIONARY.as_digested_dict)


def unpack(data: bytes) -> Any:
    """The value that was packed. Raises ValueError for bytes that are none."""
    try:
        return json.loads(zstd.decompress(data, zstd_dict=_DICTIONARY))
    except zstd.ZstdError as error:
        raise ValueError("not packed JSON") from error


class PackedJson(TypeDecorator[Any]):
    """A column of packed JSON; `None` is NULL."""

    impl = LargeBinary
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:  # noqa: ARG002
        return None if value is None else pack(value)

    def process_result_value(self, value: bytes | None, dialect: Dialect) -> Any:  # noqa: ARG002
        if value is None:
            return None
        try:
            return unpack(value)
        except ValueError as error:
            raise damaged("a packed column cannot be read") from error


class Pairs(TypeDecorator[list[list[int]]]):
    """A column of pairs of numbers, sorted by the second; where both grow by one, only the first of the run is kept.

    In JSON a run is [first, second, length]; a pair alone is a run of one.
    """

    impl = JSON
    cache_ok = True

    def process_bind_param(self, value: list[list[int]] | None, dialect: Dialect) -> list[list[int]] | None:  # noqa: ARG002
        if value is None:
            return None
        runs: list[list[int]] = []
        for first, second in sorted(value, key=lambda pair: (pair[1], pair[0])):
            if runs and (first - runs[-1][0], second - runs[-1][1]) == (runs[-1][2], runs[-1][2]):
                runs[-1][2] += 1
            else:
                runs.append([first, second, 1])
        return runs

    def process_result_value(self, value: list[list[int]] | None, dialect: Dialect) -> list[list[int]] | None:  # noqa: ARG002
        if value is None:
            return None
        return [
            [first + step, second + step]
            for first, second, *length in value
            for step in range(length[0] if length else 1)
        ]
