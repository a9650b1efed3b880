"""Hints of danger to people: who it is about, and what is done to them."""

from classifier.phrases import Pattern

PEOPLE: tuple[Pattern, ...] = (
    Pattern(
        "child",
        "Speaks of a child.",
        (
            (
                "child|children|kid|kids|kiddies|baby|babies|bairn|toddler|toddlers|infant|infants|newborn|boy|boys|"
                "girl|girls|lad|lads|lass|son|sons|daughter|daughters|grandson|grandsons|granddaughter|"
                "granddaughters|grandchild|grandchildren|niece|nieces|nephew|nephews|pupil|pupils|schoolgirl|"
                "schoolgirls|schoolboy|schoolboys|schoolchildren|teenager|teenagers|teen|little_one|little_ones|"
                "littlun|little_un|pram|prams|pushchair|pushchairs|buggy|nursery|foster|fostered|stepdaughter|"
                "stepson|under_-_18s|midwife|pregnancy"
            ),
            (
                "is|am|was|be|aged|turned|i_m one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
                "thirteen|fourteen|fifteen|sixteen|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17 and|.|,|years|yrs|or|but"
            ),
            (
                "three|four|five|six|seven|eight|nine|ten|eleven|twelve|3|4|5|6|7|8|9|10|11|12|13|14|15|16 -? year|"
                "yr -? old|olds"
            ),
            "my|her|his|our stepdad|stepmum|mum|dad|teacher ... me|my",
            "plant|plentyn|bachgen|ferch|merch|babi|baban|fabi|mab|fab|wyres|ŵyr|hogyn|hogan|blant|ysgol",
            "a|my|our|her|his|with|and|of|n one|two|three|four|1|2|3|4 -? year|yr|yrs|month|months -? old|olds?",
            "year 1|2|3|4|5|6|7|8|9|10|11|six|seven|eight|nine|ten|eleven",
            "reception|breakfast_club|youth_club|headteacher|head_teacher|pastoral|camhs|children_'s_home|playgroup",
            "date of birth",
        ),
        negatable=False,
    ),
    Pattern(
        "frail",
        "Speaks of an adult who may need care.",
        (
            (
                "elderly|frail|dementia|alzheimers|alzheimer_'s|parkinson_'s|parkinsons|muddled|confused|forgetful|"
                "learning_disability|learning_disabilities|brain_injury|stroke|paralysed|housebound|bedridden|"
                "catheter|carer|carers|care_home|nursing_home|care_worker|care_agency|home_care|sheltered|"
                "supported_living|pensioner|capacity|vulnerable|disabled|pendant|key_safe|keysafe|care_package|"
                "memory_clinic|ward|old_lady|old_man|old_boy|old_girl|old_gentleman|schizophrenia|safeguarding|"
                "duty_team|duty_officer|duty_social_worker|adults_duty|adult_care|adult_services|respite|hospice"
            ),
            (
                "mother|mum|mam|mom|father|dad|gran|nan|nana|grandma|granny|grandmother|grandfather|grandad|grandpa|"
                "mother_-_in_-_law|father_-_in_-_law|wife|husband|uncle|aunt|auntie|aunty|brother|sister|cousin|"
                "resident|residents|tenant|client|clients|patient|neighbour|gentleman|lady"
            ),
            "60s|70s|80s|90s|70|71|72|73|74|75|76|77|78|79|80|81|82|83|84|85|86|87|88|89|90|91|92|93|94|95|96|97|98",
            "seventy|eighty|ninety one|two|three|four|five|six|seven|eight|nine?",
            "very|really|dead|proper old|elderly",
            "slippers|dressing_gown|walking_frame|bungalow|welfare_check|wellbeing_check|safe_and_well_check",
            "nain|taid|mamgu|tadcu|henoed|oedrannus|fam|ofalwraig|gofalwr|gofalwyr",
            "hen ddynes|ddyn|foi|wraig|fenyw|ŵr",
        ),
        negatable=False,
    ),
)

