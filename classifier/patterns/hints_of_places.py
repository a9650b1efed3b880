"""Hints of danger around people: what burns, falls, floods or drives."""

from classifier.phrases import Pattern

BODY: tuple[Pattern, ...] = (
    Pattern(
        "structure",
        "Speaks of something that may fall or give way.",
        (
            (
                "collapse|collapsed|collapsing|collapses|caved|sinkhole|subsidence|sinking|leaning|leans|"
                "tilting|swaying|sways|wobbles|wobble|wobbly|wobbling|wobbled|bulge|bulges|bulging|sagging|sags|"
                "split|splitting|snapped|snaps|creaking|cracking|hanging|dangling|unstable|unsafe|"
                "dangerous|danger|dangers|perilous|hazard|hazardous|hazards|crumbling|rotten|rotted|rusted|toppled|"
                "uprooted|loose|tipping_over|tips_over|come_away|coming_away|came_away|gave_way|giving_way|fell_off|came_off|"
                "come_off|come_down|came_down|coming_down|bits_dropping|in_half|in_two|structural|propped|held_up"
            ),
            (
                "slate|slates|tile|tiles|brick|bricks|masonry|plaster|coping|stone|glass|branch|branches|limb|bough|"
                "trunk|ceiling|chimney|wall|tree|headstone|lamppost|lampost|lamp_post|column|pole|sign|gate|canopy "
                "... fall|fell|falling|fallen|down|loose|off|pavement|crack|cracked|missed|landed|over|broke|broken|"
                "moves|lean"
            ),
            "manhole|manholes|open_chamber|inspection_cover|inspection_covers",
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
                "shocks|electrocuted|live_wire|live_wires|live_cable|live_cables|fuse|fuse_box|fusebox|exposed|asbestos|needle|needles|syringe|syringes|"
                "sharps|chemical|chemicals|acid|poison|poisoned|bleach|rat_poison|sewage|legionella|radon|"
                "broken_glass|smashed_glass|shattered_glass|shards_of_glass|shards|razor_blades|razor_blade|fireworks|firework|gas_bottle|gas_bottles|canisters|"
                "canister|battery|batteries|fire_exit|fire_door|fire_doors|smoke_alarm|alarm|alarms|extinguisher|"
                "fire_escape|cladding|arson|torched|hissing|hum|hums|humming|buzzing|nwy|tân|mwg|trydan|gwreichion|gwreichioni|llosgi"
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
                "in_plaster|in_cast|trapped|crushed|drown|drowned|drowning|killed|kill|kills|died|death|fatal|"
                "fatality|coroner|inhaler|steroids|nebuliser|asthma|chest_infection|chest_infections|breathe|"
                "breathing|lungs|wheezing|pneumonia|bitten|bit_him|bit_her|bit_me|bit_my|bit_a|bites|mauled|poisoned|being_sick|vomiting|"
                "food_poisoning|"
                "999|fire_brigade|"
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
            "fell|fallen|tripped|slipped|slid|skidded|clipped|struck|mown_down",
            "pulled|dragged|snatched|grabbed ... back|out_of from|of the? kerb|road|way|cars|path|hedge",
            "ysbyty|brifo|anaf|syrthio|disgyn|disgynnodd|ambiwlans",
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
                "nearly|almost|narrowly hit|killed|went|fell|had|knocked|trod|stood|trodden|missed|ran|run|got|"
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
            "missed him|her|me|us|them|my|the|a by|narrowly",
            "by inches|an_inch|a_whisker|seconds",
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
                "heating|boiler|heat|radiators|central_heating|hot_water ... broken|gone|off|down|not|packed|out|cold|"
                "failed|stopped|bust|kaput"
            ),
            "no|without|any|lost heating|hot_water|heat|central_heating|boiler|radiators",
            "freezing|perishing|minus|hypothermia|frozen|bitterly|in_her_coat|in_his_coat|in_bed_in",
            "mould|mold|damp|black_mould|mildew|spores|llwydni|lleithder|condensation",
            "power|water|electric|electricity off|cut|out|gone|went",
            "no electric|electricity|power|water|gas",
            "oer|rhewi|gwres|boeler",
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
            "burst|spill|spillage|pouring|gushing",
            "no|without|missing|absent|asleep lifeguard|lifeguards|patrol|crossing_patrol|lollipop_lady",
            "wing mirror",
            "zebra|pelican|puffin|toucan|belisha|globes",
            "no|without verge|pavement|footway|footpath ... road|mph|lorries|traffic|walk",
            "seizure|seizures|fit|fits|convulsion ... medication|rescue|escort|alone|week",
            "giât|gât|lôn",
            "padlocked|chained|locked|opens_inwards ... gate|exit|door|gates|doors|shut",
            "blue algae|-? green algae",
            "rat|rats|mouse|mice ... cot|baby|nursery|kitchen|bed|toddler",
            "goalpost|goalposts|goal|goals ... fixed|rocking|over|fell|down|loose|anchored",
            "ground|road|garden|path|earth ... moving|opening|opened|opened_up|gave|dropped|swallowed|sunk",
            "window ... open|restrictor|climb|out|sill",
            "lôn|ffordd|car|traffig|goleuadau ... rhedodd|rhedeg|flaen|gwyrdd",
        ),
        negatable=False,
    ),
)
