"""Hints of despair: death, hopelessness, leave-taking, and what a person might use."""

from classifier.phrases import Pattern

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
            "it_all|this|everything to? be? over",
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
            "distressed|tearful|sobbing|quietly|gone_quiet|went_quiet|weeping|silences|sounded_flat|very_flat|voice_flat|calmly",
            "had|have_had|reached|at|past my|his|her|the? enough|limit|breaking_point|wits",
            "take|stand|bear|face no|any more|longer|of_this|of_it",
            "crying|cries|cried every|all|at|and|most|himself|herself",
            "marw|lladd|dim_pwynt|fedrai_ddim|methu_cario|methu_cymryd|diwedd",
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
            "no|any|receive more|further letters|letter|calls",
            "rhagor o lythyrau",
            "police|you|someone|somebody go|goes|come|send in? first|not_her|not_him|not_my|not_the",
            "debt|debts|bill|bills|mess ... left|leave|for mum|her|him|them|the_kids|my_mum|my_wife|to_find",
            "thank|thanks|thankyou you? for being|having|your ok|kind|me|kindness|nice",
            "posted|sent|messaged ... goodbye|heart|thanks_for_having|river|bridge|sorry",
            "rings|ring|watch|handbag|wallet|phone ... left|behind|with|for|on my|his|her|the? sister|desk|table|mum",
            "mewn trefn",
            "ffarwel|hwyl_fawr",
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
