"""How days, dates and periods are written: the patterns, in the order they are tried."""

from bot.when import date_rules, offset_rules, period_rules, section_rules, weekday_rules
from bot.when.grammar import Stage

_W = "(?:THIS|NEXT|LAST|FOLLOWING)"

_YR = "(?:(?:COMMA|OF|IN|DASH)? YEAR)?"

_WDAY = "(?:(?:THIS|NEXT)? WD STOP? COMMA? THE? )?"

_NOT_CLOCK = "(?!OCLK|AMPM|COUNTED|UNIT)"

_R = "(?:TO|DASH|UNTIL|AND|AT)"

_DNUM = "(?:ORD|NUM)"

_TAIL = f"(?:{_W}? MON (?:COMMA? OF? YEAR)?|{_W} (?:UNIT|QTR)|UNIT|YEAR)"

DAYS = Stage(
    (f"THE? (?:ORD? LAST|ORD) (?:(?:WD|UNIT) (?:OF|IN|FROM|ON) THE?|WEEKOF) {_TAIL}", period_rules.nth),
    (f"NQ (?:OF|IN)? {_W} UNIT", period_rules.part_of_year),
    ("YEAR (?:SLASH|DASH)? NQ|NQ (?:OF|IN|DASH|SLASH)? YEAR|NQ", period_rules.numbered_part),
    ("YEAR SLASH MON SLASH NUM|MON SLASH NUM|NUM SLASH MON (?:SLASH YEAR)?", date_rules.month_day),
    # ranges of days in matched.one month
    (f"(?:FROM|BETWEEN|OF)? THE? {_DNUM} {_R} THE? {_DNUM} OF? THE? MON {_YR}", date_rules.numbers_range),
    (
        f"(?:FROM|BETWEEN)? MON THE? {_DNUM} {_R} THE? (?:ORD|NUM(?!OCLK|AMPM|COUNTED|UNIT|OF? MON)) {_YR}",
        date_rules.numbers_range,
    ),
    (f"(?:FROM|BETWEEN|OF) THE? ORD {_R} THE? ORD (?!OF|MON|THE MON)", date_rules.numbers_range),
    (f"(?:FROM|BETWEEN)? THE? ORD (?:TO|UNTIL) THE? ORD OF THE? {_W}? UNIT", date_rules.numbers_range),
    ("THE ORD (?:TO|DASH|UNTIL) THE? ORD (?!OF|WORD|COUNTED)", date_rules.numbers_range),
    # dates
    (f"{_WDAY}{_DNUM} UNIT? (?:OF|FROM)? THE? MON {_YR}(?!DASH YEAR)", date_rules.month_day),
    ("(?:WD COMMA?)? THE? ORD ORD YEAR?", date_rules.spoken_date),
    ("(?:FROM|OF)? NUM DASH NUM (?:OF|IN) THE? (?:THIS|NEXT) UNIT", date_rules.numbers_range),
    ("(?:THIS|NEXT) UNIT (?:FROM|OF) NUM DASH NUM(?!OCLK|AMPM|UNIT|PART)", date_rules.numbers_range),
    (f"{_WDAY}{_W}? MON (?:THE|DASH)? (?:ORD|NUM{_NOT_CLOCK}) {_YR} (?:COMMA? WD)?", date_rules.month_day),
    (
        "NUM DASH MON DASH YEAR|MON DASH YEAR DASH NUM|NUM DASH YEAR DASH MON|MON DASH NUM DASH YEAR"
        "|YEAR DASH MON DASH NUM",
        date_rules.month_day,
    ),
    ("THE? NUM NUM (?:YEAR|NUM) (?!NUM|UNIT|OCLK)", date_rules.spaced_date),
    ("THE? NUM NUM (?!NUM|UNIT|OCLK|AMPM|COUNTED)", date_rules.spaced_date),
    (f"{_WDAY}DATE {_YR}", date_rules.numeric),
    (f"{_W} DATE", date_rules.numeric),
    (f"{_WDAY}THE? UNIT? (?:ORD|NUM) (?:DAY|UNIT)? (?:OF THE? {_W}?|{_W}) UNIT", date_rules.day_of_month),
    ("(?:THIS|NEXT)? WD COMMA? THE ORD (?!WORD COUNTED)", date_rules.ordinal_day),
    ("WD COMMA? ORD", date_rules.ordinal_day),
    ("(?:THIS|NEXT)? WD DOT", date_rules.dotted),
    ("(?:(?<=ON)|(?<=UNTIL)|(?<=FROM)) DOT", date_rules.dotted),
    ("DOT (?=COMMA? AT? CLOCK)", date_rules.late_dotted),
    (f"{_WDAY}NUM DASH NUM DASH (?:NUM|YEAR)", date_rules.dashed_date),
    (f"(?:NUM|ORD) {_R} (?:DATE|DOT)", date_rules.range_to_date),
    (
        "(?:(?<=[ON FROM UNTIL BETWEEN TO AND IN AT DASH])|(?<=ON THE)|^|(?<=THE)) NUM DASH NUM(?!OCLK|AMPM|UNIT|PART)",
        date_rules.dashed_date,
    ),
    ("DOT", date_rules.german_date),
    ("THE? UNIT OF? MON (?:OF? YEAR)?", period_rules.month_unit),
    ("HALF MON", period_rules.half_month),
    ("REL IN LEN", weekday_rules.day_and_length),
    ("(?<!FOR) LEN REL|REL UNIT", weekday_rules.weeks_on),
    ("(?:THIS UNIT|REL) NEXT UNIT", weekday_rules.day_next_week),
    ("WD IN NUM (?!UNIT)", weekday_rules.weekday_in_weeks),
    # weekdays
    (f"{_W} UNIT (?:ON|COMMA|S)? WD", weekday_rules.weekday_week),
    (f"{_W}? WD (?:OF|IN|ON|COMMA|FROM)? THE? {_W} UNIT", weekday_rules.weekday_week),
    ("(?:THIS|NEXT)? WD AFTERNEXT", weekday_rules.weekday),
    ("(?<!EVERY) LEN (?:FROM|ON|AFTER|THIS|COMMA)? (?:THIS|NEXT)? WD", weekday_rules.weekday_and_week),
    ("WD UNIT", weekday_rules.weekday_and_week),
    ("WD NUM (?!OCLK|AMPM|UNIT|DASH|TO|COUNTED|UNTIL)", weekday_rules.weekday_number),
    ("NUM (?:WD|WDS) FROMNOW", weekday_rules.weekdays_from_now),
    ("REL COMMA? WD", weekday_rules.relative_checked),
    ("NEXT (?=COMMA|AND)", lambda tokens, frame: None),
    (f"THE? WD (?:OF|IN)? THE? UNIT {_W}", weekday_rules.weekday_week),
    ("THE? UNIT (?:NEXT|LAST|FOLLOWING) (?:ON|COMMA|THE)? WD", weekday_rules.weekday_week),
    ("THE? WD (?:NEXT|LAST|FOLLOWING)", weekday_rules.weekday),
    (f"{_W}{{0,2}} WD", weekday_rules.weekday),
    ("THE? UNIT (?:NEXT|LAST|FOLLOWING|AFTERNEXT) (?!LEN|NUM|WD|UNIT)", period_rules.whole_period),
    ("THE? UNIT THIS (?!UNIT|WD|PART|NUM|DAY|SEASON|MON|QTR)", period_rules.running_period),
    ("THE? LEN (?:NEXT|LAST|FOLLOWING) (?!WD|MON|UNIT)", period_rules.several),
    (f"THE? {_W} NUM {_W}? UNIT|NUM {_W} UNIT", period_rules.several_split),
    ("REL", weekday_rules.relative),
    ("THE? NEXT PART", weekday_rules.next_part),
    # periods
    ("WEEKOF", lambda tokens, frame: None),
    ("THE? UNIT ORD? NUM (?:OF? YEAR)?", period_rules.numbered_week),
    ("THE UNIT YEAR", period_rules.said_year),
    ("(?:THE)? (?:ORD|LAST) (?:QTR|UNIT) (?:OF? YEAR)?", period_rules.quarter),
    (
        f"(?<!WITHIN)(?<!WITHIN THE) THE? (?:{_W} LEN(?!OF THE? (?:DAY|MON|YEAR|THIS|NEXT|UNIT))"
        "|(?:THIS|NEXT|FOLLOWING) LEN)",
        period_rules.several,
    ),
    ("LEN (?:NEXT|LAST|FOLLOWING)", lambda tokens, frame: None),
    (f"THE? {_W} (?:MON) (?!NUM|ORD)", period_rules.month_alone),
    ("MON AFTERNEXT", period_rules.month_alone),
    ("AFTERNEXT (?:WD)", weekday_rules.weekday),
    ("AFTERNEXT (?:UNIT|QTR)", period_rules.whole_period),
    ("MON (?:COMMA|OF|DASH|SLASH)? YEAR", period_rules.month_alone),
    ("HOL UNIT", period_rules.holiday_weekend),
    (f"{_W}? HOL (?:(?:OF|IN|COMMA)? YEAR|(?:OF|IN)? {_W} UNIT)?", period_rules.named_holiday),
    (f"(?:THE? {_W}|IN THE?) SEASON (?:OF? YEAR)?", period_rules.named_season),
    ("SEASON OF? YEAR", period_rules.named_season),
    (f"SEASON {_W} UNIT", period_rules.season_of_year),
    ("UNIT AFTERNEXT", period_rules.whole_period),
    ("THE? (?:THIS|NEXT|LAST|FOLLOWING) (?:UNIT|QTR)", period_rules.whole_period),
    ("(?<=[IN OF]) THE UNIT (?!OF|AFTER|BEFORE|FROM|FROMNOW|LATER)", period_rules.bare_period),
    (
        "THE UNIT (?!OF|AFTER|BEFORE|FROM|FROMNOW|LATER|WORD)",
        lambda t, f: period_rules.bare_period(t, f) if t[-1].val == "weekend" else None,
    ),
    ("THE? THIS? UNIT NUM (?!UNIT|OCLK|COUNTED|MON|OF MON|OF THE? (?:THIS|NEXT|LAST)? UNIT)", date_rules.numbered_day),
    ("FOR THE UNIT (?!OF|NUM|WD)", period_rules.bare_period),
    (
        "(?<![NUM ORD ART EVERY LAST]) UNIT (?!OF (?:THE|NUM|DAY|MON))",
        lambda t, f: period_rules.bare_period(t, f) if t[-1].val == "weekend" else None,
    ),
    ("MON", period_rules.month_alone),
    ("(?:(?<=IN)|(?<=AFTER)|(?<=BEFORE)|(?<=FROM)|(?<=UNTIL)|(?<=BY)|(?<=OF)) YEAR", period_rules.year_alone),
)

