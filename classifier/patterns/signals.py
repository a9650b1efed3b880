"""Words of what should not be overlooked in a message but can wait its turn."""

from classifier.phrases import Pattern
from models.rules.labels import Signal

OTHER_SIGNALS: tuple[Pattern, ...] = (
    Pattern(
        Signal.VULNERABLE_PERSON,
        "Speaks of someone who may need particular care.",
        (
            (
                "disabled|disability|disabilities|wheelchair|dementia|alzheimer_'s|alzheimers|blind|deaf|autistic|"
                "autism|cancer|pregnant|epilepsy|epileptic|stroke|dialysis|parkinson_'s|copd|terminally_ill|frail|"
                "housebound|bedbound|bed_-_bound|chemo|chemotherapy|adhd|depression|anxiety|ptsd|schizophrenia|"
                "bipolar|arthritis|asthma|oxygen|stoma|carer|vulnerable|widow|widowed|dyslexia|dyslexic|refugee|"
                "asylum|bereaved|hospice|have_ms|has_ms|got_ms|multiple_sclerosis|sickle_cell|insulin|diabetic|bsl|"
                "cerebral_palsy|amputee|palliative|sen|learning_difficulties|crutches|walking_frame|zimmer|stick|"
                "mobility_scooter|newborn|miscarriage"
            ),
            (
                "elderly|old|aged|frail mother|father|mum|dad|lady|man|neighbour|parents|gentleman|person|aunt|uncle|"
                "husband|wife|people|resident"
            ),
            "am|is|are|aged 7|8|9 0|1|2|3|4|5|6|7|8|9",
            (
                "am|is|aged|turns|turned|are|of|was|my 70|71|72|73|74|75|76|77|78|79|80|81|82|83|84|85|86|87|88|89|"
                "90|91|92|93|94|95|96|97|98|99"
            ),
            (
                "70|71|72|73|74|75|76|77|78|79|80|81|82|83|84|85|86|87|88|89|90|91|92|93|94|95|96|97|98|99 years|"
                "year|yr|yrs|-_year_-_old|and"
            ),
            (
                "learning|mental|visual|hearing|physical disability|disabilities|health|impairment|difficulties|"
                "impairments|loss|illness"
            ),
            "mental health|ill|illness|breakdown|crisis",
            "heart condition|attack|failure|disease",
            "panic attacks",
            "can not walk|read|hear|manage_stairs|leave_the_house|climb|speak|write",
            "walking stick|frame",
            "domestic abuse|violence",
            "single mother|mum|parent|dad",
            "care leaver|home",
            "food bank|banks",
            "english is not",
            "poor health|eyesight|mobility|hearing",
            "suffer|suffers|suffering from|with",
        ),
    ),
    Pattern(
        Signal.DISCRIMINATION_ALLEGED,
        "Says someone was treated worse for who they are.",
        (
            (
                "discriminated|discrimination|discriminatory|racist|racism|sexist|homophobic|transphobic|"
                "islamophobic|antisemitic|equality_act|equalities_act|protected_characteristic|ableist|racially|"
                "misgendered|prejudice|prejudiced"
            ),
            (
                "because|due|for i|of|being|to|my|we|he|she ... black|asian|muslim|gay|trans|disabled|foreign|polish|"
                "jewish|woman|colour|race|religion|accent|age|disability|traveller|gypsy|deaf|lesbian|hijab|skin|"
                "roma|pregnant|nationality|romanian|single_dad|african|christian|sikh|hindu|blind|autistic"
            ),
            "go back to your|where own? country|you",
            "the rest of your|the lot",
            "people|you|lot|families like you|us|that",
            "dead name|old_name",
            "treated differently|worse|less_favourably",
            "reasonable adjustment|adjustments ... refused|denied|ignored|not|no|failed",
        ),
    ),
    Pattern(
        Signal.STAFF_CONDUCT,
        "Speaks of how an officer or a crew behaved.",
        ("said|says|saying to me|him|her|my|us ... well|stupid|love|read|english|calm_down|shut_up|liar|lazy|stop",),
    ),
    Pattern(
        Signal.MISSED_STATUTORY_DEADLINE,
        "Says that a legal time limit has passed.",
        (
            (
                "statutory|legal|legally|lawful|law|statute|act|regulations|code|guidance|rules|required|allowed|"
                "allows|limit ... deadline|time_limit|timescale|weeks|days|months|month|period|timeframe|overdue"
            ),
            (
                "deadline|time_limit|timescale|limit|period ... passed|missed|expired|breached|exceeded|gone|ended|"
                "ran_out|law|statutory"
            ),
            "weeks|days|months|month ... by_law|the_law|legal_limit|statutory|ran_out|expired|overdue|in_law|the_act",
            "your month|weeks|days|deadline|time ... ended|up|passed|ran_out|expired|was",
            "20|twenty working? days ... passed|law|legal|now|later|gone|over|been|without|nothing",
            "due|required by law|statute",
            "was|were|is|are due by|under law|the_act|statute",
            "one|calendar month ... passed|late|over|overdue|gone|ago|response|reply",
            "out of time|late_under",
            "overdue|late ... plan|assessment|ehcp|review|decision|foi|sar|response",
            "outside|beyond|over|past|breach_of|missed the? statutory|legal|20_-_week|20_week|20_working_day",
        ),
    ),
    Pattern(
        Signal.LEGAL_THREAT,
        "Speaks of legal action.",
        (
            (
                "solicitor|solicitors|barrister|lawyer|lawyers|judicial_review|legal_action|letter_before_action|"
                "letter_before_claim|pre_-_action|pre_action|sue|suing|legal_proceedings|disrepair_claim|"
                "small_claims|small_claim|litigation|law_centre|legal_advice|legal_aid|injunction|prosecute"
            ),
            "take|taking|see|took|go|going you|this|council|them|to|it ... court",
            "our client|client_'s|clients|instructed",
            "see you|them in court",
            "county|high court",
            "court ... proceedings|action|claim|order|application",
            "we act for",
        ),
    ),
    Pattern(
        Signal.MEDIA_THREAT,
        "Speaks of the press or of publicity.",
        (
            (
                "newspaper|newspapers|gazette|bbc|itv|journalist|journalists|reporter|reporters|tiktok|viral|"
                "daily_mail|watchdog|local_paper|social_media|headlines|the_news|the_media|podcast|front_page|"
                "the_press|the_papers|local_radio|press_office|editor"
            ),
            (
                "the argus|chronicle|herald|echo|observer|mercury|advertiser|evening_news|evening_argus|packet|"
                "examiner|courier|telegraph|guardian|evening_post|mail"
            ),
            "go|going|gone|take|taking|talk|talking|speak|sell|send|ring to the? paper|papers|press|media|news|radio",
            "put|post|posted|posting|share|shared|sharing|going|live ... facebook|twitter|instagram|youtube|nextdoor",
        ),
    ),
    Pattern(
        Signal.MP_OR_COUNCILLOR,
        "Says an MP or a councillor is involved.",
        (
            (
                "councillor|councillors|cllr|cllrs|mp|mps|member_of_parliament|constituent|constituents|"
                "assembly_member|westminster|ward_member|senedd|cynghorydd|member_'s_office|members_'_office"
            ),
            "my|our|the|local mp|member|ward_councillor",
        ),
    ),
    Pattern(
        Signal.OMBUDSMAN_MENTIONED,
        "Names the Ombudsman.",
        ("ombudsman|lgsco|lgo|ombudsmans|ombudsmen|phso|ombudsperson",),
    ),
    Pattern(
        Signal.REASONABLE_ADJUSTMENT_REQUESTED,
        "Asks for another way of being dealt with, or for more time.",
        (
            "large|bigger|larger|clear|big print|text|type|font",
            "easy read|english",
            (
                "braille|bsl|interpreter|translator|sign_language|audio_version|minicom|text_relay|relay_uk|"
                "coloured_paper|yellow_paper|audio_cd|advocate"
            ),
            "reasonable adjustment|adjustments",
            "prefer|rather|only|easier|best ... by|to|be text|email|phone|letter|emailed|texted|rung|phoned|post",
            "not ring|phone|phoned|telephone|call|calls ... text|email|emailed|write|deaf|hear|stammer|hearing",
            "text|email|emailed|write|letter ... not|instead|never of? ring|phone|phoned|call|telephone|phoning",
            (
                "can not|do_not|struggle_to|unable_to|find_it_hard_to|hard_to use_the_phone|use_a_phone|"
                "use_a_computer|use_computers|use_the_internet|do_online|go_online|hear_on_the_phone|hear_you|"
                "use_your|follow_long|read_small|read_letters|read_english|read_your|understand_letters|fill|"
                "write_english|speak_on"
            ),
            "screen reader|readers",
            "stammer|hard_of_hearing|hearing_loop|sign_video|lip_-_read|lip_read|plain_words|short_words|simple_words",
            "no|not_have internet|computer|smartphone|email",
            "need|want|needs|require more time",
            "home visit",
            "in welsh|polish|arabic|urdu|punjabi|bengali|somali|romanian|another_language|my_language|writing_not",
            "yn gymraeg",
            "extra|more|longer time",
            "someone to? come to my|the house|home",
            "another|alternative|different|accessible format",
        ),
    ),
    Pattern(
        Signal.ESCALATION_REQUEST,
        "Asks for the next stage or a review of the answer.",
        (
            "stage|cam two|2|three|3",
            "second|third|final stage",
            "over|above your|his|her|their|the head|heads|manager",
            "whoever|person|someone|somebody ... in_charge|manages|above|higher_up|at_the_top",
            "put|raise|raised|take|go|send|forward|want|ask ... head_of|leader_of|director|chief",
            "escalate|escalated|escalating|escalation",
            "next|second|higher|further|final stage|level|step",
            "take|taken|taking this|it|my_complaint|the_matter further|higher|to_the_next|to_stage",
            (
                "review of|by the|your|my|someone|a complaint|answer|response|decision|reply|senior|stage_one|"
                "manager|else"
            ),
            (
                "speak|pass|refer|passed|forward|talk|put|want|ask ... manager|supervisor|director|chief_executive|"
                "head_of|senior_officer|someone_senior|someone_more_senior|your_boss|boss|someone_in_charge"
            ),
            "not|un accept|satisfied|happy|agree with? your|the|this response|reply|answer|findings|outcome",
            "chief executive|exec",
            "investigated independently",
            "independent|formal|senior review|investigation|person",
        ),
        negatable=False,
    ),
    Pattern(
        Signal.COMPENSATION_SOUGHT,
        "Asks for money to put it right.",
        (
            (
                "compensation|compensate|compensated|reimburse|reimbursed|reimbursement|refund|refunded|refunding|"
                "recompense|damages"
            ),
            "money back|refunded",
            (
                "claim|claiming|pay|cover|paid|paying|billing|invoice|bill ... damage|damaged|costs|cost|repair|"
                "repairs|tyre|tyres|losses|loss|expenses|taxi|taxis|bill|receipts|out_of_pocket|wages|ruined|vet"
            ),
            "who|you|council is|are|will|should|must|going_to? pay|paying|cover for|my|me|us",
            "expect|want|ask you|the_council to pay|cover|refund|replace",
            "repaid|pay_back|paid_back|pay_me_back|letter_of_claim|claim_form|insurers|public_liability|make_good",
            "want|like|have|need ... £|money|fee|charge|charges|costs ... back|returned|removed|off",
            "claim against the? council|you",
            "out of pocket",
            "rent|council_tax|bill|fee|money reduction|rebate|back|returned|refund|waived|off",
            "owe|owes|owed me|us",
            "cost me|us|him|her",
            "goodwill|ex_gratia|financial payment|gesture|redress|remedy",
        ),
    ),
)
