"""The words by which a further letter shows what it wants, in English and plain Welsh.

They are looked for in cleaned text: lower case, short forms written out ("is not"), no accents.
Gaps are bounded, so that no text, however long or odd, makes a search slow.
"""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """One thing a further letter may say, and how an officer is told of it.

    ``can_be_denied``: a "not" or a mere "if" just before takes it back.
    """

    reason: str
    pattern: re.Pattern[str]
    can_be_denied: bool = True


def any_of(*lines: str) -> re.Pattern[str]:
    """Any of these, as whole words."""
    return re.compile(rf"\b(?:{'|'.join(lines)})\b")


_FEW = r"(?:[\w'/-]+ ){0,3}"
_SOME = r"(?:[\w',/-]+ ){0,6}"
_ANSWER = (
    r"(?:answers?|reply|replies|respon[sc]es?|decisions?|outcomes?|letter|findings?|conclusions?|explanations?|verdict"
    r"|results?|investigation|report|reasons?|offer|apology|what you (?:are |were )?(?:say|said|saying|wrote|decided"
    r"|have said|have written|have decided)"
    r"|how (?:it|this) (?:was|has been) (?:dealt with|handled|looked into)"
    r"|how you (?:have )?(?:dealt|handled|looked)|the way (?:you|it was|it has|this)|(?:your|this|that|the) email)"
)
_BAD = (
    r"(?:wrong|untrue|not true|incorrect|inaccurate|rubbish|nonsense|a joke|a disgrace|disgraceful|insulting"
    r"|an insult|lies"
    r"|a lie|poor|ridiculous|inadequate|unacceptable|not acceptable|useless|not good enough|a whitewash|misleading"
    r"|disappointing|no answer|not an answer|laughable|pathetic|a fob off|generic|a template|full of|unfair|not fair"
    r"|unjust"
    r"|unreasonable|unsatisfactory|dismissive|biased|one-?sided|weak|vague|short|inaccuracies|mistaken|flawed"
    r"|incomplete|terrible"
    r"|appalling|shocking|disgusting|outrageous|annheg|anghywir|gwarthus)"
)
_GLAD = (
    r"(?:happy|satisf\w+|satif\w+|sattisf\w+|content|pleased|convinced|impressed|persuaded|agree|accept|accepting"
    r"|resolved)"
)

