"""The vocabulary of each service: words that name what it deals with."""

from classifier.phrases import Pattern
from models.rules.labels import AREAS, Area

_WORDS: dict[Area, str] = {
    Area.ADULT_SOCIAL_CARE: (
        "carer carers care_home care_homes home_care homecare care_package care_plan care_visit care_visits"
        " care_agency social_care adult_social_care dementia day_centre respite blue_badge"
        " occupational_therapist ot stairlift hoist hospital_discharge discharge direct_payment direct_payments"
        " reablement assisted_living nursing_home supported_living carer's_assessment carers_assessment"
        " needs_assessment financial_assessment deferred_payment wet_room grab_rail meals_on_wheels care_charges"
        " care_bill care_act medication residential_home telecare pendant incontinence"
    ),
    Area.CHILDRENS_SOCIAL_CARE: (
        "social_worker social_workers foster fostering foster_carer foster_carers adoption adopted adoptive"
        " looked-after looked_after care_leaver leaving_care child_protection contact_centre supervised_contact"
        " kinship special_guardianship safeguarding early_help children's_home family_support short_breaks"
        " personal_advisor child_in_need section_47 section_17 placement birth_father birth_mother"
        " children's_services mash lado iro stepdad neglect family_court letterbox core_group grandson"
        " grandchildren life_story"
    ),
    Area.EDUCATION_SEND: (
        "ehcp ehc ehc_plan send sen senco special_needs school schools teacher headteacher admissions admission"
        " school_transport home_to_school escort minibus education tuition speech_and_language"
        " educational_psychologist annual_review nursery reception year_7 catchment sixth_form exclusion"
        " excluded one-to-one 1_to_1 free_school_meals attendance school_place classroom pupil pupils autism"
        " specialist_school tutor governors elective_home"
    ),
    Area.HOUSING: (
        "tenant tenants tenancy repair repairs damp mould boiler heating landlord council_house council_flat"
        " flat flats homeless homelessness eviction evicted temporary_accommodation housing_register bidding"
        " bids bid waiting_list housing_officer rent rent_arrears leak ceiling bathroom kitchen toilet radiator"
        " lift communal caretaker estate overcrowded transfer letting leaseholder service_charge right_to_buy"
        " hostel section_21 bedroom plumber stairwell banding priority_band allocations door_entry intercom"
        " windows housing_association mutual_exchange plaster"
    ),
    Area.HIGHWAYS_TRANSPORT: (
        "pothole potholes road roads pavement pavements street_light street_lights streetlight lamp_post"
        " lamp_column kerb kerbs parking parked yellow_lines traffic traffic_lights bus buses bus_stop bus_lane"
        " cycle_lane crossing zebra pelican roundabout signpost bollard bollards drain drains gully gritting"
        " gritter junction speed_bumps speeding resurfacing roadworks highway highways footpath footway tarmac"
        " permit permits pcn penalty_charge car_park sign signs dropped_kerb verge flooding manhole paving slab"
        " slabs cyclist cyclists bridge lights speed_limit hgv barriers"
    ),
    Area.WASTE_ENVIRONMENT: (
        "bin bins recycling rubbish refuse waste fly_tip fly_tipping fly-tip fly-tipping flytip flytipping"
        " flytipped litter street_cleaning street_sweeper sweeper swept sweeping binmen collection collections"
        " garden_waste bulky food_waste caddy wheelie mattress sofa dumped dog_mess dog_poo dog_fouling tip"
        " recycling_centre black_bags sacks glass graffiti dead_animal dead_fox fly_posting bag bags cardboard"
        " leaves weeds crew lorry assisted_collection"
    ),
    Area.PLANNING_BUILDING: (
        "planning planning_application planning_permission extension enforcement building_control"
        " building_regulations conservation_area listed_building tpo tree_preservation developer development"
        " objection planning_officer dormer permitted_development planners completion_certificate site_notice"
        " party_wall local_plan pre-application section_106 appeal_inspector hmo_conversion loft builders"
        " drawings condition conditions houses_in committee planning_committee planning_enforcement"
        " change_of_use article_4 neighbour_notification portal plot plots"
    ),
    Area.BENEFITS_COUNCIL_TAX: (
        "council_tax benefit benefits housing_benefit council_tax_support council_tax_reduction"
        " single_person_discount discount summons summonsed bailiff bailiffs enforcement_agent liability_order"
        " business_rates overpayment discretionary_housing_payment dhp direct_debit bill bills arrears"
        " instalments hardship band exemption universal_credit rateable refund reminder blue_form crisis_fund"
        " household_support pension_credit disregard probate"
    ),
    Area.LICENSING_PUBLIC_PROTECTION: (
        "noise noisy loud_music music rats rat mice pest pests cockroaches bed_bugs food_hygiene hygiene taxi"
        " taxis licence licensing licensed environmental_health trading_standards rogue_trader counterfeit"
        " bonfire smoke smell alcohol pub takeaway nuisance statutory_nuisance barking dog_warden stray kennels"
        " private_hire food_poisoning restaurant kebab nightclub asb antisocial fireworks tattoo scam doorstep"
        " vape vapes street_trading events fumes"
    ),
    Area.PARKS_LEISURE_LIBRARIES: (
        "park parks playground play_area swings slide zip_wire leisure_centre swimming pool gym library"
        " libraries librarian book books cemetery crematorium grave headstone allotment allotments bowling pitch"
        " pitches football tennis museum theatre sports_centre paddling burial bench benches pavilion bandstand"
        " nature_reserve splash flower_beds flowers grass woods pond skate_park changing_rooms membership"
        " lifeguard memorial meadow"
    ),
    Area.CORPORATE_OTHER: (
        "customer_service customer_services call_centre on_hold website online_form online_account account"
        " switchboard election elections polling_station electoral_register postal_vote registrar registrars"
        " wedding birth_certificate death_certificate marriage ceremony complaints_team complaints_process"
        " stage_1 stage_one stage_2 reception foi freedom_of_information subject_access data_protection"
        " councillors_allowances chief_executive call_back hold vote voting poll register ballot civic_centre"
        " town_hall contact_centre privacy petition job interview fraud"
    ),
}

AREA_WORDS: tuple[Pattern, ...] = tuple(
    Pattern(f"area_{area}", f"Names what {AREAS[area].name} deals with.", tuple(words.split()), negatable=False)
    for area, words in _WORDS.items()
)
AREA_CODES: tuple[str, ...] = tuple(pattern.code for pattern in AREA_WORDS)
