#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# The guest's init: mounts what programs expect, runs the job that run.sh left, powers off.
set -u
export PATH=/usr/sbin:/usr/bin:/sbin:/bin:/run/files/bin HOME=/tmp LC_ALL=C.UTF-8
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
mkdir -p /dev/shm /dev/pts
mount -t devpts pts /dev/pts
mount -t tmpfs -o mode=1777 shm /dev/shm
mount -t tmpfs -o mode=1777 tmp /tmp
mount -t tmpfs run /run
mount -t tmpfs tmp /var/tmp
mount -t debugfs debug /sys/kernel/debug 2>/dev/null
mount -t tracefs trace /sys/kernel/tracing 2>/dev/null
mount -t bpf bpf /sys/fs/bpf 2>/dev/null
mount -t cgroup2 cgroup /sys/fs/cgroup
mount -t virtiofs results /src/results
mkdir /run/lab-host && mount -t virtiofs -o ro host /run/lab-host
mkdir /run/files && mount -t virtiofs -o ro files /run/files 2>/dev/null
[ ! -d /run/files/workloads ] || export SCXBENCH_WORKLOADS=/run/files/workloads
ip link set lo up
hostname lab

job=/src/results/.lab/$SCXB_JOB
[ ! -f "$job/config" ] || { mount -t tmpfs boot /boot && cp "$job/config" "/boot/config-$(uname -r)"; }
date -s "@$(cat "$job/clock")" >/dev/null
cd /src || exit 1
touch "$job/started"
stty -F /dev/ttyS1 raw -echo
stty -F /dev/ttyS2 raw -echo
if grep -q LAB_TTY "$job/job.sh"; then
	stty -F /dev/ttyS1 sane
	setsid -c -w sh "$job/job.sh" </dev/ttyS1 >/dev/ttyS1 2>&1
else
	sh "$job/job.sh" </dev/null >/dev/ttyS1 2>/dev/ttyS2
fi
echo $? >"$job/status.tmp"
sync
mv "$job/status.tmp" "$job/status"
sync
echo o >/proc/sysrq-trigger
sleep 60
