"""What stands in a page's place though the server called it good: notices, challenges, error pages, empty frames.

Real pages speak of maintenance, log-ins and firewalls, too. So words alone refuse nothing: the title must be that of a
notice, or the title must name the matter and a sentence say that it is so now, or such sentences must be a good part
of next to nothing.
"""

import re
from collections.abc import Sequence
from typing import Final, NamedTuple
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from parsers.content import FILE
from parsers.errors import ReadingError, SuspectReason, brief
from parsers.lines import Line
from parsers.text import squeeze

_NEXT_TO_NOTHING: Final = 100  # characters
_FORM_ALONE: Final = 200
_TINY: Final = 400
_FEW_LINES: Final = 20
_LONG_TITLE: Final = 300
_MOST_FRAMES: Final = 5
_MOST_ADDRESS: Final = 200
_SHORT: Final = 1500
_SHARE: Final = 1 / 3  # of a tiny page that its notice takes up
_LOOK: Final = "Look at the page in a browser"


class _Notice(NamedTuple):
    """`title` is one that no other page has, `sentence` says that it is so now, `topic` is what a title may name.

    `marks` are in the source of those that show nothing; with its title a notice is one up to `most` characters.
    """

    reason: SuspectReason
    what: str
    title: re.Pattern[str]
    sentence: re.Pattern[str]
    topic: re.Pattern[str]
    marks: re.Pattern[str] | None = None
    most: int = 4000


def _either(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.IGNORECASE)


def _status(codes: str) -> str:
    """A title that is an HTTP status: 「404」, 「Error 404 Not Found」, 「HTTPステータス 404」."""
    return rf"^(?:http)?\s*(?:status|ステータス)?\s*(?:error)?\s*(?:{codes})(?:$|エラー|\s*[:：–-]|\s+[a-zページ内])"


