"""A web server that must never be asked for anything, and all the ways to make an engine ask it."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class CanaryServer(ThreadingHTTPServer):
    """Notes the path of every request and answers each with a one-pixel picture."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), CanaryHandler)
        self.asked = []

    @property
    def port(self):
        return self.server_address[1]

    def url(self, path="", host="127.0.0.1"):
        return f"http://{host}:{self.port}/{path}"


class CanaryHandler(BaseHTTPRequestHandler):
    """Answers anything."""

    PICTURE = bytes.fromhex(
        "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002024401003b"
    )

    def do_GET(self):
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Type", "image/gif")
        self.send_header("Content-Length", str(len(self.PICTURE)))
        self.end_headers()
        self.wfile.write(self.PICTURE)

    do_POST = do_HEAD = do_CONNECT = do_GET

    def log_message(self, *args):
        """Say nothing: what was asked is in ``asked``."""


@contextmanager
def canary_server():
    """A running :class:`CanaryServer` on a free port of this machine."""
    server = CanaryServer()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def get_canaries(url):
    """Ways to make a page fetch something; each asks for a path of its own.

    :param url: function from path to address
    :return: dict name → HTML
    """
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
        '<image xlink:href="{0}" width="9" height="9"/></svg>'
    )
    encoded = "".join(f"&#{ord(char)};" for char in url("entities"))
    escaped = "".join(f"\\{ord(char):x} " for char in url("css-escaped"))
    inner_svg = svg.format(url("svg-in-data")).replace('"', "%22").replace("<", "%3C")
    return {
        "img": f'<img src="{url("img")}">',
        "img-case": f"<IMG SRC={url('img-case')}>",
        "img-blank": f'<img src=" \t{url("img-blank")}">',
        "img-protocol": f'<img src="{url("img-protocol").removeprefix("http:")}">',
        "entities": f'<img src="{encoded}">',
        "srcset": f'<img src="data:," srcset="{url("srcset")} 1x, {url("srcset2")} 2x">',
        "picture": f'<picture><source srcset="{url("picture")}"><img src="{url("pic")}"></picture>',
        "background": f'<table background="{url("background")}"><tr><td>x</td></tr></table>',
        "css-url": f'<div style="background:url({url("css-url")})">x</div>',
        "css-quoted": f"<div style='background:URL( \"{url('css-quoted')}\" )'>x</div>",
        "css-escaped": f'<div style="background:\\75 rl({escaped})">x</div>',
        "css-comment": f'<div style="background:u/**/rl({url("css-comment")})">x</div>',
        "css-list": f'<ul style="list-style-image:url({url("css-list")})"><li>x</li></ul>',
        "css-content": (
            f'<style>.cc:after{{content:url({url("css-content")})}}</style><p class="cc">x</p>'
        ),
        "css-import": f'<style>@import "{url("css-import")}";</style>',
        "css-import-url": f"<style>@im\\port url({url('css-import-url')});</style>",
        "css-font": (
            f"<style>@font-face{{font-family:f;src:url({url('css-font')})}}</style>"
            '<p style="font-family:f">x</p>'
        ),
        "link-style": f'<link rel="stylesheet" href="{url("link-style")}">',
        "link-prefetch": f'<link rel="prefetch" href="{url("link-prefetch")}">',
        "link-icon": f'<link rel="icon" href="{url("link-icon")}">',
        "iframe": f'<iframe src="{url("iframe")}"></iframe>',
        "srcdoc": f"<iframe srcdoc=\"<img src='{url('srcdoc')}'>\"></iframe>",
        "frame-file": '<iframe src="file:///etc/passwd" width="700" height="300"></iframe>',
        "object": f'<object data="{url("object")}" type="image/gif"></object>',
        "object-file": '<object data="file:///etc/passwd" type="text/plain"></object>',
        "embed": f'<embed src="{url("embed")}" type="image/gif">',
        "applet": f'<applet code="x" codebase="{url("applet")}"></applet>',
        "script-src": f'<script src="{url("script-src")}"></script>',
        "script": f'<script>new Image().src="{url("script")}"</script>',
        "script-xhr": (
            "<script>var r=new XMLHttpRequest();"
            f'r.open("GET","{url("script-xhr")}",false);r.send()</script>'
        ),
        "script-file": (
            "<script>var q=new XMLHttpRequest();q.open('GET','file:///etc/passwd',false);q.send();"
            "document.write(q.responseText)</script>"
        ),
        "onerror": f'<img src="data:," onerror="new Image().src=\'{url("onerror")}\'">',
        "onload": f"<svg onload=\"new Image().src='{url('onload')}'\"></svg>",
        "javascript": f"<iframe src=\"javascript:new Image().src='{url('javascript')}'\"></iframe>",
        "data-html": f"<iframe src=\"data:text/html,<img src='{url('data-html')}'>\"></iframe>",
        "svg-image": svg.format(url("svg-image")),
        "svg-use": f'<svg><use xlink:href="{url("svg-use")}#a"/></svg>',
        "svg-fill": f'<svg><rect width="9" height="9" fill="url({url("svg-fill")}#a)"/></svg>',
        "svg-in-data": f'<img src="data:image/svg+xml,{inner_svg}">',
        "foreign": f'<svg><foreignObject><img src="{url("foreign")}"></foreignObject></svg>',
        "video": f'<video poster="{url("video-poster")}" src="{url("video")}"></video>',
        "audio": f'<audio src="{url("audio")}" autoplay></audio>',
        "input": f'<input type="image" src="{url("input")}">',
        "form": f'<form action="{url("form")}"><input name="a"></form>'
        "<script>document.forms[0].submit()</script>",
        "comment": f'<!--[if gte IE 5]><img src="{url("comment")}"><![endif]-->',
        "meta-refresh": f'<meta http-equiv="refresh" content="0;url={url("meta-refresh")}">',
        "noscript": f'<noscript><img src="{url("noscript")}"></noscript>',
        "base": f'<base href="{url("base/")}"><img src="relative.png">',
    }
