"""A page as it was read, in a form that can be stored and comes back the same."""

from typing import Any

from parsers.records import Page, ReadWarning, record_from_dict


def as_data(page: Page) -> dict[str, Any]:
    """All of a page as JSON can hold it."""
    return {
        "url": page.url,
        "title": page.title,
        "charset": page.charset,
        "parser": page.parser,
        "parser_version": page.parser_version,
        "coverage": page.coverage,
        "records": [record.as_dict() for record in page.records],
        "warnings": [warning.as_dict() for warning in page.warnings],
        "floors": page.floors,
    }


def from_data(data: dict[str, Any]) -> Page:
    """The page whose `as_data` gave `data`."""
    return Page(
        **{
            **data,
            "records": tuple(record_from_dict(record) for record in data["records"]),
            "warnings": tuple(ReadWarning(**warning) for warning in data["warnings"]),
        }
    )
