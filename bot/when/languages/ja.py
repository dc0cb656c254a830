# ruff: noqa: E501  (word tables)
"""Japanese words of time, matched longest first in unspaced text."""

from typing import Any

OPTIONS: dict[str, Any] = {"day_first": False, "spaced": False}

_WD = "月火水木金土日"
_KANA = ("げつようび", "かようび", "すいようび", "もくようび", "きんようび", "どようび", "にちようび")
_MONTHS = (
    "いちがつ", "にがつ", "さんがつ", "しがつ", "ごがつ", "ろくがつ", "しちがつ", "はちがつ", "くがつ", "じゅうがつ",
    "じゅういちがつ", "じゅうにがつ",
)  # fmt: skip

TABLE: dict[str, dict[Any, str]] = {
    "WD": {n: f"{k}曜日 {k}曜 ({k}) （{k}） {_KANA[n]}" for n, k in enumerate(_WD)},
    "WDS": {(0, 1, 2, 3, 4): "平日"},
    "MON": {n + 1: w for n, w in enumerate(_MONTHS)} | {1: "いちがつ"},
    "GATSU": {1: "月 がつ"},
    "NICHI": {1: "日"},
    "JI": {1: "時"},
    "UNIT": {
        "second": "秒 秒間", "minute": "分 分間", "hour": "時間", "day": "日間 一日中", "week": "週 週間 しゅう しゅうかん",
        "month": "ヶ月 か月 カ月 ケ月 ヵ月 箇月 ヶ月間 か月間 月間 げつ", "year": "年 年間", "weekend": "週末 しゅうまつ",
        "workday": "営業日 平日間",
    },
    "QTR": {1: "四半期"},
    "HALF": {1: "半"},
    "NUM": {3: "数"},
    "REL": {
        0: "今日 本日 きょう ほんじつ この1日 この日", 1: "明日 あした あす みょうにち", -1: "昨日 きのう", 2: "明後日 あさって",
        -2: "一昨日 おととい", "nextday": "翌日 次の日",
    },
    "TONIGHT": {"evening": "今晩", "night": "今夜", "morning": "今朝"},
    "PART": {
        "earlymorning": "早朝 明け方", "morning": "朝 午前中", "afterlunch": "昼食後 お昼の後", "lunch": "昼休み お昼 ランチタイム 昼食時", "noonish": "昼頃 昼ごろ",
        "afternoon": "午後中 昼過ぎ", "evening": "夕方 晩 夕", "night": "夜", "latenight": "深夜",
    },
    "AMPMPRE": {"am": "午前 ごぜん", "pm": "午後 ごご"},
    "NOON": {12: "正午", 0: "真夜中 夜中の12時"},
    "TODASH": {1: "から"},
    "UNTILPOST": {1: "まで までに"},
    "TO": {1: "〜 ～"},
    "AFTERPOST": {"after": "以降 以後 より後 よりも後 のあと の後 あとで", "from": "からずっと"},
    "BEFOREPOST": {"before": "より前 の前 以前 前に 前"},
    "LATER": {1: "後 後に 経ってから 経過したら 経ったら 経過してから 過ぎたら 間で で あと以上"},
    "WITHINPOST": {1: "以内 以内に のうちに うちに"},
    "THIS": {1: "今 こん この その 本 当 現 現在 今の 現在の"},
    "NEXT": {1: "来 次 次の 翌 今後 これから 向こう"},
    "AFTERNEXT": {1: "再来 さらい"},
    "LAST": {1: "先 前の 昨 過去 この前の ここ 最後の 最後"},
    "EVERY": {1: "毎"},
    "ORDMARK": {1: "第"},
    "LATE": {1: "下旬 末 終わり 終わりごろ の終わり 後半 の後半"},
    "MID": {1: "中旬 半ば の半ば 中頃"},
    "EARLY": {1: "上旬 初め 始め はじめ の初め 前半 初旬"},
    "EOP": {"month": "月末", "year": "年末", "week": "週の終わり", "lastminute": "一日の終わり"},
    "NOW": {1: "今すぐ いま 即 ただちに 直ちに すぐに 今から"},
    "OF": {1: "の に は が も を 、 と"},
    "OR": {1: "か または もしくは"},
    "EXCEPTPOST": {1: "以外 を除く を除いて"},
    "PREFER": {"prefer": "できれば 出来れば なるべく"},
    "FREQ": {"daily": "毎日", "weekly": "毎週", "monthly": "毎月", "yearly": "毎年"},
    "ABOUT": {1: "ごろ 頃 ころ くらい ちょうど きっかり 約"},
    "WORD": {1: "時に の時 時間を 時間です 月に一度 明日之后 一番 日本 今回 一緒 前回 月額 分かり 十分 自分 部分 一日一 います いました いません いまして いませ いましょう ざいます ざいまし 良い週末 よい週末 良い一日"},
    "HOL": {
        "christmas": "クリスマス", "christmas-eve": "クリスマスイブ", "new-year": "元日 元旦 お正月", "new-years-eve": "大晦日 大みそか",
        "valentine": "バレンタインデー バレンタイン", "halloween": "ハロウィン", "easter": "復活祭 イースター", "independence-day": "独立記念日",
        "culture-day-jp": "文化の日", "childrens-day-jp": "こどもの日", "mothers-day": "母の日", "fathers-day": "父の日", "thanksgiving": "感謝祭",
    },
}  # fmt: skip
