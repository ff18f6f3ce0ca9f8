"""What kinds of places links lead to; a host stands for all its subdomains."""

from __future__ import annotations


def _hosts(names: str) -> frozenset[str]:
    return frozenset(names.split())


# A link to any of these is a reader naming a source.
SOURCES = _hosts("""
    aljazeera.com ansa.it ap.org apnews.com archive.org archive.ph ard.de bbc.co.uk bbc.com bild.de bloomberg.com
    britannica.com cbc.ca cbsnews.com channel4.com cnbc.com cnn.com corriere.it dailymail.co.uk derstandard.at
    diepresse.com dpa.com dw.com economist.com elmundo.es elpais.com euronews.com faz.net fivethirtyeight.com
    forbes.com foxnews.com france24.com ft.com fullfact.org guardian.co.uk haaretz.com hurriyet.com.tr
    independent.co.uk independent.ie indiatimes.com irishtimes.com itv.com japantimes.co.jp jpost.com kurdistan24.net
    latimes.com lefigaro.fr lemonde.fr liberation.fr mirror.co.uk msnbc.com nbcnews.com newscientist.com
    newsweek.com newyorker.com nos.nl npr.org nrc.nl nytimes.com nzz.ch orf.at politico.com politico.eu
    politifact.com propublica.org rai.it repubblica.it reuters.com rferl.org rte.ie rudaw.net scmp.com sky.com
    slate.com smh.com.au snopes.com spectator.co.uk spiegel.de srf.ch standard.co.uk stern.de sueddeutsche.de
    svt.se tagesschau.de tagesspiegel.de telegraph.co.uk theatlantic.com theconversation.com theglobeandmail.com
    theguardian.com thehill.com thelocal.de thesun.co.uk thetimes.co.uk time.com usatoday.com volkskrant.nl vox.com
    washingtonpost.com welt.de wsj.com yle.fi zdf.de zeit.de
    abcnews.go.com axios.com baltimoresun.com bostonglobe.com businessinsider.com chicagotribune.com
    huffingtonpost.ca huffingtonpost.co.uk huffpost.com investopedia.com marketwatch.com nationalgeographic.com
    scientificamerican.com seattletimes.com sfchronicle.com smithsonianmag.com sciencenews.org suntimes.com
    thedailybeast.com thestar.com theverge.com washingtonexaminer.com wired.com
    reddit.com stackexchange.com
    wikipedia.org wikimedia.org wiktionary.org wikidata.org wikisource.org openstreetmap.org ourworldindata.org
    arxiv.org bmj.com cell.com doi.org elifesciences.org jamanetwork.com jstor.org nature.com nejm.org plos.org
    pnas.org pubmed.gov researchgate.net science.org sciencedirect.com springer.com ssrn.com thelancet.com wiley.com
    amnesty.org bund.de bundestag.de coe.int destatis.de ecb.europa.eu eurostat.eu europa.eu gov.uk hrw.org icrc.org
    ifs.org.uk ilo.org imf.org insee.fr ipcc.ch justice.gov legislation.gov.uk nasa.gov nato.int nhs.uk nice.org.uk
    oecd.org ons.gov.uk parliament.uk pewresearch.org police.uk rand.org resolutionfoundation.org statista.com un.org
    unesco.org unhcr.org unicef.org who.int worldbank.org yougov.co.uk yougov.com
""")
# Public bodies, universities and armies; with a country behind it where that is the custom (gov.uk, ac.at, gouv.fr).
SOURCE_SUFFIXES = frozenset({"gov", "edu", "mil", "int", "museum"})
SOURCE_SECOND_LEVELS = frozenset({"gov", "edu", "mil", "ac", "gouv", "gob", "govt", "go", "gv"})

MESSENGERS = _hosts("""
    t.me telegram.me telegram.dog wa.me chat.whatsapp.com api.whatsapp.com discord.gg m.me line.me signal.group
    snapchat.com
""")
SHORTENERS = _hosts("""
    bit.ly tinyurl.com cutt.ly goo.gl is.gd rb.gy rebrand.ly ow.ly buff.ly shorturl.at amzn.to amzn.eu ebay.us
    linktr.ee beacons.ai bio.link tiny.cc s.id t.ly v.gd adf.ly lnkd.in dub.sh fb.me
""")
CAMPAIGNS = _hosts("""
    change.org gofundme.com patreon.com ko-fi.com paypal.me buymeacoffee.com kickstarter.com indiegogo.com
    justgiving.com crowdfunder.co.uk avaaz.org 38degrees.org.uk onlyfans.com gofund.me leetchi.com startnext.com
    openpetition.de betterplace.org cash.app venmo.com
""")
SHOPS = _hosts("""
    etsy.com aliexpress.com alibaba.com temu.com shein.com wish.com gumroad.com teespring.com redbubble.com udemy.com
    skillshare.com myshopify.com shopify.com bigcartel.com clickbank.net clickbank.com fiverr.com upwork.com
    binance.com coinbase.com bybit.com okx.com etoro.com bet365.com stake.com teachable.com hotmart.com
""")
# Shops under many countries' suffixes, known by the name before it.
SHOP_NAMES = frozenset({"amazon", "ebay", "temu", "shein", "zalando", "aliexpress"})
SHOP_SUFFIXES = frozenset({"shop", "store", "casino", "bet", "forex", "loan", "loans", "deals", "sale", "promo"})
VIDEO = frozenset({"youtube.com", "youtu.be", "tiktok.com", "twitch.tv", "rumble.com", "instagram.com", "facebook.com"})
# Endings that are words as well: "I said.it is" is a missing space, not a link to Italy.
WORD_SUFFIXES = _hosts("it is in at so no me my be do us am as to by la de he ma pa re ai id im")
