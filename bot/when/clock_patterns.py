"""Where in a sentence a number is a clock time, in the order the patterns are tried."""

from bot.when import clock_rules as rules
from bot.when.grammar import Stage

# what may not follow a number that is taken for an hour
_ALONE = (
    "(?!DASH? UNIT | COUNTED | WORD COUNTED | SLASH | MON | OF MON | ORD | QTR | HALF | DATE | WDS | PLUS"
    "| AND ART? HALF | FRAC)"
)


_CLOCKISH = "(?:NUM|CLK|DOT)"

_HOUR = "(?:NUM|NOON|CLK)"
_SPOKEN = "de fr es pt it nl"

CLOCKS = Stage(
    (
        f"{_HOUR} (?:OCLK|UNIT)? AMPM? MINUS THE? (?:ART|NUM)? (?:NUM|QTR|LENW) UNIT? (?:AMPM)?",
        rules.by_language(_SPOKEN, rules.hour_and),
    ),
    (
        f"(?:(?<=[AT ABOUT UNTIL AFTER BEFORE])) {_HOUR} (?:OCLK|UNIT)? AND (?:ART|NUM)? (?:NUM|QTR|HALF|LENW)(?!OCLK)"
        "(?:UNIT)?(?:AMPM)?",
        rules.by_language(_SPOKEN, rules.hour_and),
    ),
    (
        f"{_HOUR} AMPM? AND (?:ART|NUM)? (?:QTR|HALF|LENW) (?!UNIT|OCLK|OF UNIT|OF LENW|OF THE UNIT)(?:AMPM)?",
        rules.by_language(_SPOKEN, rules.hour_and),
    ),
    (
        f"{_HOUR} OCLK AND? (?:ART? (?:QTR|HALF)|NUM (?!OCLK))(?:UNIT)?(?:AMPM)?",
        rules.by_language(_SPOKEN, rules.hour_and),
    ),
    ("QTR NUM OCLK?" + _ALONE, rules.by_language("de", rules.quarter_on)),
    ("(?:NUM|QTR) FOR THE? AT? (?:NUM|NOON)" + _ALONE, rules.by_language("pt", rules.minutes_for)),
    ("(?:ART|NUM)? QTR (?:AT|TO|BEFORE) THE? (?:NOON|NUM)" + _ALONE, rules.by_language("it", rules.quarter_before)),
    ("NUM (?:OCLK|UNIT) (?=OF PART|IN THE? PART|PART)", rules.by_language("es pt it nl fr", rules.h_clock)),
    ("NUM OCLK PAST NUM UNIT", rules.by_language(_SPOKEN, rules.hour_and)),
    ("NUM NUM NUM? AMPM", rules.two_numbers),
    ("(?<!NUM) NUM NUM (?=AT? REL|ON? THE? WD|ON (?:THIS|NEXT) WD|TONIGHT|IN? THE? PART)", rules.two_numbers),
    ("^ NUM NUM (?=STOP?$)", rules.two_numbers),
    ("ART? QTR OF NUM OCLK? AMPM?(?! UNIT)" + _ALONE, rules.by_language("en", rules.quarter_before)),
    ("(?:NUM|HALF|ART? QTR|LENW) UNIT? (?:PAST|AFTER) (?:NUM|NOON) OCLK? AMPM?", rules.past_hour),
    (
        "(?:NUM|ART? QTR|LENW) UNIT? (?:TO|BEFORE|UNTIL) (?:ART? NUM (?!NUM|CLK|DOT) OCLK? AMPM?|NOON)" + _ALONE,
        rules.to_hour,
    ),
    (f"{_CLOCKISH} OCLK? COMMA? AMPM", rules.plain_clock),
    (f"{_CLOCKISH} IN? OF? THE? AMPM", rules.in_half),
    ("NUM (?:BEFORE|PAST|AFTER) HALF NUM OCLK?" + _ALONE, rules.by_language("de nl", rules.half_before)),
    ("HALF NUM OCLK?" + _ALONE, rules.by_language("de nl", rules.half_before, rules.half_hour)),
    ("NUM UNIT NUM (?!UNIT)", rules.h_clock),
    (
        "(?<=[AT FROM BY AFTER BEFORE UNTIL ABOUT TO BETWEEN]) NUM UNIT(?!NEXT|LAST|LATER|AGO|FOLLOWING|FROMNOW)",
        rules.h_clock,
    ),
    ("(?:(?<=IN)|(?<=FOR)|(?<=WITHIN)|(?<=NEXT)|(?<=LAST)|(?<=AGO)|(?<=IN THE)) NUM OCLK (?!NUM)", lambda t, f: None),
    (
        f"(?<![IN FOR WITHIN NEXT LAST AGO PAST]) {_CLOCKISH} OCLK (?!LATER|AGO|AFTER$|FROMNOW|NEXT|LAST)",
        rules.plain_clock,
    ),
    ("CLK", rules.plain_clock),
    ("NUM NOON", rules.noon_clock),
    ("NOON", rules.noon_clock),
    (
        "(?<=[AT BY FROM TO UNTIL BETWEEN AND AFTER BEFORE NOTE]) NUM NUM (?!COUNTED|MON|NUM UNIT)UNIT?"
        "(?:NUM(?!UNIT))?",
        rules.two_numbers,
    ),
    ("(?<=[AT]) (?:NUM|DOT|YEAR)" + _ALONE + "(?!WORD WORD? STREET|STREET|LABEL)", rules.bare_clock),
    (
        "(?<=[BY AFTER BEFORE UNTIL ABOUT PART TONIGHT]) (?:NUM|DOT)" + _ALONE + "(?!DASH NUM UNIT|DASH NUM COUNTED)",
        rules.bare_clock,
    ),
    ("(?<=AT THE) (?:NUM)" + _ALONE, rules.bare_clock),
    ("(?<=[REL]) NUM" + _ALONE + "(?!DASH|TO)", rules.bare_clock),
    ("(?<![NUM ORD LABEL]) NUM (?=AT? (?:REL|TONIGHT)|(?:IN|OF) THE? PART|IN THE? PART|THIS PART)", rules.bare_clock),
    ("(?<!NUM) NUM (?=OF PART)", rules.bare_clock),
    ("(?<!NUM) NUM (?=PART)", rules.by_language(_SPOKEN, rules.bare_clock)),
    ("(?<![ON]) DOT (?!DOT|UNIT|COUNTED|DASH DATE)", rules.by_language("fr es pt it nl", rules.bare_plain_clock)),
)