_NOUN_NEXT = "(?!WORD WORD? COUNTED|COUNTED|LABEL|STREET|WORD LABEL|WORD STREET|DASH NUM|UNIT|QTR|HALF)"

ORDINAL_DAYS = Stage(
    (
        "(?:THE|OF|TO|ON|UNIT) NUM (?!OCLK|AMPM|COUNTED|UNIT|QTR|HALF|OF? MON|WORD COUNTED|NUM|ORD"
        "|CLOCK|DOT|DATE|COMMA NUM)",
        date_rules.cardinal_day,
    ),
    (
        f"(?:(?<=[ON BY UNTIL FROM AFTER BEFORE FOR TO DAY])|(?<=DAY OR)|(?<=DAY AND)) THE? ORD {_NOUN_NEXT}",
        date_rules.ordinal_day,
    ),
    (
        f"THE ORD {_NOUN_NEXT}(?=STOP|COMMA|ON|AT|FOR|TO|UNTIL|DASH|FROM|AND|OR|CLOCK|PART|$|BETWEEN|AFTER|BEFORE|IN)",
        lambda t, f: date_rules.ordinal_day(t, f) if t[-1].low[:1].isdigit() or f.lang != "en" else None,
    ),
    (f"THE ORD {_NOUN_NEXT}", lambda t, f: date_rules.ordinal_day(t, f) if t[-1].low[:1].isdigit() else None),
    (
        "THE? ORD (?=(?:COMMA THE? ORD )*COMMA? (?:OR|AND) (?:THE? ORD|DAY))",
        lambda t, f: date_rules.ordinal_day(t, f) if t[-1].low[:1].isdigit() else None,
    ),
    (
        "ORD (?=$|STOP$|COMMA|AT|IN THE PART|CLOCK|DASH|TO|UNTIL)",
        lambda t, f: date_rules.ordinal_day(t, f) if t[-1].low[:1].isdigit() else None,
    ),
)