_NOTICES: Final = (
    _Notice(
        "captcha",
        "the server asks for a proof of being human",
        _either(
            r"^(?:画像認証|captcha|human verification|just a moment[.…]*|security (?:check|verification))$",
            r"^人間であることを(?:確認|証明)",
            r"^ロボットではない(?:こと|か)",
        ),
        _either(
            r"ロボットではありません",
            r"画像に表示され(?:た|ている)(?:文字|数字)",
            r"人間であることを(?:確認|証明)し",
            r"verify (?:that )?you(?:'re| are) (?:not a robot|(?:a )?human)",
            r"enable javascript and cookies to continue",
            r"enable js and disable any ad ?blocker",
        ),
        _either(r"認証|確認|お待ちください|captcha|verif"),
        _either(
            r"_cf_chl_opt|cf-turnstile|gokuProps|awsWafCookieDomainList|captcha-delivery\.com|px-captcha",
            r"g-recaptcha|h-captcha",
        ),
    ),
    _Notice(
        "waf",
        "a firewall answered in the page's place",
        _either(
            r"^access (?:is |has been )?denied",
            r"^(?:request|web page|page) (?:has been |was )?(?:rejected|blocked|denied)",
            r"^(?:sorry, )?you (?:have been|are) blocked",
            r"^attention required",
            r"^forbidden$",
            r"^アクセス(?:が|は)?(?:拒否|遮断|ブロック|制限|禁止)(?:(?:さ|し)(?:れ|い|て).*|のお知らせ|中)?$",
            r"^アクセス(?:は|が)(?:許可されて|でき)",
            _status("403"),
        ),
        _either(
            r"you don't have permission to access",
            r"requested url was rejected",
            r"your support id is",
            r"incapsula incident",
            r"you have been blocked|request (?:was |has been )?blocked",
            r"(?:アクセス|通信|リクエスト|接続)[^。]{0,20}(?:拒否|遮断|ブロック|制限)(?:し|され)(?:まし|てい|ており)",
            r"アクセスは許可されていません",
            r"不正な(?:アクセス|リクエスト)(?:と判断|[がを]検[知出](?:され|しまし|したため))",
        ),
        _either(r"アクセス|遮断|拒否|denied|blocked|could not be satisfied|error"),
        _either(r"_Incapsula_Resource"),
    ),
    _Notice(
        "login",
        "the page asks to log in",
        _either(
            r"^(?:[^。]{0,20}[\s:：にへ])?(?:ログ(?:イン|オン)|サインイン)(?:画面|ページ|してください|が必要です)?$",
            r"^(?:log|sign)[ -]?(?:in|on)(?: to .{1,60}| required)?$",
            r"^(?:利用者|ユーザー?)認証$",
            r"^(?:unauthorized|(?:authorization|authentication) required)$",
            r"^セッション(?:の)?(?:タイムアウト|切れ|エラー|終了)",
            _status("401"),
        ),
        _either(
            r"ログインして(?:ください|下さい)",
            r"ログインが必要です",
            r"セッション[^。]{0,10}(?:切れ|タイムアウト|終了)し?ました",
            r"please (?:log|sign) in",
            r"ID[^。]{0,12}パスワードを(?:ご)?入力",
        ),
        _either(r"ログイン|認証|セッション|log ?in|sign ?in"),
        _either(r"""name=["']?(?:SAMLRequest|SAMLResponse|wresult)\b"""),
    ),
    _Notice(
        "maintenance",
        "a maintenance notice stands in the page's place",
        _either(
            r"メンテナンス中(?:です)?(?:$|[。\s/])",
            r"^(?:ただいま|現在)[^。]{0,20}メンテナンス",
            r"^(?:【[^】]{1,8}】)?\s*(?:システム|サーバー?|サイト|ホームページ|定期|緊急|臨時)*メンテナンス(?:作業|実施)?"
            r"(?:に伴う(?:サービス|システム|サイト|ホームページ)(?:一時)?停止)?の(?:お知らせ|ご案内)",
            r"^(?:【[^】]{1,8}】)?\s*(?:サービス|システム|サイト|ホームページ|ウェブサイト)の?(?:一時)?(?:停止|休止)"
            r"(?:中|の(?:お知らせ|ご案内))",
            r"\bunder maintenance\b|^(?:site |scheduled |system )?maintenance(?: mode)?$",
            r"^アクセスが?集中|^順番(?:待ち|に(?:ご案内|お待ち))",
        ),
        _either(
            r"(?:ただいま|現在)、?[^。]{0,30}メンテナンス(?:作業)?(?:中|を)",
            r"メンテナンス(?:作業)?を?(?:実施|行って)(?:して)?[いお](?:ます|る|ります)",
            r"メンテナンス[^。]{0,20}のため[^。]{0,30}(?:停止|できません|いただけません|休止)",
            r"(?:サイト|ホームページ|ページ)[^。]{0,20}(?:停止|休止)(?:さ?せて|して)(?:い|お|いただ)(?:ます|ります|き)",
            r"(?:ただいま|現在)[^。]{0,40}(?:利用|アクセス|閲覧|ご覧|表示)[^。]{0,10}(?:できません|いただけません)",
            r"アクセスが[^。]{0,4}集中",
            r"(?:ただいま|現在)、?(?:大変)?混み合って",
            r"しばらく(?:して|(?:時間を)?[お置]いて|経って|たって)[^。]{0,12}アクセス",
            r"undergoing[^.]{0,30}maintenance|down for[^.]{0,20}maintenance|under maintenance|heavy traffic",
        ),
        _either(r"メンテナンス|maintenance|停止|休止|混雑|集中"),
    ),
    _Notice(
        "not_found",
        "the page says that it is not there",
        _either(
            r"(?:お探し|指定(?:された|の)|該当|アクセス).{0,20}(?:ページ|ファイル|URL|コンテンツ).{0,12}"
            r"(?:見つかりません|存在しません|ありません)",
            r"ページ[がは](?:見つかりません|存在しません|ありません|削除されました)",
            r"^ページの(?:公開|掲載)は終了",
            r"^(?:page |file |url )?not found[.!]?$|page (?:cannot|could not|can't) be found",
            _status("404|410"),
        ),
        _either(
            r"(?:お探し|指定(?:された|の))の?(?:ページ|ファイル|URL)[^。]{0,12}(?:見つかりません|存在しません)",
            r"ページ[^。]{0,20}(?:移動|削除)された可能性が",
            r"requested url[^.]{0,40} was not found",
            r"page you (?:are looking for|requested)[^.]{0,30}(?:cannot|could not|can't) be found",
        ),
        _either(r"見つかりません|ありません|not found|404"),
    ),
    _Notice(
        "server_error",
        "an error of the server stands in the page's place",
        _either(
            r"^(?:bad gateway|gateway time-?out|service (?:temporarily )?unavailable|internal server error)",
            r"^error: the request(?:ed url)? could not be",
            r"^(?:the )?request(?:ed url)? could not be (?:satisfied|retrieved)",
            r"^(?:connection timed out|web server is down|backend fetch failed|server error|application error)",
            r"^(?:システム|サーバー?|内部サーバー?|アプリケーション|データベース)エラー",
            r"^(?:システム|サーバー?|予期しない)?エラーが発生し(?:ました|ています)",
            _status(r"50\d|52\d"),
        ),
        _either(
            r"an error occurred while processing your request",
            r"(?:システム|サーバー?|内部)(?:内部)?エラーが発生し(?:ました|ています)",
            r"データベース接続確立エラー",
            r"guru meditation",
            r"^(?:PHP )?fatal error:|traceback \(most recent call last\)",
        ),
        _either(r"エラー|error|システム"),
        most=20_000,  # it may hold a stack trace
    ),
    _Notice(
        "unrecognised",
        "a page of the server's own stands in the page's place",
        _either(
            r"^welcome to nginx|^it works!?$|^iis windows server|^iis\d+$|^index of /",
            r"\btest page for the .{0,30}(?:http|apache|nginx)|^apache2? .{0,30}default page|^default (?:web )?page",
            r"\bdomain (?:is |may be )?(?:for sale|parked)",
        ),
        _either(r"this domain (?:is|may be) for sale|server is successfully installed"),
        _either(r"nginx|apache|domain"),
    ),
)
LONGEST: Final = max(notice.most for notice in _NOTICES)
"""Characters; a page that shows more is no notice."""

