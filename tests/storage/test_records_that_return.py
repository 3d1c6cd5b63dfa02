"""A record that was removed and comes back is the same record again, whatever it was called meanwhile."""

from dataclasses import replace

URL = "https://www.soumu.example/p.pdf"


def keys(saved):
    return [(change.change, change.key) for change in saved.changes]


def shows(site, *records):
    """A check with a record beside them that stays."""
    return site.shows(site.plan("日本電気"), *records)


def test_a_record_back_after_a_month_has_its_key_and_its_history(site, store):
    shows(site, site.plan("富士通"))
    gone = shows(site)
    site.later(days=31)
    back = shows(site, site.plan("富士通"))

    key = "開発供給計画|全国5G|富士通"
    assert (keys(gone), keys(back)) == ([("plan.removed", key)], [("plan.added", key)])
    assert [version.record is None for version in store.history(site.id, "plan", key)] == [False, True, False]


def test_a_renamed_record_comes_back_under_its_first_key(site):
    shows(site, site.plan("富士通", url=URL))
    shows(site, site.plan("富士通フロンテック", url=URL))
    shows(site)
    site.later(days=31)
    back = shows(site, site.plan("富士通フロンテック", url=URL))

    assert keys(back) == [("plan.added", "開発供給計画|全国5G|富士通")]


def test_a_renamed_record_comes_back_with_a_new_file(site):
    shows(site, site.plan("富士通", url=URL))
    shows(site, site.plan("富士通フロンテック", url=URL))
    shows(site)
    back = shows(site, site.plan("富士通フロンテック", url="https://www.soumu.example/q.pdf"))

    assert keys(back) == [("plan.added", "開発供給計画|全国5G|富士通")]


def test_a_key_that_another_took_meanwhile_stays_with_the_other(site):
    shows(site, site.plan("富士通", url=URL))
    shows(site, site.plan("富士通フロンテック", url=URL))
    shows(site)
    other = site.plan("富士通", url="https://www.soumu.example/q.pdf")
    shows(site, other)
    back = shows(site, other, site.plan("富士通フロンテック", url=URL))

    assert keys(back) == [("plan.added", "開発供給計画|全国5G|富士通フロンテック")]


def test_of_two_records_of_one_name_each_comes_back_as_itself(site):
    first, second = site.document("概要資料はこちら", "https://a.example/1.pdf"), site.document("概要資料はこちら", URL)
    shows(site, first, second)
    shows(site)
    back = shows(site, second)

    assert keys(back) == [("document.added", "様式|概要資料はこちら~2")]


def test_a_document_whose_programme_was_renamed_meanwhile_is_known_by_its_name_and_link(site):
    document = replace(site.document("公募要領", URL), path=("税制", "令和6年度事業"), programme="令和6年度事業")
    shows(site, site.programme("令和6年度事業"), document)
    shows(site, site.programme("令和6年度事業"))
    renamed = replace(document, path=("税制", "令和7年度事業"), programme="令和7年度事業")
    back = shows(site, site.programme("令和7年度事業"), renamed)

    assert keys(back) == [("programme.renamed", "令和6年度事業"), ("document.added", "令和6年度事業|公募要領")]


def test_a_record_that_was_never_there_gets_its_own_key(site):
    shows(site, site.plan("富士通", url=URL))
    shows(site)
    came = shows(site, site.plan("富士電機"))

    assert keys(came) == [("plan.added", "開発供給計画|全国5G|富士電機")]