_SEC = "(?:EARLY|MID|LATE|BEGIN|END)"

PERIODS = Stage(
    ("THE? END OF? THE? DAY", section_rules.end_of_day),
    ("UNIT OF THE? DAY", period_rules.weekend_of),
    (f"THE? {_SEC} (?:DASH|OF|IN)? YEAR", section_rules.year_section),
    ("THE? (?:ORD|LAST) LEN (?:OF|IN) THE? (?:DAY|UNIT)", section_rules.first_units),
    ("EOP OF THE? DAY", section_rules.end_of_named),
    ("DAY LATER", section_rules.later_in),
    ("THE? DAY NEAREST TO? THE? DAY|THE? NEAREST DAY TO THE? DAY", weekday_rules.nearest_weekday),
    ("(?<![NUM ART]) UNIT FROMNOW", offset_rules.one_unit_from_now),
    (f"THE? {_SEC} (?:DASH|IN|ABOUT|OF|THE)* DAY", section_rules.section),
    (f"THE? {_SEC} (?:DASH|IN|OF|THE|THIS)* PART", section_rules.section_part),
    (f"THE? {_SEC} (?:DASH|OF)? (?:THE)? UNIT", section_rules.unit_section),
    ("EOP", section_rules.end_of_period),
    ("(?:REST|LATER|AGO) THE? DAY", section_rules.rest),
    ("REST THE? UNIT", section_rules.rest_unit),
    ("WEEKOF THE? DAY", period_rules.week_of),
    ("WEEKOF THE? (?:NUM|ORD)", period_rules.week_of_number),
    ("(?<!FOR) LEN (?:AFTER|FROM|PAST|BEFORE|AGO FROM?) THE? DAY", offset_rules.from_base),
    ("THE? UNIT (?:AFTER|BEFORE|FOLLOWING|PAST) DAY", period_rules.unit_from_base),
    ("THE? ORD? DAY (?:AFTER|BEFORE|FOLLOWING) THE? DAY", weekday_rules.weekday_from_base),
    ("DAY (?:OF|IN|COMMA)? THE? DAY", weekday_rules.weekday_in),
    ("LEN (?:AFTER|BEFORE|PAST) CLOCK", offset_rules.clock_offset),
    ("(?:NOW )? PLUS LEN", offset_rules.now_plus),
    ("NOW AND? LEN", offset_rules.now_plus),
    ("(?:IN|FOR)? ABOUT? LEN (?:FROMNOW|LATER|AGO)", offset_rules.in_length),
    ("BETWEEN LEN", lambda t, f: offset_rules.in_length(t, f) if f.lang == "it" else None),
    ("(?:AGO|BEFORE) LEN (?!DAY|CLOCK|BEFORE|AFTER)", offset_rules.ago_length),
    ("PAST LEN (?=$|STOP|WORD)", offset_rules.over_length),
    ("IN (?:ABOUT)* LEN (?:LAST)? (?:TIMEWORD)?", offset_rules.in_length),
    ("(?:WITHIN|BY WITHIN) THE? NEXT? LEN", offset_rules.within),
    ("WITHIN (?=THE? DAY)", lambda t, f: ("UNTIL", 1) if f.lang == "fr" else None),  # "d'ici vendredi"
    ("(?:WITHIN|THE? NEXT) UNIT", offset_rules.within_one),
    ("(?<=AFTER) LEN (?!AFTER|BEFORE)", offset_rules.after_length),
    ("LEN FROM NOW", offset_rules.in_length),
    (
        "(?:(?:BETWEEN|FROM)? NOW|FROMNOW) (?:AND|UNTIL|TO|DASH) "
        "(?=DAY|CLOCK|OFFSET|ON DAY|THE DAY|LEN LATER|LEN FROMNOW)",
        offset_rules.until_from_now,
    ),
    ("IN NUM (?=$|STOP)", offset_rules.bare_in),
    ("SAME TIMEWORD (?:ON|COMMA)? DAY", offset_rules.same_next),
    ("THIS TIMEWORD (?:ON|COMMA)? DAY", offset_rules.this_next),
    ("THIS TIMEWORD (?=(?:ON|COMMA)? DAY)", offset_rules.this_clock),
    ("SAME TIMEWORD", offset_rules.same_time),
    ("(?:LEN|THE UNIT) (?:BEFORE|AFTER) (?=AT? CLOCK|PART|IN THE PART)", offset_rules.days_around_anchor),
    ("LEN (?:BEFORE|AFTER) (?=$|STOP|COMMA)", offset_rules.around_anchor),
    ("THE UNIT (?:BEFORE|AFTER) (?=$|STOP|COMMA)", offset_rules.around_anchor),
    ("(?:WORD|ENDVERB) BY? LEN", offset_rules.moved_by),
    ("BY LEN (?=$|STOP|COMMA|WORD)", offset_rules.moved_by),
)


DAY_RANGES = Stage(
    (
        "DAY COMMA? (?:OR|AND) (?:ON|IN)? THE? UNIT (?:AFTER|BEFORE)(?!DAY|CLOCK|NUM|PART|THE|THIS|NEXT)",
        date_rules.and_the_next,
    ),
    ("DAY COMMA? (?:OR|AND) ON? DAY", date_rules.and_the_next),
    ("BETWEEN THE? DAY (?:AND|TO|DASH|OR) THE? DAY", date_rules.day_range),
    ("FROM THE? DAY COMMA? (?:TO|DASH|UNTIL|AND UNTIL|BY) (?:ON|THE)* DAY", date_rules.day_range),
    ("(?:FROM|OF)? DAY AT (?:ON|THE)* DAY", lambda t, f: date_rules.day_range(t, f) if f.lang != "en" else None),
    ("DAY COMMA? (?:TO|DASH|UNTIL|AND UNTIL) (?:ON|THE)* DAY", date_rules.day_range),
    ("DAY (?:TO|UNTIL) THE? (?:ORD|NUM)(?!CLOCK|AMPM|UNIT|COUNTED|OCLK)", date_rules.range_number),
)
