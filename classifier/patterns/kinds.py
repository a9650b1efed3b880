"""What shows a message to be no complaint: a first report, a request, a question, praise, a suggestion."""

from classifier.phrases import Pattern

OTHER_KINDS: tuple[Pattern, ...] = (
    Pattern(
        "not_a_complaint",
        "Says it is not a complaint.",
        (
            (
                "not a|really_a|meant_as_a|intended_as_a|making_a|complaining|here_to complaint|criticism|moan|"
                "to_complain"
            ),
            "not want|wish|looking|here|trying|going|writing to complain|moan",
            "no complaints",
            "rather than a? complaint|complain",
            "not blaming",
        ),
        negatable=False,
    ),
    Pattern(
        "first_report",
        "Says this is the first report.",
        (
            "first time i|we|reporting|writing|contacting",
            (
                "not|never previously|yet|already? reported|raised|told|contacted|complained $it? before|previously|"
                "already|yet|to_anyone"
            ),
            "$i have not|never reported|told|contacted|raised|complained",
            "just noticed|seen|spotted|found|happened|discovered|appeared|come_across",
            (
                "noticed|saw|spotted|found|happened|appeared|dumped|fell|came_down|fallen|broken|smashed|started "
                "today|this_morning|last_night|yesterday|overnight|on_my_way|tonight|this_afternoon|while_walking"
            ),
            (
                "want|like|wish|writing|need to report|notify|inform|let_you_know|make_you_aware|"
                "bring_to_your_attention|flag"
            ),
            "reporting a|an|some|the",
            "not sure if|whether ... reported|aware|know|right_place|right_person",
            "bring|draw to your|the_council's|the_councils|council's attention",
        ),
        negatable=False,
    ),
    Pattern(
        "asks_for_service",
        "Asks for something to be done.",
        (
            "please|kindly can|could|would|will you|someone|somebody|this|these|it|the|we|i|they",
            "can|could|would|will you|someone|somebody|this|these|it|we|i|they|the_council please|kindly",
            (
                "please|kindly arrange|remove|clear|fix|repair|collect|send|clean|help|come|empty|cut|replace|"
                "investigate|sweep|look|install|inspect|trim|provide|dispose|deal|attend|book|order|add|issue|"
                "deliver|advise_how|action"
            ),
            (
                "could|can|would|will you|someone|somebody|the_council arrange|send|come|look|fix|clear|remove|"
                "collect|help|repair|check|clean|sort|empty|provide|inspect"
            ),
            (
                "needs|need|requires|require to_be|urgent|attention|clearing|fixing|removing|repairing|cleaning|"
                "emptying|cutting|pruning|replacing|trimming|a_clean|sweeping|collecting|urgently|immediate|"
                "looking_at|urgent_attention|filling|collection|removal"
            ),
            (
                "i|we would|should like|appreciate|be_grateful|need|want to|a|if|an|it? request|apply|book|arrange|"
                "order|have|get|new|you_could|replacement|assessment?"
            ),
            "i|we|my_mother|my_father need|needs|require a|an|some|help|new|more|the",
            "request|requesting|request_for a|an|that|the|for|new",
            "apply|register|sign_up|book for|a",
        ),
    ),
    Pattern(
        "third_party",
        "Speaks of a neighbour, a business or somebody else than the council.",
        (
            (
                "neighbour|neighbor|neighbours ... keep|keeps|put|puts|built|building|dumped|dumping|dumps|plays|"
                "playing|play|parks|parking|parked|leaves|leave|leaving|burning|burns|shouting|refuses|refuse|dog|"
                "dogs|cat|cats|tree|trees|hedge|fence|music|party|parties|extension|bin|bins|rubbish|garden|noise|van|"
                "car|cars|threatened|abusive|smokes|smoking|barking|blocks|blocked|blocking|running|started|throws|"
                "throwing|cut|cutting|allows|lets|bonfire|bonfires|drive|cctv|camera|wall|shed|chickens|cockerel|kids|"
                "children|screaming|arguing|banging|drilling|working|business"
            ),
            "neighbour|neighbor|neighbours is|has|was|are|keeps|had|will|refuses|says|claims|and_his|and_her|'s",
            "against|from|by|about|with|to my|our|the|a|next_door|upstairs|downstairs? neighbour|neighbours|neighbor",
            "homeowner|landowner",
            "private|his|her|their|a|absent|rogue|the landlord|landlords",
            "his|her|their|neighbour_'s|upstairs|downstairs|another|landlord_'s tenant|tenants",
            "next door",
            (
                "the|a|local|this|another|our? shop|restaurant|takeaway|pub|cafe|builder|builders|developer|salon|"
                "nightclub|supermarket|factory|hotel|trader|traders|householder|airbnb"
            ),
            (
                "the|local|this|another|that|nearby|neighbouring|tyre|car|repair|scrap|a_local|a_nearby business|"
                "businesses|garage|household|yard"
            ),
            (
                "thames|yorkshire|severn|anglian|welsh|southern|united|wessex|south_west|northumbrian water|"
                "utilities|trent"
            ),
            (
                "water|gas|electricity|phone|broadband|energy|utility|housing|bus|train|rail|insurance|delivery "
                "company|board|supplier|association|operator|provider|companies"
            ),
            (
                "openreach|bt_box|bt_cabinet|bt_engineers|royal_mail|national_grid|network_rail|national_highways|nhs_trust|dwp|hmrc|dvla|"
                "passport_office|environment_agency|home_office|jobcentre|universal_credit"
            ),
            (
                "fly|flytippers|fly-tippers|people|somebody|someone|youths|residents|drivers|cars|van|owner|owners|"
                "dog_owners|kids|teenagers|motorbikes ... dumping|dumped|dumps|parking|parked|tipping|tipped|leaving|"
                "throwing|throws|smoking|drinking|shouting|racing|fouling|keeps"
            ),
            ("fly_tipped|flytipped|fly-tipped|flytip|fly-tip|flytipping|fly-tipping|vandals|vandalised|vandalism"),
        ),
    ),
    Pattern(
        "plain_question",
        "Asks a question.",
        (
            (
                "can|could|please|would you|anyone|someone|please? tell|let|advise|confirm|clarify|explain me|us|if|"
                "what|when|how|whether|where|who"
            ),
            "who is|do|should|owns|would|deals responsible|i|we|this|it|with",
            "what are|is|time|day|days|do|happens|documents|size the|your|i|my|does|if",
            "how do|can|much|long|many|would|should|often i|we|does|is|do|would|will|you|are|people",
            "is|are there|it|you|i a|any|an|possible|able|open|allowed|still|entitled|eligible",
            (
                "do|does|am|are i|you|the_council|we|this need|have|offer|accept|allowed|eligible|entitled|still|"
                "take|run|provide|require"
            ),
            "where can|do|is|are i|we|the|my",
            "when does|do|is|are|will|can the|this|my|i|registration|bookings",
            (
                "wondering|wanted_to_know|like_to_know|want_to_know|enquire|enquiring|know|enquiry if|whether|how|"
                "what|when|about|regarding"
            ),
            "which day|bin|form|school|council|department|week",
        ),
    ),
    Pattern(
        "praise",
        "Thanks or praises the service.",
        (
            (
                "thank|thanks|thankyou to|for all|the|your|everyone|his|her|their|such|being|making|coming|helping|"
                "looking|getting|sorting|taking|arranging"
            ),
            "thank|thanks you|so|very much|all|everyone|both? for|to",
            (
                "great|brilliant|excellent|fantastic|wonderful|amazing|superb|lovely|outstanding|first_class|"
                "first-class|marvellous|terrific|good job|work|service|team|staff|help|support|people|crew|librarian|"
                "experience|care"
            ),
            (
                "want|wanted|like|write|writing|wish|just to? say|pass|express|thank|praise|compliment|commend a|on|"
                "my|our|you|the|how|huge|big? thank|thanks|well_done|gratitude|appreciation|praise|pleased|impressed|"
                "grateful"
            ),
            "praise|commend|compliment|applaud|hats_off|kudos|congratulations|compliments|gratitude",
            (
                "so|very|really|extremely|most|incredibly|absolutely|were|was|always|truly helpful|kind|polite|"
                "grateful|impressed|professional|friendly|patient|pleased|thoughtful|caring|cheerful|thorough|lovely|"
                "courteous|appreciated"
            ),
            "well done to|everyone|all|the",
            "went above|out|the and|of|extra? beyond|way|mile",
            "credit to|where the|you|your|council|them|it|credit",
            "made my|our|a|her|his|such day|huge|big|real|all_the difference",
            "keep up the good|great|excellent|fantastic work",
            "never had any|a|cause problem|problems|complaint|complaints|to_complain|issue|trouble",
        ),
    ),
    Pattern(
        "suggests",
        "Gives an opinion or a suggestion.",
        (
            (
                "suggest|suggestion|suggestions|idea|ideas|proposal|feedback|observation|thought that|for|to|is|"
                "would|about|on|:"
            ),
            (
                "would|might it|not be better|nice|good|possible|worth|useful|lovely|sensible|an_idea|great|sense|"
                "make_sense|helpful"
            ),
            "perhaps|maybe the|you|council|we|it|a",
            (
                "council|you should|could|might|ought_to consider|think|look_at|look_into|have|put|invest|encourage|"
                "introduce|plant|think_about|extend"
            ),
            "in my|our opinion|view|humble",
            (
                "i|we think|believe|feel|support|oppose|am_in_favour|welcome|agree|disagree that|the|it|of|this|you|"
                "more|we|with"
            ),
            "have you thought|considered",
            "why not",
            "consultation on|about|response|survey|views",
            "my|our views|opinion|thoughts|comments",
            "just a|my thought|comment|suggestion|observation|idea|two",
        ),
    ),
)
