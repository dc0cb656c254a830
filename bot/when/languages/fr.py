"""French words of time; keys without accents (the tokenizer folds them)."""

from typing import Any

_WORDS = (
    "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit "
    "dix-neuf vingt"
).split()
_ORDINALS = (
    "premier deuxieme troisieme quatrieme cinquieme sixieme septieme huitieme neuvieme dixieme onzieme douzieme"
).split()

OPTIONS: dict[str, Any] = {
    "day_first": True,
    "ordinal_suffixes": "er ere eme e nd nde ieme",
    "tens": "vingt trente quarante cinquante",
    "elides": True,
    "cardinal_days": True,
    "spaced_dates": True,
    "counted": "personnes personne places place gens invites euros fois salles salle participants",
}

TABLE: dict[str, dict[Any, str]] = {
    "NUM": {
        **{n: w for n, w in enumerate(_WORDS)},
        30: "trente",
        40: "quarante",
        50: "cinquante",
        21: "vingt-et-un vingt_et_un",
        31: "trente-et-un trente_et_un",
        1.5: "un_et_demi",
        17: "dix-sept dix_sept",
        18: "dix-huit dix_huit",
        19: "dix-neuf dix_neuf",
    },
    "ORD": {
        **{n + 1: w for n, w in enumerate(_ORDINALS)},
        1: "premier premiere",
        2: "deuxieme second seconde_semaine",
    },
    "WD": {
        0: "lundi lun", 1: "mardi mar", 2: "mercredi mer", 3: "jeudi jeu", 4: "vendredi ven", 5: "samedi sam",
        6: "dimanche dim",
    },
    "WDS": {
        (0,): "lundis", (1,): "mardis", (2,): "mercredis", (3,): "jeudis", (4,): "vendredis", (5,): "samedis",
        (6,): "dimanches", (0, 1, 2, 3, 4): "en_semaine jours_ouvrables jours_de_semaine",
    },
    "MON": {
        1: "janvier janv jan", 2: "fevrier fev fevr", 3: "mars", 4: "avril avr", 5: "mai", 6: "juin", 7: "juillet juil",
        8: "aout", 9: "septembre sept sep", 10: "octobre oct", 11: "novembre nov", 12: "decembre dec",
    },
    "UNIT": {
        "second": "seconde secondes sec", "minute": "minute minutes min mn", "day": "jour jours journee",
        "week": "semaine semaines sem", "month": "mois", "year": "an ans annee annees", "weekend": "week-end weekend weekends week_end",
        "quarter": "trimestre trimestres", "fortnight": "quinzaine", "night": "nuits", "workday": "jour_ouvrable jour_ouvre",
    },
    "LENW": {15: "quart_d_heure", 30: "demi-heure demi_heure demie-heure", 45: "trois_quarts_d_heure"},
    "QTR": {1: "quart"},
    "HALF": {1: "demi demie"},
    "REL": {
        0: "aujourd'hui ce_jour dans_la_journee aujourdhui", 1: "demain", -1: "hier", 2: "apres-demain apres_demain",
        -2: "avant-hier", "nextday": "lendemain le_lendemain jour_suivant",
    },
    "TONIGHT": {
        "evening": "ce_soir cette_soiree", "morning": "ce_matin cette_matinee",
        "afternoon": "cet_apres-midi cette_apres-midi cet_aprem cet_apres_midi cette_apres_midi", "night": "cette_nuit",
        "lunch": "ce_midi",
    },
    "PART": {
        "earlymorning": "debut_de_matinee debut_de_la_matinee tot_le_matin debut_de_journee",
        "morning": "matin matinee matins",
        "midmorning": "milieu_de_matinee milieu_de_la_matinee",
        "latemorning": "fin_de_matinee fin_de_la_matinee",
        "midday": "milieu_de_journee milieu_de_la_journee",
        "lunch": "dejeuner heure_du_dejeuner",
        "earlyafternoon": "debut_d_apres-midi debut_de_l_apres-midi debut_d_aprem",
        "afternoon": "apres-midi aprem apres_midi",
        "midafternoon": "milieu_d_apres-midi milieu_de_l_apres-midi",
        "lateafternoon": "fin_d_apres-midi fin_de_l_apres-midi fin_de_journee fin_de_la_journee",
        "earlyevening": "debut_de_soiree debut_de_la_soiree",
        "evening": "soir soiree soirs",
        "latenight": "fin_de_soiree fin_de_la_soiree",
        "night": "nuit",
    },
    "NOON": {12: "midi", 0: "minuit"},
    "SEASON": {"spring": "printemps", "summer": "ete", "autumn": "automne", "winter": "hiver"},
    "OCLK": {1: "h heure heures"},
    "MINUS": {1: "moins moins_le"},
    "PAST": {1: "passe_de passees_de passe"},
    "TO": {1: "au aux"},
    "UNTIL": {1: "jusqu jusqu_a jusqu_au jusqu'a jusqu'au jusqu_en jusque"},
    "AND": {1: "et mais"},
    "OR": {1: "ou soit"},
    "THE": {1: "le la les l"},
    "OF": {1: "de du des d"},
    "ON": {1: "sur"},
    "AT": {1: "a"},
    "IN": {1: "dans en pendant durant d_ici"},
    "FOR": {1: "pour"},
    "FROM": {1: "depuis a_partir_de a_partir_du a_partir_d a_compter_du a_compter_de des_le"},
    "BETWEEN": {1: "entre"},
    "AFTER": {"after": "apres apres_le plus_tard_que", "from": "pas_avant"},
    "BEFORE": {"before": "avant avant_le", "until": "au_plus_tard pas_apres avant_la_fin"},
    "THIS": {1: "ce cet cette ces"},
    "NEXT": {1: "prochain prochaine prochains prochaines qui_vient a_venir qui_viennent"},
    "LAST": {1: "dernier derniere derniers dernieres passe_e passee passes precedent precedente"},
    "FOLLOWING": {1: "suivant suivante suivants suivantes d_apres qui_suit qui_suivent"},
    "EVERY": {1: "chaque tous_les toutes_les tout"},
    "ALT": {2: "un_sur_deux"},
    "NOT": {1: "pas sauf_pas"},
    "EXCEPT": {1: "sauf excepte hormis a_part"},
    "PREFER": {"prefer": "de_preference idealement plutot prefere", "maybe": "si_possible"},
    "AGO": {1: "il_y_a", 2: "plus_tot auparavant"},
    "LATER": {1: "plus_tard apres_ca"},
    "WITHIN": {1: "d_ici dans_les d_ici_a au_cours_des"},
    "ABOUT": {1: "vers environ aux_alentours_de autour_de pile precises aux_environs_de"},
    "EARLY": {1: "debut debut_du_mois_de debut_du debut_de"},
    "MID": {1: "mi milieu milieu_de milieu_du courant"},
    "LATE": {1: "fin fin_de fin_du la_fin_de fin_du_mois_de"},
    "NOW": {1: "maintenant tout_de_suite immediatement en_ce_moment"},
    "ASAP": {1: "des_que_possible au_plus_vite le_plus_tot_possible"},
    "ART": {1: "une"},
    "EOP": {"month": "fin_du_mois la_fin_du_mois", "year": "fin_de_l_annee la_fin_de_l_annee"},
    "FREQ": {
        "daily": "quotidien quotidiennement", "weekly": "hebdomadaire", "monthly": "mensuel mensuellement",
        "yearly": "annuel annuellement",
    },
    "MOVE": {1: "deplace deplacer decale decaler reporte reporter"},
    "SAME": {1: "meme la_meme"},
    "TIMEWORD": {1: "moment"},
    "CORRECT": {1: "je_veux_dire non_pardon"},
    "WEEKOF": {1: "semaine_du"},
    "HOL": {
        "christmas": "noel jour_de_noel", "christmas-eve": "veille_de_noel reveillon_de_noel",
        "new-year": "nouvel_an jour_de_l_an premier_de_l_an", "new-years-eve": "saint-sylvestre reveillon",
        "easter": "paques dimanche_de_paques", "easter-monday": "lundi_de_paques", "ascension": "ascension jeudi_de_l_ascension",
        "pentecost": "pentecote", "pentecost-monday": "lundi_de_pentecote", "bastille-day": "fete_nationale",
        "workers-day": "fete_du_travail", "all-saints": "toussaint", "armistice": "armistice", "assumption": "assomption",
        "mothers-day": "fete_des_meres", "fathers-day": "fete_des_peres", "valentine": "saint-valentin saint_valentin",
        "halloween": "halloween", "music-day": "fete_de_la_musique", "epiphany": "epiphanie", "shrove-tuesday": "mardi_gras",
        "ash-wednesday": "mercredi_des_cendres", "good-friday": "vendredi_saint",
    },
}  # fmt: skip
