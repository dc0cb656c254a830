"""Spanish words of time; keys without accents (the tokenizer folds them)."""

from typing import Any

_WORDS = (
    "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete "
    "dieciocho diecinueve veinte veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete "
    "veintiocho veintinueve treinta"
).split()
_ORDINALS = "primer segund tercer cuart quint sext septim octav noven decim".split()

OPTIONS: dict[str, Any] = {
    "day_first": True,
    "ordinal_suffixes": "o a ro er do da º ª",
    "tens": "treinta cuarenta cincuenta",
    "cardinal_days": True,
    "counted": "personas persona plazas asientos invitados euros veces gente salas sala dolares",
}

TABLE: dict[str, dict[Any, str]] = {
    "NUM": {
        **{n: w for n, w in enumerate(_WORDS)},
        0: "cero zero",
        1: "un uno una",
        2: "dos par_de un_par_de pares",
        3: "tres pocos pocas unos_pocos unas_pocas algunos algunas varios varias",
        40: "cuarenta",
        50: "cincuenta",
    },
    "ORD": {
        **{n + 1: f"{w}o {w}a {w}" for n, w in enumerate(_ORDINALS)},
        2: "segundo segunda",
        4: "cuarta",
        11: "undecimo",
        12: "duodecimo",
        30: "trigesimo",
        31: "trigesimo_primer trigesimo_primero",
    },
    "WD": {
        0: "lunes lun lu", 1: "martes mar ma", 2: "miercoles mie mier mx", 3: "jueves jue jv", 4: "viernes vie vi",
        5: "sabado sab sa sabados", 6: "domingo dom do",
    },
    "WDS": {(0, 1, 2, 3, 4): "dias_laborables entre_semana", (6,): "domingos"},
    "MON": {
        1: "enero ene", 2: "febrero feb", 3: "marzo", 4: "abril abr", 5: "mayo", 6: "junio jun", 7: "julio jul",
        8: "agosto ago", 9: "septiembre setiembre sep sept", 10: "octubre oct", 11: "noviembre nov",
        12: "diciembre dic",
    },
    "UNIT": {
        "second": "segundos seg", "minute": "minuto minutos min", "hour": "hora horas hs",
        "day": "dia dias", "week": "semana semanas", "month": "mes meses", "year": "ano anos",
        "weekend": "fin_de_semana fines_de_semana finde", "quarter": "trimestre trimestres", "fortnight": "quincena",
        "night": "noches", "workday": "dia_laborable dia_habil",
    },
    "LENW": {15: "cuarto_de_hora", 30: "media_hora", 45: "tres_cuartos_de_hora"},
    "QTR": {1: "cuarto"},
    "HALF": {1: "media medio"},
    "REL": {
        0: "hoy", 1: "manana", -1: "ayer", 2: "pasado_manana", -2: "anteayer antier",
        "nextday": "al_dia_siguiente dia_siguiente",
    },
    "TONIGHT": {
        "night": "esta_noche", "morning": "esta_manana", "afternoon": "esta_tarde", "lunch": "este_mediodia",
    },
    "PART": {
        "earlymorning": "madrugada temprano_por_la_manana primera_hora temprano_en_la_manana",
        "morning": "por_la_manana de_la_manana en_la_manana la_manana mananas por_las_mananas a_la_manana",
        "latemorning": "fin_de_la_manana",
        "lunch": "mediodia_hora hora_de_almuerzo almuerzo hora_del_almuerzo",
        "afternoon": "tarde tardes por_la_tarde de_la_tarde en_la_tarde",
        "lateafternoon": "final_de_la_tarde",
        "night": "noche por_la_noche de_la_noche en_la_noche",
    },
    "NOON": {12: "mediodia medio_dia", 0: "medianoche media_noche"},
    "SEASON": {"spring": "primavera", "summer": "verano", "autumn": "otono", "winter": "invierno"},
    "OCLK": {1: "h en_punto"},
    "MINUS": {1: "menos"},
    "TO": {1: "al"},
    "UNTIL": {1: "hasta hasta_las hasta_la hasta_el"},
    "AND": {1: "y e pero"},
    "OR": {1: "o u"},
    "THE": {1: "el la los"},
    "OF": {1: "de del"},
    "ON": {1: "al_dia"},
    "AT": {1: "a a_las a_la las al_las"},
    "IN": {1: "en"},
    "FOR": {1: "para por durante"},
    "FROM": {1: "desde desde_las desde_el a_partir_de a_partir_del comenzando empezando"},
    "BETWEEN": {1: "entre entre_las"},
    "AFTER": {"after": "despues despues_de despues_del despues_de_las tras posterior_de posteriores_de posterior_a"},
    "BEFORE": {
        "before": "antes antes_de antes_del antes_de_las previo_a", "until": "a_mas_tardar no_despues_de no_mas_tarde_de",
    },
    "THIS": {1: "este esta estos estas ese esa"},
    "NEXT": {
        1: "proximo proxima proximos proximas que_viene que_vienen siguiente_s entrante",
    },
    "FOLLOWING": {1: "siguiente siguientes"},
    "LAST": {1: "ultimo ultima ultimos ultimas pasado pasada pasados pasadas anterior"},
    "EVERY": {1: "cada todos_los todas_las todo"},
    "ALT": {2: "un_dia_si_y_otro_no cada_dos"},
    "NOT": {1: "no"},
    "EXCEPT": {1: "excepto salvo menos_el cualquier_dia_menos"},
    "PREFER": {"prefer": "preferiblemente idealmente preferentemente de_preferencia", "maybe": "si_es_posible si_puede_ser"},
    "AGO": {1: "hace", 2: "mas_temprano"},
    "LATER": {1: "mas_tarde despues_de_eso luego"},
    "FROMNOW": {1: "a_partir_de_ahora desde_ahora"},
    "WITHIN": {1: "dentro_de en_los_proximos en_las_proximas"},
    "ABOUT": {1: "sobre alrededor_de alrededor_del alrededor hacia cerca_de aproximadamente como unos unas"},
    "EARLY": {1: "principios_de principio_de comienzos_de inicio_de a_principios_de al_principio_de"},
    "MID": {1: "mediados_de a_mediados_de medianos_de mitad_de"},
    "LATE": {1: "finales_de a_finales_de fines_de final_de al_final_de fin_de a_fin_de final_del al_final_del fin_del"},
    "NOW": {1: "ahora ahora_mismo ya_mismo"},
    "ASAP": {1: "cuanto_antes lo_antes_posible"},
    "EOP": {"month": "fin_de_mes final_de_mes finales_de_mes", "year": "fin_de_ano final_de_ano finales_de_ano al_final_de_ano a_finales_de_ano", "week": "final_de_la_semana al_final_de_la_semana"},
    "FREQ": {
        "daily": "diario diariamente a_diario", "weekly": "semanal semanalmente", "monthly": "mensual mensualmente",
        "yearly": "anual anualmente", "halfyearly": "semestral semestralmente",
    },
    "MOVE": {1: "mover mueve cambia cambiar reprogramar reprograma aplazar"},
    "SAME": {1: "misma mismo la_misma"},
    "TIMEWORD": {1: "momento"},
    "CORRECT": {1: "quiero_decir perdon digo mejor"},
    "WEEKOF": {1: "semana_del semana_de"},
    "REST": {"rest": "resto_de el_resto_de resto_del", "later": "mas_tarde_en", "earlier": "mas_temprano_en"},
    "HOL": {
        "christmas": "navidad", "christmas-eve": "nochebuena", "new-years-eve": "nochevieja fin_de_ano_dia",
        "new-year": "ano_nuevo dia_de_ano_nuevo", "easter": "pascua domingo_de_pascua semana_santa", "good-friday": "viernes_santo",
        "epiphany": "dia_de_reyes reyes", "valentine": "san_valentin dia_de_san_valentin", "workers-day": "dia_del_trabajo dia_del_trabajador",
        "independence-day": "dia_de_independencia dia_de_la_independencia", "all-saints": "todos_los_santos dia_de_todos_los_santos",
        "halloween": "halloween", "mothers-day": "dia_de_la_madre", "fathers-day": "dia_del_padre",
        "hispanic-day": "dia_de_la_hispanidad", "thanksgiving": "accion_de_gracias dia_de_accion_de_gracias",
        "maundy-thursday": "jueves_santo", "black-friday": "black_friday viernes_negro",
    },
}  # fmt: skip
