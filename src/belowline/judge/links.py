"""Links and contact details, scored by where they lead and whether the words around them sell or invite."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection

from belowline.judge import hosts
from belowline.judge.contacts import Contact, find_contacts
from belowline.judge.subject import Looked, Subject
from belowline.normalise.fold import Folded
from belowline.types import Finding, Guidelines, Span

# How far from a contact a phrase still speaks of it, in characters.
NEAR = 160
INVITING = (
    r"(?:my|our) (?:new |own |little |free |online )*(?:channel|blog|book|novel|website|site|shop|store|page|podcast|"
    r"newsletter|course|group|profile|etsy|patreon|onlyfans|album|app|videos?|bio|services?|company)",
    r"check (?:out (?:my|our|us)|us out|me out)",
    r"(?:visit|join|follow) (?:me|my|us|our)",
    r"(?:use|with) (?:my |our |the |promo |discount |coupon )*code",
    r"sign up",
    r"subscrib(?:e|ers?)",
    r"(?:dm|pm|inbox|message|whatsapp|telegram|text|add) (?:me|him|her)",
    r"(?:contact|call|e-?mail|write(?: to)?|reach) (?:me|us|him|her) (?:now|today|on|at|via|through|for)",
    r"dms? (?:are |is )?open",
    r"link in (?:my )?bio",
    r"guaranteed (?:returns?|profits?|income|results|winnings?|approval|weekly|daily)",
    r"(?:results|returns|satisfaction|prices?|profits?) guaranteed",
    r"(?:earns?|makes?|made|earning|making|earned) .{0,20}[$€£]\s?\d",
    r"[$€£]\s?[\d.,]+k? (?:a|per|every|each) (?:week|month)",
    r"passive income",
    r"work(?:ing)? from home",
    r"free (?:trial|shipping|delivery|quote|consultation|sample|e-?book|download|spins|signals)",
    r"(?:book|order|claim|reserve|grab) (?:yours?|now|here|today)",
    r"buy (?:now|here|today)",
    r"\d{1,2} ?(?:%|percent|per cent) (?:off|discount)",
    r"(?:promo|discount|coupon|referral) codes?",
    r"giveaway",
    r"click (?:here|the link|below|on the link)",
    r"(?:sign|support) (?:the|our|my|this) (?:petition|campaign|cause|appeal)",
    r"(?:please )?donate (?:here|now|today|to (?:my|our|the))",
    r"chip in",
    r"join (?:the (?:group|channel|movement))",
    r"(?:best|lowest|unbeatable) (?:prices?|deals?|rates?|offers?)",
    r"(?:limited|special|exclusive) (?:time )?offer",
    r"(?:cheap|instant|fast) (?:loans?|tickets?|flights?|pills|followers)",
    r"(?:double|triple) your (?:money|bitcoin|investment|income)",
    r"invest(?:ed|ing)? (?:with|through) (?:him|her|them|us|me|mr|mrs|ms)",
    r"account manager",
    r"(?:recovery|hacking) (?:expert|service|agent)",
    r"spell ?caster",
    r"cured (?:my|me|him|her)",
)
_INVITING = re.compile(rf"(?<!\w)(?:{'|'.join(INVITING)})(?!\w)", re.IGNORECASE)
# Readers paste utm_ marks with the links to sources they copy; only those of paid links say anything.
_AFFILIATE = re.compile(
    r"[?&](?:(?:ref|refid|ref_id|referral|referrer|aff|affid|aff_id|affiliate|coupon|promo|invite|tag)="
    r"|utm_(?:medium|source)=(?:affiliate|referral|influencer|partner))",
    re.IGNORECASE,
)
_SELLING_PATH = re.compile(
    r"^/(?:\w\w/)?(?:shop|store|products?|cart|checkout|buy|order|pricing|register|sign-?up|join|invite|offers?|deals?|"
    r"courses?|petitions?|donate|subscribe)\b",
    re.IGNORECASE,
)
_VIDEO_PAGE = re.compile(r"^/(?:watch|shorts/|reel|p/|clip|videos?/|posts/)|/(?:video|status|posts|videos)/")
# (alone, with one inviting phrase by it, with several)
_SCORES: dict[str, tuple[float, float, float]] = {
    "link to a messenger": (0.7, 0.9, 0.97),
    "link to a campaign or donation page": (0.7, 0.9, 0.97),
    "link to a shop": (0.6, 0.85, 0.95),
    "link with an affiliate mark": (0.6, 0.85, 0.95),
    "shortened link": (0.6, 0.85, 0.95),
    "link to a channel or profile": (0.6, 0.85, 0.95),
    "link to a video or post": (0.15, 0.6, 0.9),
    "link to an unknown site": (0.15, 0.6, 0.9),
    "mail address": (0.15, 0.6, 0.9),
    "telephone number": (0.3, 0.85, 0.95),
    "handle": (0.7, 0.85, 0.95),
    "wallet address": (0.6, 0.85, 0.97),
}
_KNOWN_HOSTS = (
    (hosts.MESSENGERS, "link to a messenger"),
    (hosts.CAMPAIGNS, "link to a campaign or donation page"),
    (hosts.SHORTENERS, "shortened link"),
    (hosts.SHOPS, "link to a shop"),
)
_NOTES = {"mail": "mail address", "phone": "telephone number", "handle": "handle", "wallet": "wallet address"}


class LinksCheck:
    """Finds links and contact details that promote something; a link to a source is none of them.

    `own_hosts` are the publisher's, links to which are never promotion.
    """

    name = "links"

    def __init__(self, guidelines: Guidelines, own_hosts: Collection[str] = ()) -> None:
        self._guidelines = [rule.id for rule in guidelines.rules if rule.links]
        self.covers = frozenset(self._guidelines)
        self._own = frozenset(host.lower().removeprefix("www.") for host in own_hosts)

    def run(self, subject: Subject) -> Looked:
        """Give one finding for each kind of contact, its spans on the contacts and the inviting words by them."""
        if not self._guidelines:
            return Looked()
        folded = subject.folded
        contacts = [
            (contact, note) for contact in find_contacts(folded.text) if (note := self._note(contact)) is not None
        ]
        if not contacts:
            return Looked()
        invitations = [match.span() for match in _INVITING.finditer(folded.text)]
        scores: dict[str, float] = defaultdict(float)
        places: dict[str, set[tuple[int, int]]] = defaultdict(set)
        for contact, note in contacts:
            near = _near(invitations, contact)
            scores[note] = max(scores[note], _SCORES[note][min(len(near), 2)])
            places[note] |= {(contact.start, contact.end), *near}
        return Looked(
            tuple(
                Finding(guideline, self.name, score, _spans(folded, places[note]), note)
                for guideline in self._guidelines
                for note, score in sorted(scores.items(), key=lambda item: (-item[1], item[0]))
            )
        )

    def _note(self, contact: Contact) -> str | None:
        """Say in a few words what kind of contact it is; None for a source or the publisher's own pages."""
        if contact.host and (self._is_own(contact.host) or (contact.kind == "link" and _is_source(contact))):
            return None
        return _NOTES.get(contact.kind) or _link_note(contact)

    def _is_own(self, host: str) -> bool:
        return any(host == own or host.endswith(f".{own}") for own in self._own)


