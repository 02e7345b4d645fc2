"""Values that no honest client sends: for addresses, forms, names of files and headers."""

from __future__ import annotations

from collections.abc import Sequence

SAFE = (b"GET", b"HEAD", b"OPTIONS")
OTHERS = (b"POST", b"PUT", b"DELETE", b"PATCH", b"TRACE", b"PROPFIND", b"get", b"LOCK")
BY_KEYS = ("/users", "/syncs", "/progression", "/healthcheck", "/opds", "/get", "/cover")  # asked for by reading apps
KEYS = (
    "q", "before", "author", "series", "tag", "language", "doubts", "unread", "page", "query", "next", "key", "of",
    "for",
)  # fmt: skip
PARTS = (
    "..", "../..", "..%2f..%2fsecret.txt", "%2e%2e%2f%2e%2e%2fsecret.txt", "..%5c..%5csecret.txt",
    "..%255c..%252fsecret.txt", "%2fetc%2fpasswd", "....//....//secret.txt", "%00", "secret.txt%00.epub",
    "%c0%ae%c0%ae%c0%af", "%ed%a0%80", "%ff", "%", "%zz", "-1", "0", "1.5", "1e9", "9" * 19, "9" * 30, "9" * 4400,
    "%d9%a1", "%0d%0aset-cookie:%20a=b", "%20", "'", "%22", "<script>", ";", "a" * 300, "a" * 9000, "%F0%9F%92%A9",
    "CON", ".chapbook-shelf.db", ".chapbook.db", "%2e", "~", "*", "{book}", "%E2%80%AE",
)  # fmt: skip
TEXTS = (
    "", " ", "a", "%", "_", "!", "'", '"', "\\", "*", "AND", "NEAR(a b)", "title:a", '"*', "^", "-", "a*b", "\0",
    "a\0b", "\ud800", "灯", "é", "e\u0301", "ß", "İ", "\u202e", "<script>alert(1)</script>", "{{7*7}}", "${7*7}",
    "'; DROP TABLE books; --", "1", "0", "-1", "007", "9" * 15, "9" * 16, "9" * 5000, "1e308", "nan", "inf", "٣",
    "//evil.example", "/\\evil.example", "http://evil.example/", "javascript:0", "/\r\nset-cookie: a=b", "a" * 199,
    "a" * 5000, "w " * 800, "epubcfi(/6/4!/4/2:0)", "epubcfi(" + "/2" * 900 + ")", "epubcfi(", "../../secret",
    "dropped/", "book/1/", "\U0001f4a9" * 30,
)  # fmt: skip
NAMES = (
    "a.txt", "../../secret.txt", "..\\..\\secret.txt", "/etc/cron.d/x", "C:\\x.txt", "", ".", "..",
    "a/b/c/d/e/f/g/h/i/j.txt", "CON.txt", "story.toml", ".chapbook-shelf.db", "\0.txt", "a\r\nb.txt",
    "x" * 400 + ".txt", "é\u0301\u202etxt.exe", "a.epub", "a.docx", "a.html", "~",
)  # fmt: skip
CHARSETS = (
    "", "utf-8", "latin-1", "utf-7", "unicode_escape", "raw_unicode_escape", "idna", "punycode", "base64", "rot13",
    "undefined", "x",
)  # fmt: skip
HOSTS = (
    b"evil.example", b"", b"[::1", b"localhost:99999999", b"localhost@evil.example", b"\xff", b"localhost/../x",
    b"localhost, evil",
)  # fmt: skip
ORIGINS = (
    b"http://evil.example", b"null", b"http://[", b"http://[::1", b"//", b"\xff", b"http://localhost.evil.example",
    b"file://",
)  # fmt: skip
RANGES = (
    b"bytes=0-0", b"bytes=-1", b"bytes=0-", b"bytes=9-1", b"bytes=" + b"0-0," * 500 + b"1-1", b"bytes=-" + b"9" * 30,
    b"bytes=a-b", b"bytes=" + b"9" * 5000 + b"-", b"lines=1-2", b"bytes=,", b"bytes=0-0,2-2", b"bytes=--1",
    b"bytes=\xb2-",
)  # fmt: skip
LENGTHS = (
    (b"transfer-encoding", b"chunked"), (b"transfer-encoding", b"x"), (b"content-length", b"-1"),
    (b"content-length", b"9" * 5000), (b"content-length", b"\xb2"), (b"content-length", b"999999999"),
)  # fmt: skip
KINDS = (
    b"application/x-www-form-urlencoded", b"multipart/form-data; boundary=x", b"multipart/form-data",
    b"application/json", b"text/xml", b"", b"multipart/form-data; boundary=" + b"y" * 300,
    b"multipart/form-data; boundary=\"\xff\"", b"a/b; charset=idna", b"\xff", b";;;=",
)  # fmt: skip
STORY = "Title: {0}\nAuthor: {0}\nSeries: {0}\nTags: {0}\nSummary: {0}\n\nThe lamp went out.\n\nShe lit it again.\n"
BODIES = (
    b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", bytes(range(256)) * 9, b"&" * 9000, b"=", b"x",
)  # fmt: skip
TOKENS = ("", "x", "é", "\ud800", "0" * 64)
SAID: tuple[object, ...] = (
    None, True, -1, 2, 1e308, 10**400, "", "\ud800", "a" * 9000, [], {}, [[]], {"id": 1}, "\0",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59", "/body/DocFragment[" + "9" * 99 + "]" * 9, "/body" * 700,
)  # fmt: skip
ODDITIES: tuple[tuple[bytes, Sequence[bytes]], ...] = (
    (b"range", RANGES), (b"if-none-match", (b"*", b'"x"', b"\xff" * 50, b'W/"' + b"a" * 900)),
    (b"if-range", (b"x", b"\xff")),
    (b"accept", (b"application/opds+json", b"*/*;q=a", b"\xff", b"," * 900)),
    (b"accept-encoding", (b"identity;q=0", b"gzip")),
    (b"user-agent", (b"", b"Kobo Touch", b"Kindle/3.0", b"\xff" * 90)),
    (b"x-forwarded-for", (b"10.0.0.1", b"x")),
    (b"x-forwarded-host", (b"evil.example",)), (b"x-forwarded-proto", (b"https",)),
    (b"upgrade", (b"websocket", b"h2c")),
    (b"expect", (b"100-continue", b"x")),
    (b"if-modified-since", (b"yesterday", b"Sat, 29 Oct 1994 19:43:31 GMT")), (b"a" * 60, (b"b" * 6000,)),
)  # fmt: skip