ESCALATION: tuple[Phrase, ...] = (
    Phrase(
        "Asks for the next stage.",
        any_of(
            r"stage ?(?:2|two|ii)",
            r"(?:second|next|final|higher|2nd) (?:stages?|levels?|steps?|person|option)|(?:my|our|other"
            r"|the) (?:\w+ )?(?:options|rights) (?:now|are)"
            r"|what (?:are|is|else|can) (?:\w+ ){0,2}(?:i do|we do|options|rights|next step)|who is above"
            r"|above (?:mr|mrs|ms|miss|him|her|you)",
            r"e[sx]c[aeiu]l+[aeiou]t\w*",
            rf"(?:take|taking|taken|took|go|going|goes|push|pass|move|send|put) {_FEW}"
            r"(?:further(?! (?:down|along|up|into|back|in|out|away|round|east|west|north|south))|higher"
            r"|up the (?:chain|line|ladder)|the top|upstairs|next step|next stage|above (?:you|him|her|them))",
            r"cam (?:2|dau|nesaf)|gam (?:2|dau|nesaf)|uwch ?gyfeiri\w*|uwchgyfeirio|ymhellach",
        ),
    ),
    Phrase(
        "Asks for a review of our answer.",
        any_of(
            r"(?:review|reviewed|reviewing|reveiw\w*|revue) (?:(?:of |by )?(?:my|your|this|it|that|what|how|someone"
            r"|somebody|a|an)|please|panel)",
            rf"(?:review|reviewed|reviewing|reveiw\w*|revue) (?:of )?the {_FEW}(?:{_ANSWER}|complaint|case|matter"
            rf"|evidence|file)",
            r"(?:a|it|this|independent|internal|full|proper|complaint|decision|like|want|my) (?:review|reveiw"
            r"|reviewed|reveiwed)",
            r"(?<!tax )(?<!planning )(?<!admission )(?<!admissions )(?<!school )(?<!pip )(?<!benefit )"
            r"(?<!parking )(?<!charity )"
            r""
            r"ap+e+al+(?:s|ed|ing)?(?! (?:hearing|tribunal|panel date|form))",
            r"re-?consider\w*|re-?think|re-?investigat\w*|re-?examin\w*|re-?assess\w*|re-?open\w*",
            r"look(?:ed|ing)? (?:at |into |over )?(?:it|this|that|everything|things|my \w+|the (?:case|complaint"
            r"|matter|evidence|file|facts)|at|into) again"
            r"|look(?:ing)? again(?! at the (?!case|complaint|decision|evidence|facts))|edrych (?:[\w']+ ){0,4}eto"
            r"|second (?:look|opinion)|fresh (?:look|eyes|pair of eyes)",
            r"(?:some(?:one|body)|manager|officer|person|boss) (?:more |much )?(?:senior|independent|higher|above"
            r"|else to)",
            r"(?:senior|independent|higher) (?:manager|officer|person|member|someone|somebody|team)",
            r"(?:another|a different|different|an independent|a fresh) (?:person|officer|manager|team|member"
            r"|pair of eyes)",
            r"(?:some(?:one|body)|anyone|anybody) (?:above|independent|not involved|neutral)",
            r"(?:by|from|to|ask|want|need|like|get|have|for) (?:some(?:one|body)|anyone|anybody) (?:else|different"
            r"|other)"
            r"|some(?:one|body) (?:else|different) (?:to |can |should |must |could )?(?:\w+ )?(?:look|review|deal"
            r"|read|check|decide|handle|consider|investigate)",
            r"(?:speak|talk|complain|ask|see|contact|put|pass|go) (?:to |for |me through to )?(?:\w+ ){0,2}"
            r"(?:manager|supervisor|director|boss|line manager|head of|superior)",
            r"chief exec\w*|challenge (?:your|the|this) (?:decision|answer|outcome|finding\w*|conclusion\w*)",
            r"apel(?:io|iaf|iadau)?|adolyg\w*|ail-?ystyri\w*|ail-?edrych|edrych eto",
            r"(?:rh?ywun|pherson|berson|person|swyddog|rheolwr|tim) (?:arall|annibynnol|uwch)|rheolwr|prif weithredwr",
        ),
    ),
    Phrase(
        "Is not satisfied with our answer.",
        any_of(
            rf"(?:not|never|far from|hardly|nowhere near|less than|neither|nor|nothing like) {_FEW}{_GLAD} (?:with "
            rf"|by |about |of |at |that )?"
            rf"{_SOME}{_ANSWER}",
            rf"(?:not|never|far from|hardly|nowhere near|less than) (?:{_FEW})?{_GLAD}(?= ?[.,!;]|$| and | but | so "
            rf"| because | at all)",
            r"not {0}(?:happy|satisfied|content) (?:with|about) (?:this|that|it|any of it)".replace("{0}", _FEW),
            rf"(?:unhappy|dissatisf\w+|unsatisf\w+|disappoint\w+|disagree|disgusted|appalled|angry|dispute|reject"
            rf"|refuse to accept|object)"
            rf" (?:with |by |about |at |to |in )?{_SOME}{_ANSWER}",
            rf"{_ANSWER} {_FEW}(?:does|do|did|has|have|was|is) (?:not|nothing) {_FEW}"
            r"(?:answer\w*|address\w*|explain\w*|deal\w*|mention\w*|cover\w*|say\w*|respond\w*|help\w*|satisfy"
            r"|tackle|enough"
            r"|acceptable|correct|true|right|fair|reflect\w*|make sense|what)",
            rf"{_ANSWER} {_FEW}(?:fails?|failed|ignores?|ignored|misses|missed|avoids?|dodges?|says nothing"
            rf"|tells me nothing|miss)",
            rf"{_ANSWER} (?:\w+ ){{0,2}}(?:is|was|are|were|seems?|feels?|contains?) (?:\w+ ){{0,2}}{_BAD}",
            r"(?:have|has|had|did|do|does) (?:not|never|still not) (?:\w+ ){0,2}(?:answered|answer|addressed|address"
            r"|explain|explained|dealt with"
            r"|deal with|responded to|respond to|considered|looked at|looked into|understood)"
            r" (?:\w+ ){0,4}(?:questions?|points?|complaint|concerns?|issues?|what i|the fact|half)",
            r"not (?:feel|think|believe|consider|see how|understand how|find"
            r"|regard) (?:that )?(?:\w+ ){0,5}(?:thorough|fair\w*|proper\w*|right|correct"
            r"|good enough|adequate\w*|complete|true|accurate|honest|reasonable|acceptable|taken seriously|listened"
            r"|right to)",
            rf"(?:find|found|think|feel|consider|believe) (?:that )?(?:the |your |this "
            rf"|that )?{_ANSWER} {_FEW}(?:is |was |to be )?{_BAD}",
            rf"{_BAD} (?:of a |of an )?(?:reply|answer|response|letter|decision|excuse)",
            r"(?:remain|remains|still|am|are|feel|very|deeply|completely|compleatly|totally|extremely|really|so|most"
            r"|more) (?:\w+ )?"
            r"(?:unhappy|disappointed|disgusted|appalled|angry|furious|livid|fuming|outraged|upset)|(?:un"
            r"|dis)satisf\w+",
            r"(?:got|get|gotten|have|has|had|gets) (?:this|it|that|everything|the facts|things|all of it"
            r"|the wrong end|most of it) (?:\w+ ){0,2}wrong",
            r"miss(?:ed|ing|es) the (?:\w+ )?point|(?:not|un|anything but) ?true|lies|lied|lying|liars?|cover-? ?up",
            r"(?:refuse|refusing|reject|rejecting|not accept\w*|never accept\w*) (?:your|this|the|that|what|it|any)",
            r"(?:is|was|are|nowhere near|not) (?:not )?(?:good )?enough|insufficient|insult\w*|unacceptable",
            r"unable to (?:accept|agree)|derisory|no happier|start over|not (?:\w+ ){0,2}(?:investigated"
            r"|looked into)|let(?:ting)? (?:this|it) (?:drop|go|lie|rest)|not (?:over"
            r"|the end of|going away|finished)|fight(?:ing)? (?:this|it|you)",
            r"(?:case|complaint|side|story) (?:\w+ ){0,2}heard|heard properly|hear my (?:case|side)|(?:not|nobody"
            r"|no one) (?:\w+ ){0,2}listen\w*",
            r"ignor(?:ed|es|ing) (?:half|most|all|everything|what|my|the (?:fact|evidence|photos))|(?:just|simply"
            r"|merely|only) repeat\w*",
            r"(?:try|think) (?:harder )?again(?= please|[.!]|$)|do better|(?:nobody|no one) (?:\w+ )?(?:opened|read"
            r"|bothered|looked)",
            r"mark(?:ing|ed) (?:your|their) own|not (?:been )?(?:listened|listening|taken seriously)|excuses",
            rf"(?:this|that|it|which|i think that|what you decided) (?:is|was) (?:\w+ ){{0,2}}{_BAD}",
            r"whitewash|cop-?out|fob(?:bed)? off|brush(?:ed)? off|let down by (?:your|the)",
            r"(?:ddim|nid|heb|anfodlon|anhapus|siomedig|anghytuno|annerbyniol|gwrthod) (?:[\w']+ ){0,6}"
            r"(?:ateb|ymateb|penderfyniad|llythyr|canlyniad|hateb|hymateb|hatebion|phenderfyniad|llythyr)",
            r"(?:ddim|nid) (?:[\w']+ ){0,3}(?:hapus|fodlon|derbyn|cytuno)|anfodlon|anhapus|anghytuno",
        ),
        can_be_denied=False,
    ),
)

