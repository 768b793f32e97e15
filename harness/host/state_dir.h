/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The folder of what this machine's processes leave for each other: locks, the restore file, the socket of
 * hints, the log of changes. All may look into it, only its owner may write there, whatever the umask is.
 */
#pragma once

#define STATE_DIR "/run/scxbench"

/*
 * Makes it below the root that tests set, with mode 0755, which it also gets back if it has another.
 * Logged: -CAUSE_CANT when it can't be made, or when it belongs to another user or is a link.
 */
int state_dir_make(void);
/* Logs that a file there can't be what ("made"), and returns its cause. */
int state_dir_refused(int err, const char *path, const char *what);
