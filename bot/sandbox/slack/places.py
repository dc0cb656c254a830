"""Which conversation an API call means."""

from bot.sandbox.slack.arguments import SlackError
from bot.sandbox.slack.people import CHANNELS
from bot.sandbox.slack.world import World


def place_of(world: World, reference: str) -> str:
    """The id of the conversation that `channel` names: an id, a user's id (their DM), or `#general`."""
    directory = world.directory
    if directory.channel(reference) is not None or directory.dm_owner(reference) is not None:
        return reference
    user = directory.by_id(reference)
    if user is not None:
        return user.dm
    for channel in CHANNELS:
        if reference.removeprefix("#") == channel.name:
            return channel.id
    raise SlackError("channel_not_found")


def place_to_post(world: World, reference: str) -> str:
    """Like `place_of`, and the bot must be in it."""
    place = place_of(world, reference)
    if place in world.directory.without_bot:
        raise SlackError("not_in_channel")
    return place