HARM: tuple[Pattern, ...] = (
    Pattern(
        "violence",
        "Speaks of one person hurting another.",
        (
            (
                "hit|hits|hitting|beat|beats|beating|beaten|slap|slaps|slapped|punch|punches|punched|kicks|belt|"
                "bruise|bruises|bruised|bruising|black_eye|burst_lip|fat_lip|split_lip|lip_split|strangle|strangled|"
                "throttled|dragged|pulled_her|pulling_her|grabbed|pushed_her|pushed_him|pushed_me|threatened|"
                "threatens|threats|violent|violence|abusive|abuse|abused|abuser|women_'s_refuge|in_refuge|to_refuge|assault|assaulted|attacked|"
                "finger_marks|cigarette_burn|burnt_her|burnt_his|screaming|screams|shouting_at|roughly|rough_with|"
                "manhandled|stabbed|non_-_molestation|restraining_order|injunction|flee|fleeing|fled|domestic_abuse|domestic_violence|his_fist|"
                "her_fist|fists|smacks|smacked|bite_marks|wrist|wrists|perpetrator|controlling|stalking"
            ),
            "marks|scar|scars|burns|burn on|by her|his|their|my?",
            "broke|broken my|her|his|the nose|arm|wrist|jaw|ribs|rib|collarbone|finger",
            "scared|afraid|frightened|terrified|fear of|for|that|to him|her|his|them|go|their?",
            "he|she will find|finds|found|kill|hurt us|me|her|him|them|out",
            "out_of prison|jail",
            "looking for me|us|her",
            "what he|she did|does|will_do to",
            "safe to|for? contact|ring|call|us|me",
            "put a brick|brick through",
        ),
    ),
    Pattern(
        "secret",
        "Speaks of what may not be told, or of sexual harm.",
        (
            "my|her|his room|bed|bedroom ... stop|night|touch|touched|touches|comes|came",
            "comes|came|gets|got in|into|on my|her|his room|bed|bedroom",
            (
                "touched|touches|touching|grooming|groomed|rape|raped|sexual|sexually|undressed|naked|indecent|nudes|"
                "schoolgirls|grooms|exploited|exploitation|trafficked|county_lines|dealers|older_men|older_man|"
                "sleepovers"
            ),
            "if i|we|she|he tell|told|tells|say|said anyone|anybody|someone|them|something",
            "not|never tell|told|ring|phone|write|email|post|contact my|to|anyone|anybody|him|her|house|home",
            "not ... write|ring|phone|letter|letters ... house|home|here",
            "he opens|reads",
            "my boyfriend|stepdad|stepmum|uncle",
            "boyfriend ... 20|25|28|30|35|40|older|men",
            "gets|got|getting|get in|into the|his|a|their car|van|cars|silver|taxi",
            "other|different men|girls|lads|man",
            "new phone|trainers ... lad|he|she|cash|comes",
            "not my|her|his|giving|give|say my|their? name",
            "disclosed|disclosure|disclosing|anonymous|anonymously|whispered|slipped_me",
        ),
        negatable=False,
    ),
    Pattern(
        "held",
        "Speaks of someone shut in or kept from help.",
        (
            "locked|locks|shut|shuts|bolted|tied|chained|barricaded him|her|me|them|us? in|inside|up|to|from|out",
            "in|under the|a shed|cellar|garage|cupboard|bed",
            "not allowed|let|lets ... out|talk|speak|upstairs|see|phone|leave|eat|without",
            "answers|answer|opens the|her|his door ... for|him|her|now",
            "restraint|restraints|restrained|drugged|sedated|over_-_medicated|knocked_out|dopey|slumped",
            "extra tablet|tablets|dose",
            "under the bed",
            "will not let|fully wake",
            "moved|moving in with|to|and|on|from",
            "taken_over|took_over his|her|the flat|house|home",
            "car wash|washes",
            "unpaid|no_wages|never_paid|passports|sleeps_at_work|sleep_at_work|gangmaster|forced_to_work|made_to_work",
            "have|has|took|taken|keeps|keep|holds|hold his|her|their phone|phones|passport|passports|documents|papers",
            "cloi|gloi|clo",
        ),
        negatable=False,
    ),
    Pattern(
        "neglect",
        "Speaks of someone without food, care or company.",
        (
            (
                "on_their_own|by_themselves|on_her_own|on_his_own|by_himself|by_herself|unattended|left_alone|"
                "unsupervised|hungry|starving|unfed|thin|skin_and_bone|lost_weight|losing_weight|malnourished|"
                "dehydrated|soiled|soaked|filthy|nappy|nappies|barefoot|no_shoes|no_coat|flies|urine|faeces|"
                "excrement|nightie|bedsore|bedsores|pressure_sore|pressure_sores|moaning|crying|cried|unwashed|"
                "neglect|neglected|wandering|wandered|unconscious|lifeless|not_breathing|turned_blue|gone_blue|"
                "limp|overdose|choked|choking|wet_herself|wet_himself|shouting_for_help|calling_for_help|asleep_outside|blister|blisters|"
                "filling_his_pockets|no_bed|burned_feet|burnt_feet|frostbite"
            ),
            "wet|dirty|same bed|sheets|clothes|pad|pads|nightie|nightdress",
            (
                "no|any|without|not_had|not_got|enough food|milk|meal|meals|insulin|medication|tablets|wash|drink|"
                "water|carer|carers|visit|eaten|heating|feed|formula|nappies"
            ),
            "not been|be|had? fed|washed|changed|eaten|eating|seen|turned|got_up|moved|cleaned|drinking|dressed",
            (
                "missed|late|skipped|wrong|forgot|forgotten her|his|their|my|the|two|three? insulin|medication|"
                "tablets|medicine|dose|doses|visit|visits|call|calls|lunch|tea|breakfast|carer"
            ),
            "on|to the floor|stairs|landing|doorstep|ring_road|balcony",
            "bottom of the|her|his stairs",
            "had|has|have a|another|four|three|two|several|unwitnessed|bad? fall|falls|fallen",
            "left ... alone|night|hours|floor|chair|bed|toilet|commode|wet",
            "not answering|opening|answer|answered ... door|phone|her|his|no",
            "no lights|light|answer|sign ... days|since|on|of|door",
            "knocking|knocks|knocked ... food|door|answer|nothing",
            "climbed|climbs|climbing|got|ran|runs|run|jumped|leaning out_of|out|onto|into ... window|roof|road|rail",
            "going missing|gone|went? missing",
            "can not cope|manage|look_after|feed|wash|get_up|be_left|count|speak",
            "not safe",
            "not|never|nobody|hardly been? seen|in school|since|for|by|him|her|them|anyone",
            "ar|heb lawr|ei_fwyta|fwyd|feddyginiaeth|bwyd",
            "ar ben|eu|ei hun|hunain",
            "gweiddi|help|helpwch|cymorth|yn_oer|oerfel",
        ),
        negatable=False,
    ),
    Pattern(
        "taken_from",
        "Speaks of someone's money being taken.",
        (
            "her|his|their|mum|dad|client|mother_'s|mum_'s bank|bank_card|card|pension|purse|savings|cash|pin",
            "bank card|cards|statements|transfer",
            (
                "took|taken|takes|taking|had|stole|stolen|stealing|steals|lending|lent|borrowed|borrowing|withdrew|"
                "withdrawn|spent|paid|gave|giving ... money|£|cash|card|savings|pension"
            ),
            "£|pounds|cash ... from|off|out_of her|him|my|the|mum|dad|mother|nan|grandad|client|roof|courier",
            (
                "courier|scam|scammed|scammers|conned|cowboy|rogue|doorstep|power_of_attorney|cuckoo|cuckooed|"
                "cuckooing|exploiting|lodger|friends_now|new_friend|new_boyfriend|same_two_men"
            ),
        ),
    ),
)
