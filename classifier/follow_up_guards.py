"""What a letter of thanks, or one that withdraws, may say, and the words that leave either to a person."""

import re

from classifier.follow_up_phrases import any_of

_THEIRS = r"(?:complaint|complant|complaints|case|request|claim|matter|file|ticket|report|enquiry|this|that|it|one)"
WITHDRAWAL = re.compile(
    r"(?:^|[.,;:!] ?|\b(?:(?:can|could|would|will) you )?(?:please|kindly|pls|plz|can|could|may|to|just|now|so|and|i"
    r"|we|hereby|am|are|would like|you|should|case) )"
    rf"(?:withdr[ae]w(?:ing|al|el|n)?|withdrawl|cancel+(?:ing|ed)?|cancle|drop(?:ping)?|retract(?:ing)?|clos(?:e"
    rf"|ing)|scrap|disregard|forget about|stop(?= (?:my|the|this) compl)|end(?= (?:my|the|this) compl))"
    rf" (?:[\w'-]+ ){{0,3}}{_THEIRS}\b"
    r"|\bno longer (?:\w+ ){0,3}(?:complain\w*|pursue|proceed|continue|take (?:it|this))\b(?: \w+){0,3}"
    r"|\bnot (?:want|wish|need|intend) to (?:\w+ )?(?:pursue|proceed|continue|go on|carry on|complain)\b(?: \w+){0,4}"
    r"|\b(?:complaint|case) (?:\w+ ){0,2}(?:can|may|should) (?:now )?be (?:closed|withdrawn|cancelled|dropped)\b"
    r"|\bconsider (?:my|this|the) (?:complaint|case|matter) (?:closed|withdrawn)\b"
    r"|\b(?:dynnu|tynnu|tynnaf|tynnwch|dynnun|thynnu)\b(?: [\w']+){0,4} (?:yn ol|nol)\b"
    r"|\b(?:canslo|ganslo|cau|gau)(?:'r)?\b(?: [\w']+){0,2} (?:nghwyn|cwyn|gwyn|achos)\b"
)
BENIGN = re.compile(
    r"\bthey (?:have |has |all )?(?:came|come|fixed|mended|did|done|collected|sorted|repaired|delivered|cleared"
    r"|emptied|put it right|apologised)\b"
    r"|\bno (?:longer|more|further)\b(?: \w+){0,3}|\bno need\b(?: \w+){0,4}|\bno problems?\b|\bno rush\b|\bno worries\b"
    r"|\b(?:do|does|is) not (?:need|have to|needed|necessary)\b(?: \w+){0,3}|\bnothing (?:more|further|else)\b"
    r"|\bwrong (?:council|department|authority|place|people)\b|\b(?:my|a) mistake\b|\bin error\b"
    r"|\bnot? (?:a )?problem\b|\bnot? hard feelings\b"
)
"""Words of denial that mean all is well."""

HOLDS_BACK = any_of(
    r"not|no|nor|never|nothing|nobody|none|without|neither|hardly|cannot",
    r"but|however|although|though|except|unfortunately|sadly|still|again|yet|until|till|unless|if|whether|once",
    r"why|what|when|where|who|how|which|can you|could you|would you|will you|do i|should i|please (?:send|let|tell"
    r"|confirm|explain|call|ring)",
    r"asked me|told me|tells? me|made me|wants? me|wanted me|forc\w+|pressur\w+|bull(?:y|ied)|persuad\w+|say i"
    r"|says i|they|them",
    r"wrong|broken|worse|leak\w*|disgrac\w*|disgust\w*|ridiculous|unacceptable|angry|appall\w*|ignor\w*|sick of"
    r"|fed up|joke|shame\w*"
    r"|waste of|no point|pointless|useless|give up|given up|giving up|gave up|complain|complaining|fail\w*|terrible"
    r"|awful|rubbish|useless"
    r"|unhappy|unsatisf\w+|dissatisf\w+|disappoint\w*|late|missed|bunch|typical|worst|tired of|insult\w*|lies|lied"
    r"|lying|problem|problems"
    r"|stage|escalat\w+|appeal|review|ombudsman|solicitor|court|councillor|mp|press|newspaper",
    r"ddim|nid|dim|ond|heb|pam|pryd|sut|beth|byth|eto|os|dal",
)
"""Words that make a machine leave a letter to a person: a denial, a condition, a question, a complaint."""

