"""A newer parser reads the last good body again; nobody is told."""


def test_what_a_newer_parser_reads_differently_is_not_told(site, store, names):
    site.shows(site.plan("富士通"), body=b"first")
    reread = site.page(site.plan("富士通"), site.document("様式"), version=2)
    now = site.page(site.plan("富士通"), site.document("様式"), site.document("手引き", "b.pdf"), version=2)
    saved = site.shows(content=now, body=b"second", reread=reread)

    assert names(saved.changes) == ["document.added"]
    assert saved.changes[0].title == "手引き"
    assert site.state().parser_version == 2


def test_a_reread_page_that_is_unchanged_has_the_new_records(site, store):
    site.shows(site.plan("富士通"), body=b"first")
    saved = site.is_not_modified(reread=site.page(site.plan("富士通"), site.document("様式"), version=2))

    assert (saved.outcome, saved.changes, saved.record_count) == ("unchanged", (), 2)
    assert len(store.records(site.id)) == 2
    assert store.last_good_body(site.id).body == b"first"


def test_keys_are_carried_through_a_reread(site, store):
    site.shows(site.programme("中小企業経営強化税制"))
    key = store.records(site.id)[0].key
    site.is_not_modified(reread=site.page(site.programme("中小企業経営強化税制等"), version=2))

    assert [(record.key, record.title) for record in store.records(site.id)] == [(key, "中小企業経営強化税制等")]


def test_a_body_that_said_the_same_to_the_old_parser_is_fetched_and_compared_again(site, names):
    old, new = site.page(site.plan("富士通")), site.page(site.plan("富士通"), site.document("様式"), version=2)
    site.shows(content=old, body=b"first", headers=(("ETag", '"1"'),))
    site.shows(content=old, body=b"second", headers=(("ETag", '"2"'),))
    reread = site.page(site.plan("富士通"), version=2)
    site.is_not_modified(reread=reread, body=b"second", headers=(("ETag", '"2"'),))

    assert site.state().etag is None
    assert names(site.shows(content=new, body=b"second").changes) == ["document.added"]


def test_a_reread_by_the_parser_of_the_current_version_changes_nothing(site):
    site.shows(site.plan("富士通"))
    site.is_not_modified(reread=site.page(site.plan("日本電気")))

    assert site.state().version == 1


def test_a_page_is_reread_even_when_the_check_fails(site, store):
    site.shows(site.plan("富士通"))
    site.fails(reread=site.page(site.plan("富士通"), site.document("様式"), version=2))

    assert len(store.records(site.id)) == 2