_NEEDS_SCRIPTS: Final = _either(
    r"javascript[^。]{0,12}(?:有効|オン|on\b)", r"enable javascript", r"^読み込み中|^loading\b|^ロード中"
)
_MOUNTS: Final = "#app, #root, #__next, #__nuxt, app-root, [ng-view], [data-reactroot]"
_LOGIN_FIELD: Final = "input[type=password i]"
_REFRESH: Final = re.compile(r"^\s*\d*(?:\.\d*)?\s*[;,]\s*url\s*=\s*[\"']?\s*([^\"'\s][^\"']*)", re.IGNORECASE)


class Shown(NamedTuple):
    """What a page shows: lines, the names it gives itself, nodes of its content in their tree, source, address."""

    lines: Sequence[Line]
    titles: Sequence[str]
    nodes: Sequence[LexborNode]
    tree: LexborHTMLParser
    source: str
    base: str

    @property
    def size(self) -> int:
        return sum([len(line.text) for line in self.lines])


def refuse_notice(shown: Shown) -> None:
    """Raises ReadingError for a page that is a notice in another's place, for the notice's reason."""
    size = shown.size
    if size > LONGEST:
        return
    titles = [squeeze(title[:_LONG_TITLE]) for title in shown.titles[:_FEW_LINES]]
    prose = [line.prose for line in shown.lines] if size < _SHORT else []
    headings = titles + [line.prose for line in shown.lines if line.level][:1]
    is_bare = size < _NEXT_TO_NOTHING and not any(line.level for line in shown.lines)
    for notice in _NOTICES:
        is_marked = is_bare and notice.marks is not None and notice.marks.search(shown.source)
        if is_marked or _stands_here(notice, titles, headings, prose, shown, size):
            raise ReadingError(notice.reason, notice.what, where=brief(titles[0]) if titles else "", todo=_LOOK)
    if size < _FORM_ALONE and any(node.css_first(_LOGIN_FIELD) is not None for node in shown.nodes):
        raise ReadingError("login", "the page asks for a password", why="it is no longer public", todo=_LOOK)


