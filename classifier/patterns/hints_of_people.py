"""Hints of danger to people: who it is about, what is done to them, and despair."""

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
            "plant|plentyn|bachgen|ferch|merch|babi",
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
                "threatens|threats|violent|violence|abusive|abuse|abused|abuser|refuge|assault|assaulted|attacked|"
                "finger_marks|cigarette_burn|burnt_her|burnt_his|screaming|screams|shouting_at|roughly|rough_with|"
                "handled|stabbed|non_-_molestation|restraining_order|injunction|flee|fleeing|fled|domestic|his_fist|"
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
            "moved in|into|taken_over",
        ),
        negatable=False,
    ),
    Pattern(
        "neglect",
        "Speaks of someone without food, care or company.",
        (
            (
                "alone|on_their_own|by_themselves|on_her_own|on_his_own|by_himself|by_herself|unattended|"
                "unsupervised|hungry|starving|unfed|thin|skin_and_bone|lost_weight|losing_weight|malnourished|"
                "dehydrated|soiled|soaked|filthy|nappy|nappies|barefoot|no_shoes|no_coat|flies|urine|faeces|"
                "excrement|nightie|bedsore|bedsores|pressure_sore|pressure_sores|moaning|crying|cried|unwashed|"
                "neglect|neglected|biscuits|wandering|wandered|unconscious|collapsed|lifeless|not_breathing|blue|"
                "limp|overdose|choked|choking|wet_herself|wet_himself"
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

DESPAIR: tuple[Pattern, ...] = (
    Pattern(
        "death",
        "Speaks of dying.",
        (
            (
                "die|dies|dying|dead|death|suicide|suicidal|kill_myself|kill_himself|kill_herself|harming|harm|"
                "goodbye|overdose|overdosed|grave|hanging_himself|hang_myself|stop_breathing|samaritans|crisis_team|"
                "crisis_line|mental_health_team|psychiatric|sectioned|self_-_harm|self_-_harming|end_of_me|finish_me"
            ),
            "not want|wish|believe|see|think ... live|alive|here|wake|go_on|another|anymore|any_more|any_longer",
            "will|would|shall|may|might not ... here|around|alive|need|be_here|wake|see|bother|trouble",
            "not wake up",
            "end|ending|ended|take|took|taking it|my|his|her|their|own? life|it|all",
            "go|going|gone|follow|following|be with|to|after her|him|my|them|mum|dad",
            "it|this|everything|all to? be? over",
            "wished|wishes|wish she|he|i|they had? died|dead|not_woken",
            "to sleep ... us|both|all",
            "mean|meant|means|intend|intends to ... life|coming_back|come_back|follow|end",
            "without meaning|intending to",
            "hurting|hurt|harm|harming|cutting|cut himself|herself|myself|themselves|her_arms|his_arms|my_arms",
        ),
        negatable=False,
    ),
    Pattern(
        "despair",
        "Speaks of having no hope left.",
        (
            "no|any|the|see|lost|seeing point|hope|purpose",
            (
                "can_not|unable_to|do_not_believe_i_can|no_longer do|go|cope|carry|keep|take|face|live|manage|stand|"
                "bear ... this|on|any|it|like|anymore|another|much|more|going|that"
            ),
            "given|give|giving up",
            "better|easier off? for|if|without ... me|everyone|dead|them|everybody|her|him|kids|gran|gone",
            "rather be|die",
            "nothing left|more ... to|for|sell|lose|me|do|live|of|say",
            (
                "burden|hopeless|worthless|desperate|despair|ashamed|numb|breakdown|breaking_point|at_rock_bottom|"
                "end_of_my_tether|end_of_my_rope|wits_end"
            ),
            "does|will|do not matter|care ... now|anymore|any_more|by|after|weekend|tomorrow|soon|what",
            "need|needs not reply|answer|bother|call|ring|write",
            "not slept|sleeping|sleep|eating|eaten",
            "stopped sleeping|eating|seeing|caring|leaving|going|answering",
            "i|so|just|very|too|am tired|done ... of|just|it|being|everything|now|.",
            "in distress|tears|despair|pieces",
            "distressed|tearful|upset|sobbing|flat|quiet|quietly|calm|gone_quiet|went_quiet|weeping|silences",
            "used to be someone|somebody|a",
            "why i am telling|writing|typing",
            "nobody|no_one to say|tell|talk",
        ),
        negatable=False,
    ),
    Pattern(
        "farewell",
        "Speaks as one who is leaving things to others.",
        (
            "in|into order",
            "sorted|settled|arranged|paid everything|it_all|things|one_way|the_car|all|off|up",
            "everything|all ... settled|sorted|paid|arranged|in_order|in_his_name|ready",
            "all|got|is|garage ready",
            (
                "look|looks|looked|looking after|take|have|had|want|keep ... dog|cat|cats|budgie|him|bird|kids|them "
                "... when|if|after|gone|sister|neighbour|next_door"
            ),
            "who|asked|would|will ... have|take|want|look_after the|my|his|her dog|cat|cats|bird|kids|boys|girls",
            "found|find|finding a? new|good? home|homes for",
            "my|her|his|the sister|brother|neighbour|friend|mum|gran ... have|has|can|take a|the|them|him|key|keys",
            "tell my|the|them|her|him|everyone|mum kids|children|wife|husband|mum|dad|daughter|son|family|i|that",
            "sorry to whoever|everyone|my",
            "to|by whoever|whomever ... finds|reads|opens|comes|this|these",
            "note|letters|letter|envelope ... sister|brother|my_name|mum|kids|people|everyone|wife|table|who_were",
            "writing|written|wrote letters|goodbyes|my_will|note",
            "where the|his|my|her will|insurance|policy|papers|documents|keys|money is|are",
            "insurance ... pay|pays|paid|out|kids|whatever",
            "hymn|funeral_plan|my_funeral|life_insurance|his_medals|wedding_ring|late_wife_'s|raffle_ticket",
            "gave|given|giving|give|handed|handing ... away|watch|ring|medals|forks|tools|camera|dog|records",
            "no|any|receive more|further|rhagor letters|letter|calls",
            "last|final letter|time|message|email|one|thing|call|on_the_list|of_the",
            "thanked|thank each|everyone|everybody|them|you_all|the_staff|for_your_time",
            "after|past|beyond tonight|today|friday|monday|tomorrow|the_weekend|christmas|the_20th",
            "by|before the|this? weekend|christmas|morning|time|you_bank|you_read|you_get",
            "what happens|happen|dies|die to|when|with|if|after ... debt|me|tenant|i|flat",
            "was|been not a bad mum|mother|dad|father",
            "they|the_kids|kids are good kids|boys|girls",
            "keep him|her|it|them as|he|in|safe",
            "so you|they|she|he|nobody|that will|would|know|has|have|had",
            "i|we do|did mind|not_like",
        ),
        negatable=False,
    ),
    Pattern(
        "means",
        "Names what a person might harm themselves with.",
        (
            (
                "tablets|pills|paracetamol|rope|noose|hose|shotgun|gun|blade|blades|razor|viaduct|bridge|cliff|"
                "railway|train_line|platform|car_keys|dressing_gown_cord|ledge|garage|locked_the_knives|knives|"
                "vet_'s_bag|roof|multi_storey|weir|quay|the_sea|bleach|insulin"
            ),
            "stood|standing|sat|found at|on|in|by the top|edge|platform|bridge|viaduct|roof|landing|car",
            "enough|counted|counting|saved|saving ... tablets|pills|them|up|to|was",
        ),
        negatable=False,
    ),
)
