"""Hints that a home is lost: having to leave it, and having no other place."""

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
                "moved|turfed|chucked|kicked|thrown|throwing|kicking|chucking|threw|chucks|turned|be|being|been me|"
                "us|him|her|them|everyone? out|to_leave|put_out|onto_the_street"
            ),
            (
                "put|putting|asked|told|wants|want|get|getting|got me|us|him|her|everyone|my_family out|to_leave|"
                "onto_the_street"
            ),
            (
                "be|are|is|am|has_to_be|have_to_be|need_to_be|we_are|i_am out on|by|tonight|tomorrow|monday|tuesday|"
                "wednesday|thursday|friday|saturday|sunday|of_here|in"
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
                "tenancy|lodging|lodgings|hostel|the_refuge|our_refuge|housing|placement|room|bed|hotel|accommodation|b_&_b|licence|"
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
                "rough_sleeping|sleeping_rough|night_shelter|shelter|hostel|in_refuge|a_refuge|to_refuge|women_'s_refuge|stairwell|doorway|tent|"
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
            "with|and our|my|his|her|their bags|bag|cases|suitcase|stuff|handbag",
            "sleeping|sleeps|slept|lying|bedded|kipping ... behind|under|outside|rough|doorway|bottle_banks|hatchback",
            "outreach|streetlink|street_link",
            "no coat",
            "unman|digartref|gysgu|cysgu|heno",
            "place|home|tenancy|room|flat is|are at risk",
            "can|could not ever|never? go back to? that|the|my|our|there|home",
        ),
        negatable=False,
    ),
)
