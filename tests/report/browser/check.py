# SPDX-License-Identifier: GPL-2.0-or-later
"""check.py DIR   opens every page below DIR in headless Chromium, driven over its debugging pipe. TAP on stdout."""
import fcntl
import glob
import json
import os
import re
import select
import subprocess
import sys
import tempfile
import urllib.parse

HERE = os.path.dirname(os.path.abspath(__file__))
ANSWER_S = 60  # no page takes that long, so the browser hangs
VIEWS = ((360, "light"), (1280, "dark"), (2560, "light"))
FLAGS = ("--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
         "--disable-component-update --disable-sync --disable-extensions --hide-scrollbars "
         "--remote-debugging-pipe --allow-file-access-from-files").split()


# What a person does in runs.html.
RUNS = """(() => {
	const find = document.querySelector("input"), rows = [...document.querySelectorAll("main tbody tr")];
	const seen = () => rows.filter((row) => row.getClientRects().length).length;
	const first = () => document.querySelector("main tbody tr th").textContent;
	find.value = "never-rep";
	find.dispatchEvent(new Event("input"));
	const one = seen();
	find.value = "";
	find.dispatchEvent(new Event("input"));
	const all = seen(), button = document.querySelector("thead button");
	button.click();
	const up = first(), down = (button.click(), first());
	return JSON.stringify(one === 1 && all === rows.length && all > 1 && up < down &&
		document.querySelector("thead th").getAttribute("aria-sort") === "descending");
})()"""


# What a person does in a run's page: hides a policy and a workload, shows them again, enlarges a picture, follows a
# link to what is folded.
PAGE = """(() => {
	const tools = document.querySelector("details.tools"), boxes = [...tools.querySelectorAll("input")];
	const matrix = tools.nextElementSibling, count = (selector) => document.querySelectorAll(selector).length;
	const cells = () => [...matrix.querySelectorAll("td")].filter((c) => c.getClientRects().length).length;
	const before = cells();
	tools.open = true;
	boxes[1].click();
	const policy = cells() < before && count("figure .off-policy") > 0;
	boxes[1].click();
	boxes[boxes.length - 1].click();
	const workload = cells() < before && count("section.off-workload") === 1;
	boxes[boxes.length - 1].click();
	const again = cells() === before && !count(".off-policy, .off-workload");
	const zoom = document.querySelector(".zoom");
	zoom.click();
	const large = zoom.closest("figure").scrollWidth > zoom.closest("figure").clientWidth;
	const why = document.querySelector("details.unfold figure");
	location.hash = why.id;
	dispatchEvent(new Event("hashchange"));
	return JSON.stringify({ policy, workload, again, large, open: why.parentElement.open });
})()"""


