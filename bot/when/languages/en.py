# ruff: noqa: E501  (word tables)
"""English words of time."""

from typing import Any

OPTIONS: dict[str, Any] = {
    "day_first": False,
    "ordinal_suffixes": "st nd rd th",
    # nouns that are counted, so that "at 15 people", "for 3 seats" or "5 rooms" are no clock times
    "counted": (
        "people persons person guests guest seats seat attendees attendee participants locations location offices "
        "sites places companies company teams team floors floor rooms room tables chairs options option slots "
        "dollars euros percent bucks emails files tickets copies customers users clients members folks friends kids "
        "colleagues stores branches points pages items questions times more of meetings calls employees adults "
        "children miles mile km kilometers meters pm's stars star degrees feet inches pounds kg lbs grams x beds bedroom bedrooms draft drafts attempt round edition season episode generation iteration sprint candidate events stops pieces"
    ),
}

TABLE: dict[str, dict[Any, str]] = {
    "NUM": {
        0: "zero oh",
        1: "one",
        2: "two couple_of couple a_couple_of a_couple pair_of a_pair_of",
        3: "three few a_few several",
        4: "four",
        5: "five",
        6: "six half_a_dozen",
        7: "seven",
        8: "eight",
        9: "nine",
        10: "ten",
        11: "eleven",
        12: "twelve a_dozen",
        13: "thirteen",
        14: "fourteen",
        15: "fifteen",
        16: "sixteen",
        17: "seventeen",
        18: "eighteen",
        19: "nineteen",
        20: "twenty",
        30: "thirty",
        40: "forty fourty",
        50: "fifty",
        60: "sixty",
        90: "ninety",
    },
    "ORD": {
        1: "first",
        2: "second",
        3: "third",
        4: "fourth",
        5: "fifth",
        6: "sixth",
        7: "seventh",
        8: "eighth",
        9: "ninth",
        10: "tenth",
        11: "eleventh",
        12: "twelfth twelveth",
        13: "thirteenth",
        14: "fourteenth",
        15: "fifteenth",
        16: "sixteenth",
        17: "seventeenth",
        18: "eighteenth",
        19: "nineteenth",
        20: "twentieth",
        30: "thirtieth",
    },
    "WD": {
        0: "monday mon monady monday's mondy",
        1: "tuesday tue tues tuesady teusday tuseday",
        2: "wednesday wed weds wednesay wensday wendesday wednsday",
        3: "thursday thu thur thurs thrusday thursady thurday",
        4: "friday fri firday frday firday fridy",
        5: "saturday sat saterday satuday saturady",
        6: "sunday sun sundy sunady",
    },
    "WDS": {
        (0,): "mondays",
        (1,): "tuesdays",
        (2,): "wednesdays",
        (3,): "thursdays",
        (4,): "fridays",
        (5,): "saturdays",
        (6,): "sundays",
        (0, 1, 2, 3, 4): "weekdays workdays business_days working_days week_days work_days",
        (5, 6): "weekends",
    },
    "MON": {
        1: "january jan janurary",
        2: "february feb febuary febrary",
        3: "march mar",
        4: "april apr",
        5: "may",
        6: "june jun",
        7: "july jul",
        8: "august aug",
        9: "september sep sept setember",
        10: "october oct",
        11: "november nov novemeber",
        12: "december dec decemeber",
    },
    "UNIT": {
        "second": "sec secs seconds",
        "minute": "minute minutes min mins mintues minuts",
        "hour": "hour hours hr hrs h",
        "day": "day days",
        "workday": "business_day working_day work_day workday weekday",
        "week": "week weeks wk wks",
        "weekend": "weekend week-end wkend week_end weeekend",
        "fortnight": "fortnight fortnights",
        "month": "month months mo mos",
        "year": "year years yr yrs",
        "night": "nights",
    },
    "QTR": {1: "quarter quarters"},
    "HALF": {1: "half"},
    "REL": {
        0: "today todays tody todya 2day",
        1: "tomorrow tommorow tomorow tommorrow tomorrows tmrw tmr tmrow tomo tmw 2morrow tomoz tommorows",
        -1: "yesterday",
        2: "day_after_tomorrow the_day_after_tomorrow overmorrow the_day_after_tommorow day_after_tommorow "
        "the_day_after_tmrw day_after_tmrw",
        -2: "day_before_yesterday the_day_before_yesterday",
        "nextday": "the_next_day the_following_day next_day following_day",
        "thatday": "that_day same_day the_same_day",
        "dayafternext": "the_day_after_next",
    },
    "TONIGHT": {(-1, "night"): "last_night", "night": "tonight tonite 2nite tonigt tongiht to-night"},
    "PART": {
        "earlymorning": "early_morning early_mornings",
        "morning": "morning mornings mornin am's forenoon",
        "midmorning": "mid_morning midmorning mid-morning",
        "latemorning": "late_morning late-morning",
        "lunch": "lunch lunchtime lunch_time lunch_break lunchbreak lunch_hour",
        "earlyafternoon": "early_afternoon early-afternoon",
        "afternoon": "afternoon afternoons aft arvo afternoon's afernoon",
        "midafternoon": "mid_afternoon midafternoon mid-afternoon",
        "lateafternoon": "late_afternoon late-afternoon",
        "earlyevening": "early_evening",
        "evening": "evening evenings eve's evenings",
        "lateevening": "late_evening",
        "night": "night nights_time nighttime night_time overnight",
        "latenight": "late_night",
        "dinner": "dinnertime dinner_time dinner",
        "breakfast": "breakfast_time breakfast",
        "business": "business_hours working_hours office_hours_time work_hours",
    },
    "NOON": {12: "noon midday mid_day noontime 12noon twelve_noon high_noon noonish", 0: "midnight mid_night"},
    "SEASON": {"spring": "spring springtime", "summer": "summer", "autumn": "autumn", "winter": "winter"},
    "AMPM": {"am": "a.m", "pm": "p.m"},
    "PAST": {1: "past"},
    "TO": {1: "to thru through throughout"},
    "UNTIL": {1: "until till til untill 'til up_to up_until all_the_way_to through_to"},
    "AND": {1: "and & n plus"},
    "OR": {1: "or either if_not otherwise or_else or_if_not"},
    "THE": {1: "the"},
    "OF": {1: "of"},
    "ON": {1: "on"},
    "AT": {1: "at @ for_at"},
    "IN": {1: "in during over"},
    "FOR": {1: "for"},
    "FROM": {
        1: "from starting beginning starting_from starting_on starting_at beginning_on beginning_at as_of effective "
        "commencing any_time_from anytime_from starts_at start_at starts_on begins_at begins_on start_from since "
        "from_about from_around starts begins",
    },
    "BETWEEN": {1: "between betwen b/w btw bw"},
    "AFTER": {
        "after": "after later_than any_time_after anytime_after sometime_after not_until not_till no_sooner_than",
        "from": "on_or_after at_or_after not_before nothing_before nothing_earlier_than never_before no_meetings_before no_calls_before no_earlier_than not_earlier_than at_the_earliest any_time_past",
    },
    "BEFORE": {
        "before": "before earlier_than prior_to ahead_of any_time_before anytime_before sometime_before b4 sooner_than",
        "until": "on_or_before at_or_before not_after nothing_after nothing_later_than never_after no_meetings_after no_calls_after no_later_than not_later_than at_the_latest as_late_as",
    },
    "BY": {1: "by"},
    "THIS": {1: "this current this_coming this_upcoming this_very"},
    "NEXT": {1: "next nxt coming upcoming comming"},
    "LAST": {1: "last previous"},
    "FOLLOWING": {1: "following"},
    "AFTERNEXT": {1: "after_next after_the_next"},
    "EVERY": {1: "every each any_given per everyday's"},
    "ALT": {2: "every_other every_second each_other_week every_alternate"},
    "NOT": {
        1: "not never nothing none can't_do cannot_do can't_make don't_do doesn't_work_on avoid avoiding no isn't won't_work"
    },
    "EXCEPT": {
        1: "any_day_but any_day_except all_week_but all_week_except every_day_except any_time_but anytime_but every_day_but anything_but any_time_except except except_for excluding besides apart_from other_than but_not just_not aside_from save_for outside_of",
    },
    "PREFER": {
        "prefer": "preferably prefer ideally preference rather_have i'd_rather would_rather we'd_rather pref prefers preferable would_love "
        "best_would_be hopefully",
        "maybe": "if_possible if_you_can if_that_works preferred preferable is_preferred are_preferred is_best works_best would_be_best would_be_ideal is_ideal "
        "would_be_great would_be_perfect if_at_all_possible",
    },
    "AGO": {1: "ago", 2: "earlier"},
    "LATER": {1: "later after_that hence afterwards after_now later_on"},
    "FROMNOW": {1: "from_now from_today's"},
    "WITHIN": {1: "within in_the_next over_the_next during_the_next in_next for_the_next inside_of"},
    "ABOUT": {1: "about around approximately approx roughly circa ~ exactly sharp like just almost nearly"},
    "EARLY": {1: "early"},
    "MID": {1: "mid middle_of middle_of_the the_middle_of the_middle_of_the"},
    "LATE": {1: "late"},
    "BEGIN": {
        1: "beginning_of beginning_of_the start_of start_of_the the_beginning_of the_start_of the_beginning_of_the "
        "the_start_of_the first_half_of first_half_of_the",
    },
    "END": {
        1: "second_half_of second_half_of_the latter_half_of end_of end_of_the the_end_of the_end_of_the back_half_of end"
    },
    "NOW": {
        1: "now right_now immediately at_once this_instant straight_away right_away currently at_the_moment this_moment",
    },
    "ASAP": {1: "asap as_soon_as_possible a.s.a.p soonest earliest_possible"},
    "ANY": {
        1: "any anytime sometime any_time some_time whenever some any_day any_days all all_day all-day whole",
    },
    "ART": {1: "a an"},
    "FIRSTTHING": {
        "last": "last_thing last_thing_in_the_day",
        "first": "first_thing first_thing_in_the_morning first_thing_in_the bright_and_early",
    },
    "EOP": {
        "day": "eod cob eob cop close_of_play close_of_business end_of_day the_end_of_the_day end_of_the_day end_of_play eop "
        "end_of_business",
        "week": "eow end_of_week end_of_the_week the_end_of_the_week",
        "month": "eom end_of_month end_of_the_month the_end_of_the_month month_end",
        "year": "eoy",
    },
    "PLUS": {1: "+"},
    "MORE": {1: "more additional full whole solid straight further another"},
    "FREQ": {
        "daily": "daily everyday once_a_day twice_a_day times_a_day",
        "weekly": "weekly once_a_week twice_a_week times_a_week times_per_week",
        "biweekly": "biweekly fortnightly bi-weekly",
        "monthly": "monthly once_a_month twice_a_month times_a_month",
        "quarterly": "quarterly",
        "halfyearly": "semiannual semiannually semi-annual biannual half-yearly",
        "yearly": "yearly annually annual once_a_year twice_a_year",
        "hourly": "hourly",
    },
    "SAME": {1: "same the_same"},
    "TIMEWORD": {1: "time"},
    "CORRECT": {
        1: "i_mean i_meant actually no_wait sorry scratch_that make_that correction oops rather_make or_rather "
        "no_sorry nope",
    },
    "ENDVERB": {
        1: "check_out checkout check-out checking_out checked_out return returning drop_off dropping_off leave "
        "leaving back goes_to ends end_at ends_at ending finish finishing end_on lasts_until going_to going_until "
        "end_date end_by checkout_date drop_it_off",
    },
    "STARTVERB": {1: "check_in checkin check-in checking_in pick_up picking_up arrive arriving pick_it_up start_date"},
    "REST": {
        "rest": "rest_of rest_of_the the_rest_of the_rest_of_the remainder_of remainder_of_the",
        "later": "later_in later_in_the",
        "earlier": "earlier_in earlier_in_the",
    },
    "WEEKOF": {
        1: "week_of the_week_of week_of_the the_week_of_the week_beginning week_commencing week_starting "
        "the_week_beginning the_week_commencing w/c w/b the_w/c the_w/b w/e week_ending the_week_ending week_ending_on",
    },
    "IFPOSS": {1: "if_possible"},
    "INSTEAD": {1: "instead_of rather_than in_place_of"},
    "HOST": {1: "their his her host's hosts"},
    "OPENDAY": {1: "any_day any_weekday whichever_day"},
    "LABEL": {
        1: "room building bldg suite floor gate apt apartment unit number version chapter page line flight bus "
        "train route exit highway hwy interstate track phase step level lot box seat row section table ticket issue "
        "invoice order pr # terminal platform area zone channel studio court field hall bay dock level grade class",
    },
    "STREET": {
        1: "street avenue ave road rd blvd boulevard lane ln drive square st place plaza parkway pkwy highway way "
        "terrace alley crescent mews",
    },
    "NEG": {
        1: "can't cannot cant won't wont don't dont doesn't doesnt didn't isn't isnt aren't unable without "
        "couldn't shouldn't wouldn't neither nor",
    },
    "SLASH": {1: "/"},
    "WORD": {
        1: "at_all good_morning good_afternoon good_evening good_night good_day how_are_you_doing_today how_are_you_today on_second_thought second_thought "
        "second_thoughts second_opinion in_the_first_place first_time last_time last_name first_name at_first "
        "at_last last_but_not_least first_of_all second_hand every_time each_time this_time_around long_time "
        "any_day_now one_day_at_a_time day_in day_out at_least at_most at_best day_to_day the_other_day one_on_one one_to_one one_another each_other no_one "
        "any_one some_one one_of one_more_thing back_to_back face_to_face time_after_time day_off after_all "
        "a_few_words after_hours in_a_row most_of_the_time half_price happy_hour happy_hours rush_hour "
        "this_one that_one the_one which_one first_one last_one next_one second_one next_to next_steps next_step "
        "next_door next_level next_up next_to_last right_after right_before once_upon_a_time two_cents "
        "to_do todo for_now until_now by_now just_now up_to_now now_and_then now_that day_one hour_of_code "
        "late_fee early_bird early_access early_stage early_career second_place first_place first_class "
        "for_the_first_time part_time full_time real_time overtime one_time two_way one_way three_way "
        "weekly_report weekly_reports quarterly_numbers quarterly_report quarterly_results quarterly_figures annual_report "
        "annual_leave annual_budget monthly_report monthly_figures monthly_numbers yearly_report daily_report "
        "give_me_a_second give_me_a_sec give_me_a_minute hold_on_a_sec hold_on_a_second hold_on_a_minute wait_a_minute "
        "wait_a_second wait_a_sec just_a_minute just_a_second just_a_sec hang_on_a_second hang_on_a_sec hang_on_a_minute "
        "one_sec one_moment got_a_minute got_a_sec have_a_minute have_a_second "
        "daily_business weekly_newsletter daily_life eve_of sun_microsystems may_be may_not may_have may_also may_need may_want",
    },
    "AFTERPOST": {
        "from": "or_later onwards onward and_onwards and_onward or_thereafter and_later",
    },
    "BEFOREPOST": {"until": "or_earlier or_sooner"},
    "NEAREST": {1: "closest nearest closest_to nearest_to"},
    "MAKEIT": {
        1: "make_it let's_say lets_say let's_do lets_do let's_go_with lets_go_with can_we_do could_we_do can_you_do "
        "could_you_do shall_we_say",
    },
    "BADPOST": {
        1: "no_good not_good not_possible not_an_option not_ideal doesn't_work does_not_work won't_work is_out is_no_good isn't_good is_bad doesn't_suit isn't_possible "
        "is_not_possible isn't_an_option is_full isn't_available doesn't_fit is_not_good doesnt_work wont_work is_bad_for_me "
        "isn't_great is_not_great are_bad are_out don't_work do_not_work",
    },
    "MOVE": {
        1: "move reschedule shift push postpone bring_it_forward bring_this_forward bring_that_forward pull_it_forward bring_forward pull_forward change moved rescheduled moving switch "
        "rescheduling delay",
    },
    "OCLK": {1: "oclock clock"},
}

