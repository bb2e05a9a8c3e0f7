"""A browser without a screen: cookies, forms, and nothing hidden by a library."""

import http.cookiejar
import io
import json
import re
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from dataclasses import dataclass

import pypdf

DEMO_BAR = re.compile(r'<aside class="wl-demo".*?</aside>', re.DOTALL)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: object, **_kwargs: object) -> None:
        return None


@dataclass(frozen=True)
class Answer:
    status: int
    location: str
    body: bytes
    media_type: str

    @property
    def text(self) -> str:
        """What a reader gets: of a sheet its cells, of a paper its words, of a page all but the demo's bar."""
        if self.body[:4] == b"%PDF":
            return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(self.body)).pages)
        if "json" in self.media_type:
            return json.dumps(json.loads(self.body), ensure_ascii=False)
        if self.body[:2] == b"PK":
            with zipfile.ZipFile(io.BytesIO(self.body)) as sheet:
                return "\n".join(
                    sheet.read(n).decode("utf-8", "ignore") for n in sheet.namelist() if n.endswith(".xml")
                )
        return DEMO_BAR.sub("", self.body.decode("utf-8", "ignore"))


class Client:
    """Somebody at the demo's door; `account` None stays anonymous."""

    def __init__(self, url: str, account: str | None = None) -> None:
        self.url = url
        self.cookies = http.cookiejar.CookieJar()
        handler = urllib.request.HTTPCookieProcessor(self.cookies)
        self._opener = urllib.request.build_opener(handler, _NoRedirect)
        if account is not None:
            self.get("/account/login/")
            answer = self.post("/demo/switch/", {"account": account})
            assert answer.status == 302, f"{account} could not enter: {answer.status}"

    def _open(self, request: urllib.request.Request) -> Answer:
        try:
            with self._opener.open(request, timeout=60) as response:
                return Answer(response.status, "", response.read(), response.headers.get("content-type", ""))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(
                    error.code, error.headers.get("location", ""), error.read(), error.headers.get("content-type", "")
                )

    def get(self, path: str, headers: dict[str, str] | None = None) -> Answer:
        return self._open(urllib.request.Request(self.url + path, headers=headers or {}))

    @property
    def _csrf(self) -> str:
        return next((cookie.value or "" for cookie in self.cookies if cookie.name == "csrftoken"), "")

    def post(self, path: str, data: dict[str, str] | None = None) -> Answer:
        body = urllib.parse.urlencode({**(data or {}), "csrfmiddlewaretoken": self._csrf}).encode()
        return self._open(urllib.request.Request(self.url + path, data=body, headers={"Referer": self.url}))

    def command(self, path: str, body: bytes, media_type: str, key: str) -> Answer:
        """A command of the API by the session: with the page's own token, and a key."""
        headers = {"Referer": self.url, "X-CSRFToken": self._csrf, "Content-Type": media_type, "Idempotency-Key": key}
        return self._open(urllib.request.Request(self.url + path, data=body, headers=headers))
