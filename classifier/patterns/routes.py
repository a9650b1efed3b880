"""What shows that a message has a route of its own: information law, an appeal, a member, another body."""

from classifier.phrases import Pattern

OTHER_ROUTES: tuple[Pattern, ...] = (
    Pattern(
        "information_law",
        "Asks for recorded information.",
        (
            "freedom of information",
            "foi|foia|eir|foi_request|eirs",
            "environmental information regulations",
            "information act|request|regulations",
            "recorded|held information",
            (
                "provide|supply|disclose|send|give me? with? a? copies|copy|list|breakdown|statistics|figures|number|"
                "numbers|data|details|total|spreadsheet"
            ),
            "how much|many ... spent|spend|paid|issued|cost|financial_year|between|each_year|per_year",
            "financial year|years",
            "held by the? council|you",
        ),
    ),
    Pattern(
        "data_rights",
        "Speaks of their own personal data.",
        (
            "subject access",
            (
                "sar|dsar|gdpr|uk_gdpr|data_protection|data_breach|ico|article_15|article_17|article_16|"
                "right_to_be_forgotten|right_of_access|right_to_erasure|data_controller|information_commissioner|"
                "data_subject|dpa|data_protection_act|privacy_notice"
            ),
            (
                "my|our|his|her personal|social_services|social_care|care|housing|own|medical|confidential|private "
                "data|information|records|details|file|record|files"
            ),
            (
                "copy|copies|access of|to all? my|the|our|his|her? file|files|records|case_notes|notes|data|"
                "information|personal"
            ),
            (
                "erase|delete|erasure|rectify|correct|rectification|remove|deletion of? my|the|our|inaccurate data|"
                "details|information|records|name|personal"
            ),
            "information|data|records|everything you hold|held|have about|on|relating_to me|myself|us|my",
            (
                "sent|shared|disclosed|passed|emailed|posted|gave|given my|our|someone_else's|another|personal|"
                "private ... else|someone|wrong|neighbour|details|data|information|without"
            ),
        ),
    ),
    Pattern(
        "own_process",
        "Concerns a matter with its own appeal or route.",
        (
            (
                "pcn|penalty_charge|penalty_charge_notice|parking_ticket|parking_fine|penalty_notice|parking_charge|"
                "fixed_penalty|bus_lane_fine|fpn|notice_to_owner|charge_certificate"
            ),
            "appeal|appealing|appealed|appeals against|my|the|a|to|this|for|panel|form|hearing|decision",
            (
                "tribunal|mandatory_reconsideration|valuation_office|valuation_tribunal|banding|reconsideration|"
                "judicial_review|independent_review|admission_appeal|admissions_appeal|standards_committee|"
                "monitoring_officer|code_of_conduct"
            ),
            (
                "object|objection|objections|objecting|representations|representation to|about|against|on|concerning|"
                "regarding|strongly"
            ),
            "planning|licence|licensing|premises application|objection|reference|licence|notice|appeal|comments",
            "insurance|compensation|damage|injury claim|claims|form",
            "make|submit|put_in|making|submitting|start|how_to|lodge a? claim",
            (
                "claim|claiming|reimburse|reimbursed|reimbursement|pay for|against|me|damage|the_cost|you|"
                "the_council ... damage|damaged|tyre|tyres|car|injury|wheel|repair|repairs|fall|injuries"
            ),
            (
                "challenge|contest|contesting|dispute|cancel|challenging|disputing the|this|my|a|that? pcn|fine|"
                "ticket|charge|penalty|notice|decision|band|bill|invoice"
            ),
            (
                "review of|my my|the|your|a|housing|homelessness|homeless decision|suitability|refusal|priority|"
                "benefit|band|intentionally|application?"
            ),
            "section_202|s202|suitability_review|section_21|intentionally_homeless",
            "grievance|my_employment|job_application|disciplinary|my_line_manager",
            "councillor ... behaviour|conduct|breach|declared|interest|rude",
        ),
    ),
    Pattern(
        "from_member",
        "Comes from a councillor's or an MP's office.",
        (
            "my|our|a|your|this|the|behalf_of|by constituent|constituents|ward_resident|ward_residents",
            "member|members enquiry|enquiries",
            "councillor|cllr for|on_behalf",
            "mp for",
            "member of parliament",
            "parliamentary|constituency office|caseworker|assistant",
            "casework|surgery|case_work on|for|ref|reference|enquiry|with|from|i|at|last",
            "resident|residents in|of my ward|division",
            "in my ward|constituency|division",
            "office of",
            (
                "contacted|approached|written_to|emailed by a|one_of|my|several|an? resident|constituent|residents|"
                "constituents"
            ),
        ),
    ),
    Pattern(
        "not_for_council",
        "Names a matter that another body deals with.",
        (
            (
                "seo|backlinks|backlink|lottery|winner|bitcoin|crypto|guest_post|unsubscribe|web_design|our_products|"
                "our_services|special_offer|limited_time|click_here|inheritance|investment_opportunity|wire_transfer|"
                "beneficiary|promotional|gift_card|sales_leads|more_leads|new_leads|google_ranking|click_below|free_quote|"
                "business_proposal|dear_friend|b2b"
            ),
            (
                "new_passport|passport_office|renew_my_passport|passport_renewal|driving_licence|universal_credit|state_pension|tv_licence|income_tax|self_assessment|"
                "personal_independence_payment|pip|dvla|hmrc|dwp|jobcentre|visa|car_tax|national_insurance|"
                "self-assessment|winter_fuel"
            ),
            (
                "gp|hospital|dentist|nhs|surgery|a_and_e|prescription|doctor|ambulance appointment|appointments|"
                "waiting|letter|referral|trust|prescription|surgery|receptionist|111"
            ),
            (
                "my|the|our|a broadband|mobile|parcel|parcel_delivery|train|flight|gas_bill|electricity_bill|"
                "water_bill|electric_meter|smart_meter|postman|wifi|landline|internet_provider|phone_provider"
            ),
            "thames|yorkshire|severn_trent|anglian|southern water",
            (
                "royal_mail|network_rail|national_highways|national_rail|openreach|british_gas|amazon|evri|"
                "virgin_media|power_cut|crime_number|police_report"
            ),
            "wrong council|department|email|person|inbox",
            "meant|intended for another|someone_else|a_different",
        ),
    ),
)
