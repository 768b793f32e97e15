# SPDX-License-Identifier: GPL-2.0-or-later
# For gdb, connected to a guest of the explorer before its storm: goes on to the first fault, and prints the task that runs, the
# tasks that wait and the queue of each, and the last scheduling events. Its types are those of the kernel (debug.sh).
import os
import time
import gdb

CPUS = int(os.environ["EXPLORE_CPUS"])
symbols = {}
for line in open(os.environ["SYMBOLS"]):
    word = line.split()
    symbols[word[2]] = int(word[0], 16)


def at(kind, address):
    return gdb.Value(address).cast(gdb.lookup_type(kind).pointer())


def task_text(task):
    return "%6d %-16s" % (int(task["pid"]), task["comm"].string())


def offset_of(kind, path):
    return int(gdb.parse_and_eval("(unsigned long)&((%s *)0)->%s" % (kind, path)))


def waiting_tasks(rq):
    head = rq["scx"]["runnable_list"].address
    node = head["next"]
    while int(node) != int(head):
        yield at("struct task_struct", int(node) - offset_of("struct task_struct", "scx.runnable_node"))
        node = node["next"]


def queue_text(task):
    queue = task["scx"]["dsq"]
    if int(queue) == 0:
        return "in no queue of the kernel: it is the policy's"
    number = int(queue["id"]) & (2**64 - 1)
    known = {2**63 + 1: "the global queue", 2**63 + 2: "the CPU's own queue"}
    return known.get(number, "queue %d" % number)


def show_machine():
    moved = at("unsigned long", symbols["__per_cpu_offset"])
    cpus = [at("struct rq", (symbols["runqueues"] + int(moved[i])) % 2**64).dereference() for i in range(CPUS)]
    for i, rq in enumerate(cpus):
        print("CPU %d runs %s" % (i, task_text(rq["curr"].dereference())))
    print("runnable, with the queue in which it waits:")
    for task in (task for rq in cpus for task in waiting_tasks(rq)):
        print("         %s %s" % (task_text(task.dereference()), queue_text(task)))


def show_events():
    lines = open(os.environ["EVENTS"], errors="replace").read().splitlines()
    lines = sorted((line.rstrip() for line in lines), key=lambda line: int(line.split()[0]))
    print("the last %d scheduling events, their number, CPU, what, pid and name:" % len(lines))
    for line in lines:
        print(line)


# The state may be read yet, and must not go on before.
while "completed" not in gdb.execute("monitor info migrate", to_string=True):
    time.sleep(0.05)
for name, address in symbols.items():
    if name in ("scx_vexit", "__warn") or name.endswith("_scxb_violation"):
        gdb.execute("break *0x%x" % address, to_string=True)
names = {address: name for name, address in symbols.items()}
try:
    gdb.execute("continue", to_string=True)
    where = int(gdb.parse_and_eval("(unsigned long)$pc"))
except gdb.error:  # the guest has powered off
    print("the storm ended without a fault")
else:
    print("stopped: %s" % names.get(where, hex(where)))
    show_machine()
    show_events()
