# SPDX-License-Identifier: GPL-2.0-or-later
# A Slurm of the nodes $NODES on one machine, with munge and the accounting store, as Debian has them. Sourced, in the root
# of harness/lab/packages.slurm and a mount and PID namespace of its own, whose end is theirs. Logs are in $S. With $HEALTH it
# has the health check. node5, if it is the last one, is a partition of its own.

S=$TMP/slurm
PORT=27000 # and some after it; of this host

# until_true SECONDS CMD...   asks again until the command succeeds
until_true() {
	end=$(($(date +%s) + $1)); shift
	until "$@" >"$TMP/until" 2>&1; do
		[ "$(date +%s)" -lt "$end" ] || { diag <"$TMP/until"; return 1; }
		sleep 0.1
	done
}

# A node that is dead answers no ping for MessageTimeout and some more, in which the answers of the others are not seen either:
# with a SlurmdTimeout that is not longer than that, these are taken for dead, and their jobs begin anew.
write_conf() {
	mkdir -p "$S/state" /etc/slurm
	printf '127.0.0.1 localhost %s\n' "$(uname -n)" >/etc/hosts
	echo 'CgroupPlugin=disabled' >/etc/slurm/cgroup.conf
	cat >/etc/slurm/slurm.conf <<-END
		ClusterName=test
		SlurmctldHost=$(uname -n)(127.0.0.1)
		SlurmctldPort=$PORT
		SlurmUser=root
		AuthType=auth/munge
		AuthInfo=cred_expire=5
		CredType=cred/munge
		StateSaveLocation=$S/state
		SlurmdSpoolDir=$S/spool-%n
		SlurmctldPidFile=$S/slurmctld.pid
		SlurmdPidFile=$S/slurmd-%n.pid
		SlurmctldLogFile=$S/slurmctld.log
		SlurmdLogFile=$S/slurmd-%n.log
		ProctrackType=proctrack/linuxproc
		TaskPlugin=task/none
		SelectType=select/cons_tres
		SchedulerParameters=nohold_on_prolog_fail,sched_min_interval=100000,batch_sched_delay=0,sched_interval=2
		SlurmdParameters=config_overrides
		MessageTimeout=5
		SlurmdTimeout=12
		KillWait=1
		MinJobAge=300
		ReturnToService=2
		Prolog=$S/prolog
		Epilog=$S/epilog
		${HEALTH:+$(printf 'HealthCheckProgram=%s\nHealthCheckNodeState=IDLE\nHealthCheckInterval=1' "$S/health")}
		AccountingStorageType=accounting_storage/slurmdbd
		AccountingStorageHost=127.0.0.1
		AccountingStoragePort=$((PORT + 1))
		JobAcctGatherType=jobacct_gather/none
		$(for n in $NODES; do echo "NodeName=$n NodeAddr=127.0.0.1 Port=$((PORT + 10 + ${n#node})) CPUs=1 RealMemory=100"; done)
		PartitionName=bare Nodes=$(echo "${NODES% node5}" | tr ' ' ,) Default=YES MaxTime=INFINITE State=UP
		$(case $NODES in *node5) echo "PartitionName=short Nodes=node5 MaxTime=INFINITE State=UP" ;; esac)
	END
	cat >/etc/slurm/slurmdbd.conf <<-END
		DbdHost=localhost
		DbdAddr=127.0.0.1
		DbdPort=$((PORT + 1))
		SlurmUser=root
		AuthType=auth/munge
		PidFile=$S/slurmdbd.pid
		LogFile=$S/slurmdbd.log
		StorageType=accounting_storage/mysql
		StorageHost=localhost
		StorageUser=root
		StorageLoc=slurm
	END
	chmod 600 /etc/slurm/slurmdbd.conf
}

# write_piece NAME [SECONDS]   on machines that are the test's: $TMP/NODE is the root of each, $MEASURE the program there.
# Each call is a line in $S/NODE.NAME.
write_piece() {
	printf '#!/bin/sh\necho >>%s/$SLURMD_NODENAME.%s\nexport SCXBENCH=%s SCXBENCH_WAIT=%s PATH=/usr/sbin:/usr/bin:/sbin:/bin\nSCXBENCH_ROOT=%s/$SLURMD_NODENAME exec %s\n' \
		"$S" "$1" "$MEASURE" "${2:-1}" "$TMP" "$PWD/harness/install/slurm/$1" >"$S/$1"
	chmod +x "$S/$1"
}

start_munge() {
	head -c 128 /dev/urandom >"$S/munge.key"
	chmod 400 "$S/munge.key"
	mkdir -p /run/munge
	munged --force --key-file="$S/munge.key" --pid-file="$S/munge.pid" \
		--log-file="$S/munge.log" --seed-file="$S/munge.seed" >"$S/munge.out" 2>&1
}

start_database() {
	mkdir -p /run/mysqld
	mariadb-install-db --no-defaults --user=root --datadir="$S/db" --auth-root-authentication-method=normal \
		--skip-test-db >"$S/mariadb.install" 2>&1
	mariadbd --no-defaults --user=root --datadir="$S/db" --skip-networking --socket=/run/mysqld/mysqld.sock \
		--innodb-flush-log-at-trx-commit=0 >"$S/mariadb.log" 2>&1 &
	until_true 30 mariadb -e 'CREATE DATABASE IF NOT EXISTS slurm'
}

# start_node NAME   its slurmd, and it is back
start_node() {
	mkdir -p "$S/spool-$1"
	slurmd -N "$1" >>"$S/slurmd-$1.out" 2>&1
}

# kill_which TEST...   at once, every process for which the test, with its number, holds
kill_which() {
	for dir in /proc/[0-9]*; do
		"$@" "${dir#/proc/}" 2>/dev/null && kill -9 "${dir#/proc/}"
	done
	return 0
}
is_job() { grep -zqx "SLURMD_NODENAME=$1" "/proc/$2/environ"; }
is_step() { [ "$(cat "/proc/$1/comm")" = slurmstepd ]; }

# kill_jobs NAME   what runs of jobs on the node
kill_jobs() { kill_which is_job "$1"; }

# kill_node NAME   as when its power fails: slurmd, and all that ran there. No other node may run a job, for a step does
# not say where it is.
kill_node() {
	kill -9 "$(cat "$S/slurmd-$1.pid")"
	kill_which is_step
	kill_jobs "$1"
}

node_is() { sinfo -h -N -n "$1" -o %T | grep -qx "$2"; }

start_slurm() {
	mkdir -p "$S"
	# All of /etc is writable, for this call alone.
	mkdir "$S/etc"
	cp -a /etc/. "$S/etc"
	mount --bind "$S/etc" /etc
	mount -t proc proc /proc
	write_conf
	for piece in prolog epilog health; do write_piece $piece; done
	start_munge && start_database || return 1
	slurmdbd >"$S/slurmdbd.out" 2>&1
	until_true 20 sacctmgr -i -n show cluster || return 1
	sacctmgr -i add cluster test >"$S/sacctmgr.out" 2>&1
	slurmctld >"$S/slurmctld.out" 2>&1
	for n in $NODES; do start_node "$n"; done
	for n in $NODES; do until_true 20 node_is "$n" idle || return 1; done
}