TABLE["HOL"] = {
    "christmas": "christmas xmas christmas_day xmas_day x-mas",
    "christmas-eve": "christmas_eve xmas_eve",
    "boxing-day": "boxing_day",
    "new-year": "new_year's_day new_years_day new_year new_years new_year's",
    "new-years-eve": "new_year's_eve new_years_eve nye new_year_eve",
    "thanksgiving": "thanksgiving thanksgiving_day turkey_day",
    "black-friday": "black_friday",
    "cyber-monday": "cyber_monday",
    "halloween": "halloween hallowe'en",
    "valentine": "valentine's_day valentines_day valentine's valentines valentine_day",
    "st-patrick": "st_patrick's_day st_patricks_day saint_patrick's_day saint_patricks_day st._patrick's_day",
    "easter": "easter easter_sunday easter_day",
    "easter-monday": "easter_monday easter_mon",
    "good-friday": "good_friday",
    "mothers-day": "mother's_day mothers_day",
    "fathers-day": "father's_day fathers_day",
    "memorial-day": "memorial_day decoration_day",
    "labor-day": "labor_day labour_day",
    "independence-day": "independence_day fourth_of_july_holiday",
    "mlk": "mlk_day martin_luther_king_day martin_luther_king_jr_day martin_luther_king's_day",
    "presidents-day": "presidents_day president's_day presidents'_day washington's_birthday",
    "columbus-day": "columbus_day indigenous_peoples_day indigenous_peoples'_day",
    "veterans-day": "veterans_day veteran's_day veterans'_day",
    "juneteenth": "juneteenth",
    "ides-of-march": "ides_of_march the_ides_of_march",
    "groundhog-day": "groundhog_day groundhogs_day",
    "earth-day": "earth_day",
    "ash-wednesday": "ash_wednesday",
    "palm-sunday": "palm_sunday",
    "canada-day": "canada_day",
    "guy-fawkes": "guy_fawkes_day guy_fawkes_night bonfire_night",
    "cinco-de-mayo": "cinco_de_mayo",
    "may-day": "may_day",
    "april-fools": "april_fools_day april_fool's_day april_fools april_fools'_day",
    "election-day": "election_day",
    "bastille-day": "bastille_day",
    "australia-day": "australia_day",
    "womens-day": "women's_day international_women's_day womens_day",
}
