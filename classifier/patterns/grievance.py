"""What the person says of staff, of a decision or an answer, and how unhappy they say they are."""

from classifier.phrases import Pattern

GRIEVANCE: tuple[Pattern, ...] = (
    Pattern(
        "staff_conduct",
        "Complains of how an officer or a crew behaved.",
        (
            (
                "$staff ... rude|abusive|aggressive|unhelpful|dismissive|patronising|arrogant|unprofessional|"
                "disrespectful|swore|shouted|laughed|lied|sworn|rudely|sarcastic|condescending|hostile|threatening|"
                "bullied|intimidating|smirked|mocked|sneered|abrupt|impatient|careless"
            ),
            (
                "rude|abusive|aggressive|unhelpful|dismissive|patronising|arrogant|unprofessional|disrespectful|"
                "incompetent|lazy|horrible|nasty|sarcastic|condescending man|woman|lady|person|your|and? $staff|man|"
                "woman|attitude"
            ),
            "hung|hang up on me|us?",
            "put|slammed the phone|receiver down",
            (
                "way i|we|she|he|my_mother|my_mum|my_son was|were|have_been|has_been|had_been spoken_to|treated|"
                "dealt_with"
            ),
            (
                "spoke|spoken|talked|talking|shouted|swore|sworn|yelled to|at|down me|us|my_mother|my_son|"
                "my_daughter|my_wife like|as_if|rudely|in"
            ),
            "attitude|behaviour|conduct|manner of your|the|this|that|one_of? $staff",
            "made me feel like|small|stupid|worthless|as_if|about|that_big",
            "accused|called me|us of|a liar|lying?",
            "$staff ... attitude|behaviour|conduct|tone|manner",
            "$staff ... drove_off|speeding|on_his_phone|on_the_phone|smoking|asleep|on_the_pavement|gestured|threw",
        ),
    ),
    Pattern(
        "council_tax_argument",
        "Asks what council tax pays for.",
        (
            (
                "what|why|why_on_earth|where|how do|does|are|am|is|exactly? i|we|residents|our|my|the pay|paying|"
                "pays|money|council_tax|taxes"
            ),
            (
                "council tax payer|payers|is_for|paying|goes|going|money|payment|bill|for_this|for_nothing|for_what|"
                "being_spent|reduction|refund|back|back|keeps"
            ),
            "pay|paying|pays|paid ... council|road tax|taxes",
            "pay|paying my|our|full|a|for? rent|service_charge|service_charges|rates|taxes",
            "taxes|tax|rent|money going|goes|spent|pay|pays|pays_for|for_what|wasted|used",
            "pay ... council tax",
            "pay|paid|paying ... and_get|and_we_get|and_receive|to_live|to_be_treated|for_a_service|and_for_what",
            "use|spend|using our|my tax|taxes|money",
        ),
    ),
    Pattern(
        "decision_handled_badly",
        "Says a decision or a process was handled badly.",
        (
            (
                "decision|process|application|assessment|case|matter|complaint|review|referral|it ... handled|"
                "managed|dealt_with|made|considered|conducted badly|poorly|wrongly|unfairly|without|unprofessionally|"
                "improperly|terribly|incompetently"
            ),
            (
                "poorly|badly|terribly|unfairly|appallingly handled|managed|treated|dealt|communicated|organised|run|"
                "planned|designed|let_down"
            ),
            (
                "handling of my|the|our|this|his|her|your? case|complaint|application|matter|situation|claim|"
                "assessment|report"
            ),
            "mishandled|mismanaged|maladministration|mismanagement|injustice",
            (
                "without consultation|consulting|notice|warning|telling|informing|explanation|asking|"
                "any_consultation|any_notice|any_warning|any_explanation"
            ),
            (
                "not|never been|being consulted|informed|told|notified|warned|asked|considered|explained|listened_to|"
                "invited|given_a|given_any|given_the"
            ),
            (
                "was|were not|never even? consulted|informed|told|notified|warned|asked|considered|listened_to|"
                "invited|given_a|given_any|given_the"
            ),
            (
                "council|you|they|nobody ... not|never|ever consult|consulted|warned|informed|told|asked|explained "
                "us|me|residents|why|anyone"
            ),
            (
                "not|did_not|ignored|breach_of|against|broke|contrary_to|failed_to follow|following|your? procedure|"
                "procedures|policy|policies|own_policy|process|own_rules"
            ),
            "not take|taken|took into account|consideration",
            "excuse|excuses|lame_excuse|explanation given|is|for|was|makes",
            "delay|delays|delayed in|to|with|caused|of|again|by",
            "taken|taking|took|takes far|so|too|this|much? long|longer|months|weeks|forever|an_age|ages",
            "missed the|your|a|statutory|legal deadline|timescale|target|time_limit|timescales",
            "out of time|outside_the|past_the|beyond_the deadline|statutory|time_limit|timescale",
            (
                "lost|misplaced my|our|the|her|his application|form|documents|paperwork|file|records|evidence|letter|"
                "papers"
            ),
            "unfair|unfairly|unjust|unreasonable|inconsistent|discriminatory|flawed",
            (
                "given conflicting|different|wrong|incorrect|misleading|no|contradictory information|advice|answers|"
                "stories|reasons"
            ),
            "told one thing|different_things|something_different",
            "explain to me how|why",
        ),
    ),
    Pattern(
        "unhappy_with_answer",
        "Is unhappy with an answer already given.",
        (
            (
                "not happy|satisfied|content|pleased|impressed|unhappy? with|about the|your|how|this|my|its response|"
                "reply|answer|decision|outcome|explanation|service|way|this|findings|handled"
            ),
            (
                "dissatisfied|unhappy|disappointed|frustrated|unsatisfied|disagree|dissatisfaction with|at|about|by|"
                "over the|your|how|this|my|council|recent? response|reply|answer|decision|outcome|service|way|lack|"
                "findings|conclusion|council|handling|level|standard|quality|council's|councils"
            ),
            (
                "response|reply|answer|explanation ... unacceptable|inadequate|unhelpful|generic|unsatisfactory|"
                "template|standard|useless|copy|misses|ignores|did_not_address|does_not_address|does_not_answer"
            ),
            (
                "not|never answer|answered|address|addressed my|the|our|any_of_my|what questions|question|points|"
                "point|concerns|complaint|i"
            ),
            (
                "previous|your|initial|stage_one|stage_1|last response|reply|answer|decision|letter unacceptable|is|"
                "was|states|stating|said|says|does|did|that|suggested"
            ),
            (
                "take|taken|taking|escalate|escalating|move my|this|the|it complaint|matter? further|higher|"
                "to_stage_two|to_stage_2|to_the_next_stage"
            ),
            "to|for|at|go|want|request|take stage two|2",
            "stage two|2 complaint|review|request|investigation|please",
            "absolutely|completely|totally|strongly disagree",
            (
                "shocked|amazed|astonished|appalled|surprised|disgusted that|at|by|to_be_told you|the|how|your|this|"
                "council|nobody|nothing|they"
            ),
        ),
    ),
    Pattern(
        "dissatisfied",
        "Says this is not acceptable.",
        (
            (
                "dissatisfied|disappointed|disappointing|fed_up|let_down|had_enough|disgusted|appalled|"
                "at_my_wits_end|frustrated|frustrating|furious|livid|unhappy|outraged|exasperated"
            ),
            "sick of|to_death|and_tired|to_the_back_teeth",
            "tired of",
            "not|hardly|no_longer acceptable|good_enough|on|right|fair|satisfactory|what_i_expect|the_standard",
            (
                "unacceptable|disgrace|disgraceful|inexcusable|unforgivable|outrageous|ridiculous|unsatisfactory|"
                "intolerable|shameful|scandalous|insulting|abysmal|atrocious"
            ),
            "what a|an_absolute|absolute|total|complete joke|disgrace|shambles|mess|farce|waste",
            "enough is enough",
            "beyond a joke|belief",
            "falls|fallen|fell|well short|below",
            "should_be|ought_to_be ashamed|better",
        ),
    ),
    Pattern(
        "wants_complaint",
        "Asks to make a complaint.",
        (
            "formal|official|stage_one|stage_1 complaint|complaints",
            (
                "make|raise|raising|register|lodge|log|file|submit|making|lodging|start|open|put_in|registering|"
                "submitting a|an|my|this|another? formal|official|serious? complaint"
            ),
            (
                "want|wish|would_like|like|need|writing|going|have|forced|obliged|having to? complain|complain_about|"
                "complain_formally"
            ),
            "i|we am|are complaining",
            "please treat|accept|take|log|register|regard|record ... complaint",
            "this is|as a|my|our formal? complaint",
            "complaint about|against|regarding|re|concerning|to_be_logged",
            "complaints procedure|process",
        ),
    ),
)
