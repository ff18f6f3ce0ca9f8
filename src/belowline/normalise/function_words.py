"""Small words by which a language shows in a line of any subject; lower case, `'` for every apostrophe."""

from __future__ import annotations

_LISTS = {
    "en": """
        the a an of and to in is are was were be been it its it's this that these those he she they we you i my your
        his her their our me him them us not don't no yes for on with as at by from or but if so what who how why when
        where which there here have has had do does did will would can could should just all more than then about
        very too only any some because well said good true thanks thank shame please sorry right wrong agree
    """,
    "de": """
        der die das und ist nicht ein eine einen ich du er sie es wir ihr mit auf für von den dem des zu im auch aber
        wie wenn nur noch schon sehr hat haben sind wird werden kein keine mein dein sich dass daß bei nach aus über
        doch mal immer endlich danke genau richtig gut wieder mehr einfach diese dieser dieses oder weil zum zur bin
        hier uns euch ihm ihn warum wer wo weiß muss kann soll stimmt leider ganz alle alles nichts
    """,
    "fr": """
        le la les de des du un une et est pas ne que qui dans pour sur avec ce cette ces il elle nous vous ils elles je
        tu on au aux plus mais ou où son sa ses mon ma mes leur être sont c'est j'ai n'est d'un d'une qu'il très bien
        tout tous comme si quand même aussi merci bravo honte rien faire fait encore toujours peu trop ça cela quel
        oui non faut sans ont été
    """,
    "es": """
        el la los las de del un una unos y es no que en por para con se su sus lo le les al como más pero muy este esta
        esto eso hay son está están ser fue ya me mi tu si sí todo todos también porque cuando donde qué quién gracias
        bien nada siempre mejor nunca sólo solo sin sobre entre hasta desde vergüenza verdad qué
    """,
    "it": """
        il lo la gli le di del della dei delle un una uno e è che non per con si su da dal nel nella sono ha hanno come
        più ma anche questo questa questi molto tutto tutti ci vi mi ti se quando dove perché grazie bene bravo niente
        sempre mai solo senza anni cosa chi vergogna ecco così siamo essere fatto al alla
    """,
    "nl": """
        de het een en is niet van ik je hij zij wij dat die dit deze met op voor te zijn er maar ook als aan bij of om
        naar uit nog wel geen heeft hebben wordt worden kan moet zal goed heel meer veel waar wat wie waarom dan toch
        weer altijd dank bedankt schande mooi eens gewoon iets niets alles mijn jouw ons
    """,
    "pt": """
        o os as um uma e é que não em por para com se do da dos das no na nos nas ao mais mas muito isso este esta
        foi são está ser você eu ele ela nós meu seu sua já também porque quando onde obrigado bem nada sempre só sem
    """,
    "tr": """
        ve bir bu da de için ne çok ama gibi daha en mi mı mu mü değil var yok olan olarak ile o şu ben sen biz siz
        kadar sonra her hiç nasıl neden kim bütün şey iyi güzel teşekkürler helal olsun yazık artık bile ki ya diye
        böyle oldu olur doğru haklısın tebrikler utanın yeter
    """,
    "ku": """
        û ku ji li bi di de ev ew ez tu em hûn ne na jî bo ye e in heye hene tune nîne çi kî kê çima çawa her hemû gelek
        pir baş xweş spas mala ava we me min te wî wê vê vî van wan ber ser dike dikin bû bûn hat got xwe şerm e rast
        kurdî kurdistanê bijî serkeftin destxweş
        لە بە بۆ ئەم ئەو ئەوە کە نا نییە نیە هیچ زۆر هەر هەموو چی کێ چۆن سوپاس بژی کوردستان دەستخۆش باشە ئێمە ئێوە من
    """,
    "sv": """
        och att det som en ett är inte på för med av den till har de om var jag du vi ni han hon men så kan ska från
        mycket bra tack skam bara när eller här där
    """,
    "pl": """
        i w na z że się nie to jest do o jak za od po ale co czy dla tak już tylko być są był była ten ta te przez
        bardzo dobrze dziękuję brawo wstyd
    """,
    "ar": """
        في من على إلى عن أن إن لا ما هذا هذه ذلك التي الذي هو هي هم نحن أنا كل بعد قبل مع كان كانت قد لم لن ليس أو ثم
        حتى شكرا والله يا الله جدا عيب
    """,
    "fa": """
        و در به از که این است را با برای آن یک هم می ها من تو ما شما او نیست بود شد شود کرد خیلی چرا چه باید اگر هر
        تا یا ولی اما خوب بد درود مرسی ممنون سپاس آقا دیگه
    """,
    "ru": """
        и в не на что с как это а но по из у за от к о так все он она они мы вы я ты его её их был была было быть есть
        нет да же бы только уже или если когда где кто почему очень спасибо позор правда
    """,
    "uk": """
        і в не на що з як це а але по із у за від до про так все він вона вони ми ви я ти його її їх був була було бути
        є немає так же би тільки вже або якщо коли де хто чому дуже дякую ганьба правда та й
    """,
}

FUNCTION_WORDS: dict[str, frozenset[str]] = {code: frozenset(words.split()) for code, words in _LISTS.items()}

# Words of the lists above that English sentences have too.
SHARED_WITH_ENGLISH = frozenset(
    """
    die man war an in on so was all also me he as a i no do to is of us we die ten gut bin mal den per fit des hat e o
    bravo solo non en at be by her in it men over am son sa via per van den bad well te la el de ma mi tu ti vi ha si
    bra dank mine her ser got do dos nos rang wan come am sin
    """.split()  # noqa: SIM905
)
