"""pydantic's findings in words for people: which key, what is wrong, what would be right. Never a secret."""

import json
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Any, Final, get_args

from pydantic import BaseModel, SecretStr
from pydantic_core import ErrorDetails

from monitor.settings_models import Settings
from monitor.settings_values import Filled

Place = Sequence[int | str]

_SECRET_KEYS: Final = frozenset({"password", "token", "secret", "to", "heartbeat_url", "database"})
_RULES: Final = {
    "string_type": 'must be text in quotes, like "…"',
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "bool_type": "must be true or false",
    "tuple_type": 'must be a list, like ["…"]',
    "greater_than": "must be more than {gt:g}",
    "greater_than_equal": "must be {ge:g} or more",
    "less_than_equal": "must be {le:g} or less",
    "string_pattern_mismatch": 'must be a path like "/monitor", without a slash at its end',
}
_EXAMPLES: Final = {
    "id": 'id = "soumu-ict"',
    "url": 'url = "https://www.soumu.go.jp/…"',
    "name": 'name = "desk"',
    "to": 'to = ["desk@example.jp"]',
}


def dotted(place: Place) -> str:
    """A key's place as people write it: pages[0].url."""
    text = ""
    for part in place:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def words(errors: Iterable[ErrorDetails]) -> list[str]:
    """One "key: what is wrong" for each finding, without those that only follow from another."""
    found = list(errors)
    meant = {(*error["loc"][:-1], _nearest(error["loc"])) for error in found if _is_unknown(error)}
    lines: dict[str, None] = {}
    for error in found:
        place = _place(error)
        follows = error["type"] == "missing" and place in meant
        unset = isinstance(error["input"], Filled) and error["input"].is_unset
        if not follows and not unset:
            lines[f"{dotted(place) or 'the file'}: {_sentence(error, place)}"] = None
    return list(lines)


def _place(error: ErrorDetails) -> tuple[int | str, ...]:
    """Where the error is, without the branch of a union, which pydantic adds to the key."""
    place: list[int | str] = []
    model: Any = Settings
    for part in error["loc"]:
        if isinstance(part, str) and model is None:
            break
        place.append(part)
        if isinstance(part, str):
            model = _model_of(model, part)
    return tuple(place)


def _model_of(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    field = model.model_fields.get(key)
    return _first_model(field.annotation) if field else None


def _first_model(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _first_model(part))), None)


def _known(place: Place) -> list[str]:
    """The keys known beside the last part of `place`."""
    model: type[BaseModel] | None = Settings
    for part in place[:-1]:
        if model is not None and isinstance(part, str):
            model = _model_of(model, part)
    return list(model.model_fields) if model else []


def _is_unknown(error: ErrorDetails) -> bool:
    return error["type"] == "extra_forbidden"


def _nearest(place: Place) -> str:
    near = get_close_matches(str(place[-1]), _known(place), n=1, cutoff=0.5)
    return near[0] if near else ""


def _sentence(error: ErrorDetails, place: Place) -> str:
    kind, context = error["type"], error.get("ctx", {})
    if _is_unknown(error):
        nearest = _nearest(place)
        hint = f'did you mean "{nearest}"?' if nearest else f"known here: {', '.join(_known(place))}"
        return f"unknown key, {hint}"
    if kind == "missing":
        return f"is missing, write {_EXAMPLES.get(str(place[-1]), place[-1])}"
    if kind == "model_type":
        return f"must be a table, written {_header(place)}"
    return _rule(kind, context, place) + _shown(error["input"], place)


def _header(place: Place) -> str:
    return f"[[{place[0]}]]" if len(place) > 1 else f"[{place[0]}]"


def _rule(kind: str, context: Mapping[str, Any], place: Place) -> str:
    if kind == "tuple_type" and place in {("pages",), ("subscribers",)}:
        return f"must be a list of tables, each written [[{place[0]}]]"
    if kind == "literal_error":
        return f"must be {context['expected'].replace(chr(39), chr(34))}"
    if kind in _RULES:
        return _RULES[kind].format_map(context)
    return str(context.get("error", "cannot be understood"))


def _shown(value: Any, place: Place) -> str:
    """The value as config.toml has it, unless it may be a secret or is a whole table."""
    if isinstance(value, Filled | SecretStr | Mapping | list | tuple) or _SECRET_KEYS & set(map(str, place)):
        return ""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return f", not {text if len(text) <= 60 else text[:59] + '…'}"
