"""Portuguese words of time; keys without accents (the tokenizer folds them)."""

from typing import Any

_WORDS = (
    "zero um dois tres quatro cinco seis sete oito nove dez onze doze treze quatorze quinze dezesseis dezessete dezoito "
    "dezenove vinte"
).split()
_ORDINALS = "primeir segund terceir quart quint sext setim oitav non decim".split()

OPTIONS: dict[str, Any] = {
    "day_first": True,
    "ordinal_suffixes": "o a º ª",
    "tens": "vinte trinta quarenta cinquenta",
    "tens_and": True,
    "cardinal_days": True,
    "counted": "pessoas pessoa lugares convidados euros reais vezes salas sala",
}

TABLE: dict[str, dict[Any, str]] = {
    "NUM": {
        **{n: w for n, w in enumerate(_WORDS)},
        1: "um uma",
        2: "dois duas par_de um_par_de",
        3: "tres poucos poucas alguns algumas varios varias",
        14: "quatorze catorze",
        16: "dezesseis dezasseis",
        17: "dezessete dezassete",
        19: "dezenove dezanove",
        30: "trinta",
        40: "quarenta",
        50: "cinquenta",
    },
    "ORD": {
        **{n + 1: f"{w}o {w}a" for n, w in enumerate(_ORDINALS)},
        2: "segundo",
        11: "decimo_primeiro",
        12: "decimo_segundo",
    },
    "WD": {
        0: "segunda-feira segunda seg segunda_feira", 1: "terca-feira terca ter terca_feira",
        2: "quarta-feira quarta qua quarta_feira", 3: "quinta-feira quinta qui quinta_feira",
        4: "sexta-feira sexta sex sexta_feira", 5: "sabado sab", 6: "domingo dom",
    },
    "WDS": {(0, 1, 2, 3, 4): "dias_uteis"},
    "MON": {
        1: "janeiro jan", 2: "fevereiro fev", 3: "marco mar", 4: "abril abr", 5: "maio mai", 6: "junho jun",
        7: "julho jul", 8: "agosto ago", 9: "setembro set", 10: "outubro out", 11: "novembro nov", 12: "dezembro dez",
    },
    "UNIT": {
        "second": "segundos seg_s", "minute": "minuto minutos min", "hour": "hora horas", "day": "dia dias",
        "week": "semana semanas", "month": "mes meses", "year": "ano anos",
        "weekend": "fim_de_semana fins_de_semana fim-de-semana", "quarter": "trimestre trimestres", "fortnight": "quinzena",
        "night": "noites", "workday": "dia_util",
    },
    "LENW": {15: "quarto_de_hora um_quarto_de_hora", 30: "meia_hora meia-hora"},
    "QTR": {1: "quarto quinze_minutos"},
    "HALF": {1: "meia meio"},
    "REL": {
        0: "hoje", 1: "amanha", -1: "ontem", 2: "depois_de_amanha", -2: "anteontem", "nextday": "no_dia_seguinte",
    },
    "TONIGHT": {
        "evening": "esta_noite hoje_a_noite essa_noite", "morning": "esta_manha hoje_de_manha",
        "afternoon": "esta_tarde hoje_a_tarde",
    },
    "PART": {
        "earlymorning": "madrugada de_madrugada",
        "morning": "manha de_manha pela_manha da_manha manhas na_parte_da_manha",
        "lunch": "almoco hora_do_almoco",
        "afternoon": "tarde a_tarde da_tarde pela_tarde tardes de_tarde na_parte_da_tarde",
        "evening": "noite a_noite da_noite noites de_noite pela_noite",
    },
    "NOON": {12: "meio-dia meiodia meio_dia", 0: "meia-noite meianoite meia_noite"},
    "SEASON": {"spring": "primavera", "summer": "verao", "autumn": "outono", "winter": "inverno"},
    "OCLK": {1: "h hs em_ponto"},
    "MINUS": {1: "menos"},
    "TO": {1: "ao"},
    "UNTIL": {1: "ate ate_as ate_a ate_o ate_ao ate_aos"},
    "AND": {1: "e mas"},
    "OR": {1: "ou"},
    "THE": {1: "o os"},
    "OF": {1: "de do da dos"},
    "ON": {1: "no na nos nas em_o"},
    "AT": {1: "as a aos"},
    "IN": {1: "em dentro_de daqui_a daqui durante"},
    "FOR": {1: "para pra por"},
    "FROM": {1: "desde desde_as das a_partir_de a_partir_das a_partir_do comecando"},
    "BETWEEN": {1: "entre entre_as entre_o"},
    "AFTER": {"after": "depois apos depois_de depois_das depois_do depois_da apos_as"},
    "BEFORE": {"before": "antes antes_de antes_das antes_do antes_da", "until": "no_maximo_ate"},
    "THIS": {1: "este esta neste nesta esse essa nesse nessa deste desta"},
    "NEXT": {1: "proximo proxima proximos proximas que_vem que_vem_a"},
    "FOLLOWING": {1: "seguinte seguintes"},
    "LAST": {1: "ultimo ultima ultimos ultimas passado passada passados passadas"},
    "EVERY": {1: "cada todo toda todos_os todas_as"},
    "ALT": {2: "a_cada_dois"},
    "NOT": {1: "nao"},
    "EXCEPT": {1: "exceto menos_a salvo"},
    "PREFER": {"prefer": "de_preferencia preferencialmente idealmente", "maybe": "se_possivel"},
    "AGO": {1: "ha faz", 2: "atras mais_cedo"},
    "LATER": {1: "mais_tarde depois_disso"},
    "FROMNOW": {1: "a_partir_de_agora"},
    "WITHIN": {1: "nos_proximos nas_proximas"},
    "ABOUT": {1: "cerca_de por_volta_de por_volta_das por_volta aproximadamente perto_de la_pelas lá_pelas umas tipo"},
    "EARLY": {1: "inicio_de comeco_de inicio_do comeco_do"},
    "MID": {1: "meados_de meio_de"},
    "LATE": {1: "fim_de final_de fim_do final_do fim_da final_da"},
    "NOW": {1: "agora neste_momento agora_mesmo ja"},
    "ASAP": {1: "o_mais_rapido_possivel quanto_antes"},
    "EOP": {"month": "fim_do_mes final_do_mes", "year": "fim_do_ano final_do_ano", "week": "fim_da_semana"},
    "FREQ": {
        "daily": "diariamente diario diaria", "weekly": "semanalmente semanal", "monthly": "mensalmente mensal",
        "yearly": "anualmente anual",
    },
    "MOVE": {1: "mover mova mudar mude reagendar remarcar remarque adiar"},
    "SAME": {1: "mesma mesmo"},
    "TIMEWORD": {1: "momento"},
    "CORRECT": {1: "quero_dizer desculpe digo"},
    "WEEKOF": {1: "semana_de semana_do"},
    "HOL": {
        "christmas": "natal", "christmas-eve": "vespera_de_natal", "new-year": "ano_novo reveillon dia_de_ano_novo",
        "new-years-eve": "vespera_de_ano_novo", "easter": "pascoa domingo_de_pascoa", "good-friday": "sexta-feira_santa sexta_feira_santa",
        "workers-day": "dia_do_trabalho dia_do_trabalhador", "mothers-day": "dia_das_maes", "fathers-day": "dia_dos_pais",
        "valentine": "dia_de_sao_valentim", "brazil-lovers": "dia_dos_namorados", "halloween": "dia_das_bruxas halloween",
        "shrove-tuesday": "carnaval", "all-saints": "todos_os_santos", "all-souls": "finados dia_de_finados",
        "brazil-independence": "dia_da_independencia", "st-john": "sao_joao", "corpus-christi": "corpus_christi",
        "womens-day": "dia_da_mulher", "liberation-pt": "dia_da_liberdade",
    },
}  # fmt: skip
