"""The embedded stand-ins: a Slack workspace, a Cal.com server and a model, all over real HTTP."""