TELLS = any_of(
    r"attach\w*|enclos\w*|photos?|pictures?|pics?|video|number|address|road|street|lane|avenue|flat|house|\d+|one"
    r"|ones|the|at|is|it|was"
    r"|my|your|lluniau|rhif|atod\w*"
)
"""Words that no name is made of, so that what follows “thanks” tells us something."""

DANGER = any_of(
    r"suicid\w*|kill\w*|end it all|end my life|self-?harm\w*|hurt\w*|harm\w*|unsafe|danger\w*|threat\w*|violen\w*"
    r"|abus\w*|assault\w*"
    r"|homeless\w*|evict\w*|nowhere to|gas|smoke|fire|shock|collaps\w*|sparks?|sparking|afraid|scared|frighten\w*"
    r"|beat\w*|bleed\w*|hospital"
    r"|ambulance|police|die|dying|died|dead|emergency|urgent\w*|injur\w*|desperate|can not cope|safeguard\w*"
    r"|starv\w*|freezing",
    r"hunan-?laddiad|perygl\w*|beryglus|ofnus|digartref|brys",
)

THANKED = any_of(
    r"thank|thanks|thankyou|thanku|thanx|thnx|thx|tnx|tanks|thnks|thankful|grateful|ta|cheers|appreciate|appreciated"
    r"|diolch|ddiolch|much obliged",
)
AGREED = any_of(
    r"ok|okay|okey|k|noted|received|understood|great|brilliant|perfect|lovely|fine|excellent|fab|wonderful|iawn|gwych"
)
HARMLESS = frozenset(
    """
    a about absolutely ac acknowledged afternoon again ago all always am amazing an and appreciate appreciated
    ar are as at ateb back bawb be been best better bin bins brill brilliant by bye came chap cheers chi clean
    cleaned cleared cofion colleague colleagues collected come completed council crew cymorth cynnes da datrys
    day ddatrys ddiolch dealt dear delighted did diolch diolchgar done dr dw dwi'n ei eich email emailing emails
    emptied evening ever everyone everything excellent fab fabulous faithfully fantastic fast fawr finally fine
    fixed for from gan gave getting glad good got grateful great greatly gwych gyd gymorth had happy has have he
    hello help helped helpful helping her hi him his hope hwyl hyfryd i i'ch i'n iawn ich in indeed info
    information informed informing is it job just k kind kindly kindness know lad lads lady last letter letting
    llawen looking lot lots love lovely madam made many matter mawr me mended message miss morning most mr mrs
    ms much my myself nadolig new news nice note noted now o obliged of off ok okay okey oll on once our out
    patience pawb perfect person phone picked pleased pob polite popeth prompt promptly quick quickly quickness
    r rapid re really received regards removed repair repaired repairing replaced replied reply replying
    resolved resolving respect respond responding response right rwy'n safe say saying service she sincerely sir
    so soon sort sorted sorting speedy splendid staff such super superb swift swiftly sydyn sympathy ta taking
    tanks team thank thankful thanks thanku thankyou thanx that the their then there this thnks thnx thorough
    thx time tnx to today together told took tremendous truly understood up update updating us very want wanted
    warm was we wedi week weekend well were what wife wish wishes with wonderful work worked working worth
    writing x xx xxx y yes yesterday yn you young your yours
    """.split()  # noqa: SIM905 -- words in a row read best as text
)
"""Words of which a letter of thanks may be made; a single other one leaves it to a person."""
SIGNED = re.compile(r"[.,!] ?(?:mr|mrs|ms|miss|dr|rev|cllr)\.?(?: [\w'-]+){1,3}[ .]*$")
GREETING = re.compile(r"^(?:dear|hi|hiya|hello|annwyl|good (?:morning|afternoon|evening))(?: [\w'-]+){0,3} ?[,.!-]")
CLOSING = re.compile(
    r"\b(?:kind|best|warm|many|with) (?:regards|wishes|thanks)|\b(?:regards|sincerely|faithfully|cheers|thanks"
    r"|thank you|cofion|diolch|love)\b"
)