ASKS_ON = ESCALATION[:-1]
SATISFIED = Phrase(
    "Accepts our answer.",
    any_of(
        rf"(?:i|we) (?:am |are |was |were )?(?:now |quite |very |fully |also |perfectly )*(?:accept|content|happy"
        rf"|agree|satisfied|pleased) (?:with |by |to )?{_SOME}"
        rf"{_ANSWER}",
        r"enough for (?:me|us)|that will do",
    ),
)
"""Words of one who accepts the answer; they outweigh mere displeasure, never a request."""

CHASER: tuple[Phrase, ...] = (
    Phrase(
        "Asks for news.",
        any_of(
            r"(?:any|an|some|no|latest) (?:update\w*|news|progress|word|development\w*|joy|movement|sign|idea|chance"
            r"|luck|further forward)",
            r"(?:need|want|like|please|request\w*|send|give|provide|get|wait\w* for|ask\w* for"
            r"|hoping for) (?:\w+ ){0,3}(?:update|progress report)(?= please| on)",
            r"(?:current|latest|present) (?:position|situation|state|status|stage|progress)|state of play"
            r"|movement on|status of",
            r"(?:is|are|was|will) (?:my|this|it|the|our|that) (?:\w+ ){0,3}(?:being|been|going to be|getting|ever"
            r"|be) (?:\w+ )?"
            r"(?:looked|dealt|done|fixed|sorted|investigated|repaired|progressed|handled|actioned|considered|read"
            r"|processed)",
            r"let (?:me|us) know (?:the |what|how|when|where|whether|if (?:it|this|any|some|there (?:is|has))"
            r"|as soon|soon|please)",
            r"(?:nobody|no one) (?:is|are|seems|has|cares|bothers)|is (?:anyone|anybody|someone|somebody)"
            r"|how (?:much|many) more|more time",
            r"forgotten|forgot (?:about )?(?:me|us|this)|any(?:one|body) there|any(?:one|body) (?:read|reading"
            r"|looking|dealing|home)",
            r"wonder(?:ing|ed)? (?:if|whether|what|when|how|where)|just checking|check(?:ing)? (?:in|up|on|whether"
            r"|if)|none the wiser|in the dark|in limbo",
            r"(?<!the )(?<!your )(?<!this )(?<!that )up ?dates?(?= please| on| me| about| for|[.?!]|$)|(?:please"
            r"|pls) up ?date|keep me (?:updated|informed)",
            r"what(?:s| is|'s) (?:\w+ )?(?:going on|happening|happend|the (?:status|position|progress|latest|delay"
            r"|hold|situation|score))",
            r"what (?:has )?happened (?:to|with|about)|what (?:is )?being done",
            r"where (?:are we|things are|things stand|are things|we are|we stand|is my|it is|this is|has it got"
            r"|i stand)",
            r"how (?:is|are) (?:\w+ ){0,3}(?:going|coming|progressing|getting on|doing)|how (?:much )?long(?:er)?",
            r"(?:like|glad|love|want|wish|keen|grateful|need) to (?:know|hear|be told|find out|learn)|(?:what"
            r"|how much) progress",
            r"(?:do|did|have|could|can) you (?:\w+ )?(?:know|get my|got my|receive\w*|had a chance|seen|read"
            r"|look\w* (?:at|into)|decide\w*|manage\w*|tell me)",
            r"(?:call|ring|phone|email|contact|write to|get back to|come back to|reply to"
            r"|answer) me(?: back)?(?: about| please| with|[.?!]|$)",
            r"(?:going to|ever|will i|gonna) (?:\w+ )?(?:get|hear|have|receive) (?:\w+ ){0,2}(?:answer|reply"
            r"|response|back|from|anything|call)",
            r"(?:has|have) (?:\w+ ){0,2}(?:anything|anyone|anybody|something|someone|somebody|you|there|this|it|my \w+)"
            r" (?:\w+ ){0,3}(?:happened|looked|done|been|had|got|decided|found|received|any|made|moved)",
            r"newyddion|diweddariad|ddiweddariad|beth sy'?n digwydd|beth sydd'?n digwydd|sut mae pethau|(?:ydych chi"
            r"|oes rhywun|oes unrhyw un) wedi",
        ),
    ),
    Phrase(
        "Asks when something will be done.",
        any_of(
            r"when (?:will|are|is|can|do|shall|should|would|am|might)",
            r"(?:know|tell me|say|told|idea|advise|confirm) (?:\w+ )?when|when (?:the|my|your|someone|somebody"
            r"|anyone|it|this) (?:\w+ )?(?:is|are|will|can|might)",
            r"(?:date|time) for (?:the|my|your|this)|(?:days|weeks|months) have (?:gone|passed)",
            r"(?:appreciate|expect|request|demand|(?:could|can|may) (?:i|we) (?:please )?have) (?:\w+ ){0,2}(?:reply"
            r"|response|answer)",
            r"(?:supposed|meant|due) to (?:\w+ ){0,3}(?:hear|come|be|get|have|receive|reply)",
            r"(?:told|said|promised|assured) (?:\w+ ){0,10}by (?:the )?(?:mon|tues|wednes|thurs|fri|satur|sun|end"
            r"|last|next|now|today|\d)\w*",
            r"pryd (?:fydd|bydd|byddwch|fyddwch|y bydd|cawn|caf|ga|mae|ydych|ydw)\w*",
        ),
    ),
    Phrase(
        "Is still waiting, or has heard nothing.",
        any_of(
            r"(?:still|been|am|are|keep|kept|left|im) (?:\w+ )?wait(?:ing|in)",
            r"waiting (?:for|to hear|on|over|since)",
            r"(?:not|never|nobody|none|neither|nor|yet to) (?:\w+ ){0,5}(?:hear|heard|herd|repl\w+|respon\w+"
            r"|contact\w*|come back|got back"
            r"|get back|call\w*|rung|rang|phoned|email\w*|written|been in touch|back to me|acknowledged|came|come"
            r"|turned up|showed up)",
            r"hear(?:d|ing)? (?:absolutely )?nothing|nobodys|nothing (?:heard|yet|back|happened|has happened"
            r"|has been done|since|from you|done)|still nothing|still no",
            r"no (?:\w+ )?(?:reply|response|responce|answer|contact|action|sign|acknowledg\w+|call|visit|feedback)",
            r"(?:somebody|someone|anybody|anyone|you|please|kindly) (?:\w+ ){0,2}(?:get|come|ring|call|write|reply"
            r"|respond|report|phone) (?:back )?(?:to )?me",
            r"(?:day|week|month) \d+|writ\w+ (?:to you )?(?:\w+ )?again|(?:email\w*|contact\w*|ask\w*|rang"
            r"|ring\w*) (?:you )?(?:once )?again"
            r"|(?:second|third|fourth|fifth|2nd|3rd|4th|another) (?:email|letter|message|time|attempt|call)",
            r"(?:still|yet) (?:\w+ ){0,2}(?:not|to|un) (?:\w+ ){0,2}(?:done|fixed|repaired|mended|collected|sorted"
            r"|resolved|come|started|completed|happened|carried|emptied|arrived)",
            r"left (?:\w+ ){0,2}(?:voice ?mails?|messages?)|you promised|as promised|(?:said|told (?:me|us)"
            r"|quoted) (?:\w+ ){0,3}(?:days|weeks|hours)",
            r"chas(?:e|ing|ed|er)|remind\w*|follow(?:ing)?[ -]up|lack of (?:\w+ )?(?:response|reply|contact|action"
            r"|communication|progress)",
            r"(?:days|weeks|months|year) (?:later|on|now|gone|ago now|have passed|since)|over ?due|hurry",
            r"(?:is|been|has been) (?:now |nearly |over |almost |about |more than |at least )*"
            r"(?:a|\d+|one|two|three|four|five|six|eight|ten|several|many) (?:\w+ )?(?:days|weeks?|months?|fortnight"
            r"|years?)",
            r"ignor(?:ed|ing) (?:me|my|us)|gone quiet|silence",
            r"dal (?:i|yn|heb) (?:\w+ )?(?:aros|ddisgwyl|disgwyl|glywed|gael)|aros am|sefyllfa|roi gwybod"
            r"|wedi clywed|disgwyl am|heb (?:glywed|gael|dderbyn)|dim (?:ateb|ymateb|byd|gair)",
        ),
        can_be_denied=False,
    ),
)