_END = "(?:CLOCK|NUM|DOT(?!DOT))"
_TIL = "(?:TO|DASH|UNTIL|UNTIL TO|UNTIL AT|AT)"
_IS = "AT? ABOUT? "

_ITS_PART = "(?:IN|OF|AT|THE)* PART"

CLOCK_RANGES = Stage(
    (f"BETWEEN {_IS} CLOCK {_ITS_PART} (?:AND|TO|DASH|UNTIL) {_IS} CLOCK (?:{_ITS_PART})?", rules.parted_range),
    (f"FROM? CLOCK {_ITS_PART} (?:TO|DASH|UNTIL) {_IS} CLOCK (?:{_ITS_PART})?", rules.parted_range),
    (f"BETWEEN {_IS}{_END} (?:AND|TO|DASH|OR) {_IS}{_END}{_ALONE}", rules.hour_range),
    (f"(?:FROM|OF) {_IS}{_END} {_TIL} {_IS}{_END}{_ALONE}", rules.hour_range),
    (f"CLOCK {_TIL} {_IS}{_END}{_ALONE}", rules.hour_range),
    (f"NUM {_TIL} {_IS}CLOCK", rules.hour_range),
    (
        f"(?<=[DAY AT ABOUT PART COMMA FOR]) NUM {_TIL} NUM"
        "(?=PART|DAY|ON DAY|OF PART|IN THE PART|REL|THIS PART|TONIGHT)",
        rules.hour_range,
    ),
    (f"(?<=[DAY AT PART REC WDS]) (?:NUM|DOT) {_TIL} (?:NUM|DOT){_ALONE}", rules.hour_range),
    (f"(?<=DAY FROM) (?:NUM|DOT) {_TIL} (?:NUM|DOT){_ALONE}", rules.hour_range),
    (f"(?:BETWEEN|FROM) PART (?:AND|TO|DASH|UNTIL) {_IS}{_END}{_ALONE}", rules.part_to_hour),
    (f"NUM {_TIL} NUM (?=(?:ON|IN THE|OF|THIS|AT)? (?:DAY|PART|TONIGHT))", rules.hour_range),
    (f"NUM {_TIL} NUM (?=(?:OR|AND) NUM {_TIL} (?:NUM|CLOCK) ON? (?:DAY|PART|TONIGHT))", rules.hour_range),
    (f"NUM {_TIL} NUM (?=(?:HOST|WORD) TIMEWORD)", rules.hour_range),
)


MORE_RANGES = Stage(
    (
        f"(?:(?<=HOURS OR)|(?<=HOURS AND)|(?<=HOURS COMMA)|(?<=HOURS COMMA OR)|(?<=HOURS COMMA AND)) {_END}"
        f" (?:AND|TO|DASH|UNTIL) {_IS}{_END}{_ALONE}",
        rules.hour_range,
    ),
)

MORE_CLOCKS = Stage(
    (f"(?:(?<=CLOCK OR)|(?<=CLOCK AND)|(?<=CLOCK COMMA)|(?<=HOURS OR)) NUM{_ALONE}", rules.bare_clock),
    ("(?<![WORD NUM]) NUM (?=(?:OR|COMMA) CLOCK)", rules.shared_half),
    (f"(?<=[FROM]) (?:NUM){_ALONE}", rules.bare_clock),
    (f"(?:(?<=[CORRECT])|(?<=CORRECT COMMA)) NUM{_ALONE}(?!WORD)", rules.bare_clock),
    ("(?<=[OR AND COMMA]) NUM (?=ON DAY)", rules.bare_clock),
    ("DOT (?=ON? DAY|PART|TONIGHT)|(?<=[DAY]) DOT (?!DASH DATE|UNIT|COUNTED)", rules.bare_clock),
    (f"(?<=[MAKEIT]) NUM{_ALONE}(?=$|STOP|INSTEAD|ON|DAY|COMMA)", rules.bare_clock),
    (f"(?<=[INSTEAD]) NUM{_ALONE}(?!WORD)", rules.bare_clock),
    ("^ NUM STOP$", rules.asked_hour),
    ("(?<=[DAY]) NUM (?=STOP?$)", rules.asked_hour_of_day),
    ("(?<![WORD NUM FOR LABEL]) NUM (?=(?:(?:OR|COMMA|COMMA OR) NUM )+ ON DAY)", rules.bare_clock),
)


MOVED_CLOCKS = Stage((f"(?<=[TO UNTIL NOTE]) NUM{_ALONE}(?!WORD)", rules.moved_to))
