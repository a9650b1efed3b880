"""Words of danger to a child, an adult, a life or a home: what never waits."""

from classifier.phrases import Pattern
from models.rules.labels import Signal

DANGER: tuple[Pattern, ...] = (
    Pattern(
        Signal.SELF_HARM_RISK,
        "May mean that someone is at risk of harming themselves.",
        (
            "kill|killing|hang|harm|harming|hurting|hurt|cut|cutting|drown myself|himself|herself|themselves|themself",
            "suicide|suicidal|self_-_harm|self_-_harming|overdose|selfharm",
            "self harm|harming",
            (
                "end|ending|take|taking|took|ended it_all|my_life|my_own_life|his_life|her_life|his_own_life|"
                "her_own_life|things|everything"
            ),
            "not want|wanting to be_here|live|be_alive|wake_up|exist|go_on|carry_on",
            "do not want to ... anymore|any_more|any_longer",
            "not worth|no_point|nothing|no_reason living|to_live|in_living|going_on|left_to_live_for|worth_living",
            "no longer want to live|be_here",
            "better off dead|without_me|if_i_was_not_here",
            "can not|no_longer go_on|carry_on|cope|take_any_more|take_it_anymore|take_much_more",
            "i|he|she|they will|might|could|going_to|want_to|would? rather? jump|be_dead|die|be_found_dead",
            "want|wants|wanted|wish to? die|i_was_dead|i_were_dead|i_am_dead|be_dead",
            "lladd fy|ei hun|hunan",
            "talked|coaxed|brought off|down from? the|a? roof|ledge|bridge|edge|platform|cliff",
            "thought|thoughts|thinking about|of ending|death|dying|jumping|suicide|doing_something_stupid|pills",
            "at the end of my|his|her tether|rope",
            "stockpiled|saved_up|counted|counting|bought|taken_all|hoarded my|the|his|her|all? tablets|pills",
            "goodbye note|letter|to_everyone",
            "will not be here|around next|much_longer|by|when|for_long",
            "on the bridge|ledge|roof",
            "driven to|over the? suicide|edge",
        ),
    ),
    Pattern(
        Signal.CHILD_AT_RISK,
        "May mean that a child is in danger.",
        (
            (
                "child|children|kid|kids|baby|toddler|boy|girl|son|daughter|grandson|granddaughter|teenager|niece|"
                "nephew|infant|pupil|little_one|newborn|lad ... bruise|bruises|bruised|hit|hits|beaten|beating|"
                "abused|abuse|abusing|neglected|starving|unfed|screaming|groomed|grooming|unsafe|danger|at_risk|"
                "harmed|locked|smacked|burnt|burned|missing|assaulted|raped|touched|trafficked|exploited|run_away|"
                "ran_away|climbed_out|marks_on|hungry|left_alone|home_alone|strangled|slapped|punched|threatened|"
                "dirty_clothes|hurt|sexual|drugs|knife|alone"
            ),
            (
                "hit|hits|hitting|beats|beating|beat|abusing|hurting|hurts|slapping|slapped|punched|grooming|"
                "neglecting|threatened|shaking|shook|smacking|strangled|grabbed|dragged|screaming_at|shouting_at|"
                "leaves|left|leaving|sexually ... child|children|kid|kids|baby|toddler|boy|girl|son|daughter|"
                "grandson|granddaughter|little_one|pupil"
            ),
            "safeguarding concern|concerns|issue|referral|alert|risk|team|matter",
            "child protection concern|issue|risk",
            (
                "scared|afraid|frightened|terrified of his|her|their|my|the dad|father|mum|mother|stepdad|stepfather|"
                "partner|boyfriend|uncle|ex"
            ),
            "county lines|drug_dealers|dealers|gang|older_men|older_man",
            (
                "children|kids|baby|child|toddler|daughter|son|pupils ... no_food|no_heating|freezing|"
                "could_have_been_killed|nearly_killed|electrocuted|run_over|exposed_wires|live_wires|fall_out|"
                "fell_out|ceiling|not_been_fed|not_eating"
            ),
        ),
    ),
    Pattern(
        Signal.ADULT_AT_RISK,
        "May mean that an adult who needs care is in danger.",
        (
            (
                "mother|mum|mam|father|dad|gran|nan|nana|grandmother|grandfather|grandad|wife|husband|uncle|aunt|"
                "aunty|neighbour|resident|residents|brother|sister|parent|lady|gentleman|tenant|man|woman|client|he|"
                "she ... bruise|bruises|bruised|bedsore|bedsores|pressure_sore|pressure_sores|malnourished|"
                "dehydrated|neglected|neglect|abused|abuse|soiled|starving|assaulted|wandering|no_carer|not_been_fed|"
                "left_in_bed|left_on_the_floor|unfed|unwashed|stealing|not_eaten|not_eating|lost_weight|overdosed|"
                "wrong_medication|missed_medication|missed_doses|slapped|hit|rough|locked_in|self_-_neglect|hoarding|"
                "no_food|no_insulin|in_danger|at_risk|found_on_the_floor|fallen|fell|choked|choking|collapsed|"
                "financially|not_taken|not_had_his_medication|not_had_her_medication|no_medication|faeces"
            ),
            (
                "carer|carers|agency|home|staff|son|nephew|daughter|neighbour|partner|boyfriend|cuckoo ... hit|hits|"
                "stole|stealing|steals|taking_her_money|taking_his_money|taking_money|slapped|shouts_at|abusing|"
                "rough_with|neglecting|bank_card|pension|handled_roughly|dropped|left_her|left_him|forgot_her|"
                "forgot_his|threatens|exploiting"
            ),
            "left ... without|in food|water|medication|insulin|soiled|her_own|his_own|wet|urine|faeces|the_dark",
            (
                "cuckooed|cuckooing|cuckoo|elder_abuse|safeguarding|domestic_abuse|domestic_violence|modern_slavery|"
                "coercive"
            ),
            "adult at risk",
            (
                "vulnerable adult|man|woman|lady|person|tenant|neighbour|resident|gentleman ... danger|risk|alone|"
                "exploited|abused|neglected|food|harm|unsafe|dealers"
            ),
            (
                "partner|husband|ex|boyfriend|wife|he|son ... hits_me|beats_me|hit_me|threatened_to_kill|"
                "threatening_me|strangled|will_kill_me|found_me|abusive_to|violent|broke_my|raped"
            ),
            (
                "missed|no|without|late|wrong|skipped ... insulin|medication|tablets|medicine|doses|dose|pills|"
                "care_visit|care_visits|carer|carers"
            ),
            "drug dealers ... flat|home|house",
            "fear|fears|afraid|worried for his|her|their|my|mum_'s|dad_'s safety|life",
            "can not|unable_to feed|wash|toilet|move herself|himself|themselves",
        ),
    ),
    Pattern(
        Signal.HAZARD,
        "Speaks of a danger to life or limb.",
        (
            "smell|smells|smelling|stink|stinks|leak|leaks|leaking|escape of? gas|carbon_monoxide|burning|fumes",
            "gas leak|leaking|smell|escape|fumes",
            "carbon monoxide|alarm",
            (
                "live|exposed|bare|loose|hanging|open|dangling|visible electrical|electric|live? wire|wires|wiring|"
                "cable|cables|electrics"
            ),
            (
                "wires|wiring|cable|cables|electrics ... exposed|hanging|live|sparking|bare|sticking_out|showing|"
                "water|sparks|dangling|hanging_out|loose"
            ),
            "sparking|sparks|electrocuted|electric_shock|electric_shocks|electrocution|shocks",
            (
                "ceiling|roof|wall|balcony|chimney|tree|branch|bough|limb|scaffolding|lamp_post|lamppost|lamp_column|"
                "streetlight|pole|fence|sign|tile|tiles|slates|masonry|brick|bricks|canopy|gate|bridge|railings|"
                "railing|stairs|staircase|window|post|column|goalpost|goal ... collapse|collapsed|collapsing|falling|"
                "fall|fell|fallen|caved|coming_down|come_down|came_down|about_to_go|leaning|hanging|unsafe|dangerous|"
                "loose|bulging|swaying|gave_way|giving_way|snapped|broken|wobbling|wobbly|sagging|split|cracked"
            ),
            (
                "fire|smoke door|alarm|doors|alarms|exit|escape|escapes|exits|detector ... broken|not|missing|"
                "blocked|faulty|locked|wedged|fail|beeping|padlocked|chained"
            ),
            "broken|faulty|no|missing|blocked smoke|fire|carbon alarm|alarms|door|doors|exit|escape|monoxide",
            (
                "sinkhole|sink_hole|cladding|asbestos|legionella|carbon_monoxide|cave_in|explosion|flammable|"
                "gas_canister|gas_canisters|gas_bottle|gas_bottles|acid|petrol|needles|syringes|syringe|needle|"
                "sharps|razor_blades|chemical|chemicals|manhole_missing|arson"
            ),
            (
                "mould|damp|mold ... asthma|breathing|chest|hospital|ill|lungs|cough|coughing|bronchitis|inhaler|"
                "breathe|wheezing|sick|baby|newborn|respiratory|pneumonia"
            ),
            (
                "asthma|breathing|chest|hospital|ill|lungs|cough|coughing|bronchitis|inhaler|breathe|wheezing|"
                "pneumonia|respiratory ... mould|damp|mold"
            ),
            (
                "no heating|hot_water|heat|boiler|electricity|power|water ... baby|newborn|elderly|child|children|"
                "winter|freezing|ill|cold|old|snow|oxygen|disabled|pregnant"
            ),
            (
                "manhole|drain|cover|inspection_cover|grate|grid ... missing|open|collapsed|gone|broken|stolen|"
                "uncovered|exposed|fall"
            ),
            "missing|open|collapsed|uncovered|broken|no manhole|drain|inspection|grate cover|cover?",
            (
                "could|will|going_to|might|can|about_to|nearly|almost|someone_will|waiting_to|before_someone|"
                "before_somebody|until_someone|until_somebody|gets|be be|get|have_been|is|gets? killed|kill|die|dies|"
                "killing|electrocuted|seriously_hurt|seriously_injured|crushed|drown"
            ),
            "danger|risk to|of life|limb|death|collapse|fire|electrocution|serious_injury|explosion",
            "accident|death|fatality|disaster waiting|about to_happen",
            (
                "flood|flooding|flooded|water ... electrics|fuse|socket|sockets|light|lights|fusebox|plug|plugs|"
                "electric|consumer_unit"
            ),
            (
                "fell|fall|fallen|tripped|trip|knocked ... hospital|broke|broken|fractured|ambulance|stitches|"
                "a_and_e|injured|hip|wrist|ankle|unconscious|concussion|casualty"
            ),
            (
                "collapsed|collapsing|dangerous structure|building|wall|tree|bridge|road|roof|ceiling|pavement|"
                "footpath|branch|steps"
            ),
            "hole|pothole|crater ... swallowed|deep|car_sized|knee_deep|huge|overturned|thrown|came_off",
            "thrown|came_off|knocked off|from my|his|her|the? bike|bicycle|motorbike",
            (
                "traffic|crossing|level_crossing lights|signals|light ... out|not_working|failed|all_green|"
                "both_green|stuck"
            ),
            "stairlift|hoist|lift ... dropped|fell|trapped|stuck|jammed|stranded",
            "trapped in|inside|under|on",
        ),
    ),
    Pattern(
        Signal.HOMELESSNESS_RISK,
        "May mean that someone has nowhere to live or is about to lose their home.",
        (
            (
                "homeless|homelessness|evicted|eviction|evicting|evict|sofa_surfing|sofa_-_surfing|rough_sleeping|"
                "rough_sleeper|bailiffs_coming|possession_order|repossessed|repossession|roofless|evicts|hostel|"
                "in_refuge|to_refuge|a_refuge|women_'s_refuge|womens_refuge|refuge_place|refuge_space|squatting"
            ),
            (
                "sleep|sleeping|slept|living|live|lives|stay|staying|nights|been in|on|rough|at the|my|a|his|her|our|"
                "bus|night|friends|friend_'s|mate_'s car|van|tent|street|streets|park|sofa|sofas|doorway|shed|garage|"
                "station|floor|shelter|buses|bus|couch|stairwell"
            ),
            "sleeping rough|outside|in_his_car|in_her_car",
            "sofa surfing",
            "nowhere|no_where|no_place|not_anywhere else|left|now? to live|sleep|stay|spend_the_night",
            "i|we|he|she|they|have|has|had|got|with|us|me|and nowhere|no_where|no_place else? to go|be",
            "nowhere else? to|now|tonight",
            "no home|roof|place to|over my|go|live|head",
            "section 21|8 notice|notice?",
            "notice to quit|leave|vacate",
            (
                "lose|losing|lost|out_of|thrown_out_of|kicked_out_of|put_out_of|leave|turned_out_of my|our|the|his|"
                "her|their home|house|flat|tenancy|accommodation|place|supported_lodging|lodgings"
            ),
            (
                "kicked|thrown|chucked|turfed|throwing|kicking|chucking|put|putting|asked|told|want|wants|turned me|"
                "us|him|her|my_family out|to_leave|onto_the_street"
            ),
            "kicked|thrown|chucked|turfed|throwing|kicking|being_put|be_put|been_put them? out|onto_the_street",
            "on the streets|street tonight|by|with|soon|again|in|from|since|next",
            (
                "have to|must|need_to|got_to be_out|leave|move_out ... friday|monday|tomorrow|tonight|week|days|"
                "tuesday|wednesday|thursday|saturday|sunday|month|end"
            ),
            "landlord ... selling|notice|out|evict|changed_the_locks|wants_us_out|leave|locks|possession",
            (
                "temporary accommodation|housing ... ends|end|ending|leave|out|finish|finishes|runs_out|stopped|"
                "cancelled|closing"
            ),
            "changed the locks",
            "troi|taflu allan",
            "unman|nunlle i fynd|gysgu|fyw",
            "digartref|digartrefedd",
            "cysgu yn|mewn y|car|fan|stryd|drws|pabell",
            "bailiffs|bailiff ... date|friday|monday|coming|evict|home|house|flat|door|tomorrow",
        ),
    ),
)
