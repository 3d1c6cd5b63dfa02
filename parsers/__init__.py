"""Bytes to records: decoding, reading by meaning, Japanese dates. Pure: no I/O, no clock."""

from parsers.errors import MonitorError, ReadingError
from parsers.reading import parse, parser_versions
from parsers.records import Category, Document, Page, Period, Plan, Programme, ReadWarning, Record, Text

__all__ = [
    "Category",
    "Document",
    "MonitorError",
    "Page",
    "Period",
    "Plan",
    "Programme",
    "ReadWarning",
    "ReadingError",
    "Record",
    "Text",
    "parse",
    "parser_versions",
]