NEW_ISSUE: tuple[Phrase, ...] = (
    Phrase(
        "Speaks of another matter.",
        any_of(
            r"(?:separate|seperate|different|diffrent|fresh|extra|another|anther|new|second|third|further|additional"
            r"|unrelated|one other|one more) (?:\w+ )?"
            r"(?:matters?|issues?|problems?|prob|complaints?|things?|subject|topic|query|queries|fault|concerns?"
            r"|incident|leak)",
            r"(?:about|for|is|raise|report|add|mention) something (?:else|different|new|separate)|somthing else",
            r"unrelated,? but|on an? (?:\w+ )?unrelated|(?:could|can|would|will|please) (?:\w+ ){0,2}also (?:look"
            r"|check|report|fix|deal|sort|investigate)",
            r"unrelated to (?:my|this|the)|nothing to do with (?:my|the) (?:\w+ )?(?:complaint|case|report)",
            r"(?:mater|fater|problem|broblem|cwyn|gwyn|peth|beth|pwnc) (?:\w+ )?(?:arall|newydd|wahanol|gwahanol"
            r"|ar wahan)|rhywbeth arall",
        ),
    ),
    Phrase(
        "Adds something that it wants looked at too.",
        any_of(
            r"(?:also|additionally|in addition|furthermore|as well|while i am (?:at it|writing|here)"
            r"|whilst i am (?:at it|writing|here))"
            r",? (?:\w+ ){0,6}(?:complain|report|raise|bring up|flag)",
            r"as well as (?:[\w']+ ){1,10}(?:complain|report|raise)|(?:now|too) (?:like|want|wish) to (?:complain"
            r"|report|raise)",
            r"(?:complain|report|raise|flag) (?:\w+ ){0,3}(?:also|as well|too)",
            r"also,? since (?:then|i wrote|my)|since (?:then|i wrote|my \w+),? (?:\w+ ){0,4}(?:also|another|as well)",
            r"hefyd (?:\w+ ){0,4}(?:cwyno|gwyno|adrodd|codi)",
        ),
    ),
)
