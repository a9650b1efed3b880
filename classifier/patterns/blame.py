"""What the person says the council, its staff or its contractors did badly."""

from classifier.phrases import Pattern

BLAME: tuple[Pattern, ...] = (
    Pattern(
        "council_acted",
        "Speaks of what the council, its staff or its contractors did or said.",
        (
            (
                "your|the_council's|council contractor|contractors|workmen|workman|team|man|men|crew|officer|"
                "officers|reply|response|surveyor|inspector|engineer|office|advisor|adviser|people|lot|driver|"
                "colleague|colleagues|website|system|records|panel|carers|agency|warden|wardens|lorry|operative|"
                "operatives|leaflet|notice|letters|answer|survey|policy|vans|van|lads|chaps|cleaners|expert|guys|guy|"
                "caretaker|email"
            ),
            (
                "you said|told|agreed|closed|refused|sent|promised|cancelled|took|put|wrote|replied|decided|gave|"
                "left|charged|summonsed|reply|say|answered|opened|removed|accepted|stopped|changed|claim|claimed|"
                "keep|kept|lost|rang|came|confirmed|assured|admitted|insisted"
            ),
            (
                "you have put|closed|sent|taken|cancelled|left|had|been|done|made|told|given|lost|never|not|now|just|"
                "again|still|stopped|changed|removed|built|charged"
            ),
            "you did|do not",
            (
                "officer|social_worker|inspector|operative|worker|agency|warden|crew|contractor|contractors|surveyor|"
                "supervisor|caseworker|foreman|engineer|workmen came|said|told|wrote|went|left|asked|never|turned|"
                "did|has|had|says|put|took|walked|closed|refused"
            ),
            "on hold|in_a_queue",
            "then|and|got|was|been cut off",
            "instead of|i_got|we_got",
            "says|said|say|marked|told|supposed|apparently fixed|done|repaired|collected|completed|resolved",
            "the letter|email|text|website|leaflet|map|notice|plan|report says|said|calls|claims|tells|states",
            "told me|us|him|her|that|it|i|we",
            "got|have|had|and it|we|i in writing",
        ),
        negatable=False,
    ),
    Pattern(
        "late",
        "Says it came late, or after the time it was due.",
        (
            "was|were|is due|promised|agreed|booked|arranged by|on|in|for|back|last",
            "should have been|come|had|happened|arrived|started|received",
            "weeks|months|days|hours|years|mins|minutes late|later|after|overdue",
            (
                "took|taken|taking over|nearly|almost|more_than|two|three|four|five|six|seven|eight|nine|ten|eleven|"
                "twelve|another|a ... weeks|months|years|hours"
            ),
            "it is now? may|june|july|august|september|october|november|december|january|february|march|april",
            "it is|has been? now|over|nearly|almost|more_than? ... weeks|months|years since|and|now|later|without",
            "now|today is? the? week|month|week|day",
            "over|after|than|past|beyond|already|been ... working days",
            "working days ... ago|passed|later|overdue|still|nothing|nobody|gone",
        ),
        negatable=False,
    ),
    Pattern(
        "badly_done",
        "Says the council's own work was done badly or left unfinished.",
        (
            "half|part|only_part|only_half a|the? job|done|finished|of_it|completed",
            (
                "poor|shoddy|botched|bodged|sloppy|terrible|substandard|bad|dreadful|awful|patchy|cheap|inadequate "
                "job|work|workmanship|repair|repairs|fix|patch|standard|standards|quality|maintenance|cleaning|"
                "service"
            ),
            (
                "left a|such_a|the|all_the|their|behind|more|it|my|our|this|everything ... mess|rubbish|debris|worse|"
                "behind|rubble|state|damaged|strewn|everywhere|waste"
            ),
            "made it|things|matters|the_problem worse",
            "worse than|now than|after|since before|ever|it_was|they|the|was?",
            (
                "not|never been? done|repaired|completed|fixed|finished|cleaned|installed|emptied|returned|put_back "
                "properly|correctly|right|well"
            ),
            "not|never|hardly|nothing being|been|ever? properly|correctly done|repaired|fixed|cleaned",
            (
                "$crew ... left|leave|leaves|leaving|missed|refused|refuse|dropped|drove_off|damaged|broke|threw|"
                "throw|ignored|miss|spilled|never"
            ),
            "$crew came|been|visited|attended|turned_up but|and|but_only|however",
            (
                "$crew|they|council|you|he ... did_not|do_not|does_not|will_not|refuse_to|would_not|refused_to|"
                "failed_to|forgot_to even|bother_to|even_bother_to? clear|clean|finish|take|collect|empty|sweep|pick|"
                "fix|repair|look|do|come|remove|return|inspect|touch|replace"
            ),
            (
                "they|council|crew|workmen|team|contractors|you only|just took|cleared|collected|emptied|fixed|"
                "cleaned|removed|patched|filled|painted"
            ),
            "chosen|chose|decided to leave|not_to|to_ignore",
            "left by the? council|council_workers|contractors|workmen|binmen|crew|your",
            (
                "left|dumped|thrown|spilled|spilt|dropped|scattered ... by the? council_worker|council_workers|binmen|"
                "crew|operative|operatives|contractor|contractors|refuse_collectors|bin_people|dustmen"
            ),
            "came|come|cut|mowed|repair|repaired|cleared|emptied|dug|resurfaced ... but|and left|leaving",
            "council $have|is? left|damaged|blocked|removed|broken|cut_down|dumped|ruined|caused",
            (
                "repaired|fixed|patched|resurfaced|filled|replaced|done but|only|and|yet|less_than ... again|still|"
                "already|broken|failed|reappeared|returned|reopened"
            ),
            "temporary fix|repair|patch",
            "recurring|returned|reappeared|come_back after repair|being_repaired|the_repair",
            "work|works|job|repair $have|is|was not been? completed|finished|complete|done|up_to|fixed",
            "not been? put_back|reinstated|replaced|refitted|greased|cleared_up|cleaned_up|signed_off",
            "not doing|done their|the|your|his job",
            "waste of time|money|taxpayers|public_money",
            (
                "wrong|incorrect bin|amount|address|letter|person|information|name|door|account|property|date|"
                "medication|advice|size|part"
            ),
            (
                "incorrectly|wrongly|mistakenly|in_error charged|billed|closed|told|refused|recorded|advised|sent|"
                "removed|issued|calculated|cancelled|placed"
            ),
            (
                "your|the_council|council|the_council's|their mistake|error|fault|negligence|mistakes|errors|"
                "incompetence|failure|failures|failings|delay|delays|maladministration|oversight"
            ),
        ),
        negatable=False,
    ),
    Pattern(
        "service_failing",
        "Says a regular service keeps being missed.",
        (
            (
                "not|never|rarely|hardly|hardly_ever|seldom|barely|ever been|gets|get|being|be? regularly|properly|"
                "ever|once $kept"
            ),
            "never|rarely|hardly|hardly_ever|seldom|barely been|gets|get|being|is|are|be? $kept",
            "not being|get|gets $kept",
            (
                "missed|not_collected|not_emptied|uncollected|failed|forgotten|not_cleaned|not_swept|skipped|"
                "overlooked|late again|yet_again|once_again|every|each|twice"
            ),
            (
                "again|once_again|yet_again|another|repeatedly|consistently|constantly|continually|regularly|always|"
                "frequently|routinely|persistently missed|failed|not_collected|not_emptied|neglected|overlooked|"
                "uncollected|forgotten|late|cancelled|fails|left"
            ),
            (
                "missed|not_been_collected|not_collected|not_been_emptied|late|not_turned_up|not_come|not_emptied "
                "... second|third|fourth|fifth|two|three|four|five|six|several|2|3|4|5|6|consecutive time|week|"
                "collection|weeks|collections|times|months|running|occasions"
            ),
            "weeks|week|month|months|time|times|days in_a_row|running|on_the_trot|in_succession|consecutively",
            "missed|failed|missing collections|collection|bin|bins|visits|calls|deliveries",
            (
                "failed|fails|failure|failing|fail to collect|empty|be|clear|clean|sweep|repair|maintain|remove|"
                "provide|deliver|come|arrive|return|attend|act|respond|take|close|inspect|answer|follow|enforce|keep|"
                "send|tell|inform|process|investigate|address|manage|meet|pay|protect|properly|do|fix|carry|even"
            ),
            (
                "no street|road|regular|proper|sign_of|visible? street|road? cleaning|sweeping|cleansing|sweeper|"
                "maintenance|collection|enforcement|collections"
            ),
            (
                "not|never seen a|any|the|them|one|regular? road|street? sweeper|sweepers|cleaner|street_cleaning|"
                "cleaned|cleaner"
            ),
            (
                "stopped|ceased|given_up|reduced|cut cleaning|collecting|emptying|sweeping|coming|maintaining|"
                "cutting|doing|answering"
            ),
            "supposed to be|have_been $kept|weekly|fortnightly",
            "was|were meant to be|have_been $kept|weekly|fortnightly",
            "neglected|neglect|overlooked|forgotten|abandoned by",
            (
                "consistently|repeatedly|totally|completely|routinely|shamefully|badly neglected|overlooked|missed|"
                "ignored|failed|let_down"
            ),
            (
                "continued|complete|total|ongoing|general|persistent? lack of maintenance|care|action|response|"
                "cleaning|collection|communication|enforcement|support|interest|grass|repair|progress|contact|"
                "urgency|information|upkeep|attention|consultation"
            ),
            (
                "inadequate|insufficient|poor|unreliable|erratic|terrible|infrequent|irregular|non-existent|"
                "nonexistent street|bin|refuse|waste|road|grass? cleaning|collection|collections|sweeping|"
                "maintenance|service|cleansing|cutting|service|support|communication"
            ),
            (
                "not $kept regularly|enough|often|properly|anymore|any_more|again|for_months|for_weeks|for_years|"
                "in_months|in_weeks|in_years"
            ),
            "not been? $kept ... years|months|year|month|weeks|since",
            "waited|waiting|been_waiting for|over|more_than|nearly|almost|about|now|since",
        ),
        negatable=False,
    ),
    Pattern(
        "blames_council",
        "Says the council has failed or neglected its part.",
        (
            (
                "$council|they ... $have|is|are|keeps|keep|clearly|simply|continue_to? failed|failing|neglected|"
                "neglecting|refused|refuses|refuse|let_us_down|let_me_down|let_down|done_nothing|fails|fail|"
                "does_nothing|do_nothing|doing_nothing"
            ),
            (
                "failed|failing|failure|fail|fails in your|its|their|our duty|duties|responsibility|responsibilities|"
                "obligations?"
            ),
            (
                "$council do|does|is|are not|never care|interested|bother|listen|bothered|want|seem|do|help|act|"
                "doing|fit|monitor|know|answer|taking|plan|able"
            ),
            (
                "incompetent|incompetence|useless|shambles|shambolic|farce|hopeless|pathetic|laughable|negligent|"
                "negligence|joke"
            ),
            "not fit for purpose",
            (
                "poor|bad|appalling|terrible|dreadful|shocking|disgraceful|awful|abysmal|shoddy|unacceptable service|"
                "performance|communication|handling|customer_service|record|management|planning|decision|response"
            ),
            "$council|you|they|$staff|$crew ... can_not|could_not|not be? bothered|cared",
            "nobody|council|you|they ... care|cares|responsibility|interested|accountable|accountability|bothered",
            (
                "come_on|do_better|get_a_grip|wake_up|pull_your_finger_out|shame_on|do_your_job|do_something|"
                "sort_it_out|sort_yourselves_out council|you|and_do"
            ),
            (
                "council|you|the_department|your_team should|need_to|needs_to|must|better be_ashamed|sort|act|"
                "have_known|start_doing|do_your|do_better|wake|get_a_grip|get_your|stop|take_responsibility"
            ),
            (
                "why $have|is|are|was|were|can|do|does|did|should the? council|you|nobody|they|i|we|it|this|binmen|"
                "bin_people|crew|crews|contractors|street_sweepers not|never|still|refuse|keep|have_to|ignored|left|"
                "allow|allowed|taken|taking|been"
            ),
            "why is|are|was|were|has|have the|these|this|it|my|our? not|still|never|nothing|nobody|been",
            "what is the point|use",
            "how is|was|can|could this|it|that|you|anyone deemed|considered|be|possibly|allowed|acceptable",
            "passing the buck",
            "blocked|left|caused|damaged|broken|removed by the? council",
            "duty of care",
            "let me|us|him|her|my_mother|my_son|my_daughter|residents|everyone|down? down",
            "abandoned|forgotten|neglected|ignored by the_council|you|council|your_team",
            "your negligence|failure|failures|inaction|incompetence|delay|delays|lack|refusal|fault|mistake|poor",
            (
                "council's|councils|the_council's failure|inaction|incompetence|refusal|neglect|lack|fault|"
                "negligence|handling|failings|mistake|delay"
            ),
            "no attempt|effort $have|is|was? been? made|to",
            (
                "when is|are|will the|you|council|they council? going_to|finally|ever|start|get? act|do|deal|sort|"
                "fix|start|clean|realise|something?"
            ),
            "should not have to|be_having_to|take|be_like|be_left",
            "should have been|known|told|done|happened|had",
            "irresponsible|disgraceful|negligent|outrageous|scandalous|lies of|from|by|that the? council|you",
            "all you do|ever_do|seem",
            (
                "great|good|fantastic|brilliant|wonderful|excellent|cracking|sterling|marvellous job|work of|by|not|"
                "at|well_done|council|again|as_usual|keep"
            ),
            "well done council|you|to_the_council|again|for_nothing|for_not",
            "keep up the good|great work",
            "cash cow|grab",
            "rather than|instead_of actually|just? doing|fixing|spending|wasting|dealing|helping|listening|cleaning",
            (
                "quick_enough|quick|happy|always_happy|fast_enough|only_too_happy to take|charge|fine|collect|send|"
                "ticket|do|issue"
            ),
            "responsible|accountable|blame for this mess|state|neglect|failure",
        ),
    ),
)
