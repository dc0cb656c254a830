"""The look of the server's few web pages."""

from html import escape

from starlette.responses import HTMLResponse

STYLE = """
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 34rem; margin: 4rem auto; padding: 0 1rem; }
h1 { font-size: 1.4rem; margin: 0 0 1rem; }
main { border: 1px solid color-mix(in srgb, CanvasText 20%, Canvas); border-radius: .8rem; padding: 1.5rem; }
button, select, input { font: inherit; padding: .5rem .9rem; border-radius: .5rem; margin: .2rem .3rem .2rem 0;
  border: 1px solid color-mix(in srgb, CanvasText 30%, Canvas); background: Canvas; color: CanvasText; }
button.main { background: CanvasText; color: Canvas; }
label { display: block; margin: .6rem 0; }
ul { padding-left: 1.2rem; }
.quiet { opacity: .7; }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'"


def page(title: str, inner: str, status: int = 200) -> HTMLResponse:
    """A page; `inner` is HTML that is already escaped."""
    text = (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><style>{STYLE}</style></head>'
        f'<body><main><h1>{escape(title)}</h1>{inner}</main><p class="quiet">Cal.com sandbox</p></body></html>'
    )
    headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HTMLResponse(text, status, headers)


def hidden(values: dict[str, str]) -> str:
    """Hidden inputs."""
    return "".join(
        f'<input type="hidden" name="{escape(name)}" value="{escape(value)}">' for name, value in values.items()
    )
