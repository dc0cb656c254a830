"""A short chaos run; the long one is `python -m tests.chaos.chaos`."""

from tests.chaos.chaos import parse, run


def test_nothing_is_lost_or_doubled_while_processes_die_and_neighbours_misbehave() -> None:
    options = "--replicas 2 --errands 10 --seconds 5 --kill-every 3 --fault-every 0.4 --patience 20 --webhooks"
    report = run(parse(options.split()))
    print(report)
    assert report.kills + report.deaths.total() > 0
    assert report.faults.total() > report.unmet
    assert report.broken == [], str(report)
