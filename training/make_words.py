"""Write the two word tables that disguised words are resolved to.

    python training/make_words.py VOCAB.TXT LEXICONS src/belowline/normalise

`words.txt` has common English words, the most frequent first: the whole words of BERT's uncased vocabulary and
a few informal ones. `offensive.txt` has the words that people disguise, those they disguise most first: written
here by hand, then the single words of the lists LDNOOBW, Surge AI profanity and dsojevic profanity-list.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from pathlib import Path

INFORMAL = """
lol lmao rofl omg wtf lmfao idk imo imho tbh btw smh fyi ngl fr irl dm tho thru gonna wanna gotta kinda sorta dunno
gimme lemme yeah yep yup nah nope meh ugh huh hmm haha hahaha hehe wow whoa yikes ouch oops duh bruh bro dude sis
pls plz thx ty congrats kudos bravo amen hooray yay woo boo hoo cmon shush hush geez gosh jeez darn dang heck freaking
frigging aint cant dont wont isnt didnt doesnt wasnt arent couldnt wouldnt shouldnt hasnt havent youre theyre thats
whats lets ive im ill hes shes its weve theyve youve alot cuz coz cos bcuz ppl u ur r covid lockdown vaxxed
unvaxxed antivax woke snowflake snowflakes libtard maga brexit remoaner tory tories dem dems gop repubs hashtag
selfie emoji app apps blog blogger blogs vlog online offline internet wifi smartphone google googled youtube
facebook twitter tweet tweets tweeted instagram tiktok reddit whatsapp telegram netflix paywall clickbait
journo journos mods admins troll trolls trolling bot bots shill shills astroturf whataboutism
hypocrite hypocrites hypocritical hypocrisy ridiculous nonsense rubbish bollocks garbage laughable subscribe
misogynist misogynists hogwash crony cronies em shameful shameless
disgusting appalling outrageous disgrace disgraceful despicable awful terrible horrible worst pathetic sickening
ignorant arrogant clueless brainwashed sheep sheeple corrupt crook crooks cheaters politician politicians taxpayer
taxpayers taxes voters migrants refugees immigrants headline headlines journalism moderators
"""

STRONGEST = """
fuck fucking fucker fuckers fucked fucks shit shitty shits bitch bitches bitching cunt cunts ass asses asshole
assholes dick dicks dickhead dickheads bastard bastards bullshit motherfucker motherfuckers motherfucking pussy
pussies whore whores slut sluts slutty cock cocks cocksucker cocksuckers nigger niggers nigga niggas faggot faggots
fag fags retard retards retarded damn damned dammit goddamn goddam hell piss pissed pissing crap crappy arse arsehole
arseholes wanker wankers wank twat twats prick pricks tosser tossers bollocks bugger buggers sod knob knobhead
bellend dipshit dipshits shithead shitheads shithole shitholes shitshow batshit horseshit dumbshit clusterfuck
fuckwit fuckwits fuckhead fuckface fuckoff mindfuck dumbfuck dumbfucks dumbass dumbasses jackass jackasses smartass
badass assed asshat asshats asswipe assclown douche douchebag douchebags scumbag scumbags cum cumming jizz tits titties
boobs boob penis vagina dildo porn porno anal anus blowjob blowjobs handjob sex sexy nude nudes horny skank skanks
hooker hookers hoe hoes tranny trannies dyke dykes homo homos queer queers kike kikes spic spics chink chinks
gook gooks wetback wetbacks coon coons paki pakis raghead ragheads towelhead towelheads sandnigger beaner beaners
gypsy gypsies gyppo shemale pedo pedos pedophile pedophiles paedo paedos groomer groomers pervert perverts perv pervs
stfu gtfo milf incest bestiality rapey
"""

INSULTS = """
idiot idiots idiotic moron morons moronic imbecile imbeciles cretin cretins stupid stupidity stupidly dumb dumber
dumbest dumbo dimwit dimwits halfwit halfwits nitwit nitwits numpty muppet muppets clown clowns fool fools foolish
loser losers liar liars scum vermin trash filth filthy parasite parasites maggot maggots cockroach cockroaches rat
rats pig pigs swine worthless pathetic coward cowards cowardly traitor traitors lunatic lunatics psycho psychos
psychopath psychopaths schizo spastic spaz mong mongs cripple cripples ugly fatso fatty lardass lowlife
lowlifes degenerate degenerates subhuman subhumans savage savages bimbo bimbos feminazi feminazis libtard libtards
republitard conservatard simp simps cuck cucks incel incels sheeple turd turds dork dorks jerk jerks creep creeps
brainless braindead witless gutless spineless airhead blockhead bonehead knucklehead pinhead meathead crybaby
crybabies snowflake hypocrite hypocrites
"""

CHARGED = """
kill kills killed killer killers killing die dies died dying dead death murder murdered murderer murderers murdering
rape rapes raped rapist rapists raping suicide suicidal lynch hang hanged shoot shot stab bomb bombs behead execute
slaughter massacre genocide holocaust nazi nazis hitler terrorist terrorists terrorism jihad jihadi jihadis isis
jew jews jewish zionist zionists israel israeli gaza palestine muslim muslims islam gay gays lesbian lesbians trans
transgender black blacks white whites trump biden putin drugs heroin cocaine meth weed gun guns pistol rifle
racist racists racism sexist nude naked abuse abused molest molester molesters molested drunk
"""


def read_lists(lexicons: Path) -> set[str]:
    """Read every entry of the three lists that is one word of plain letters."""
    entries = (lexicons / "ldnoobw" / "en").read_text("utf-8").splitlines()
    with (lexicons / "surge_profanity" / "profanity_en.csv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            entries += [row["text"], row["canonical_form_1"]]
    for entry in json.loads((lexicons / "profanity_list" / "en.json").read_text("utf-8")):
        entries += entry["match"].replace("*", "").split("|")
    return {word for word in (entry.strip().lower() for entry in entries) if re.fullmatch("[a-z]{4,}", word)}


def write_words(vocabulary: Path, lexicons: Path, target: Path) -> None:
    """Write both tables; words of the lists that are common words too are left to the common ones."""
    whole = [word for word in vocabulary.read_text("utf-8").splitlines() if re.fullmatch("[a-z]{2,}|a|i", word)]
    common = list(dict.fromkeys(whole + INFORMAL.split()))
    by_hand = (STRONGEST + INSULTS + CHARGED).split()
    listed = sorted(read_lists(lexicons) - set(common))
    header = "# Common English words, most frequent first; from the vocabulary of bert-base-uncased, Apache-2.0\n"
    (target / "words.txt").write_text(header + "\n".join(common) + "\n", "utf-8")
    header = "# Words that people disguise; partly from LDNOOBW (CC BY 4.0), Surge AI and dsojevic (MIT)\n"
    first = "\n".join(dict.fromkeys(by_hand))
    last = "\n".join(word for word in listed if word not in by_hand)
    (target / "offensive.txt").write_text(
        f"{header}{first}\n# The words of the lists, less often disguised\n{last}\n", "utf-8"
    )


if __name__ == "__main__":
    write_words(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]))
