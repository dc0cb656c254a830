"""Webhooks: being told instead of asking."""

from bot.calcom import models as m
from bot.calcom.transport import Call
from bot.calcom.wire import link as wire

from .base import Resource, nothing

_ROUTES = {
    m.WebhookOwner.USER: "/webhooks",
    m.WebhookOwner.TEAM: "/teams/{id}/webhooks",
    m.WebhookOwner.ORGANIZATION: "/organizations/{id}/webhooks",
    m.WebhookOwner.EVENT_TYPE: "/event-types/{id}/webhooks",
}
_OWN = m.WebhookScope()


class WebhooksApi(Resource):
    """Webhooks of a person, a team, an organisation or an event type.

    A person's webhook covers the bookings of that person; INSTANT_MEETING comes only to the other three.
    """

    async def webhooks(self, scope: m.WebhookScope = _OWN) -> tuple[m.Webhook, ...]:
        """What is registered."""
        params = (("take", "250"),)
        call = Call("GET", _ROUTES[scope.owner], _names(scope), params)
        return await self._send(call, wire.read_webhooks)

    async def create_webhook(self, new: m.NewWebhook, scope: m.WebhookScope = _OWN) -> m.Webhook:
        """Register. Raises Conflict when the address is registered already."""
        body = wire.webhook_json(new)
        call = Call("POST", _ROUTES[scope.owner], _names(scope), body=body)
        return await self._send(call, wire.read_webhook)

    async def update_webhook(self, webhook_id: str, new: m.NewWebhook, scope: m.WebhookScope = _OWN) -> m.Webhook:
        """Replace what a webhook reports, and where."""
        route = f"{_ROUTES[scope.owner]}/{{webhook_id}}"
        body = wire.webhook_json(new)
        call = Call("PATCH", route, _names(scope) | {"webhook_id": webhook_id}, body=body)
        return await self._send(call, wire.read_webhook)

    async def delete_webhook(self, webhook_id: str, scope: m.WebhookScope = _OWN) -> None:
        """Take a webhook back."""
        route = f"{_ROUTES[scope.owner]}/{{webhook_id}}"
        await self._send(Call("DELETE", route, _names(scope) | {"webhook_id": webhook_id}), nothing)


def _names(scope: m.WebhookScope) -> dict[str, str | int]:
    return {} if scope.id is None else {"id": scope.id}
