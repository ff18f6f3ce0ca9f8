"""Links, addresses, numbers, handles and wallets: where a comment says "find me here"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

from linkify_it import LinkifyIt
from tldextract import TLDExtract

from belowline.judge.hosts import WORD_SUFFIXES

ContactKind = Literal["link", "mail", "phone", "handle", "wallet"]

# linkify's cost grows with the square of a token's brackets, so that no token may be longer than this.
_LONGEST_TOKEN = 400
_CUE_REACH = 60
_TOKEN = re.compile(rf"\S{{1,{_LONGEST_TOKEN}}}")
_INNER_DOT = re.compile(r"\w[.@]\w|://")
_MORE_SUFFIXES = "\
app art blog club dev fit fun gg group guru io link live life ltd media me money news online page pro \
shop site social space store team tech tips today top tv uk us vip website wiki win world xyz bet casino deals sale"
_DIGIT = re.compile(r"\d")
_PHONE = re.compile(r"(?<![\w.,/:=-])[+(]{0,2}\d[\d ()./-]{5,22}\d(?![\w/=-]|[.,]\d)")
_NUMBER_CUE = re.compile(
    r"\b(?:call|phone|ring|tel|telephone|mobile|cell|text|whats ?app|viber|signal|sms|dial|hotline)\b[^\d\n]{0,25}$",
    re.IGNORECASE,
)
_SUM = re.compile(r"[$€£¥]\s?$|\b(?:USD|EUR|GBP|Rs\.?)\s?$")
_GROUPED_THOUSANDS = re.compile(r"\d{1,3}(?:[ .]\d{3})+")
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|(?:1[5-9]|20)\d\d[ ./-]{1,3}\d\d")
_HANDLE = re.compile(r"(?<![\w@./])@[A-Za-z]\w{2,31}(?![\w@])")
# A handle alone answers another reader; after one of these it is an address.
_HANDLE_CUE = re.compile(
    r"\b(?:dms?|pm|inbox|telegram|whats ?app|insta(?:gram)?|snap(?:chat)?|onlyfans|tik ?tok"
    r"|(?:message|contact|text|add|follow|reach|write) (?:me|us|him|her|to))\b[^.!?\n]{0,40}$",
    re.IGNORECASE,
)
_WALLET = re.compile(
    r"(?<!\w)(?:bc1[a-z0-9]{25,59}|0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}"
    r"|[13](?=\w{0,33}[A-Z])(?=\w{0,33}[a-z])[1-9A-HJ-NP-Za-km-z]{25,33})(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Contact:
    """One way to reach somebody, with its place in the text.

    `host` and `registered` ("www.bbc.co.uk", "bbc.co.uk") are empty unless it is a link or an address;
    `path` is what follows the host, question mark included. `suffix` is the host's public suffix.
    """

    kind: ContactKind
    start: int
    end: int
    host: str = ""
    registered: str = ""
    suffix: str = ""
    path: str = ""


def find_contacts(text: str) -> list[Contact]:
    """Give every contact in the text by place; nothing is asked of the network."""
    found = [*_links(text)]
    taken = [(contact.start, contact.end) for contact in found]
    found += (
        Contact(kind, match.start(), match.end())
        for kind, match in _others(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    )
    return sorted(found, key=lambda contact: contact.start)


def registered_domain(host: str) -> tuple[str, str]:
    """Give the registered domain and the public suffix of a host, both empty where it has none."""
    parts = _suffixes()(host)
    return (f"{parts.domain}.{parts.suffix}", parts.suffix) if parts.domain and parts.suffix else ("", "")


def _links(text: str) -> Iterator[Contact]:
    if not _INNER_DOT.search(text):
        return
    runs_on = False
    for token in _TOKEN.finditer(text):
        if runs_on and token.start() > 0 and not text[token.start() - 1].isspace():
            continue
        runs_on = False
        if not _INNER_DOT.search(token[0]):
            continue
        for match in _linkify().match(token[0]) or []:
            runs_on = True
            start = token.start()
            contact = _read_link(match.schema, match.url, start + match.index, start + match.last_index, match.raw)
            if contact is not None:
                yield contact


def _read_link(schema: str, url: str, start: int, end: int, raw: str) -> Contact | None:
    """Take a link apart; None where it is only a full stop without a space after it."""
    try:
        parts = urlsplit(url if schema != "mailto:" else "//" + url.partition("@")[2])
        host = (parts.hostname or "").lower()
    except ValueError:
        return None
    registered, suffix = registered_domain(host)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if schema == "mailto:":
        return Contact("mail", start, end, host, registered, suffix) if registered else None
    if not schema and not host.startswith("www."):
        ending = raw.rpartition(".")[2]
        looks_like_typo = suffix in WORD_SUFFIXES or (ending[:1].isupper() and not ending.isupper())
        if not registered or (looks_like_typo and path in ("", "/")):
            return None
    return Contact("link", start, end, host, registered, suffix, path)


def _others(text: str) -> Iterator[tuple[ContactKind, re.Match[str]]]:
    if "@" in text:
        for match in _HANDLE.finditer(text):
            if _HANDLE_CUE.search(text, max(0, match.start() - _CUE_REACH), match.start()):
                yield "handle", match
    if not _DIGIT.search(text):
        return
    for match in _WALLET.finditer(text):
        yield "wallet", match
    for match in _PHONE.finditer(text):
        if _is_phone(match[0], text[max(0, match.start() - _CUE_REACH) : match.start()]):
            yield "phone", match


def _is_phone(number: str, before: str) -> bool:
    """Tell a telephone number from years, sums and dates."""
    groups = re.findall(r"\d+", number)
    digits = sum(map(len, groups))
    if not 7 <= digits <= 15 or _SUM.search(before) or _DATE.match(number.lstrip("(")):
        return False
    if _NUMBER_CUE.search(before):
        return len(groups) > 1 or digits >= 9
    if _GROUPED_THOUSANDS.fullmatch(number):
        return False
    international = number.startswith(("+", "(+", "00"))
    with_area = re.match(r"\(0?\d{2,4}\) ?\d", number) is not None
    american = [len(group) for group in groups] == [3, 3, 4]
    return international or with_area or (digits >= 10 and (number[0] == "0" or american))


@cache
def _linkify() -> LinkifyIt:
    return LinkifyIt().tlds(_MORE_SUFFIXES.split(), keep_old=True)


@cache
def _suffixes() -> TLDExtract:
    """Give the public suffix list that comes with the package; it is never fetched and leaves nothing on disk."""
    return TLDExtract(suffix_list_urls=(), cache_dir=None)
