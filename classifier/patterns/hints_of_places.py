"""Hints of danger around people: a home lost, and what burns, falls, floods or drives."""

from classifier.phrases import Pattern

HOME: tuple[Pattern, ...] = (
    Pattern(
        "home_lost",
        "Speaks of having to leave a home.",
        (
            (
                "evict|evicts|evicted|evicting|eviction|bailiff|bailiffs|possession|repossessed|repossession|notice|"
                "section_21|s21|section_8|notice_to_quit|squat|unlawful_eviction|termination"
            ),
            (
                "be|get|getting|got|go|goes|going|gone|moved|turfed|chucked|kicked|thrown|put|putting|throwing|"
                "kicking|chucking|threw|chucks|asked|told|wants|want|turned me|us|him|her|them|everyone? out|"
                "to_leave|off|onto_the_street"
            ),
            (
                "told|asked|ordered|made|has|have|had|got|must|made_me|made_us to? go|leave|be_out|move_out|quit|"
                "get_out|vacate"
            ),
            (
                "out|leave|go|gone|off by|on|before friday|monday|tuesday|wednesday|thursday|saturday|sunday|"
                "tomorrow|tonight|noon|midday|the_end|the_weekend|christmas"
            ),
            (
                "landlord|landlady|owner|lender|agent ... sell|selling|sold|out|notice|locks|lock|leave|back|"
                "possession|evict|removed|let_it"
            ),
            "lock|locks ... changed|change|changes|changing",
            "changed|change|changing|took|taken the|my|our lock|locks|door|keys",
            (
                "tenancy|lodging|lodgings|hostel|refuge|housing|placement|room|bed|hotel|accommodation|b_&_b|licence|"
                "support|shelter|house ... end|ends|ended|ending|closes|close|closing|closed|shut|until|finish|over|"
                "up"
            ),
            "close|closes|closed|closing|shut|shuts|shutting on|its|today|down|our friday|sunday|doors|monday|house",
            "let|lets|given|sold it|room|flat|his_room|her_room? to someone|somebody|another",
            (
                "lost|losing|lose|left|flee|leaving|leave the|my|our|their|his|her home|house|flat|room|tenancy|"
                "everything|caravan|partner|husband"
            ),
            "prohibition order|notice",
            "fire ... flat|house|room|home|kitchen|everything|nothing|own",
            "months|weeks behind|arrears",
            "behind|arrears|fallen with|on|in? the|my|our? rent",
            "served|serve|serving ... notice|papers",
            "caravan|pitch|van|mooring|boat|stopping_place ... goes|go|remove|removal|removed|off|seized|pound|days",
            "parents|mum|dad|friend|stepdad|partner|ex|boyfriend|sister|brother ... kicked|throwing|threw|chucked|out",
            "medically|fit fit? for? discharge|tomorrow|.|,",
            "relationship ... broken|ended|over",
            "released|release|coming_out|out from|of prison|jail|custody",
        ),
        negatable=False,
    ),
    Pattern(
        "no_place",
        "Speaks of having no place to be.",
        (
            (
                "nowhere|no_where|homeless|no_address|no_fixed|no_home|no_roof|no_room|roofless|sofa_surfing|surfing|"
                "rough_sleeping|sleeping_rough|night_shelter|shelter|hostel|refuge|stairwell|doorway|tent|"
                "bus_station|night_bus|night_buses|bin_bag|bin_bags|carrier_bag|duvets|lay_-_by|layby|stopping_place|"
                "emergency_bed|emergency_accommodation|temporary_accommodation|out_of_hours|night_stop|"
                "winter_shelter|travelodge"
            ),
            "not|no anywhere|nowhere|somewhere|place to? go|stay|sleep|live|else",
            (
                "sleep|sleeping|slept|sleeps|living|live|lives|staying|stay|spent|spend|sat|sitting|washing|waiting|"
                "nights ... in|on|at|under my|a|his|her|our|the|their|your|theirs|mates|friends car|van|tent|street|"
                "streets|park|sofa|settee|shed|garage|station|floor|porch|car_park|bench|kerb|transit|fiesta|"
                "vauxhall|bus|church|stairs|office|reception|police_station|mosque|wall|beach|bin_store|services|"
                "gateway|lobby"
            ),
            "in my|the|our|his|her|their car|van ... tonight|night|nights|kids|children|sleeping|since",
            "somewhere|place|bed|room|anywhere safe|to|for|tonight ... tonight|go|sleep|stay|safe|now|him|her|us",
            "where do|are|will|can|should|am|does i|we|they|he|she|you|each ... go|sleep|live|suggest|supposed|meant",
            "go|going where",
            "where ... will|to|can sleep|stay|go",
            "not know where",
            "on|onto|by the|a street|streets|kerb|pavement|wall|step|doorstep",
            "friend_'s|mate_'s|mates|friends|sister_'s|sisters|mum_'s sofa|settee|couch|floor|one_bed|for_now|until",
            "get_out before",
            "out on? the? street|streets",
            "tonight|tonite|noson",
            "housing options|team ... today|told|tonight|duty",
            "with|and our|my|his|her|their bags|bag|cases|suitcase|stuff",
        ),
        negatable=False,
    ),
)