def _stands_here(
    notice: _Notice, titles: Sequence[str], headings: Sequence[str], prose: Sequence[str], shown: Shown, size: int
) -> bool:
    if size <= notice.most and any(notice.title.search(title) for title in titles):
        return True
    said = [line for line in prose if notice.sentence.search(line)]
    if not said or any(FILE.search(link.href) for line in shown.lines for link in line.links):
        return False
    if any(notice.topic.search(heading) for heading in headings):
        return True
    return size < _TINY and sum(map(len, said)) >= size * _SHARE


def refuse_elsewhere(shown: Shown) -> None:
    """Raises ReadingError("unrecognised") for a page that only names the place where its content is."""
    tree, base = shown.tree, shown.base
    if tree.body is None and (frames := [node.attributes.get("src") for node in tree.css("frame")[:_MOST_FRAMES]]):
        raise ReadingError(
            "unrecognised",
            "the page consists of frames: its content is elsewhere",
            todo="Watch that of its frames which holds the content: "
            + ", ".join([brief(_joined(base, address), _MOST_ADDRESS) for address in frames if address]),
        )
    if shown.size >= _TINY:
        return
    for node in tree.css("meta[http-equiv=refresh i]"):
        found = _REFRESH.match(node.attributes.get("content") or "")
        if found and (target := _joined(base, found[1].strip())).partition("#")[0] != base.partition("#")[0]:
            raise ReadingError(
                "unrecognised",
                f"the page only sends its visitors on to {brief(target, _MOST_ADDRESS)}",
                why="its content has moved, without a redirect by the server",
                todo="If that is the page now, put its address into config.toml",
            )


def refuse_shell(shown: Shown, *, vouched: bool) -> None:
    """Raises ReadingError("javascript_only") for a page whose content a script would have to fetch.

    One that a person vouches for must only show something.
    """
    if "<script" not in shown.source.lower() or (vouched and shown.lines):
        return
    says_so = any(_NEEDS_SCRIPTS.search(line.prose) for line in shown.lines[:_FEW_LINES])
    has_heading = any(line.level for line in shown.lines)
    is_bare = says_so and shown.size < _NEXT_TO_NOTHING
    if not shown.lines or (not has_heading and (is_bare or (shown.size < _TINY and _has_empty_mount(shown.tree)))):
        raise ReadingError(
            "javascript_only",
            "the page shows nothing without JavaScript",
            why="a script in the visitor's browser fetches its content",
            todo="Watch another page of the ministry",
        )


def refuse_blank(shown: Shown, *, select: str | None = None, ignore: Sequence[str] = ()) -> None:
    """Raises ReadingError("empty") for a page that shows nothing, or nothing where its settings let it be read."""
    if shown.lines:
        return
    if not select and not ignore:
        raise ReadingError("empty", "the page shows nothing", todo=_LOOK)
    if select and not ignore:
        what, todo = f"what the selector {select!r} finds shows nothing", "Mend the page's `select`"
    else:
        what, todo = "`ignore` leaves out all that the page shows", "Mend the page's `ignore`"
    raise ReadingError("empty", what, why="the page was redesigned, or the settings fit no page", todo=todo)


def _has_empty_mount(tree: LexborHTMLParser) -> bool:
    return any(not node.text(deep=True, strip=True) for node in tree.css(_MOUNTS))


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:
        return address
