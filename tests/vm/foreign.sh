#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Policies that know nothing of the harness are proven by the auditor; what escapes the ext class is void. Arguments: the
# ends of vm/foreign/ends.sh that are tried, in place of one of each kind; "all" (tests/long/foreign.sh).
[ $# -gt 0 ] || set -- client pins killed again leaves_cmd errs
cd "$(dirname "$0")/../.." && exec harness/lab/run.sh sh tests/vm/foreign.guest "$@"
