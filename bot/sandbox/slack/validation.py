"""Slack's limits on what an app posts: blocks and views, refused with Slack's own messages."""

from bot.sandbox.slack.journal import Json


def check_blocks(blocks: object, surface: str) -> list[str]:
    """What is wrong with these blocks, as Slack's `response_metadata.messages` words it; empty if nothing."""
    if not isinstance(blocks, list):
        return ["[ERROR] must be an array [json-pointer:/blocks]"]
    limit = 50 if surface == "message" else 100
    if len(blocks) > limit:
        return [f"[ERROR] no more than {limit} items allowed [json-pointer:/blocks]"]
    return [
        f"[ERROR] must be an object with a type [json-pointer:/blocks/{number}]"
        for number, block in enumerate(blocks)
        if not isinstance(block, dict) or not isinstance(block.get("type"), str)
    ]


def check_view(view: Json) -> list[str]:
    """What is wrong with this view."""
    return check_blocks(view.get("blocks"), "view")


def too_much_text(blocks: list[Json]) -> bool:
    """Whether the blocks' texts together are over Slack's limit for one message (about 13,200 characters)."""
    return _length(blocks) > 13_200


def _length(part: object) -> int:
    if isinstance(part, list):
        return sum(_length(each) for each in part)
    if isinstance(part, dict):
        return sum(
            len(value) if name == "text" and isinstance(value, str) else _length(value) for name, value in part.items()
        )
    return 0