def _is_source(contact: Contact) -> bool:
    first, _, rest = contact.suffix.partition(".")
    public = first in (hosts.SOURCE_SECOND_LEVELS if rest else hosts.SOURCE_SUFFIXES)
    return public or not _domains(contact.host).isdisjoint(hosts.SOURCES)


def _link_note(contact: Contact) -> str:
    """Name the kind of link by host first, by path and marks after it where the host says nothing."""
    domains = _domains(contact.host)
    for known, note in _KNOWN_HOSTS:
        if not domains.isdisjoint(known):
            return note
    brand = contact.registered.partition(".")[0]
    if (
        brand in hosts.SHOP_NAMES
        or contact.suffix in hosts.SHOP_SUFFIXES
        or contact.host.startswith(("shop.", "store."))
        or _SELLING_PATH.search(contact.path)
    ):
        return "link to a shop"
    if not domains.isdisjoint(hosts.VIDEO):
        profile = contact.path.strip("/") and contact.registered != "youtu.be" and not _VIDEO_PAGE.search(contact.path)
        return "link to a channel or profile" if profile else "link to a video or post"
    return "link with an affiliate mark" if _AFFILIATE.search(contact.path) else "link to an unknown site"


def _domains(host: str) -> set[str]:
    """Give a host and every domain above it, down to two names."""
    names = host.split(".")
    return {".".join(names[index:]) for index in range(max(1, len(names) - 1))}


def _near(invitations: list[tuple[int, int]], contact: Contact) -> list[tuple[int, int]]:
    """Give the inviting words within reach of a contact, its own characters left out."""
    first = bisect_left(invitations, (contact.start - NEAR, 0))
    last = bisect_left(invitations, (contact.end + NEAR, 0))
    return [(a, b) for a, b in invitations[first:last] if b <= contact.start or a >= contact.end]


def _spans(folded: Folded, places: set[tuple[int, int]]) -> tuple[Span, ...]:
    return tuple(folded.span(start, end) for start, end in sorted(places))
