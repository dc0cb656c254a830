"""Other people's time parsers behind one protocol, for `bench_when`: `python time_tools.py NAME < requests > answers`.

One JSON line in, one out, as `slotwise when`, with `us` (microseconds inside the call) besides; the first line says how
long the import took. The adapters make the choices a user of each library would: the longest span wins, dates lie in
the future, a missing end is null.
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

Answer = tuple[str | None, str | None]
Tool = Callable[[str, datetime, str], Answer]


def _wall(at: datetime | None) -> str | None:
    return at.replace(tzinfo=None).isoformat(timespec="seconds") if at else None


def slotwise() -> Tool:
    """This project, over the same path as the command."""
    from bot.when.command import bounds
    from bot.when.reader import read
    from bot.when.zones import locate

    def answer(text: str, now: datetime, lang: str) -> Answer:
        said = bounds(read(text, locate(now, "UTC").at, "UTC", lang=lang))
        return said["start"], said["end"]

    return answer


def dateparser() -> Tool:
    """dateparser's search_dates, the longest span."""
    from dateparser.search import search_dates

    def answer(text: str, now: datetime, lang: str) -> Answer:
        settings: Any = {"PREFER_DATES_FROM": "future", "RELATIVE_BASE": now, "TIMEZONE": "UTC"}
        found = search_dates(text, languages=[lang], settings=settings) or []
        return (_wall(max(found, key=lambda f: len(f[0]))[1]), None) if found else (None, None)

    return answer


def parsedatetime() -> Tool:
    """parsedatetime's nlp, the longest span."""
    import parsedatetime as library  # type: ignore[import-not-found]

    calendar = library.Calendar()

    def answer(text: str, now: datetime, lang: str) -> Answer:
        found = calendar.nlp(text, sourceTime=now) or ()
        return (_wall(max(found, key=lambda f: len(f[4]))[0]), None) if found else (None, None)

    return answer


def recognizers() -> Tool:
    """Recognizers-Text, the longest result; of two values the one that is not past."""
    from recognizers_date_time import recognize_datetime  # type: ignore[import-not-found]

    cultures = {
        "en": "en-us", "de": "de-de", "fr": "fr-fr", "es": "es-es", "pt": "pt-br", "it": "it-it", "nl": "nl-nl",
        "ja": "ja-jp", "zh": "zh-cn",
    }  # fmt: skip

    def answer(text: str, now: datetime, lang: str) -> Answer:
        found = [r for r in recognize_datetime(text, cultures[lang], reference=now) if r.resolution]
        if not found:
            return None, None
        best = max(found, key=lambda r: r.end - r.start)
        values = best.resolution["values"]
        read = [(_moment(v.get("start") or v.get("value"), now), _moment(v.get("end"), now)) for v in values]
        ahead = [r for r in read if (r[0] or r[1] or now) >= now.replace(hour=0, minute=0, second=0)] or read
        return _wall(ahead[0][0]), _wall(ahead[0][1])

    return answer


def _moment(text: str | None, now: datetime) -> datetime | None:
    if not text:
        return None
    for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d"):
        try:
            return datetime.strptime(text, form)  # noqa: DTZ007
        except ValueError:
            continue
    try:
        clock = datetime.strptime(text, "%H:%M:%S")  # noqa: DTZ007
    except ValueError:
        return None
    at = now.replace(hour=clock.hour, minute=clock.minute, second=clock.second, microsecond=0)
    return at if at >= now else at + timedelta(days=1)


TOOLS = {"slotwise": slotwise, "dateparser": dateparser, "parsedatetime": parsedatetime, "recognizers": recognizers}

CHRONO = """
const t0 = process.hrtime.bigint();
const chrono = require('chrono-node');
console.log(JSON.stringify({import_ms: Number(process.hrtime.bigint() - t0) / 1e6}));
const wall = d => d ? new Date(d.getTime() - d.getTimezoneOffset() * 60000).toISOString().slice(0, 19) : null;
require('fs').readFileSync(0, 'utf8').split('\\n').filter(l => l).forEach(line => {
  const q = JSON.parse(line), begun = process.hrtime.bigint();
  let s = null, e = null;
  const found = chrono.parse(q.text, new Date(q.reference), {forwardDate: true});
  if (found.length) {
    const best = found.reduce((a, b) => b.text.length > a.text.length ? b : a);
    s = best.start.date(); e = best.end ? best.end.date() : null;
  }
  const us = Number(process.hrtime.bigint() - begun) / 1e3;
  console.log(JSON.stringify({id: q.id, start: wall(s), end: wall(e), us}));
});
"""


def main(name: str) -> None:
    """Answer every request on stdin with one tool."""
    begun = time.perf_counter()
    tool = TOOLS[name]()
    print(json.dumps({"import_ms": (time.perf_counter() - begun) * 1000}))
    for line in sys.stdin:
        request = json.loads(line)
        now = datetime.fromisoformat(request["reference"])
        begun = time.perf_counter()
        try:
            start, end = tool(request["text"], now, request.get("lang", "en"))
        except Exception as failure:
            start, end = None, None
            print(type(failure).__name__, file=sys.stderr)
        taken = (time.perf_counter() - begun) * 1e6
        print(json.dumps({"id": request["id"], "start": start, "end": end, "us": taken}))


if __name__ == "__main__":
    main(sys.argv[1])
