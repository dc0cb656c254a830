# ruff: noqa: E501  (word tables)
"""Chinese words of time, simplified and traditional, matched longest first in unspaced text."""

from typing import Any

OPTIONS: dict[str, Any] = {"day_first": False, "spaced": False}

_DIGITS = ("一", "二", "三", "四", "五", "六")
_WEEK = ("周", "週", "星期", "礼拜", "禮拜", "拜", "个周", "個週", "个星期", "個星期", "个礼拜", "個禮拜")


def _weekdays() -> dict[Any, str]:
    days: dict[Any, str] = {n: " ".join(w + d for w in _WEEK) for n, d in enumerate(_DIGITS)}
    days[6] = " ".join(w + d for w in _WEEK for d in ("日", "天", "七"))
    return days


def _weekly() -> dict[Any, str]:
    """每周一: on Mondays."""
    days = {(n,): " ".join("每" + w + d for w in _WEEK) for n, d in enumerate(_DIGITS)}
    days[(6,)] = " ".join("每" + w + d for w in _WEEK for d in ("日", "天"))
    return days


TABLE: dict[str, dict[Any, str]] = {
    "WD": _weekdays(),
    "WDS": {(0, 1, 2, 3, 4): "工作日们"} | _weekly(),
    "GATSU": {1: "月"},
    "NICHI": {1: "日 号 號"},
    "JI": {1: "点 點 时 時 点钟 點鐘 点整 點整"},
    "UNIT": {
        "second": "秒 秒钟 秒鐘", "minute": "分 分钟 分鐘", "hour": "小时 小時 钟头 鐘頭 个小时 個小時 个钟头 個鐘頭 個鐘 个钟",
        "day": "天", "week": "周 週 星期 礼拜 禮拜 个星期 個星期 个礼拜 個禮拜 个周", "month": "个月 個月", "year": "年",
        "weekend": "周末 週末", "workday": "工作日 个工作日",
    },
    "QTR": {1: "刻 刻钟 刻鐘"},
    "SEASONQ": {1: "季度 季"},
    "HALF": {1: "半 踏半 搭半"},
    "NUM": {2: "两 兩 俩", 3: "几 幾"},
    "REL": {
        0: "今天 今日 當日 当天", 1: "明天 明日 聽日 听日 明儿", -1: "昨天 昨日 寻日", 2: "后天 後天 後日 后日", 3: "大后天 大後天 大後日",
        -2: "前天 前日", "nextday": "第二天 次日 翌日",
    },
    "TONIGHT": {
        "night": "今晚 今夜", "morning": "今早 今晨 今朝", (1, "night"): "明晚 聽晚 听晚", (1, "morning"): "明早 明晨",
    },
    "PART": {
        "earlymorning": "清晨 凌晨 早晨 黎明", "morning": "上午 早上 早间 早間 朝早 朝 早", "lunch": "午饭时间 午飯時間", "afterlunch": "午饭后 午餐后 午飯後",
        "noonish": "中午", "afternoon": "下午 下昼 晏昼 晏晝 午后 午後", "evening": "傍晚 黄昏", "night": "晚上 夜晚 夜里 夜裡 夜间 晚间 夜 晚",
        "latenight": "深夜 半夜",
    },
    "NOON": {12: "正午 中午12点 中午十二点", 0: "午夜 半夜12点"},
    "TO": {1: "到 至 直到"},
    "FROM": {1: "从 從 由 自"},
    "UNTIL": {1: "截止到 截至 直到_ 截止"},
    "BETWEENPOST": {1: "之间 之間 间 間"},
    "AND": {1: "和 与 與 及"},
    "OR": {1: "或 或者 还是"},
    "AFTERPOST": {"after": "以后 以後 之后 之後 后 後", "from": "开始 開始 起"},
    "BEFOREPOST": {"before": "之前 以前 前 或之前"},
    "LATER": {1: "后_ 過後 过后"},
    "WITHINPOST": {1: "以内 以內 之内 之內 内 內"},
    "THIS": {1: "这 這 今 本 这个 這個 今个 今個 这一 這一 当"},
    "NEXT": {1: "明 下 下个 下個 下一个 下一個 下一 接下来 接下來 未来 未來 来 后面 後面 随后"},
    "AFTERNEXT": {1: "下下 下下个 下下個"},
    "LAST": {1: "上 上个 上個 上一 上一个 过去 過去 去 最后 最後 最后一个 最后一 最後一個"},
    "EVERY": {1: "每 每个 每個"},
    "ORDMARK": {1: "第"},
    "LATE": {1: "底 末 下旬 结束 年底_"},
    "MID": {1: "中旬 中期"},
    "EARLY": {1: "初 上旬 年初_"},
    "EOP": {"month": "月底 月末", "year": "年底 年末"},
    "NOW": {1: "现在 現在 此时 此刻 此時 马上 立刻 立即 目前 而家"},
    "OF": {1: "的 在 于 於 是 个 個"},
    "EXCEPT": {1: "除了 除"},
    "PREFER": {"prefer": "最好 尽量 儘量"},
    "FREQ": {"daily": "每天 每日", "weekly": "每周 每週 每星期", "monthly": "每月 每个月", "yearly": "每年"},
    "ABOUT": {1: "大约 大約 大概 左右 约 約"},
    "AGO": {2: "还剩 還剩"},
    "HOL": {
        "christmas": "圣诞节 聖誕節 圣诞", "christmas-eve": "平安夜", "new-year": "元旦 新年", "new-years-eve": "除夕_", "valentine": "情人节 情人節",
        "halloween": "万圣节 萬聖節", "easter": "复活节 復活節", "workers-day": "劳动节 勞動節 五一", "china-day": "国庆节 國慶節 国庆",
        "childrens-day": "儿童节 兒童節", "mothers-day": "母亲节 母親節", "fathers-day": "父亲节 父親節", "womens-day": "妇女节 婦女節",
        "thanksgiving": "感恩节 感恩節", "singles-day": "双十一 光棍节",
    },
    "WORD": {1: "预约 預約 预定 约会 約會 约好 约个 今日头条 明日之后 时候 時候 一下 一起 有点 有點 早点 之一 一样 分享 十分 部分 日常 星期几 几点 幾點 几号 哪天 天气 早上好 晚上好 下午好 中午好 上午好 早安 晚安 午安 周末愉快 新年快乐 新年快樂 圣诞快乐"},
}  # fmt: skip
