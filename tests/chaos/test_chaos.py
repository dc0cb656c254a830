"""A short chaos run; the long one is `python -m tests.chaos.chaos`."""

from tests.chaos.chaos import parse, run


def test_nothing_is_lost_or_doubled_while_processes_die_and_neighbours_misbehave() -> None:
    options = "--wishes 12 --seconds 10 --kill-every 3 --fault-every 0.7 --patience 25"
    report = run(parse(options.split()))
    print(report)
    assert report.kills > 0
    assert report.broken == [], str(report)
