#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
# rows.py RESULTS POLICIES   what became of the arms p1, p2, ... of a run: a line each, of its last sample, as table.guest says.
import glob
import json
import sys

results, policies = sys.argv[1:]


def metric(sample, name):
    """A number of an audit; None where it is absent."""
    for m in sample["metrics"]:
        if m["name"] == "audit.custody." + name:
            return m["value"] if m.get("value") is None else int(m["value"])
    return None


def absent(sample):
    for m in sample["metrics"]:
        if m["name"] == "audit.custody.entry_dsq" and m.get("value") is None:
            return "not audited: " + (m.get("absent") or "not known")
    return None


def some(sample, names):
    """ "12 dispatch, 3 change" """
    found = [(metric(sample, n), n.split("_", 1)[1]) for n in names]
    return ", ".join("%d %s" % f for f in found if f[0])


def custody(sample):
    proofs = {p["check"]: p for p in sample["proof"]}
    balance = proofs.get("custody: entries equal exits")
    if not balance:
        return absent(sample) or "not audited"
    if not metric(sample, "entry_dsq") and balance["found"].startswith("0 entries"):
        return "takes none"
    text = "%s: %s (%s)" % ("balanced" if balance["holds"] else "NOT BALANCED", balance["found"],
                            some(sample, ["exit_dispatch", "exit_change", "exit_core", "exit_sleep"]))
    clean = proofs.get("custody: no violation")
    if clean and not clean["holds"]:
        text += "; VIOLATIONS: " + clean["found"]
    told = metric(sample, "told")
    text += "; told %d of %d" % (told, metric(sample, "owed")) if told is not None else "; no ops.dequeue()"
    if metric(sample, "stale"):
        text += "; %d inserts of tasks it did not have" % metric(sample, "stale")
    return text


def why(sample):
    parts = [sample["why"]]
    parts += ["[without its own program: %s]" % p["found"] for p in sample["proof"]
              if p["check"] == "without its own program"]
    return " ".join(p for p in parts if p)


samples = {}
for path in sorted(glob.glob(results + "/runs/*/sample-*.json")):
    sample = json.load(open(path))
    samples[sample["policy"]] = sample
for n, line in enumerate(open(policies), 1):
    name, form, _ = line.rstrip("\n").split("\t")
    sample = samples.get("p%d" % n)
    if sample:
        status = sample["status"]
        print(name, form, status, custody(sample) if status in ("ok", "void") else "",
              why(sample), sep="\t")
    else:
        print(name, form, "not run", "", "", sep="\t")
