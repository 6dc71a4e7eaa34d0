"""Chromium, where there is one: a page by HTTP/2 over TLS that asks and posts by itself, and one that speaks JSON-RPC."""
import base64
import hashlib
import html
import re
import shutil
import subprocess

from .report import expect


def checks(names):
    if not found():
        print("SKIP  wires: Chromium loads a page (there is no chromium)", flush=True)
        return
    for wire in names:
        yield f"Chromium loads a page by {wire}", lambda wires, wire=wire: page(wires, wire)


def found():
    return shutil.which("chromium") is not None


def dumped(folder, address, *options):
    """The body of the page when all that it loads is there."""
    done = subprocess.run(
        ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'browser'}",
         *options, "--timeout=20000", "--dump-dom", address],
        capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    body = re.search(r"<body>(.*?)</body>", done.stdout, re.S)
    return html.unescape(body[1]).strip() if body else done.stderr[-800:]


def page(wires, wire):
    # The browser knows the certificate by the hash of its key, since there is nobody to add the authority to its list.
    key = subprocess.run(["openssl", "pkey", "-in", wires.folder / "server.key", "-pubout", "-outform", "der"],
                         capture_output=True, check=True).stdout
    pin = base64.b64encode(hashlib.sha256(key).digest()).decode()
    shown = dumped(wires.folder, f"https://localhost:{wires.secure}/{wire}/page",
                   f"--ignore-certificate-errors-spki-list={pin}")
    expect(shown, f"h2 /{wire}/x?a=b 1000000", "page")