class Browser:
    """One page of one browser. What it says unasked is kept in self.events."""

    def __init__(self, profile):
        to_read, self.write_fd = os.pipe()
        self.read_fd, to_write = os.pipe()
        # The browser speaks on descriptors 3 and 4, which the pipes may be themselves.
        far = [fcntl.fcntl(fd, fcntl.F_DUPFD, 10) for fd in (to_read, to_write)]

        def place():
            os.dup2(far[0], 3)
            os.dup2(far[1], 4)

        self.process = subprocess.Popen(
            ["chromium", *FLAGS, "--user-data-dir=" + profile, "--host-resolver-rules=MAP * ~NOTFOUND", "about:blank"],
            pass_fds=(3, 4), preexec_fn=place, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        for fd in (to_read, to_write, *far):
            os.close(fd)
        self.events, self.session, self.last, self.rest = [], None, 0, b""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def bail(self, why):
        self.process.kill()
        sys.exit("Bail out! %s" % why)

    def message(self):
        """Every wait for the browser is in here."""
        while b"\0" not in self.rest:
            if not select.select([self.read_fd], [], [], ANSWER_S)[0]:
                self.bail("the browser said nothing for %d s" % ANSWER_S)
            more = os.read(self.read_fd, 1 << 20)
            if not more:
                self.bail("the browser ended")
            self.rest += more
        text, self.rest = self.rest.split(b"\0", 1)
        return json.loads(text)

    def call(self, method, **params):
        self.last += 1
        request = {"id": self.last, "method": method, "params": params}
        if self.session:
            request["sessionId"] = self.session
        os.write(self.write_fd, json.dumps(request).encode() + b"\0")
        while True:
            message = self.message()
            if message.get("id") == self.last:
                if "error" in message:
                    self.bail("%s: %s" % (method, message["error"]))
                return message["result"]
            self.events.append(message)

    def open(self, path, width, scheme):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.events.clear()
        self.call("Page.navigate", url="file://" + urllib.parse.quote(path))
        while not any(e.get("method") == "Page.loadEventFired" for e in self.events):
            self.events.append(self.message())

    def evaluate(self, script):
        result = self.call("Runtime.evaluate", expression=script)
        if "exceptionDetails" in result:
            self.bail("check.js: %s" % result["exceptionDetails"]["exception"].get("description"))
        return result["result"].get("value")

    def close(self):
        self.session = None
        self.call("Browser.close")
        try:
            self.process.wait(ANSWER_S)
        except subprocess.TimeoutExpired:
            self.bail("the browser does not end")


def unwanted(events, top):
    """What the page said and asked for, but for what is below top."""
    for e in events:
        method, params = e.get("method"), e.get("params", {})
        if method in ("Runtime.consoleAPICalled", "Runtime.exceptionThrown", "Log.entryAdded",
                      "Page.javascriptDialogOpening"):
            yield "%s: %s" % (method, json.dumps(params)[:300])
        if method == "Network.requestWillBeSent":
            url = params["request"]["url"]
            if not url.startswith(("data:", "file://" + top)):
                yield "asks for " + url


def broken(links, ids, page, top):
    for link in sorted(set(links)):
        url = urllib.parse.urlsplit(link)
        path = urllib.parse.unquote(url.path)
        if url.scheme != "file" or not os.path.realpath(path).startswith(top + "/"):
            yield "a link leads outside: " + link
        elif not os.path.isfile(path):
            yield "a link leads nowhere: " + link
        elif path == page and url.fragment and url.fragment not in ids:
            yield "no such place: " + link


def number(value):
    """As buf_number() writes it."""
    return format(value, ",.0f") if abs(value) >= 1000 else "%.4g" % value


def cell_says(cell):
    """What the page's matrix must say of a cell of results.json."""
    said = ["%d of %d data points" % (cell["valid"], cell["reliability"]["planned"])]
    if cell["median"] is not None:
        said.append("median of samples %s %s" % (number(cell["median"]), cell["unit"]))
    usable = cell["verdict"] != "unusable"
    if not usable:
        said.append("not usable")
    if cell["policy"] != "fair" and cell["pairs"] and (usable or cell["low"] is not None):
        said += [] if usable else ["survivors only"]
        said += [] if cell["ratio"] is None else ["%.3f" % cell["ratio"]]
        if cell["low"] is not None:
            said.append("[%.3f, %.3f]" % (cell["low"], cell["high"]))
    if cell["total_ratio"] is not None and usable:
        said.append("totals %.3f [%.3f, %.3f]" % (cell["total_ratio"], cell["total_low"], cell["total_high"]))
    if cell["reason_text"] and cell["reason"] not in ("few", "direction"):
        said.append(cell["reason_text"])
    said += ["%d %s" % (n, status) for status, n in cell["statuses"].items() if n and status != "ok"]
    return said


def different(page, found):
    """Where the page and results.json beside it do not say the same."""
    path = os.path.join(os.path.dirname(page), "results.json")
    if found["matrix"] is None or not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as f:
        results = json.load(f)
    columns = len(results["run"]["policies"])
    for policy in range(columns):
        cells = [cell["reliability"] for cell in results["comparison"][policy::columns]]
        said = "%d of %d sample" % tuple(sum(cell[key] for cell in cells) for key in ("data_points", "planned"))
        if said not in found["matrix"][0][policy]:
            yield "results.json has %r, the page %r" % (said, found["matrix"][0][policy])
    for i, cell in enumerate(results["comparison"]):
        text = found["matrix"][1 + i // columns][i % columns]
        for said in cell_says(cell):
            if said not in text:
                yield "results.json has %r, the page %r" % (said, text)
    # A page can't hold control characters, so they are written out.
    plain = re.sub("[\\x01-\\x08\\x0b-\\x1f\\x7f]", lambda c: "\\x%02x" % ord(c[0]), results["answer"])
    plain = " ".join(plain.split())
    if plain not in " ".join(found["text"].split()):
        yield "the answer is not on the page: " + plain


def faults(browser, page, top, script):
    for width, scheme in VIEWS:
        browser.open(page, width, scheme)
        found = json.loads(browser.evaluate(script))
        said = list(unwanted(browser.events, top)) + found["faults"]
        if (width, scheme) == VIEWS[0]:
            said += [*broken(found["links"], found["ids"], page, top), *different(page, found)]
        yield from ("%d px, %s: %s" % (width, scheme, fault) for fault in said)


def main(top):
    top = os.path.realpath(top)
    with open(os.path.join(HERE, "check.js"), encoding="utf-8") as f:
        script = f.read()
    pages = sorted(glob.glob(top + "/*.html")) + sorted(glob.glob(top + "/*/*.html"))
    pages.remove(top + "/index.html")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        browser = Browser(profile)
        failed = 0
        for i, page in enumerate(pages, 1):
            bad = list(faults(browser, page, top, script))
            print("%sok %d - %s" % ("not " if bad else "", i, os.path.relpath(page, top)))
            for fault in bad:
                print("#", fault.replace("\n", " "))
            failed += bool(bad)
        # The list of runs is filtered and sorted, and is whole without its script.
        browser.open(top + "/runs.html", 1280, "light")
        said = browser.evaluate(RUNS)
        browser.call("Emulation.setScriptExecutionDisabled", value=True)
        browser.open(top + "/runs.html", 1280, "light")
        rows = browser.call("DOM.getDocument", depth=-1)["root"]
        browser.call("Emulation.setScriptExecutionDisabled", value=False)
        plain = json.dumps(rows)
        good = said == "true" and '"never-reported"' in plain and '"BUTTON"' not in plain
        failed += not good
        print("%sok %d - runs.html is filtered and sorted, and whole without its script" %
              ("" if good else "not ", len(pages) + 1))
        browser.open(top + "/moved/index.html", 1280, "light")
        did = json.loads(browser.evaluate(PAGE))
        failed += not all(did.values())
        print("%sok %d - policies, workloads, pictures and what is folded are hidden and shown: %s" %
              ("" if all(did.values()) else "not ", len(pages) + 2, did))
        # The page that leads to the latest does lead there, without a server.
        browser.open(top + "/index.html", 1280, "light")
        while not any(e.get("method") == "Page.frameNavigated" and
                      e["params"]["frame"]["url"].endswith("/many/index.html") for e in browser.events):
            browser.events.append(browser.message())
        print("ok %d - index.html leads to the latest" % (len(pages) + 3))
        browser.close()
    print("1..%d" % (len(pages) + 3))
    return 1 if failed else 0


sys.exit(main(sys.argv[1]))
