"""What has already passed between the person and the council: told before, waited, closed, promised, ignored."""

from classifier.phrases import Pattern

HISTORY: tuple[Pattern, ...] = (
    Pattern(
        "told_before",
        "Says it was reported before.",
        (
            "$reported $it? before|already|previously|again|earlier",
            "already|previously|originally|initially|first|repeatedly $reported",
            "$i have|had|did previously|already|also|now|originally|all? $reported|report",
            "$have been|also|already? reported|raised|logged|flagged|notified|chased",
            "was|were first|originally|previously|initially? reported|raised|logged",
            "i|we $reported $it?",
            "reported $it? in|on|last|back|since|online|via|by|through|to_you|to_the_council|at",
            "my|our|original|previous|earlier|last|first|prior|initial|past|the_original $report",
            "as|like|when i|we have? reported|said|mentioned|told|explained|complained|stated",
            (
                "i|we have? told|asked|spoken_to|spoke_to|contacted|informed you|your|the_council|someone|council|"
                "somebody"
            ),
            "following|further_to|since|after my|our last|previous|original|first|recent? $report",
            "reporting|report|write|writing|complaining $it? again|once_again|once_more|yet_again",
            "again|once_again|yet_again|once_more to? reporting|report|writing|complaining|chasing",
            "had to report|ring|call|email|complain|contact again",
            "re-reporting|re-report|re-reported|reopening|reopen|re-opening",
            "weeks|months|days|years|year|week|month|fortnight ago ... $reported",
            "$reported ... weeks|months|days|years|year|week|month|fortnight ago",
            (
                "told|asked|spoke_to|spoken_to|contacted|emailed|phoned|called|rang|rung|written_to|wrote_to ... "
                "council|housing|your_office|customer_services|your_team|environmental_health|council_tax_office"
            ),
            "after being? reporting|reported|contacting",
            "not done|fixed|resolved after last report",
            "toldbeforeyes",
        ),
        doubtable=True,
    ),
    Pattern(
        "told_often",
        "Says it was reported many times.",
        (
            "$reported|reports|asked ... $many times|occasions|reports",
            "on $many occasions",
            "$many times|time|occasions ... $reported|reports|told|asked|contact",
            "$many $reports",
            (
                "keep|kept|keeps|constantly|continually|repeatedly|always|forever|regularly|continuously reporting|"
                "complaining|complain|complained|chasing|ringing|calling|asking|having_to_report|report|reported"
            ),
            "repeatedly|regularly|constantly|continually $reported|asked|told",
            (
                "time_and_time_again|time_and_again|over_and_over|again_and_again|lost_count|how_many_times|"
                "yet_again|umpteenth_time"
            ),
            "reports|complaints|requests|reported made? regularly|repeatedly|daily|weekly|every_week|every_day",
            "reporting ... $many times|occasions",
            "only one reporting|reports|complaining",
        ),
    ),
    Pattern(
        "despite_reports",
        "Says it goes on in spite of reports.",
        (
            "despite|in_spite_of|even_after|after|notwithstanding my|our|these|all|the|$many? $reports",
            "despite|although|though|even_though|after|since $i? having|have|being|it_has_been? $reported|reporting",
            "weeks|months|days|years after reporting|my_report|being_reported|i_reported|we_reported",
        ),
    ),
    Pattern(
        "still_not_done",
        "Says it has still not been done.",
        (
            "still $have|is|are|was? not|never been? $mended|here|working|happened|come|arrived|received|had|heard",
            (
                "still|yet unresolved|outstanding|waiting|unrepaired|there|here|broken|ongoing|leaking|blocked|out|"
                "noisy|awaiting|remains"
            ),
            "still no|not|nothing|nobody",
            "not|never yet|still? been? $mended since|after|despite|yet",
            "nothing $have|was|is|ever|at_all? been? done|happened|happens|changed|changes|improved|resolved",
            "no|zero|without action|progress|improvement|resolution|repair|solution|attempt|work $have|is|was? been?",
            (
                "$nobody $have|ever? been|come|came|comes|turned_up|attended|visited|looked|done|cleaned|cleared|"
                "arrived|fixed"
            ),
            "yet to be|receive|hear|have|see",
            "to no avail|effect",
            "never been? $mended",
        ),
        negatable=False,
    ),
    Pattern(
        "not_done",
        "Says something has not been done.",
        (
            "$have|is|are|was|were not been? yet? $mended|$kept",
            "not resolved|fixed|done|sorted|addressed|actioned|cleared|collected|emptied",
            "missed collection|bin|delivery|visit",
        ),
        negatable=False,
    ),
    Pattern(
        "closed_undone",
        "Says the report was closed or marked done when it was not.",
        (
            (
                "marked|closed|shown|showing|listed|flagged|recorded|logged|changed|set|signed_off|put_down as|to|"
                "off? $closed"
            ),
            (
                "says|said|claims|claimed|saying|stating|states|stated|suggests|showing|shows|claiming|stating it|"
                "this|that|its|now is|was|as|has_been|been|had_been|have_been? $closed"
            ),
            (
                "report|reports|case|cases|ticket|tickets|complaint|complaints|request|job|issue|they|it gets|get|"
                "being|keeps_being|keep_being|keeps_getting|is|are|was|were|being|been|has_been|have_been|had_been|"
                "keeps_being|keep_being|frequently|just|routinely|now|routinely_closed_and closed"
            ),
            (
                "closed|close|closing|closes|shut my|the|this|our|that|these|down|it|of report|case|ticket|complaint|"
                "reports|job|request|cases|tickets|complaints"
            ),
            "close|closed|closing|shut it|this|them without|before|again|but|and",
            "stop closing",
            "constantly|wrongly|incorrectly|prematurely|repeatedly|falsely|again closed|marked",
            (
                "told|informed|advised|email|message|response|reply|website ... it|this|they|issue|work is|was|are|"
                "were|has_been|had_been|been $closed"
            ),
            "case|report|ticket|job|now|says|says_case|status closed|resolved",
            "it|this is|was not|never fixed|resolved|completed|done|sorted",
            "clearly|obviously not",
            "previous report ... resolved|fixed|closed|completed",
        ),
        negatable=False,
        doubtable=True,
    ),
    Pattern(
        "promise_broken",
        "Says a promise or an appointment was not kept.",
        (
            "promised|assured|promises|guaranteed|promise",
            (
                "was|were|been|being told|advised|informed|promised that? someone|somebody|they|he|she|it|a_manager|"
                "you|an_officer|i|we|a_new_one|this|the_work would|will"
            ),
            (
                "told|advised|informed|assured me|us that? someone|somebody|they|he|she|it|a_manager|you|an_officer|i|"
                "we|a_new_one|this|the_work would|will"
            ),
            "you|council|officer|crew|driver|advisor said that? it|they|he|she|someone|somebody|this|i|we would|will",
            "said that? you|someone|somebody|a_manager|an_officer|i would|will|was_going_to|were_going_to",
            "have|has said that? it|this|they would|will",
            "said they|he|she would|will come|ring|call|phone|send|fix|collect|look|do|get|be|sort|return|replace|deal",
            (
                "was|were|been|being told ... would|will be|come|ring|call|happen|get|send|receive|have|contact|look|"
                "phone|arrive|attend|email|go|fix|sort|take|start"
            ),
            "never|not rang|called|phoned|got|ring|call|came|come|get|phone me|us? back",
            (
                "did_not|never|failed_to|nobody|not turn_up|turned_up|show_up|showed_up|showed|arrive|arrived|attend|"
                "attended|materialised|happened|came|appeared"
            ),
            "missed appointment|appointments|deadline|visit|visits",
            "waited|stayed|waiting|sat|took in all|the|a? whole? day|morning|afternoon|day_off",
            "took_the_day|took_a_day|took_time off",
            "cancelled without",
            "no_show|no-show",
            "supposed to be_here|come|collect|happen|start|arrive|attend|visit|ring|call|be_there",
            "was|were meant|due|scheduled to be_here|come|collect|happen|start|arrive|attend|visit|ring|call",
            "was|were supposed|meant|due|scheduled to be|have_been $mended",
            "broken promise|promises",
        ),
        negatable=False,
    ),
    Pattern(
        "ignored",
        "Says messages were ignored or went without an answer.",
        (
            (
                "been|being|is|are|was|were|get|gets|be|repeatedly|keep_getting|constantly|simply|just|totally|"
                "completely ignored"
            ),
            (
                "you|council|they|officers|team have|has|keep|keeps|continue_to|are|just|simply|continually|had? "
                "ignored|ignoring|ignore"
            ),
            "ignored my|our|by|the|all|me|us",
            (
                "no|without|not_had|not_received|never_received|never_had|yet_to_receive|awaiting|waiting_for|"
                "still_waiting_for a|any|even_an|your|an|the|single? reply|response|answer|acknowledgement|feedback|"
                "update|contact|explanation|call_back|communication|apology|call_back|callback|correspondence|word"
            ),
            (
                "not|never replied|reply|responded|respond|heard_back|heard|answered|answer|acknowledged|returned|"
                "got_back|had_a_reply|contacted|written_back"
            ),
            (
                "$nobody $have|ever|will|seems_to|from_the_council? answers|answer|replies|reply|responds|replied|"
                "responded|got_back|gets_back|listens|cares|care|calls_back|called_back|called|rang|contacted|"
                "wants_to_know|phoned|rings|bothered|answered|listening|is_listening|interested|picked_up|picks_up|"
                "takes_responsibility"
            ),
            "heard nothing|anything_since|not_a_word",
            "deaf ears",
            "fobbed|palmed|passed|bounced|shunted|pushed|sent off|from|around|between|about|back|to",
            "pillar to post",
            "round in circles",
            "back and forth|forwards",
            "brushed off|aside",
            "radio silence",
            "not returned|returning|return ... calls|call|emails",
            "nobody seems to care|bothered",
            "unanswered|unacknowledged|ghosted",
            "silence from",
        ),
        negatable=False,
    ),
    Pattern(
        "asks_progress",
        "Asks how an earlier report is getting on.",
        (
            "any|an|some|have_an|an_update update|news|progress|updates|further_news",
            (
                "please|can_you|could_you advise|let_me_know|tell_me|confirm|update when|whether|if|what|me|on ... "
                "be|will|has|is|progress|status"
            ),
            "please update",
            "chasing|chase up? this|it|my|the|up|on?",
            "following|follow up",
            (
                "checking|check|enquiring|wondering|asking|writing in|up? on|about|if|whether|how|to_ask the|my|this|"
                "there|it? progress|status|progress_of|is|has"
            ),
            "status|progress of|on|with my|the|this|our",
            "what is|has the? status|happening|latest|happened|position|progress",
            (
                "when can|should|will|might|is|are i|we|it|this|someone|my|they|you|the_work expect|be|hear|receive|"
                "get|happen|arrive|due|start"
            ),
            "gentle|polite|friendly|just_a|quick reminder",
            "where|how are_we|is_this|is_my|are_things|far",
        ),
    ),
)
