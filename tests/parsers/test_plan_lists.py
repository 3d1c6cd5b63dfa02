"""Lists of certified plans are known by what stands over them."""

from pathlib import Path

import pytest

from parsers import Plan, parse

BODY = (Path(__file__).resolve().parent.parent / "pages" / "support" / "nested-lists.html").read_bytes().decode("cp932")
URL = "https://www.soumu.go.jp/main_sosiki/joho_tsusin/top/local_support/ict/support/index.html"
HEADING = "認定導入計画の概要"


def plans(heading: str) -> list[Plan]:
    """The plans under a heading in place of 【認定導入計画の概要】."""
    assert BODY.count(HEADING) == 1
    page = parse(BODY.replace(HEADING, heading).encode(), url=URL)
    return [record for record in page.records if isinstance(record, Plan) and heading in record.path]


@pytest.mark.parametrize(
    ("heading", "plan_type"),
    [
        (HEADING, "導入計画"),
        ("認定された導入計画の一覧", "導入計画"),
        ("導入計画の認定状況", "導入計画"),
        ("認定を受けた計画の一覧", None),
    ],
)
def test_a_list_of_plans_is_one_under_any_heading_that_says_so(heading: str, plan_type: str | None) -> None:
    found = plans(heading)
    assert len(found) == 16
    assert {plan.plan_type for plan in found} == {plan_type}


@pytest.mark.parametrize("heading", ["導入計画 認定申請書様式", "認定計画の変更手続", "関係法令"])
def test_forms_and_laws_about_plans_are_no_plans(heading: str) -> None:
    assert plans(heading) == []
