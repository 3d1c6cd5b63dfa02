"""What is wrong with those who are told: their addresses, filters, channels, and the mail server."""

import shlex
import smtplib
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from monitor.audience import Audience, Member, audience_of, configured
from monitor.deliver import mail_server
from monitor.errors import ConfigError
from monitor.findings import Finding
from monitor.settings_models import Settings
from notify.errors import NotifyError
from notify.routing import absent_companies, deaf_filters
from notify.sending import MailServer, check_address
from notify.smtp import open_session
from notify.subscribers import is_url
from parsers.records import Plan
from storage.errors import StorageError
from storage.store import Store

_PATIENCE: Final = 10.0  # seconds for each step with the mail server


def audience(settings: Settings) -> Audience | ConfigError:
    """Who is told; where the database cannot say, those of config.toml alone."""
    file = settings.monitor.database_file
    if file is not None and not file.exists():
        return configured(settings)
    try:
        with Store.open(settings.monitor.database, migrate=False) as store:
            return audience_of(settings, store)
    except StorageError:
        return configured(settings)
    except ConfigError as error:
        return error


def channels(settings: Settings, told: Audience | ConfigError) -> Iterator[Finding]:
    """Whether every address can work, who is paused and why, and whether the mail server would take mail."""
    if isinstance(told, ConfigError):
        yield Finding("wrong", told.where, told.what, told.todo)
        told = configured(settings)
    for member in told.members:
        yield from _standing(member)
    destinations = [item for item in told.destinations.values() if item.address]
    for destination in destinations:
        try:
            check_address(destination.address)
        except NotifyError as error:
            why = f" ({error.why})" if error.why else ""
            yield Finding("wrong", f"channel {destination.label}", f"{error.what}{why}", error.todo)
        else:
            if is_url(destination.address):
                yield Finding("ok", f"channel {destination.label}", "is an address that apprise knows")
    if any(not is_url(destination.address) for destination in destinations):
        yield _mail(mail_server(settings))


def _standing(member: Member) -> Iterator[Finding]:
    name = member.subscriber.name
    what = f"subscriber {name}"
    for item in member.subscriber.destinations:
        state = member.states.get(item.id)
        if not item.address:
            yield Finding("wrong", what, f"{item.label} is not set", "Set it in the environment")
        elif state == "bounced":
            todo = f"Once it works again: ministry-monitor subscribers pause --off {shlex.quote(name)}"
            yield Finding("wrong", what, f"{item.label} was refused by its server: nothing goes there", todo)
        elif state is not None:
            yield Finding("note", what, f"{item.label} is {state}: nothing goes there")


def filters(settings: Settings, told: Audience | ConfigError) -> Iterator[Finding]:
    """Categories, programmes and companies that a subscriber names and no page has, as after a new name."""
    file = settings.monitor.database_file
    if isinstance(told, ConfigError) or (file is not None and not file.exists()):
        return
    subscribers = [member.subscriber for member in told.members]
    filtering = [one for one in subscribers if one.categories or one.programmes or one.companies]
    if not filtering:
        return
    try:
        with Store.open(settings.monitor.database, migrate=False) as store:
            records = {state.page.id: store.records(state.page.id) for state in store.states() if state.last_unchanged}
    except StorageError:
        return  # the database's own finding says so
    for subscriber in filtering:
        of_pages = [record for page, held in records.items() if subscriber.hears_of(page) for record in held]
        if of_pages:
            titles = {kind: {one.title for one in of_pages if one.kind == kind} for kind in ("category", "programme")}
            headings = {heading for one in of_pages for heading in one.path}
            for filter_ in deaf_filters(subscriber, titles | {"heading": headings}, told.renames):
                yield Finding(
                    "wrong",
                    f"subscriber {subscriber.name}",
                    f"hears of nothing by {filter_}: no page has it now",
                    "Write the title as `records` prints it",
                )
            plans = [company for one in of_pages if isinstance(one, Plan) for company in one.companies]
            for company in absent_companies(subscriber, plans) if plans else ():
                yield Finding("note", f"subscriber {subscriber.name}", f"companies: no plan names {company} now")


def _mail(server: MailServer) -> Finding:
    """Greets the mail server as a delivery would, TLS and login included, and hands it nothing."""
    what = f"mail server {server.host}:{server.port}"
    try:
        with open_session(replace(server, timeout=_PATIENCE)) as session:
            code = session.noop()[0]
    except smtplib.SMTPAuthenticationError as error:
        return Finding("wrong", what, f"refuses the login: {error.smtp_code}", "Check user and password of [mail]")
    except (smtplib.SMTPException, OSError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        return Finding("wrong", what, f"cannot be used: {why}", "Check server, port and security of [mail]")
    return Finding("ok", what, f"answers {code}")