BODY: tuple[Pattern, ...] = (
    Pattern(
        "structure",
        "Speaks of something that may fall or give way.",
        (
            (
                "collapse|collapsed|collapsing|collapses|caved|sinkhole|subsidence|sinking|dropped|leaning|leans|"
                "tilting|swaying|sways|wobbles|wobble|wobbly|wobbling|wobbled|bulge|bulges|bulging|sagging|sags|"
                "split|splitting|snapped|snaps|creaking|cracking|hanging|overhanging|dangling|unstable|unsafe|"
                "dangerous|danger|dangers|perilous|hazard|hazardous|hazards|crumbling|rotten|rotted|rusted|toppled|"
                "uprooted|loose|tipping|tips|come_away|coming_away|came_away|gave_way|giving_way|fell_off|came_off|"
                "come_off|come_down|came_down|coming_down|bits_dropping|in_half|in_two|structural|propped|held_up"
            ),
            (
                "slate|slates|tile|tiles|brick|bricks|masonry|plaster|coping|stone|glass|branch|branches|limb|bough|"
                "trunk|ceiling|chimney|wall|tree|headstone|lamppost|lampost|lamp_post|column|pole|sign|gate|canopy "
                "... fall|fell|falling|fallen|down|loose|off|pavement|crack|cracked|missed|landed|over|broke|broken|"
                "moves|lean"
            ),
            "lamppost|lampost|lamp_post|streetlight|column down|leaning|hit|door",
            (
                "hole|holes|pothole|crater|gap ... deep|feet|foot|ft|inches|inch|cm|metre|metres|swallow|size|"
                "someone|bottom|open|wheel|tyre|fall|cyclist|bike|big|huge|massive|reach"
            ),
            (
                "open|missing|gone|stolen|nicked|no|broken|smashed|lifted|raised|without cover|drain|manhole|grate|"
                "grid|gully|railing|railings|barrier|fence|fencing|lid|shaft|guard|handrail|lifebelt|lifebuoy|cones|"
                "rail"
            ),
            (
                "cover|covers|drain|manhole|grate|grates|grating|gratings|grid|gully|railing|railings|uprights|lid|"
                "shaft|handrail|bannister|banister|lifebelt|lifebelts|lifebuoy|lifebuoys|lifering|rails|barrier|"
                "barriers|fence ... open|missing|gone|stolen|nicked|broken|smashed|loose|lifted|tips|hole|away|off|"
                "empty|down|damaged"
            ),
            (
                "raised|uneven|loose|missing|sunken|lifted|rocking|broken|sticking_up flag|flags|flagstone|slab|"
                "slabs|paving|kerb|step|steps|pavement|brick|manhole|edge|floorboard"
            ),
            (
                "slab|slabs|flag|paving|pavement|step|steps|stair|stairs ... raised|uneven|loose|missing|lifted|"
                "rocks|rocking|broken|trip|tripped|up|gone|missing"
            ),
            "lift|lifts|stairlift|hoist ... doors|opening|stuck|shaft|trapped|dropped|fell|not",
        ),
    ),
    Pattern(
        "burning",
        "Speaks of fire, gas, current, poison or what cuts.",
        (
            (
                "fire|fires|flames|smoke|smoking|burning|burnt|burns|scorch|scorched|gas|petrol|fumes|"
                "carbon_monoxide|explode|explosion|explosive|fuel|diesel|oil|electric|electrics|electrical|"
                "electricity|wire|wires|wiring|cable|cables|socket|sockets|spark|sparks|sparking|sparked|shock|"
                "shocks|electrocuted|live|fuse|fuse_box|fusebox|exposed|asbestos|needle|needles|syringe|syringes|"
                "sharps|chemical|chemicals|acid|poison|poisoned|bleach|rat_poison|sewage|legionella|radon|"
                "broken_glass|smashed_glass|glass|shards|razor|fireworks|firework|gas_bottle|gas_bottles|canisters|"
                "canister|battery|batteries|fire_exit|fire_door|fire_doors|smoke_alarm|alarm|alarms|extinguisher|"
                "escape|cladding|arson|torched|hissing|hum|hums|humming|buzzing"
            ),
        ),
        negatable=False,
    ),
    Pattern(
        "hurt",
        "Says that someone was hurt or has to be treated.",
        (
            (
                "hospital|ambulance|paramedic|paramedics|a_and_e|a_&_e|casualty|infirmary|stitches|stitched|"
                "plaster_cast|concussion|unconscious|bleeding|blood|injured|injury|injuries|hurt|fracture|fractured|"
                "in_plaster|in_cast|trapped|crushed|drown|drowned|drowning|killed|kill|kills|died|dead|death|fatal|"
                "fatality|coroner|inhaler|steroids|nebuliser|asthma|chest_infection|chest_infections|breathe|"
                "breathing|lungs|wheezing|pneumonia|bitten|bit|mauled|poisoned|sick|vomiting|999|fire_brigade|"
                "fire_service|air_ambulance|paralysed|maimed"
            ),
            (
                "broke|broken|cut|hurt|twisted|sprained|smashed|cracked|split|bruised|trapped|lost|took|cast|"
                "in_plaster my|his|her|the|a|their|two|three? wrist|arm|leg|hip|ankle|nose|head|knee|knees|hand|"
                "finger|fingers|chin|face|elbow|shoulder|foot|collarbone|tooth|teeth|ribs|nail|cast"
            ),
            "wrist|arm|leg|hip|ankle|head|knee|hand|fingers|chin|face|forehead broken|cut|split|hurt|in",
            (
                "fell|fallen|fall|tripped|trip|tripping|slipped|slip|slipping|slid|skidded|skid|went|gone|came|"
                "thrown|knocked|go over|down|off|on|in|into|through|flat ... path|step|steps|ice|leaves|slab|"
                "pavement|road|bike|bicycle|motorcycle|motorbike|hole|kerb|flag|stairs|hill|head|face|today|morning"
            ),
            "fell|fallen|tripped|slipped|slid|skidded|trips|trip|slips|falls",
            "knocked|ran|run|mown him|her|me|a|my|someone|down|over? over|down|kid|off",
            (
                "cyclist|rider|motorcyclist|pedestrian|biker|kid|lad|boy|girl|child ... came_off|hit|hurt|knocked|"
                "injured|struck|fell|nearly|almost|swerve|under"
            ),
        ),
    ),
    Pattern(
        "near_miss",
        "Says that it nearly went wrong, or soon will.",
        (
            (
                "nearly|almost|narrowly|just hit|killed|went|fell|had|knocked|trod|stood|trodden|missed|ran|run|got|"
                "drove|walked|put|lost|broke|stepped|came|off|into|took|sat|tripped|slipped|died|in|under|crashed|"
                "been|burnt|had"
            ),
            (
                "someone|somebody|anyone|people|child|kid|person|one|they|us|baby|he|she|dear|cyclist|driver ... "
                "will|is|going|could|can|gon_na|before|gets|might|has|would ... hurt|killed|die|fall|injured|break|"
                "breaks|trip|dead|hit|drown|burn|slip|accident|through|electrocuted|badly|serious|seriously|crash|"
                "under"
            ),
            (
                "before|until|till|unless|wait|waiting|takes|take someone|somebody|a|an|for|there|one|one_of|we ... "
                "killed|hurt|dies|die|accident|falls|death|coroner|hip|breaks|kill|happens|happen|dead|drown"
            ),
            (
                "accident|accidents|death_trap|deathtrap|lethal|life_threatening|life_or_death|fatality|disaster|"
                "someone_will|serious_injury|not_safe|safety_risk|treacherous|head_-_on|near_miss|near_misses|lucky|"
                "luckily"
            ),
            (
                "going|gon_na|about|bound|likely|could|will|would|might to? be? kill|hurt|collapse|fall|killed|die|"
                "drown|explode|go_up|come_down|crash|injure|blind|maim|hit|spread"
            ),
            (
                "risk|danger to|of|for|that? life|children|kids|public|people|death|fire|injury|everyone|falling|"
                "pedestrians|anyone|residents|traffic|drivers"
            ),
            (
                "kids|children|toddler|toddlers|boys|lads|people|joggers|walkers|dogs|cyclists ... walk|walking|play|"
                "playing|climb|climbing|messing|underneath|under|past|through|around|near|use|all_over|back_on|"
                "getting"
            ),
            "make|made|making it|this|them|path|area? safe",
            "cordon|cordoned|tape|taped|coned|cones|fenced|fence_off|close_it|close_the|closing_off|sealed",
            "where people|kids|children|someone|toddlers|folk|everyone step|walk|play|park|stand|cross|sit|land|wait",
        ),
        negatable=False,
    ),
    Pattern(
        "cold_or_damp",
        "Speaks of a home that makes people ill.",
        (
            (
                "no|without|any|heating|boiler|heat|radiators|central_heating|hot_water ... heating|hot_water|heat|"
                "boiler|broken|gone|off|down|not|packed|water|warm|winter|freezing|cold|coat|coats|baby|week|weeks"
            ),
            "freezing|perishing|minus|hypothermia|frozen|bitterly|in_her_coat|in_his_coat|in_bed_in",
            "mould|mold|damp|black_mould|mildew|spores|llwydni|lleithder|condensation",
            "power|water|electric|electricity off|cut|out|gone|went",
            "no electric|electricity|power|water|gas",
        ),
        negatable=False,
    ),
    Pattern(
        "traffic",
        "Speaks of danger on a road or by water.",
        (
            (
                "traffic_lights|lights|signals|crossing|zebra|pelican|puffin|belisha|globe|globes|beacon|beacons|"
                "beeper|stop_sign|give_way_sign|green_man ... out|not|stuck|dead|unlit|nothing|broken|off|fail|"
                "failed|twisted|wrong|round|gone|missing|dark|red|green|facing|down"
            ),
            "stop sign",
            "temp|temporary lights",
            "ice|icy|black_ice|sheet_ice|gritted|ungritted|gritting|grit|skating_rink|ice_rink|slippy|slippery|skid",
            (
                "crash|crashes|crashed|collision|collided|rammed|overturned|swerve|swerved|swerving|head_on|"
                "blind_bend|level_crossing|racing|racers|off_road_bikes|quad|quads|quad_bikes|motorbikes|motorbike|"
                "scramblers|seatbelt|seatbelts|seat_belt|belt|bald_tyres|brakes|booster|clamps|oncoming|wrong_side|"
                "wrong_way"
            ),
            "drive|drives|driving|driver|drove ... red|drunk|phone|fast|drinking|speed|asleep|mounted",
            "no|without|unlit|dark lights|light|cones|lighting|warning ... skip|road|bend|bike|on|parked|cones",
            (
                "flood|floods|flooded|flooding|river|canal|pond|lake|reservoir|weir|basin|quay|tide|water ... deep|"
                "child|kids|boy|car|stuck|lifebelt|fence|fell|under|across|electrics|rising|light|sockets|through|"
                "ceiling|edge"
            ),
            "dog|dogs ... bite|bit|bitten|attack|attacked|attacks|loose|muzzle|killed|went_for|fingers|face|savage",
            "knife|knives|machete|gun|catapult|air_rifle|bb_gun|balaclavas|balaclava",
            "burst|spill|spillage|leak|leaking|pouring|gushing",
        ),
        negatable=False,
    ),
)
