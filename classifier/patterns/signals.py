"""Words of what should not be overlooked in a message but can wait its turn."""

from classifier.phrases import Pattern
from models.rules.labels import Signal

OTHER_SIGNALS: tuple[Pattern, ...] = (
    Pattern(
        Signal.VULNERABLE_PERSON,
        "Speaks of someone who may need particular care.",
        (
            (
                "disabled|disability|disabilities|wheelchair|dementia|alzheimer's|alzheimers|blind|deaf|autistic|"
                "autism|cancer|pregnant|epilepsy|epileptic|stroke|dialysis|parkinson's|copd|terminally_ill|frail|"
                "housebound|bedbound|bed-bound|chemo|chemotherapy|adhd|depression|anxiety|ptsd|schizophrenia|bipolar|"
                "arthritis|asthma|oxygen|stoma|carer|vulnerable|widow|widowed|dyslexia|dyslexic|refugee|asylum|"
                "bereaved|hospice|ms|sickle_cell|insulin|diabetic|bsl|cerebral_palsy|amputee|palliative|sen|"
                "learning_difficulties|crutches|walking_frame|zimmer|stick|mobility_scooter|newborn|miscarriage"
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
                "year|yr|yrs|-year-old|and"
            ),
            (
                "learning|mental|visual|hearing|physical disability|disabilities|health|impairment|difficulties|"
                "impairments|loss|illness"
            ),
            "mental health|ill|illness|breakdown|crisis",
            "heart condition|attack|failure|disease",
            "panic attacks",
            "can not walk|read|see|hear|manage_stairs|leave_the_house|climb|get_out|speak|write|work",
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
                "statutory|legal|legally|law|lawful|act|regulations|required|allowed ... deadline|time_limit|"
                "timescale|weeks|days|limit|period|within|timeframe|late|overdue"
            ),
            (
                "deadline|time_limit|timescale|limit ... passed|missed|expired|breached|exceeded|gone|over|ago|was|"
                "was_on|law|statutory"
            ),
            (
                "20|twenty|6|six|15|fifteen|16|8|eight|45|12|10|40|56|13|ten|26|28|35|36 working? weeks|days|week "
                "... late|passed|over|law|statutory|limit|ago|should|overdue|legal|deadline|allowed|have|are|up|"
                "expired|now|was"
            ),
            "due|required by law|statute",
            "was|were|is|are due by|under law|the_act|statute",
            "one|calendar month ... passed|late|over|overdue|gone|ago|response|reply",
            "out of time|late_under",
            "overdue|late ... plan|assessment|ehcp|review|decision|foi|sar|response",
            "outside|beyond|over|past|breach_of|missed the? statutory|legal|20-week|20_week|20_working_day",
        ),
    ),
    Pattern(
        Signal.LEGAL_THREAT,
        "Speaks of legal action.",
        (
            (
                "solicitor|solicitors|barrister|lawyer|lawyers|judicial_review|legal_action|letter_before_action|"
                "letter_before_claim|pre-action|pre_action|sue|suing|legal_proceedings|disrepair_claim|small_claims|"
                "small_claim|litigation|law_centre|legal_advice|legal_aid|injunction|prosecute"
            ),
            "take|taking|see|took|go|going you|this|council|them|to|it ... court",
            "our client|client's|clients|instructed",
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
                "newspaper|newspapers|gazette|bbc|itv|journalist|journalists|reporter|tiktok|facebook|twitter|viral|"
                "press|echo|radio|television|daily_mail|instagram|watchdog|argus|chronicle|youtube|nextdoor|observer|"
                "the_paper|local_paper|tv|social_media|headlines|the_news|the_media|podcast"
            ),
            (
                "go|going|gone|take|send|sent|sending|contact|contacted|ring|tell ... papers|press|media|public|"
                "paper|news"
            ),
        ),
    ),
    Pattern(
        Signal.MP_OR_COUNCILLOR,
        "Says an MP or a councillor is involved.",
        (
            (
                "councillor|councillors|cllr|cllrs|mp|mps|member_of_parliament|constituent|constituents|ms|"
                "assembly_member|mayor|parliament|westminster|ward_member|senedd"
            ),
            "my|our|the|local mp|member|ward_councillor",
        ),
    ),
    Pattern(
        Signal.OMBUDSMAN_MENTIONED,
        "Names the Ombudsman.",
        ("ombudsman|lgsco|lgo|ombudsmans|ombudsman's|ombudsmen|phso|ombudsperson",),
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
            (
                "please|can|could|prefer|rather|only|better|need|must ... ring|phone|call|text|write|email me|us|"
                "instead|not_write|by_phone|not_phone"
            ),
            (
                "can not|do_not|struggle_to|unable_to|find_it_hard_to|hard_to read|use_the_phone|use_a_computer|"
                "use_computers|use_the_internet|do_online|go_online|hear_on_the_phone|hear|fill|understand_letters|"
                "write|see"
            ),
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
            "stage|stage_number two|2|three|3",
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
            (
                "who|you|council|will|should|to|must|expect|want is|are|will|you|the_council? pay|paying|paid|cover|"
                "to_pay for|my|me|us"
            ),
            "out of pocket",
            "rent|council_tax|bill|fee|money reduction|rebate|back|returned|refund|waived|off",
            "owe|owes|owed me|us",
            "cost me|us|him|her",
            "goodwill|ex_gratia|financial payment|gesture|redress|remedy",
        ),
    ),
)
